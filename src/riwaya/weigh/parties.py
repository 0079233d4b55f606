"""For whom an origin speaks: the state, the company or the movement."""

from __future__ import annotations

from riwaya.arabic.clitics import cuts
from riwaya.arabic.gazetteer import country, lookup, nationality
from riwaya.arabic.words import iter_norms
from riwaya.model import Entity, Related


class Parties:
    """Finds the party of a named origin from the words around its name: وزير الدفاع الروسي speaks for روسيا."""

    def __init__(self, related: Related) -> None:
        self._entities = {e.id: e for e in related.entities}
        self._roles: dict[str, list[str]] = {}
        texts = {a.id: a.text for a in related.articles}
        mentioned = {m: e.id for e in related.entities for m in e.mentions}
        for marks in related.marks:
            for name in marks.names:
                owner = mentioned.get(name.span)
                if owner is not None and name.role is not None:
                    role = texts[name.role.article_id][name.role.start : name.role.end]
                    self._roles.setdefault(owner, []).append(role)
        self._known: dict[tuple[str | None, str], str | None] = {}

    def of(self, entity_id: str | None, name: str) -> str | None:
        """The party's name, or None where the words do not say."""
        key = (entity_id, name)
        if key not in self._known:
            self._known[key] = self._find(self._entities.get(entity_id or ""), name)
        return self._known[key]

    def _find(self, entity: Entity | None, name: str) -> str | None:
        votes: dict[str, int] = {}
        texts = [name]
        if entity is not None:
            texts += [n.text for n in entity.names] + self._roles.get(entity.id, [])
            texts += [entity.description] if entity.description else []
        for text in texts:
            state = _state(text)
            if state is not None:
                votes[state] = votes.get(state, 0) + 1
        if votes:
            return min(votes, key=lambda s: (-votes[s], s))
        # An organization with no state in its name speaks for itself.
        return entity.name if entity is not None and entity.kind == "organization" else None


def _state(text: str) -> str | None:
    """The country that a role or a name belongs to: by its adjective (الروسي) or by its name (رئيس كازاخستان)."""
    for norm in iter_norms(text):
        for cut in cuts(norm):
            iso = nationality(cut.rest)
            if iso is None:
                iso = next((c.country for c in lookup(cut.rest) if c.kind == "country"), None)
            if iso is not None:
                known = country(iso)
                return known.name if known is not None else iso
    return None
