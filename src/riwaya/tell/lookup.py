"""What a dossier holds, by id: what the page and the exports both start from."""

from __future__ import annotations

from functools import cached_property

from riwaya.model import Article, Dossier, Entity, Figure, Quote, Statement


class Lookup:
    """A dossier, looked up by id.

    Args:
        dossier: of one story or several.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def ordered(self) -> list[Article]:
        """The articles, the earliest first; their numbers on pages and in exports follow from this."""
        return sorted(self.dossier.articles, key=lambda a: (a.published.value or "9999", a.outlet or "", a.id))

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        """By id."""
        return {q.id: q for m in self.dossier.marks for q in m.quotes}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """By id."""
        return {f.id: f for m in self.dossier.marks for f in m.figures}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """By id."""
        return {e.id: e for e in self.dossier.entities}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """By id."""
        return {s.id: s for s in self.dossier.statements}
