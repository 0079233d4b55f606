"""A quote in the making: what is said and who says it, before ids and links are settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from riwaya.mark.quotes.view import Phrase, View
from riwaya.model import Link, Stance


@dataclass(slots=True)
class Draft:
    """Content tokens [first:last) and offsets [start:end); `outer` is the draft in whose content the cue stands."""

    token: int
    cue: tuple[int, int] | None
    first: int
    last: int
    start: int
    end: int
    direct: bool
    stance: Stance
    speakers: tuple[Phrase, ...] = ()
    relays: list[Link] = field(default_factory=list)
    outer: Draft | None = None
    continued: bool = False  # the verb had no subject of its own

    def holds(self, token: int) -> bool:
        """Whether a token lies in the content."""
        return self.first <= token < self.last

    def chain(self, view: View) -> list[Link]:
        """Everybody between the outlet and this speaker, nearest the reader first."""
        links: list[Link] = []
        if self.outer is not None:
            links.extend(self.outer.chain(view))
            for speaker in self.outer.speakers[:1]:
                span = view.doc.span(speaker.start, speaker.end)
                links.append(Link("relay", view.text(speaker.start, speaker.end), None, span))
        links.extend(self.relays)
        return links
