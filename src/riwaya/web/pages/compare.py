"""Any two reports side by side: what they share joined row by row, what each has alone between."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from riwaya.model import Article, Marks, Passage, Reason, Span
from riwaya.relate.passages import find_passages
from riwaya.relate.versions import canonical_url
from riwaya.settings.passages import PASSAGES
from riwaya.tell.html.desk import COLOURS
from riwaya.tell.html.marked import Insert, Wrap, covered, paragraphs, wrapped
from riwaya.tell.html.shared import differing
from riwaya.tell.html.words import Pair, day
from riwaya.web.keep import named, tag, unchanged
from riwaya.web.live import LiveDesk, Part, correction_form, part
from riwaya.web.render import render
from riwaya.web.request import archive, guarded
from riwaya.web.shelf import State, shelf, state_of

router = APIRouter()
_NUMBER = re.compile(r"\d+")
_SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the two reports. `share`: per cent of its own words that the other has too; `rtl`: how its text runs."""

    id: str
    title: str
    outlet: str | Pair
    published: Pair | None
    language: str
    rtl: bool
    share: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a passage is one, or why it went one way: the key of a string, and what stands in it, the reports by number."""

    key: str
    first: int = 1
    second: int = 2
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that both have. `number` and `colour` are the same on both sides; `direction` is from first to second."""

    number: int
    colour: int
    kind: str
    percent: int
    direction: str
    source: str | None
    evidence: tuple[Evidence, ...]
    correct: str  # address of the form that says it is no copy


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or the part of one that belongs to a row; `aside`: it is furniture of the page."""

    html: Markup
    aside: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side: a passage that both have, or (`shared` None) what each has before the next one."""

    shared: Shared | None
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements of the story that both reports make, only the first, only the second: id and text."""

    story: str
    both: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two reports side by side.

    left, right: the reports.
    passages: what they share, in the order of the first.
    direction, source: of most of it, measured by its length; None where nothing is shared.
    rows: the texts.
    moved: passages that stand elsewhere in the second than in the first, so that no row joins them.
    statements: of the story, if both are of one.
    """

    left: Sheet
    right: Sheet
    passages: tuple[Shared, ...]
    direction: str | None
    source: str | None
    rows: tuple[Row, ...]
    moved: int
    statements: Statements | None


@dataclass(frozen=True, slots=True)
class Made:
    """The page, made."""

    page: ComparePage
    body: Part

    @property
    def size(self) -> int:
        """Bytes that it takes, about; the pieces of the texts are in the markup once more."""
        return 2 * self.body.size


class Twin(NamedTuple):
    """A passage as this page turns it: its place in the first report, and in the second."""

    left: Span
    right: Span
    passage: Passage
    turned: bool


def compare_page(left: LiveDesk, right: LiveDesk, a: str, b: str) -> ComparePage:
    """Two reports side by side.

    Args:
        left: the story of the first.
        right: the story of the second; it may be the same.
        a: id of the first report.
        b: id of the second.
    """
    one, two = left.by_id[a].article, right.by_id[b].article
    twins = _twins(_passages(left, right, one, two), a)
    spine = _spine(twins)
    numbers = {t: n for n, t in enumerate(twins, 1)}
    shared = {t: _shared(t, n) for t, n in numbers.items()}
    direction, source = _verdict(twins)
    return ComparePage(
        _sheet(left, one, [t.left for t in twins]),
        _sheet(right, two, [t.right for t in twins]),
        tuple(shared.values()),
        direction,
        source,
        tuple(_rows(one, two, spine, shared)),
        len(twins) - len(spine),
        _statements(left, a, b) if left.story.id == right.story.id else None,
    )


def _passages(left: LiveDesk, right: LiveDesk, one: Article, two: Article) -> list[Passage]:
    """What two reports share: as their story knows it, else found now."""
    versions = canonical_url(one.url) is not None and canonical_url(one.url) == canonical_url(two.url)
    if left.story.id == right.story.id and not versions:
        pair = {one.id, two.id}
        found = [p for p in left.passages if {p.a.article_id, p.b.article_id} == pair]
        if found or len(left.reports) <= PASSAGES.passage_partners + 1:  # there all pairs were compared
            return found
    return find_passages([one, two], [_marks(left, one.id), _marks(right, two.id)])


def _marks(desk: LiveDesk, article_id: str) -> Marks:
    return next((m for m in desk.dossier.marks if m.article_id == article_id), Marks(article_id))


def _twins(passages: Sequence[Passage], a: str) -> list[Twin]:
    """The passages in the order of the first report."""
    twins = [Twin(p.b, p.a, p, True) if p.a.article_id != a else Twin(p.a, p.b, p, False) for p in passages]
    return sorted(twins, key=lambda t: (t.left, t.right))


def _spine(twins: Sequence[Twin]) -> list[Twin]:
    """The passages that stand in the same order in both and do not overlap: those that cover most text together."""
    best: list[tuple[int, list[Twin]]] = []
    for twin in twins:
        size = twin.left.end - twin.left.start
        before = [
            (weight, chain) for weight, chain in best
            if chain[-1].left.end <= twin.left.start and chain[-1].right.end <= twin.right.start
        ]  # fmt: skip
        weight, chain = max(before, key=_weight, default=(0, []))
        best.append((weight + size, [*chain, twin]))
    return max(best, key=_weight, default=(0, []))[1]


def _weight(chain: tuple[int, list[Twin]]) -> int:
    return chain[0]


def _verdict(twins: Sequence[Twin]) -> tuple[str | None, str | None]:
    directions: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for twin in twins:
        size = twin.left.end - twin.left.start
        directions[_direction(twin)] += size
        if twin.passage.source:
            sources[twin.passage.source] += size
    source = min(sources, key=lambda s: (-sources[s], s)) if sources else None
    return (min(directions, key=lambda d: (-directions[d], d)) if directions else None), source


def _direction(twin: Twin) -> str:
    direction = twin.passage.direction
    return {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}.get(direction, direction) if twin.turned else direction


def _sheet(desk: LiveDesk, article: Article, spans: Sequence[Span]) -> Sheet:
    page = [(f.start, f.end) for f in article.furniture if f.kind != "background"]
    own = {i for start, end in paragraphs(article.text) if not covered(start, end, page) for i in range(start, end)}
    both = {i for s in spans for i in range(s.start, s.end)}
    report = desk.by_id[article.id]
    return Sheet(
        article.id, " ".join((article.title or "").split()), report.name, day(article.published.value), article.language,
        article.language in ("ar", "fa", "ur", "he", ""), min(100, round(100 * len(own & both) / max(1, len(own)))),
    )  # fmt: skip


def _shared(twin: Twin, number: int) -> Shared:
    p = twin.passage
    return Shared(
        number, (number - 1) % COLOURS, p.kind, round(100 * p.similarity), _direction(twin), p.source,
        tuple(e for r in p.reasons if (e := _evidence(r, twin)) is not None), correction_form("not-copy", (p.a, p.b)),
    )  # fmt: skip


def _evidence(reason: Reason, twin: Twin) -> Evidence | None:
    key = f"evidence.{reason.name}"
    if key not in _EVIDENCE:
        return None
    first = 1 if (reason.weight > 0) != twin.turned else 2
    detail = reason.detail
    if reason.name == "equal words":
        detail = " / ".join(_NUMBER.findall(detail))
    elif reason.name in ("agency", "same agency"):
        detail = twin.passage.source or detail.partition(":")[0]
    elif reason.name != "shared terms":
        detail = ""
    return Evidence(key, first, 3 - first, detail)


_EVIDENCE = frozenset(
    f"evidence.{name}"
    for name in ("equal words", "shared terms", "no credit", "agency", "same agency", "credit", "told", "time", "correction")
)


# -------------------------------------------------------------------------------------------------------------------- rows


def _rows(one: Article, two: Article, spine: Sequence[Twin], shared: dict[Twin, Shared]) -> list[Row]:
    left = _Side(one, "a", [(t.left, s) for t, s in shared.items() if t not in spine])
    right = _Side(two, "b", [(t.right, s) for t, s in shared.items() if t not in spine])
    rows: list[Row] = []
    at_left = at_right = 0
    for twin in spine:
        rows += _gap(left.pieces(at_left, twin.left.start), right.pieces(at_right, twin.right.start))
        ours, theirs = differing(
            one.text[twin.left.start : twin.left.end], two.text[twin.right.start : twin.right.end]
        )
        rows.append(
            Row(
                shared[twin],
                left.pieces(twin.left.start, twin.left.end, ours),
                right.pieces(twin.right.start, twin.right.end, theirs),
            )
        )
        at_left, at_right = twin.left.end, twin.right.end
    return rows + _gap(left.pieces(at_left, len(one.text)), right.pieces(at_right, len(two.text)))


def _gap(left: tuple[Piece, ...], right: tuple[Piece, ...]) -> list[Row]:
    return [Row(None, left, right)] if left or right else []


class _Side:
    """The text of one report, cut into pieces."""

    def __init__(self, article: Article, side: str, moved: Sequence[tuple[Span, Shared]]) -> None:
        self._text = article.text
        self._lines = list(paragraphs(article.text))
        self._ends = [end for _, end in self._lines]
        self._page = [(f.start, f.end) for f in article.furniture if f.kind != "background"]
        self._moved = [Wrap(s.start, s.end, f"moved c{x.colour}", f"{side}-{x.number}") for s, x in moved]
        other = "b" if side == "a" else "a"
        self._twins = [
            Insert(s.end, Markup('<a class="no twin-of c{}" href="#{}-{}">{}</a>').format(x.colour, other, x.number, x.number))
            for s, x in moved
        ]

    def pieces(self, start: int, end: int, differs: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
        """The paragraphs of a part of the text, with what differs underlined."""
        wraps = [*self._moved, *(Wrap(start + a, start + b, "differs") for a, b in differs)]
        found = []
        for first, last in self._lines[bisect_left(self._ends, start + 1) :]:
            a, b = max(first, start), min(last, end)
            if a >= end:
                break
            text = self._text[a:b]
            a, b = a + len(text) - len(text.lstrip()), b - len(text) + len(text.rstrip())
            if a < b and any(c.isalnum() for c in self._text[a:b]):
                found.append(Piece(wrapped(self._text, a, b, wraps, self._twins), covered(first, last, self._page)))
        return tuple(found)


def _statements(desk: LiveDesk, a: str, b: str) -> Statements:
    groups: dict[tuple[bool, bool], list[tuple[str, str]]] = {}
    for one in desk.dossier.statements:
        groups.setdefault((a in one.article_ids, b in one.article_ids), []).append((one.id, " ".join(one.text.split())))
    return Statements(
        desk.root, *(tuple(groups.get(key, ())) for key in ((True, True), (True, False), (False, True)))
    )


# ------------------------------------------------------------------------------------------------------------------ routes


@router.get("/compare", include_in_schema=False)
def pick(a: str = "", b: str = "") -> Response:
    """Lead a form that picked two reports to their page."""
    if not a or not b or "/" in a + b:
        raise HTTPException(404)
    return RedirectResponse(f"/compare/{a}/{b}", status_code=_SEE_OTHER)


@router.get("/compare/{a}/{b}", include_in_schema=False)
def compare(request: Request, a: str, b: str) -> Response:
    """Show two reports side by side."""
    if a == b:
        raise HTTPException(404)
    states = [state_of(request, archive(request).reader.story_of(one)) for one in (a, b)]
    etag = tag(request, *states)
    same = unchanged(request, etag)
    if same is not None:
        return same
    made = shelf(request).page(("compare", *states, guarded(request).lang, a, b), lambda: _make(request, states, a, b))
    return named(render(request, "compare.html.j2", made.page, body=made.body, style=made.body.style), etag)


def _make(request: Request, states: Sequence[State], a: str, b: str) -> Made:
    left, right = (shelf(request).desk(request, state) for state in states)
    if a not in left.by_id or b not in right.by_id:  # it came after its story was woven
        raise HTTPException(404)
    page = compare_page(left, right, a, b)
    return Made(page, part("compare.html.j2", left.lang, desk=left, page=page))
