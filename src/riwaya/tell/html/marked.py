"""A report's text with its marks: wrapped without touching a character, whatever overlaps.

Marks that nest are nested elements; of marks that cross, the later is cut at the end of the earlier and taken up again after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Wrap:
    """A stretch of the text and the element around it. `anchor` becomes the id of its first piece."""

    start: int
    end: int
    classes: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """Something that stands after the character before `at`."""

    at: int
    html: Markup


def wrapped(text: str, start: int, end: int, wraps: Sequence[Wrap], inserts: Sequence[Insert] = ()) -> Markup:
    """`text[start:end]` with elements around its marks.

    Args:
        text: the whole text.
        start: of the part to write.
        end: of the part, exclusive.
        wraps: stretches of the whole text; what lies outside the part is cut off.
        inserts: what to add between characters.
    """
    inside = [w if w.end <= end else replace(w, end=end) for w in wraps if w.start < end and start < w.end]
    inside.sort(key=lambda w: (w.start, -w.end, w.classes, w.anchor or ""))
    notes = sorted((i for i in inserts if start < i.at <= end), key=lambda i: i.at)
    edges = sorted(
        {start, end, *(max(start, w.start) for w in inside), *(min(end, w.end) for w in inside), *(i.at for i in notes)}
    )
    out: list[str] = []
    stack: list[Wrap] = []
    coming = iter(inside)
    following = next(coming, None)
    pending = iter(notes)
    note = next(pending, None)
    for here, there in zip(edges, [*edges[1:], end], strict=True):
        _close(out, stack, here)
        while note is not None and note.at <= here:
            out.append(str(note.html))
            note = next(pending, None)
        while following is not None and max(start, following.start) <= here:
            out.append(_open(following, first=following.start >= start))
            stack.append(following)
            following = next(coming, None)
        out.append(str(escape(text[here:there])))
    _close(out, stack, end)
    return Markup("".join(out))


def _open(wrap: Wrap, *, first: bool) -> str:
    anchor = f' id="{wrap.anchor}"' if wrap.anchor and first else ""
    again = f' data-of="{wrap.anchor}"' if wrap.anchor and not first else ""
    return f'<span class="{wrap.classes}"{anchor}{again}>'


def _close(out: list[str], stack: list[Wrap], here: int) -> None:
    """Close what ends here; what stands inside it and goes on is taken up again."""
    ending = [i for i, w in enumerate(stack) if w.end <= here]
    if not ending:
        return
    reopened = [w for w in stack[ending[0] :] if w.end > here]
    out.append("</span>" * (len(stack) - ending[0]))
    del stack[ending[0] :]
    for wrap in reopened:
        out.append(_open(wrap, first=False))
        stack.append(wrap)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text that are not blank, without the space at their edges."""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body[0])
            yield start, start + len(body)
        at += len(line)


def covered(start: int, end: int, stretches: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the stretches holds the whole of start..end."""
    return any(a <= start and end <= b for a, b in stretches)
