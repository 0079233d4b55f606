"""What an editor wants to know at once: a story's dossier compared with what it was before it was woven again.

A pure function of the two dossiers. Ids of statements and disputes may change from one weaving to the next, so they are matched
by the stretches of text that they rest on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from riwaya.ids import stable_id
from riwaya.model import Alert, AlertKind, Dispute, Dossier, Origin, OriginKind, Passage, Side, Span, Statement, Story
from riwaya.settings.watch import WATCH, WatchSettings
from riwaya.tell.html.words import plural

_CLAIMANTS: frozenset[OriginKind] = frozenset(("speaker", "office", "document"))  # who answers for what is said
_INSTITUTIONS: frozenset[OriginKind] = frozenset(("office", "document"))
_CORROBORATED = 2  # independent origins
_QUOTED = 160  # characters of a sentence that an alert quotes; the whole stands in the dossier


def alerts(before: Dossier | None, after: Dossier, settings: WatchSettings = WATCH) -> list[Alert]:
    """What is new in a story and worth telling, in the order: the story, its figures, its confirmations.

    Args:
        before: its dossier without the reports that have come since; None where it was not known.
        after: its dossier now; of one story.
        settings: from how many reports and outlets a story is told of.
    """
    if not after.stories:
        return []
    story = after.stories[0]
    found = []
    if _tellable(after, settings) and not (before is not None and _tellable(before, settings)):
        found.append(_story_alert(story, after))
    if before is None:
        return found
    found += [a for d in after.disputes if (a := _figure_alert(story, d, before, after)) is not None]
    found += [a for s in after.statements if (a := _confirmation(story, s, before, after, settings)) is not None]
    return sorted({a.id: a for a in found}.values(), key=lambda a: (_ORDER[a.kind], a.spans, a.id))


_ORDER: dict[AlertKind, int] = {"story": 0, "contradiction": 1, "revision": 2, "confirmation": 3}


def _alert(kind: AlertKind, story: Story, ar: str, en: str, spans: Sequence[Span]) -> Alert:
    shown = (f"{s.article_id}:{s.start}:{s.end}" for s in spans)
    return Alert(stable_id("al", kind, *shown), kind, story.id, story.title, ar, en, tuple(spans))


# ------------------------------------------------------------------------------------------------------------- stories


def _tellable(dossier: Dossier, settings: WatchSettings) -> bool:
    """Whether the story is large enough to be told of; later versions of a report are not counted."""
    reports = sum(1 for a in dossier.articles if a.version_of is None)
    outlets = sum(len(s.outlets) for s in dossier.stories)
    return reports >= settings.story_reports and outlets >= settings.story_outlets


def _story_alert(story: Story, after: Dossier) -> Alert:
    reports = plural("reports", sum(1 for a in after.articles if a.version_of is None))
    outlets = plural("outlets", len(story.outlets))
    spans = story.summary[0].spans[:1] if story.summary else tuple(Span(a.id, 0, 0) for a in after.articles[:1])
    return _alert(
        "story", story, f"حدث جديد: {story.title} ({reports.ar}، {outlets.ar})",
        f"A new story: {story.title} ({reports.en}, {outlets.en})", spans,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- figures


def _figure_alert(story: Story, dispute: Dispute, before: Dossier, after: Dossier) -> Alert | None:
    """A revision or contradiction of figures in which some side, or the conflict itself, was not there before."""
    if dispute.kind not in ("revision", "contradiction") or not _of_figures(dispute, after):
        return None
    known = {a.id for a in before.articles}
    index = [_Spans.of(s.spans for s in d.sides) for d in before.disputes if d.kind == dispute.kind]
    if any(all(was.touches(side.spans) for side in dispute.sides) for was in index):
        return None
    # The side that a new report takes; where none is new, the reports were only read otherwise, and nothing has happened.
    fresh = [side for side in dispute.sides if any(s.article_id not in known for s in side.spans)]
    if not fresh:
        return None
    latest = next((s for s in reversed(fresh) if not any(was.touches(s.spans) for was in index)), fresh[-1])
    old = [s for s in dispute.sides if s is not latest][-1]
    further = [s for s in latest.spans if s.article_id not in known]
    first, second = (f"«{_short(s.says)}» ({_outlets(s)})" for s in (old, latest))
    if dispute.kind == "revision":
        ar, en = f"تغيّر رقم: {first}، ثم {second}", f"A figure was revised: {first}, then {second}"
    else:
        ar, en = f"رقمان لا يجتمعان: {first}، و{second}", f"Two figures conflict: {first} and {second}"
    return _alert(dispute.kind, story, ar, en, (old.spans[0], further[0]))


def _of_figures(dispute: Dispute, dossier: Dossier) -> bool:
    """Whether the dispute is about a quantity: its subject begins with a kind of figure that stands on its sides."""
    kind = dispute.about.partition(":")[0]
    held = _Spans.of(s.spans for s in dispute.sides)
    return any(f.kind == kind and held.touches((f.span,)) for marks in dossier.marks for f in marks.figures)


def _outlets(side: Side) -> str:
    """The outlets of a side, by name where they have one."""
    named = [o for o in side.outlets if o not in side.article_ids]
    return "، ".join(named[:3]) or "—"


# ------------------------------------------------------------------------------------------------------- confirmations


def _confirmation(story: Story, statement: Statement, before: Dossier, after: Dossier, settings: WatchSettings) -> Alert | None:
    """A statement of two independent origins that rested on one alone before; the second is named, and a new report brings it."""
    if statement.independent < _CORROBORATED or len(statement.text.split()) < settings.confirmation_words:
        return None
    known = {a.id for a in before.articles}
    was = _best_match(statement, before.statements)
    if was is None or was.independent >= _CORROBORATED or not was.origins:
        return None
    had = {o.name for o in was.origins}
    for span in (s for s in statement.spans if s.article_id not in known):
        shared = _shared(span, statement.spans, known, after.passages)
        for origin in statement.origins:
            second = origin.named and origin.name not in had and span.article_id in origin.article_ids
            if second and _confirms(origin, was, shared):
                quoted, first = _short(statement.text), was.origins[0].name
                ar = f"مصدر أصلي مستقل ثانٍ يؤكد: «{quoted}» ({origin.name}، بعد {first})"
                en = f"A second independent origin confirms: «{quoted}» ({origin.name}, after {first})"
                return _alert("confirmation", story, ar, en, (was.spans[0], span))
    return None


def _confirms(origin: Origin, was: Statement, shared: str | None) -> bool:
    """Whether an origin confirms what others said before it.

    An outlet that leaves out who said it confirms nothing that others attribute. Words copied from an older report confirm
    nothing either, whomever the new one names for them: mostly it is one speaker under two descriptions. But two offices may
    issue one sentence, and two speakers may say the same in other words.
    """
    before = {o.kind for o in was.origins}
    if shared is not None:
        return {origin.kind, *before} <= (_INSTITUTIONS if shared == "copy" else _CLAIMANTS)
    return origin.kind != "outlet" or before == {"outlet"}


def _shared(span: Span, spans: Sequence[Span], known: Collection[str], passages: Iterable[Passage]) -> str | None:
    """The kind of a passage that half or more of a new stretch shares with an older one of the same statement, "copy" first."""
    old = _Spans.of([[s for s in spans if s.article_id in known]])
    kinds = {
        p.kind for p in passages for end, other in ((p.a, p.b), (p.b, p.a))
        if _overlap(end, span) and 2 * (min(end.end, span.end) - max(end.start, span.start)) >= span.end - span.start
        and old.touches([other])
    }  # fmt: skip
    return min(kinds, default=None)


def _best_match(statement: Statement, candidates: Iterable[Statement]) -> Statement | None:
    """The statement that rests on the most of the same stretches; of equals the one of more origins.

    One sentence may stand in several statements, so those that share most of both are meant.
    """
    best: tuple[float, int, str] | None = None
    match = None
    for other in candidates:
        shared = sum(1 for s in other.spans if any(_overlap(s, own) for own in statement.spans))
        if not shared:
            continue
        score = (shared / len(other.spans), other.independent, other.id)
        if best is None or score > best:
            best, match = score, other
    return match


# --------------------------------------------------------------------------------------------------------------- spans


@dataclass(frozen=True, slots=True)
class _Spans:
    """Stretches of text, to be asked which of others overlap them."""

    by_article: dict[str, list[Span]]

    @classmethod
    def of(cls, groups: Iterable[Iterable[Span]]) -> _Spans:
        found: dict[str, list[Span]] = {}
        for group in groups:
            for span in group:
                found.setdefault(span.article_id, []).append(span)
        return cls(found)

    def touches(self, spans: Iterable[Span]) -> bool:
        return any(_overlap(one, own) for one in spans for own in self.by_article.get(one.article_id, ()))


def _overlap(a: Span, b: Span) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED].rsplit(' ', 1)[0]}…"
