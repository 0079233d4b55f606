"""The dossier of a story in pieces for the application: the sections of the dossier page, each on a page of its own.

A piece is the same template filled from the same view as on the dossier page (`tell.html`), with three differences: it is in one
language; its addresses lead to other pages of the application; and positions in drawings, which the policy of the application
admits in no attribute, become rules for the <style> of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from riwaya.model import CorrectionAction, Dossier, Span
from riwaya.settings.tell import TELL
from riwaya.tell.html import words
from riwaya.tell.html.desk import Desk, Report
from riwaya.tell.html.engine import OneLanguage
from riwaya.tell.html.stands import Line, Stands, stands
from riwaya.web.render import outward, static
from riwaya.web.words import speak

_OWN = Path(__file__).parent / "templates" / "dossier"
_TELL = Path(words.__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page: its markup, and the rules that place what is drawn in it."""

    html: Markup
    style: str

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory; Arabic letters take two each, markup makes up most."""
        return 2 * (len(self.html) + len(self.style))


class LiveDesk(Desk):
    """The dossier of a story, with addresses in the application.

    Args:
        dossier: of the story.
        lang: of the reader.
        fresh: the ids of the reports that came since the reader saw the story last.
    """

    def __init__(self, dossier: Dossier, lang: str, fresh: frozenset[str] = frozenset()) -> None:
        super().__init__(dossier)
        self.lang, self.fresh = lang, fresh
        self._said = speak(lang)

    @property
    def root(self) -> str:
        """The address of the story."""
        return f"/story/{self.story.id}"

    @cached_property
    def stands(self) -> Stands:
        """The statements by standing."""
        return stands(self, TELL.shown_statements)

    def link(self, span: Span) -> str:
        """The address of these words in their report."""
        return words_at(span)

    def anchor(self, report: Report, start: int, end: int) -> str:
        """The id of words of a report on its page."""
        return f"c{start}-{end}"

    def to_report(self, report: Report) -> str:
        """The address of a report."""
        return f"/report/{report.article.id}"

    def to_statement(self, statement_id: str) -> str:
        """The address of a statement."""
        return f"{self.root}/statement/{statement_id}"

    def to_entity(self, entity_id: str) -> str:
        """The address of a person, an organization or a place."""
        return f"{self.root}/names#{entity_id}"

    def to_name(self, entity_id: str) -> str:
        """The address of somebody across all stories."""
        return f"{self.root}/name/{entity_id}"

    def to_pair(self, a: Report, b: Report) -> str:
        """The address of two reports side by side."""
        return f"/compare/{a.article.id}/{b.article.id}"

    def say(self, key: str, **values: object) -> Markup:
        """A string in the reader's language."""
        return self._said.t(key, **values)

    def correct(self, action: CorrectionAction, *spans: Span, value: str | None = None) -> str:
        """The address of the form that corrects what stands at these spans."""
        return correction_form(action, spans, value)

    def news(self, line: Line) -> str | None:
        """Whether a statement is new to the reader: "new" if only new reports carry it, "more" if some do, else None."""
        if not self.fresh:
            return None
        carried = [chip.report.article.id in self.fresh for chip in line.chips]
        return "new" if all(carried) else "more" if any(carried) else None

    def mark_all(self, article_id: str) -> None:
        """Give every stretch of a report that something in the dossier cites an address on the report's page."""
        own = self.linked.setdefault(article_id, set())
        own |= {(s.start, s.end) for s in cited(self.dossier) if s.article_id == article_id}


def cited(dossier: Dossier) -> list[Span]:
    """Every span that a page of this dossier may lead to."""
    found = [s for x in dossier.statements for s in x.spans]
    found += [s for d in dossier.disputes for side in d.sides for s in side.spans]
    found += [s for story in dossier.stories for one in story.summary for s in one.spans]
    found += [s for entry in dossier.timeline for s in entry.spans]
    found += [s for p in dossier.passages for s in (p.a, p.b)]
    found += [s for e in dossier.entities for s in e.mentions]
    found += [s for a in dossier.articles for s in a.published.evidence]
    for marks in dossier.marks:
        found += [f.span for f in marks.figures] + [x.span for x in marks.times]
        for quote in marks.quotes:
            found += [quote.content, *(link.span for link in quote.isnad if link.span)]
            if quote.speaker and quote.speaker.span:
                found.append(quote.speaker.span)
    return found


def words_at(span: Span) -> str:
    """The address of words of a report that the dossier of its story cites."""
    return f"/report/{span.article_id}#c{span.start}-{span.end}"


def correction_form(action: CorrectionAction, spans: Sequence[Span], value: str | None = None) -> str:
    """The address of the form that corrects what stands at these spans."""
    pairs = [("action", action), *(("span", f"{s.article_id}:{s.start}-{s.end}") for s in spans)]
    return "/corrections/new?" + urlencode([*pairs, *([("value", value)] if value else [])], safe=":")


class _Places:
    """Gives pieces of drawings their places by rules, one a distinct place; only numbers get into them."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._rules: dict[str, str] = {}

    def at(self, rules: str, *numbers: float) -> Markup:
        """The attribute of a piece that stands there."""
        key = self._rules.setdefault(rules % tuple(float(n) for n in numbers), f"{self._prefix}{len(self._rules)}")
        return Markup(f' data-at="{key}"')

    @property
    def style(self) -> str:
        """The rules."""
        return "".join(f'[data-at="{key}"]{{{rules}}}' for rules, key in self._rules.items())


@cache
def environment(lang: str) -> OneLanguage:
    """The templates of the pieces, in one language."""
    env = OneLanguage(lang, _OWN, _TELL)
    said = speak(lang)

    def plain(key: str, _: str) -> str:
        return said.attr(key)

    env.globals.update(
        t=said.t, attr=said.attr, n=said.n, plain=plain, plural=said.n, day=said.day, grouped=words.grouped, static=static,
        outward=outward, lang=lang, direction="rtl" if lang == "ar" else "ltr",
    )  # fmt: skip
    return env


def part(template: str, lang: str, **view: Any) -> Part:
    """A piece of a page.

    Args:
        template: of `templates/dossier`, or else of the dossier page; on a page no two pieces are of one template.
        lang: of the reader.
        view: what the template shows.
    """
    places = _Places(template[:2])
    html = environment(lang).get_template("part.html.j2").render(template=template, at=places.at, **view)
    return Part(Markup(html), places.style)
