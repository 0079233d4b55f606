"""Whose words a report carries when it does not say so: the credit is withheld, and the other reports must give it away.

From every second report of a day (by its id) all credits are taken: the byline, and the agency's name in the dateline or the
closing line. A report is a case if it credited an agency and shares 150 characters or more with one that still credits an agency,
or that an agency published. Reports that credited none (a paper's own byline, or nothing) and share as much are counted apart:
that they credit no agency does not mean that they carry none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from riwaya.evaluate.base import Miss, Result, Source, Task, hashed, ratio, scores
from riwaya.ids import stable_id
from riwaya.model import Article, Credit, Dossier

LONG = 150  # characters of a shared passage that make a case
FILES = ("2015-07-25.zip", "2015-07-23.zip", "2015-07-24.zip", "2015-07-26.zip", "2015-07-27.zip", "2015-08-01.zip")
_SAMPLE = 2  # of the first day every second report: a day is sorted by outlet
_PLURAL = frozenset({"وكالات"})  # says that there was an agency, not which


@dataclass(frozen=True, slots=True)
class Withheld:
    """A report without its credits, and what they were."""

    article: Article
    agencies: frozenset[str]
    signed: bool  # by a reporter


def withhold(article: Article) -> Withheld:
    """Take the credits from a report: its byline, and the names of agencies where its lines credit them."""
    from riwaya.read.page import settle_page

    settled = settle_page(article)
    # A credit is listed once, where it stands first: without the byline, those in the text come to light.
    named = [c for c in settle_page(replace(article, byline=None)).agencies if c.span is not None]
    text = article.text
    for credit in sorted(named, key=_start, reverse=True):
        assert credit.span is not None
        text = text[: credit.span.start] + text[credit.span.end :]
    bare = replace(article, id=stable_id("a", article.id), text=text, byline=None)
    return Withheld(bare, frozenset(c.name for c in settled.agencies) - _PLURAL, bool(article.byline) and not settled.agencies)


def _start(credit: Credit) -> int:
    return credit.span.start if credit.span else 0


def split(articles: Sequence[Article]) -> tuple[list[Article], dict[str, Withheld]]:
    """The reports as they are to be read, and those whose credits are withheld, by their new ids."""
    shown: list[Article] = []
    hidden: dict[str, Withheld] = {}
    for article in articles:
        if int(article.id[-1], 16) % 2:
            held = withhold(article)
            hidden[held.article.id] = held
            shown.append(held.article)
        else:
            shown.append(article)
    return shown, hidden


def said(dossier: Dossier, hidden: Mapping[str, Withheld]) -> Iterator[tuple[str, frozenset[str]]]:
    """The cases of one story: the report, and the agencies whose words it is said to carry."""
    from riwaya.relate.credits import agency_names, own_name
    from riwaya.relate.supply import carried_agencies

    credited = {a.id for a in dossier.articles if a.id not in hidden and (a.agencies or own_name(a) in agency_names())}
    cases = {
        mine.article_id
        for p in dossier.passages
        for mine, other in ((p.a, p.b), (p.b, p.a))
        if p.kind == "copy" and mine.end - mine.start >= LONG and mine.article_id in hidden and other.article_id in credited
    }
    for article_id in sorted(cases):
        yield article_id, frozenset(name for name, _ in carried_agencies(article_id, dossier.passages)) - _PLURAL


def run(source: Source) -> Result:
    """Build the days with half of the credits withheld, and ask for them."""
    from riwaya.collection import build
    from riwaya.read import read

    names = FILES[:1] if source.sample else FILES
    files = [source.file] if source.file else [source.path("saudinewsnet", name) for name in names]
    tally: Counter[str] = Counter()
    misses: list[Miss] = []
    for path in files:
        articles = list(read(path))
        shown, hidden = split(articles[::_SAMPLE] if source.sample else articles)
        for dossier in build(shown):
            for article_id, found in said(dossier, hidden):
                count(hidden[article_id], found, tally, misses)
        source.progress(files.index(path) + 1, len(files))
    metrics = scores(tally["right"], tally["said"], tally["wanted"])
    metrics["accuracy"] = ratio(tally["agreed"], tally["cases"])
    kinds = ("signed otherwise", "unsigned")
    counts = {name: tally[name] for kind in kinds for name in (kind, f"{kind}, said to carry an agency")}
    return Result(metrics, tally["cases"], hashed(files), misses, counts)


def count(held: Withheld, found: frozenset[str], tally: Counter[str], misses: list[Miss]) -> None:
    """Count one case."""
    if not held.agencies:
        kind = "signed otherwise" if held.signed else "unsigned"
        tally[kind] += 1
        tally[f"{kind}, said to carry an agency"] += bool(found)
        return
    tally["cases"] += 1
    tally["right"] += len(found & held.agencies)
    tally["said"] += len(found)
    tally["wanted"] += len(held.agencies)
    tally["agreed"] += found == held.agencies
    if found != held.agencies:
        text = held.article.text[:LONG]
        misses.append(Miss(held.article.path, "، ".join(sorted(held.agencies)), "، ".join(sorted(found)), text))


TASK = Task(
    name="agencies",
    about="Saudi reports with byline and dateline withheld that share 150 characters with a credited one: whose words are they",
    run=run,
    targets={"f1": 0.90},
    form="any file of reports that Riwaya reads, with bylines",
)
