"""Where a statement comes from, as far as the text shows: the far end of its isnad.

The quoted speaker; else the office or document cited; else the agency credited for that passage; else, if copied, the origin of
what it was copied from; else the outlet. Copied with unknown direction and no credit: one unknown origin that the copies share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from riwaya.arabic.lexicon.weigh import ANONYMOUS, CREDIT_WORDS, OFFICES, VAGUE_BODIES, WHOLESALE
from riwaya.arabic.words import iter_norms
from riwaya.model import Article, Credit, Link, Origin, OriginKind, Passage, Quote, Related, Span
from riwaya.relate.versions import reports
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.parties import Parties
from riwaya.weigh.units import Unit

UNNAMED_OUTLET = "تقرير بلا اسم وسيلة"  # an article that names no outlet
UNKNOWN_SOURCE = "مصدر مشترك غير معروف"  # what several reports copied, nobody says from whom

Key = tuple[str, str]  # what makes two origins one: its sort and its name, folded


@dataclass(slots=True)
class _Found:
    """One origin of one clause. `chain` holds the keys of those who passed it on, nearest the speaker first."""

    key: Key
    name: str
    kind: OriginKind
    entity_id: str | None = None
    named: bool = True
    chain: tuple[Key, ...] = ()
    attributed: bool = True
    articles: set[str] = field(default_factory=set)

    @property
    def rank(self) -> str:
        """How much the naming tells, the most first in `_RANK`."""
        if self.kind in ("speaker", "office", "document"):
            return "entity" if self.entity_id else "speaker" if self.named else "anonymous"
        return self.kind


_VAGUE = frozenset(VAGUE_BODIES)
_NAMELESS = frozenset(prefix + word for word in ANONYMOUS for prefix in ("", "ال", "و"))

_RANK = ("entity", "speaker", "anonymous", "agency", "unknown", "outlet")


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """A name for comparing."""
    return " ".join(iter_norms(text))


def is_anonymous(name: str) -> bool:
    """Whether this speaker has no name: مصدر أمني، شهود عيان، مسؤولون."""
    return folded(name).partition(" ")[0] in _NAMELESS


class Origins:
    """Finds the origins of the statements of one story."""

    def __init__(self, related: Related) -> None:
        self._articles = {a.id: a for a in related.articles}
        self._entities = {e.id: e for e in related.entities}
        self._parties = Parties(related)
        self._unnamed = _unnamed(related.articles)
        self._reports = reports(related.articles)
        self._copies: dict[str, list[Passage]] = {}
        for passage in related.passages:
            if passage.kind == "copy":
                self._copies.setdefault(passage.a.article_id, []).append(passage)
                self._copies.setdefault(passage.b.article_id, []).append(passage)
        self._titles = _people_by_title(related)
        owner = {m: e.id for e in related.entities if e.kind == "person" for m in e.mentions}
        self._roles_of: dict[str, list[tuple[Span, str]]] = {}
        for marks in related.marks:
            held = [(n.role, owner[n.span]) for n in marks.names if n.role is not None and n.span in owner]
            self._roles_of[marks.article_id] = held
        self._titles_of: dict[str, list[str]] = {}  # every title that the reports give a person
        for marks, article in zip(related.marks, related.articles, strict=True):
            for role, person in self._roles_of[marks.article_id]:
                self._titles_of.setdefault(person, []).append(folded(article.text[role.start : role.end]))
        who = [e for e in related.entities if e.kind != "place"]
        self._names = sorted((folded(n.text), e.id) for e in who for n in e.names)
        self._by_name = dict(reversed(self._names))
        self._by_name |= self._titles
        self._spoken_for: dict[str, str | None] = {}
        self._keys: dict[tuple[str | None, str], tuple[Key, str, str | None]] = {}
        self._credits = {a.id: _credited(a) for a in related.articles}

    # ------------------------------------------------------------------------------------------------- one statement

    def of(self, units: Sequence[Unit]) -> tuple[Origin, ...]:
        """The origins of a statement that these clauses make, sorted by name."""
        each = [self._of_unit(unit, units, 0) for unit in units]
        if len(units) == 1:
            each[0].articles.add(units[0].span.article_id)
            return (self._origin(each[0]),)
        self._settle_copies(units, each)
        by_article: dict[str, list[_Found]] = {}
        for unit, one in zip(units, each, strict=True):
            by_article.setdefault(unit.span.article_id, []).append(one)
        merged: dict[Key, _Found] = {}
        for article_id, found in sorted(by_article.items()):
            # A report that once names its source need not do so again: headline and lead rest on it too.
            named = [f for f in found if f.attributed] or found
            for one in named:
                kept = merged.setdefault(one.key, one)
                kept.articles.add(article_id)
                kept.chain += one.chain
        self._join_chains(merged)
        self._join_bodies(merged)
        self._join_unknown(merged)
        return tuple(self._origin(f) for _, f in sorted(merged.items()))

    def _settle_copies(self, units: Sequence[Unit], each: list[_Found]) -> None:
        """Word for word the same clause comes from one origin, however each report names it: the fullest naming counts."""
        homes: dict[tuple[object, ...], list[int]] = {}
        for i, unit in enumerate(units):
            homes.setdefault((*unit.terms, unit.negated), []).append(i)
        for same in homes.values():
            reports = {units[i].span.article_id for i in same}
            if len(reports) == 1 or len(units[same[0]].terms) < WEIGH.copied_terms:
                continue
            best = min((each[i] for i in same), key=lambda f: (_RANK.index(f.rank), f.key))
            if best.rank in ("outlet", "unknown"):
                continue
            for i in same:
                if each[i].rank != "entity" and (best.rank == "entity" or each[i].rank != "speaker"):
                    each[i] = replace(best, articles=set())

    @staticmethod
    def _join_chains(merged: dict[Key, _Found]) -> None:
        """"The minister said" and "the minister said that the president said" are one line of transmission."""
        for key in sorted(merged):
            one = merged.get(key)
            if one is None:
                continue
            for passer in one.chain:
                other = merged.get(passer)
                if other is not None and other is not one:
                    one.articles |= other.articles
                    del merged[passer]

    def _join_bodies(self, merged: dict[Key, _Found]) -> None:
        """الشرطة beside شرطة المدينة, السلطات beside السلطات المعنية: one body, named in full and in short."""
        parts = {key: self._parts(found) for key, found in merged.items() if found.rank in ("entity", "speaker")}
        for key in sorted(parts, key=lambda k: (len(parts[k]), k)):
            mine = parts[key]
            fuller = [k for k in parts if k != key and k in merged and mine and mine <= parts[k]]
            if len(mine) == 1 and fuller:
                home = min(fuller, key=lambda k: (-len(merged[k].articles), k))
                merged[home].articles |= merged.pop(key).articles

    def _parts(self, found: _Found) -> frozenset[str]:
        """The words that tell a body from others, without the article; nothing of a person."""
        entity = self._entities.get(found.entity_id or "")
        if entity is not None and entity.kind != "organization":
            return frozenset()
        return frozenset(n.removeprefix("ال") for n in iter_norms(found.name) if n not in _VAGUE)

    @staticmethod
    def _join_unknown(merged: dict[Key, _Found]) -> None:
        """All that was copied from nobody knows whom counts as one; so do all anonymous sources."""
        for named in ("unknown", "anonymous"):
            keys = sorted(k for k in merged if k[0] == named)
            for key in keys[1:]:
                merged[keys[0]].articles |= merged.pop(key).articles

    def _origin(self, found: _Found) -> Origin:
        speaks = found.named and found.kind in ("speaker", "office", "document")
        party = self._parties.of(found.entity_id, found.name) if speaks else None
        return Origin(found.name, found.kind, found.entity_id, found.named, party, tuple(sorted(found.articles)))

    # ----------------------------------------------------------------------------------------------------- one clause

    def _of_unit(self, unit: Unit, others: Sequence[Unit], depth: int) -> _Found:
        if unit.quote is not None:
            found = self._quoted(unit.quote)
            if found is not None:
                return found
        article = self._articles[unit.span.article_id]
        credit = self._credits[article.id]
        if credit is not None:
            return _Found(("agency", folded(credit.name)), credit.name, "agency")
        copied = self._copied(unit, others, depth)
        return copied or self._outlet(article)

    def _outlet(self, article: Article) -> _Found:
        article = self._articles[self._reports[article.id]]  # versions are of one outlet, whatever each page calls it
        if article.outlet:
            return _Found(("outlet", folded(article.outlet)), article.outlet, "outlet", attributed=False)
        return _Found(("outlet", article.id), self._unnamed[article.id], "outlet", attributed=False)

    def _quoted(self, quote: Quote) -> _Found | None:
        chain = [link for link in quote.isnad[1:] if link.role != "outlet"]
        speaker = quote.speaker
        if speaker is not None and (speaker.entity_id or speaker.text):
            known = [link for link in chain[:-1] if link.name or link.entity_id]
            passers = tuple(self._key(link.entity_id or self._titled(link.span), link.name or "")[0] for link in known)
            key, name, entity_id = self._key(speaker.entity_id or self._titled(speaker.span), speaker.text)
            if is_anonymous(name) and entity_id is None:
                return _Found(("anonymous", ""), name, "speaker", named=False)
            return _Found(key, name, self._kind(entity_id, name), entity_id, chain=passers)
        for link in reversed(chain):
            if link.name or link.entity_id:
                key, name, entity_id = self._key(link.entity_id, link.name or "")
                return _Found(key, name, _kind_of_link(link), entity_id)
        return None

    def _titled(self, span: Span | None) -> str | None:
        """The person whose title stands there: "الرئيس" beside his name."""
        if span is None:
            return None
        for role, entity_id in self._roles_of.get(span.article_id, ()):
            if role.start < span.end and span.start < role.end:
                return entity_id
        return None

    def _key(self, entity_id: str | None, text: str) -> tuple[Key, str, str | None]:
        """Who this is: a person and his own office, spokesman or title come to one key."""
        known = self._keys.get((entity_id, text))
        if known is None:
            known = self._keys[entity_id, text] = self._find_key(entity_id, text)
        return known

    def _find_key(self, entity_id: str | None, text: str) -> tuple[Key, str, str | None]:
        entity = self._entities.get(entity_id or self._by_name.get(folded(text), ""))
        name = entity.name if entity else text
        titles = [folded(entity.description or ""), *sorted(set(self._titles_of.get(entity.id, ())))] if entity else []
        person = self._behind(folded(name), folded(text), *titles)
        if person is not None:
            return ("entity", person), self._entities[person].name, person
        if entity is not None:
            return ("entity", entity.id), entity.name, entity.id
        return ("name", folded(text)), text, None

    def _behind(self, *names: str) -> str | None:
        """The person, or else the organization, for whom an office or a spokesman of this name speaks."""
        for name in names:
            if name not in self._spoken_for:
                self._spoken_for[name] = self._find_behind(name)
            if self._spoken_for[name] is not None:
                return self._spoken_for[name]
        return None

    def _find_behind(self, name: str) -> str | None:
        for office in OFFICES:
            at = f" {name} ".find(f" {office} ")
            if at < 0:
                continue
            rest = name[at + len(office) :].strip()
            forms = {rest, rest.removeprefix("ل"), "ال" + rest[2:] if rest.startswith("لل") else rest} - {""}
            for form in sorted(forms):
                if form in self._titles:
                    return self._titles[form]
                # Whom an office speaks for stands right after it: "المتحدثة باسم وزارة الصحة هالة العياري".
                held = [(at, -len(n), i) for n, i in self._names if (at := f" {form} ".find(f" {n} ")) >= 0]
                if held:
                    return min(held)[2]
        return None

    def _kind(self, entity_id: str | None, name: str) -> OriginKind:
        entity = self._entities.get(entity_id or "")
        if entity is not None:
            return "speaker" if entity.kind == "person" else "office"
        return "speaker"

    # ------------------------------------------------------------------------------------------------------- copies

    def _copied(self, unit: Unit, others: Sequence[Unit], depth: int) -> _Found | None:
        """Where a copied clause came from, if it is one; followed back a few steps at most."""
        open_ = False
        for passage in self._copies.get(unit.span.article_id, ()):
            forward = passage.a.article_id == unit.span.article_id
            mine, theirs = (passage.a, passage.b) if forward else (passage.b, passage.a)
            held = min(mine.end, unit.span.end) - max(mine.start, unit.span.start)
            if held < WEIGH.copied_share * (unit.span.end - unit.span.start):
                continue
            if passage.direction == "common_source" and passage.source:
                return _Found(("agency", folded(passage.source)), passage.source, "agency")
            if passage.direction == ("b_to_a" if forward else "a_to_b") and depth < WEIGH.copy_steps:
                source = [o for o in others if _meet(o.span, theirs)]
                if source:
                    return self._of_unit(source[0], others, depth + 1)
                return self._outlet(self._articles[theirs.article_id])
            open_ = open_ or passage.direction in ("unknown", "common_source")
        return _Found(("unknown", ""), UNKNOWN_SOURCE, "unknown", named=False, attributed=False) if open_ else None


def _credited(article: Article) -> Credit | None:
    """The one agency that this article credits; where several are credited, none is credited for this passage."""
    named = {folded(c.name): c for c in article.agencies if folded(c.name) not in WHOLESALE and not _compiled(article, c)}
    named.pop(folded(article.outlet or ""), None)
    return next(iter(named.values())) if len(named) == 1 else None


def _unnamed(articles: Sequence[Article]) -> dict[str, str]:
    """Names for reports of no outlet: by their day, and numbered where several share it or have none."""
    nameless = sorted((a for a in articles if not a.outlet), key=lambda a: ((a.published.value or "~")[:10], a.id))
    days = [(a.published.value or "")[:10] for a in nameless]
    names = {}
    for number, (article, day) in enumerate(zip(nameless, days, strict=True), 1):
        alone = day and days.count(day) == 1
        told = day if alone else f"{day}، {number}" if day else str(number)
        names[article.id] = UNNAMED_OUTLET if len(nameless) == 1 else f"{UNNAMED_OUTLET} ({told})"
    return names


def _people_by_title(related: Related) -> dict[str, str]:
    """Folded title or description -> the one person of the story who bears it."""
    texts = {a.id: a.text for a in related.articles}
    owner = {m: e.id for e in related.entities if e.kind == "person" for m in e.mentions}
    found: dict[str, set[str]] = {}
    for entity in related.entities:
        if entity.kind == "person" and entity.description:
            found.setdefault(folded(entity.description), set()).add(entity.id)
    for marks in related.marks:
        for name in marks.names:
            if name.role is not None and name.span in owner:
                title = texts[name.role.article_id][name.role.start : name.role.end]
                found.setdefault(folded(title), set()).add(owner[name.span])
    return {title: min(ids) for title, ids in found.items() if len(ids) == 1}


def _compiled(article: Article, credit: Credit) -> bool:
    """Whether the line of the credit names others too ("صحيفة كذا - وكالات - تاس"): then the text is the outlet's own work."""
    if credit.span is None or credit.how == "dateline":
        return False
    start = article.text.rfind("\n", 0, credit.span.start) + 1
    end = article.text.find("\n", credit.span.end)
    line = article.text[start : credit.span.start] + " " + article.text[credit.span.end : end if end >= 0 else len(article.text)]
    others = [w for w in iter_norms(line) if w not in CREDIT_WORDS]
    return len(others) >= WEIGH.compiled_words


def _meet(a: Span, b: Span) -> bool:
    return a.article_id == b.article_id and min(a.end, b.end) > max(a.start, b.start)


def _kind_of_link(link: Link) -> OriginKind:
    roles: Mapping[str, OriginKind] = {"agency": "agency", "office": "office", "document": "document", "speaker": "speaker"}
    return roles.get(link.role, "unknown")
