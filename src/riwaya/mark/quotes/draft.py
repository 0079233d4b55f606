"""A quote in the making: what is said and who says it, before ids and links are settled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from riwaya.mark.quotes.view import Phrase, View
from riwaya.model import Link, Stance
from riwaya.settings.mark import MARK


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

    def chain(self, view: View) -> list[Link]:
        """Everybody between the outlet and this speaker, nearest the reader first."""
        links: list[Link] = []
        for draft in reversed(self.outers()):
            links.extend(draft.relays)
            for speaker in draft.speakers[:1]:
                span = view.doc.span(speaker.start, speaker.end)
                links.append(Link("relay", view.text(speaker.start, speaker.end), None, span))
        links.extend(self.relays)
        return links

    def outers(self) -> list[Draft]:
        """The drafts around this one, innermost first, as many as count (`quote_depth`)."""
        found: list[Draft] = []
        outer = self.outer
        while outer is not None and len(found) < MARK.quote_depth:
            found.append(outer)
            outer = outer.outer
        return found


class Ledger:
    """The drafts of one article in text order, and which tokens they hold.

    Args:
        size: how many tokens the article has.
    """

    def __init__(self, size: int) -> None:
        self.drafts: list[Draft] = []
        self._tokens: list[int] = []
        self._holder: list[Draft | None] = [None] * size
        self._direct = bytearray(size)

    def add(self, more: Iterable[Draft]) -> None:
        """Take in more drafts; where contents overlap, the one whose cue comes later is the inner one."""
        fresh = list(more)
        self.drafts = sorted([*self.drafts, *fresh], key=lambda draft: (draft.token, draft.start))
        self._tokens = [draft.token for draft in self.drafts]
        for draft in fresh:
            self._hold(draft)

    def append(self, draft: Draft) -> None:
        """Take in a draft whose cue comes after all others."""
        self.drafts.append(draft)
        self._tokens.append(draft.token)
        self._hold(draft)

    def _hold(self, draft: Draft) -> None:
        for token in range(draft.first, draft.last):
            held = self._holder[token]
            if held is None or held.token <= draft.token:
                self._holder[token] = draft
            self._direct[token] |= draft.direct

    def holder(self, token: int) -> Draft | None:
        """The innermost draft whose content holds this token."""
        return self._holder[token]

    def is_direct(self, token: int) -> bool:
        """Whether direct speech holds this token."""
        return bool(self._direct[token])

    def between(self, first: int, last: int) -> list[Draft]:
        """The drafts whose cue stands in the tokens [first:last)."""
        return self.drafts[bisect_left(self._tokens, first) : bisect_left(self._tokens, last)]

    def before(self, token: int) -> Draft | None:
        """The last draft whose cue stands before this token."""
        at = bisect_left(self._tokens, token)
        return self.drafts[at - 1] if at else None

    def top_before(self, token: int) -> int | None:
        """The index of the last draft before this token that stands in no other."""
        for at in range(bisect_left(self._tokens, token) - 1, -1, -1):
            if self.drafts[at].outer is None:
                return at
        return None

    def speaker_before(self, token: int) -> Phrase | None:
        """Who spoke last before this token, speech inside speech apart."""
        at = self.top_before(token)
        if at is None or not self.drafts[at].speakers:
            return None
        return self.drafts[at].speakers[0]
