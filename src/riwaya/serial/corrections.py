"""Corrections: made and checked, as plain values and back, and as a table of labelled data."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, get_args

from riwaya.errors import InputError, UsageError
from riwaya.ids import stable_id
from riwaya.model import Correction, CorrectionAction, Span
from riwaya.serial.cells import no_formula

__all__ = [
    "ACTIONS", "COLUMNS", "FIGURE_KINDS", "correction_dict", "correction_from", "correction_rows", "corrections_csv", "in_order",
    "make_correction", "takes_value",
]  # fmt: skip

Json = dict[str, Any]

ACTIONS: tuple[CorrectionAction, ...] = get_args(CorrectionAction)

FIGURE_KINDS = (
    "killed", "injured", "missing", "arrested", "displaced", "evacuated", "hospitalised", "discharged", "troops", "participants",
    "money", "percent", "age", "count", "other",
)  # fmt: skip
"""What a figure may count, as the contract names it."""

COLUMNS = (
    "id", "action", "value", "author", "made", "reason", "undone", "undone_by", "span", "article_id", "start", "end", "text",
)  # fmt: skip
"""The columns of the table of corrections: one row a span; `span` counts from 0, `text` is what stands there."""

# action -> the fewest spans, the most (None: any number), whether it takes a value (None: it must not)
_SHAPE: dict[str, tuple[int, int | None, bool]] = {
    "merge": (2, None, False),
    "split": (2, None, False),
    "not-copy": (2, 2, False),
    "speaker": (1, 2, True),
    "date": (1, 1, True),
    "not-story": (2, 2, False),
    "same-story": (2, None, False),
    "counts": (1, 1, True),
}
_OF_ARTICLES = frozenset(("date", "not-story", "same-story"))  # their spans only say which article is meant
_APART = frozenset(("not-copy", "not-story"))  # their two spans stand in two articles
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_KEYS = frozenset(("id", "action", "spans", "value", "author", "made", "reason", "undone", "undone_by"))


def takes_value(action: CorrectionAction | str) -> bool:
    """Whether a correction of this kind says something beyond what it cites."""
    return _SHAPE[action][2]


def make_correction(
    action: str,
    spans: Sequence[Span],
    value: str | None = None,
    *,
    author: str,
    made: str | datetime,
    reason: str = "",
    undone: str | datetime | None = None,
    undone_by: str | None = None,
) -> Correction:
    """A correction with its id, once all of it is found in order.

    Args:
        action: one of `ACTIONS`; see `riwaya.model.Correction` for what each takes.
        spans: the evidence: code points into the articles.
        value: of speaker, date and counts; None for the rest.
        author, reason: who says so, and why, in their own words.
        made, undone: instants; without an offset they are UTC.

    Raises:
        UsageError: one line that says what is wrong with it.
    """
    if action not in _SHAPE:
        raise UsageError(f"no correction is called {action!r}; there are {', '.join(ACTIONS)}")
    held = _spans(action, tuple(spans))
    value = _value(action, value)
    if not author.strip():
        raise UsageError(f"{action}: a correction needs its author's name")
    when = _instant("made", made)
    back = None if undone is None else _instant("undone", undone)
    parts = [f"{s.article_id}:{s.start}:{s.end}" for s in held]
    made_id = stable_id("c", action, *parts, value, author.strip(), when)
    return Correction(made_id, _named(action), held, value, author.strip(), when, reason.strip(), back, undone_by)


def _named(action: str) -> CorrectionAction:
    return next(known for known in ACTIONS if known == action)


def _spans(action: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    least, most, _ = _SHAPE[action]
    if len(spans) < least or (most is not None and len(spans) > most):
        wanted = f"{least}" if least == most else f"{least} or more" if most is None else f"{least} or {most}"
        raise UsageError(f"{action} cites {wanted} span(s), not {len(spans)}")
    for span in spans:
        if not span.article_id or span.start < 0 or span.end < span.start:
            raise UsageError(f"{action}: {_shown(span)} is no span: it needs an article and 0 <= start <= end")
        if span.start == span.end and action not in _OF_ARTICLES:
            raise UsageError(f"{action}: the span {_shown(span)} is empty; cite the words that are meant")
    articles = {s.article_id for s in spans}
    if action in _APART and len(articles) < 2:  # noqa: PLR2004 - a pair
        raise UsageError(f"{action} speaks of two articles; both spans are of {spans[0].article_id}")
    if action == "same-story" and len(articles) < len(spans):
        raise UsageError("same-story cites each article once")
    if action == "speaker" and len(articles) > 1:
        raise UsageError("speaker: the words that name the speaker stand in the article of what is said")
    return spans


def _shown(span: Span) -> str:
    return f"{span.article_id or '?'}:{span.start}:{span.end}"


def _value(action: str, value: str | None) -> str | None:
    value = value.strip() if value else None
    if not _SHAPE[action][2]:
        if value:
            raise UsageError(f"{action} takes no value, and {value!r} was given")
        return None
    if not value:
        raise UsageError(f"{action} needs a value: {_WANTED[action]}")
    if action == "date":
        _check_date(value)
    if action == "counts":
        kind, _, counted = value.partition(":")
        if kind not in FIGURE_KINDS:
            raise UsageError(f"counts: no figure counts {kind!r}; there are {', '.join(FIGURE_KINDS)}")
        return f"{kind}:{counted.strip()}" if counted.strip() else kind
    return value


_WANTED = {
    "speaker": "the speaker's name",
    "date": "YYYY-MM-DD, or YYYY-MM-DDThh:mm with an offset where known",
    "counts": "a kind such as killed, or killed:عمال",
}


def _check_date(value: str) -> None:
    try:
        if not (_DAY.fullmatch(value) or _MOMENT.fullmatch(value)):
            raise ValueError
        date.fromisoformat(value) if _DAY.fullmatch(value) else datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"date: {value!r} is no date; it is written {_WANTED['date']}") from error


def _instant(name: str, moment: str | datetime) -> str:
    """An instant as it is kept: UTC, in seconds, with a fraction only where there is one."""
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError as error:
            raise UsageError(f"{name}: {moment!r} is no time; it is written YYYY-MM-DDThh:mm:ssZ") from error
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.replace(tzinfo=None).isoformat(timespec="microseconds" if aware.microsecond else "seconds") + "Z"


def in_order(corrections: Iterable[Correction]) -> list[Correction]:
    """Corrections in the order in which they were made, each once; of one instant by id. Later ones overrule earlier ones."""
    # Without the Z a fraction sorts after the whole second that it follows.
    return sorted(set(corrections), key=lambda c: (c.made.removesuffix("Z"), c.id))


# ----------------------------------------------------------------------------------------------------------- plain values


def correction_dict(correction: Correction) -> Json:
    """A correction as plain values, in the order in which they are written."""
    return {
        "id": correction.id,
        "action": correction.action,
        "spans": [{"article_id": s.article_id, "start": s.start, "end": s.end} for s in correction.spans],
        "value": correction.value,
        "author": correction.author,
        "made": correction.made,
        "reason": correction.reason,
        "undone": correction.undone,
        "undone_by": correction.undone_by,
    }


def correction_from(data: Any, where: str = "correction") -> Correction:
    """The correction that `correction_dict` gave; everything is checked, the id with it.

    Args:
        data: a JSON object; `id`, `value`, `reason`, `undone` and `undone_by` may be left out.
        where: of which file or line, for the error.

    Raises:
        InputError: one line that says what is wrong with it.
    """
    if not isinstance(data, dict):
        raise InputError(where, f"a correction is an object, not {type(data).__name__}")
    if unknown := sorted(map(str, data.keys() - _KEYS)):
        raise InputError(where, f"a correction has no field {unknown[0]!r}; it has {', '.join(sorted(_KEYS))}")
    for name in ("action", "spans", "author", "made"):
        if data.get(name) is None:
            raise InputError(where, f"the correction has no {name}")
    for name in _KEYS - {"spans"}:
        if not isinstance(data.get(name, ""), str | None):
            raise InputError(where, f"{name} is text, not {type(data[name]).__name__}")
    try:
        found = make_correction(
            data["action"], _spans_from(data["spans"], where), data.get("value"), author=data["author"], made=data["made"],
            reason=data.get("reason") or "", undone=data.get("undone"), undone_by=data.get("undone_by"),
        )  # fmt: skip
    except UsageError as error:
        raise InputError(where, str(error)) from error
    if data.get("id") not in (None, found.id):
        raise InputError(where, f"the id {data['id']!r} is not that of this correction ({found.id}): it was changed by hand")
    return found


def _spans_from(data: Any, where: str) -> list[Span]:
    if not isinstance(data, list):
        raise InputError(where, f"spans is a list, not {type(data).__name__}")
    made = []
    for one in data:
        if not isinstance(one, dict) or one.keys() != {"article_id", "start", "end"}:
            raise InputError(where, "a span is an object with article_id, start and end")
        if not isinstance(one["article_id"], str) or not all(type(one[k]) is int for k in ("start", "end")):
            raise InputError(where, "of a span article_id is text, start and end are whole numbers")
        made.append(Span(one["article_id"], one["start"], one["end"]))
    return made


# ------------------------------------------------------------------------------------------------------------------ table


def correction_rows(corrections: Iterable[Correction], text_of: Callable[[str], str | None]) -> list[dict[str, str | int]]:
    """Corrections as labelled data: one row a span, with the words that stand there, in the order in which they were made.

    Args:
        corrections: those undone too; their `undone` says so.
        text_of: article id -> its text, None where the article is not there (then `text` is empty).

    Returns:
        Rows with the keys `COLUMNS`; what is missing is "".
    """
    rows: list[dict[str, str | int]] = []
    for one in in_order(corrections):
        for number, span in enumerate(one.spans):
            text = text_of(span.article_id) or ""
            rows.append({
                "id": one.id, "action": one.action, "value": one.value or "", "author": one.author, "made": one.made,
                "reason": one.reason, "undone": one.undone or "", "undone_by": one.undone_by or "", "span": number,
                "article_id": span.article_id, "start": span.start, "end": span.end, "text": text[span.start : span.end],
            })  # fmt: skip
    return rows


def corrections_csv(corrections: Iterable[Correction], text_of: Callable[[str], str | None]) -> str:
    """The rows of `correction_rows` as CSV with a line of column names; lines end as RFC 4180 has it, nothing is a formula."""
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, COLUMNS)
    writer.writeheader()
    for row in correction_rows(corrections, text_of):
        writer.writerow({name: no_formula(cell) if isinstance(cell, str) else cell for name, cell in row.items()})
    return held.getvalue()
