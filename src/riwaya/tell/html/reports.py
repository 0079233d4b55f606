"""The reports in full: the text as published with its marks, furniture faded, shared passages with links to their twins."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from markupsafe import Markup

from riwaya.model import Article, Entity, Marks, Span
from riwaya.relate.credits import own_name
from riwaya.relate.supply import carried_agencies
from riwaya.tell.html.desk import Chip, Desk, Report, Words
from riwaya.tell.html.marked import Insert, Wrap, covered, paragraphs, wrapped

_KINDS = {"person": "m-person", "organization": "m-org", "place": "m-place"}
_SAFE = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text with its marks, and where it stands."""

    start: int
    end: int
    html: Markup


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs of one kind in a row: the report's own (""), furniture or background."""

    kind: str
    paragraphs: list[Paragraph]


@dataclass(frozen=True, slots=True)
class Full:
    """A report in full."""

    report: Report
    title: str | None  # where the title is not part of the text
    url: str | None
    blocks: list[Block]
    evidence: list[Words]
    how: str
    credits: list[str]
    carries: list[tuple[str, int]]  # agencies whose words it has without crediting them, and per cent of its text
    version_of: Report | None
    direction: str
    tally: list[tuple[str, int]]  # its statements by standing
    misses: int  # statements of several other reports that it does not carry
    shares: list[tuple[Report, int]]  # with which reports it shares passages, and how many


def reports(desk: Desk, twins: int) -> list[Full]:
    """All reports. To be called last: it writes an anchor for every link that the other sections asked for.

    Args:
        desk: the story.
        twins: how many other reports a shared passage names before it only counts them.
    """
    one_by_one = Reports(desk, twins)
    return [one_by_one.full(report) for report in desk.reports]


class Reports:
    """The reports of a story, to be had one at a time."""

    def __init__(self, desk: Desk, twins: int) -> None:
        self.desk, self._twins = desk, twins
        self._evidence = {r.number: desk.all_words(r.article.published.evidence) for r in desk.reports}
        self._shared = _shared(desk)
        self._mentions: dict[str, list[tuple[Span, Entity]]] = defaultdict(list)
        for entity in desk.dossier.entities:
            for span in entity.mentions:
                self._mentions[span.article_id].append((span, entity))
        self._marks = {m.article_id: m for m in desk.dossier.marks}

    def full(self, report: Report, lit: tuple[int, int] | None = None) -> Full:
        """A report with its text; `lit` is a stretch of it to be pointed out."""
        article = report.article
        shared = self._shared[article.id]
        wraps = _wraps(self.desk, report, self._marks.get(article.id), self._mentions[article.id])
        if lit is not None:
            wraps = [w for w in wraps if (w.start, w.end, w.classes) != (*lit, "ref")]
            wraps.append(Wrap(*lit, "ref lit", self.desk.anchor(report, *lit)))
        wraps += [Wrap(a.start, a.end, "m m-shared") for a, _ in shared]
        return replace(self.brief(report), blocks=_blocks(article, wraps, _twin_marks(self.desk, shared, self._twins)))

    def brief(self, report: Report) -> Full:
        """What is told about a report, without its text."""
        desk, article = self.desk, report.article
        return Full(
            report,
            title=None if article.body_start or (article.title or "") in article.text else article.title,
            url=article.url if article.url and article.url.lower().startswith(_SAFE) else None,
            blocks=[],
            evidence=self._evidence[report.number],
            how=article.published.how,
            credits=list(dict.fromkeys(c.name for c in article.agencies)),
            carries=_carries(desk, article),
            version_of=desk.by_id.get(article.version_of or ""),
            direction="rtl" if article.language in ("ar", "fa", "ur", "he", "") else "ltr",
            tally=_tally(desk, article.id),
            misses=sum(article.id in s.missing_from_articles and s.standing != "single" for s in desk.dossier.statements),
            shares=_shares(self._shared[article.id]),
        )


def _carries(desk: Desk, article: Article) -> list[tuple[str, int]]:
    known = {c.name for c in article.agencies} | {own_name(article)}
    size = max(1, len(article.text))
    found = carried_agencies(article.id, desk.passages)
    return [(name, min(100, round(100 * length / size))) for name, length in found if name not in known]


def _shared(desk: Desk) -> dict[str, list[tuple[Span, Chip]]]:
    """For each article, its shared passages, each with the way to its twin."""
    found: dict[str, list[tuple[Span, Chip]]] = defaultdict(list)
    for passage in desk.passages:
        for own, other in ((passage.a, passage.b), (passage.b, passage.a)):
            found[own.article_id].append((own, Chip(desk.by_id[other.article_id], desk.link(other))))
    return found


def _tally(desk: Desk, article_id: str) -> list[tuple[str, int]]:
    counts = Counter(
        "disputed" if s.disputed else s.standing for s in desk.dossier.statements if article_id in s.article_ids
    )
    return [(key, counts[key]) for key in ("corroborated", "repeated", "disputed", "single") if counts[key]]


def _shares(shared: list[tuple[Span, Chip]]) -> list[tuple[Report, int]]:
    counts = Counter(chip.report.number for _, chip in shared)
    by_number = {chip.report.number: chip.report for _, chip in shared}
    return [(by_number[n], c) for n, c in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]


def _twin_marks(desk: Desk, shared: list[tuple[Span, Chip]], most: int) -> list[Insert]:
    """After each shared passage, the numbers of the reports that have it too."""
    ends: dict[int, dict[int, Chip]] = defaultdict(dict)
    for span, chip in shared:
        ends[span.end].setdefault(chip.report.number, chip)
    inserts = []
    for at, chips in sorted(ends.items()):
        ordered = [chips[k] for k in sorted(chips)]
        links = [
            Markup('<a class="twin c{}" href="{}"><span class="vh">{}</span><span aria-hidden="true">{}</span></a>').format(
                c.report.colour, c.href, desk.say("twin", n=c.report.number), c.report.number
            )
            for c in ordered[:most]
        ]
        if len(ordered) > most:
            links.append(Markup('<span class="twin-more">+{}</span>').format(len(ordered) - most))
        inserts.append(Insert(at, Markup('<span class="twins">{}</span>').format(Markup("").join(links))))
    return inserts


def _wraps(desk: Desk, report: Report, marks: Marks | None, mentions: list[tuple[Span, Entity]]) -> list[Wrap]:
    article = report.article
    wraps = [
        Wrap(start, end, "ref", desk.anchor(report, start, end)) for start, end in sorted(desk.linked.get(article.id, ()))
    ]
    wraps += [Wrap(s.start, s.end, f"m {_KINDS[e.kind]}") for s, e in mentions]
    wraps += [Wrap(f.start, f.end, "furniture" if f.kind != "background" else "aside-part") for f in article.furniture]
    if marks is not None:
        wraps += [Wrap(q.content.start, q.content.end, "m m-quote") for q in marks.quotes]
        wraps += [Wrap(q.cue.start, q.cue.end, "m m-cue") for q in marks.quotes if q.cue]
        wraps += [Wrap(x.span.start, x.span.end, "m m-time") for x in marks.times]
        wraps += [Wrap(f.span.start, f.span.end, "m m-figure") for f in marks.figures]
    # The same stretch may be marked twice for the same reason (joint speakers): one element is enough.
    return list(dict.fromkeys(w for w in wraps if w.start < w.end))


def _blocks(article: Article, wraps: list[Wrap], inserts: list[Insert]) -> list[Block]:
    page = [(f.start, f.end) for f in article.furniture if f.kind != "background"]
    other = [(f.start, f.end) for f in article.furniture if f.kind == "background"]
    blocks: list[Block] = []
    for start, end in paragraphs(article.text):
        kind = "furniture" if covered(start, end, page) else "background" if covered(start, end, other) else ""
        near = [w for w in wraps if w.start < end and start < w.end]
        if kind:
            near = [w for w in near if w.classes not in ("furniture", "aside-part")]
        paragraph = Paragraph(start, end, wrapped(article.text, start, end, near, inserts))
        if blocks and blocks[-1].kind == kind:
            blocks[-1].paragraphs.append(paragraph)
        else:
            blocks.append(Block(kind, [paragraph]))
    return blocks
