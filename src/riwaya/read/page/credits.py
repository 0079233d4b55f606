"""Who supplied a report: agencies in the byline, the dateline, the closing line and the line of the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from riwaya.arabic.lexicon import outlets, page
from riwaya.arabic.phrases import Match, Phrases
from riwaya.arabic.words import PUNCTUATION, Words, iter_norms, words
from riwaya.model import Article, Credit, Span
from riwaya.read.page.lines import Line
from riwaya.settings.page import PAGE

_SEPARATOR = re.compile(r"[|/\\_:،,()\[\]–—-]+|\s\.\s")
_SOURCE = re.compile(r"^\W*(?:ال)?مصد[ا]?ر(?:\s+الخبر)?\s*[:\-–|]?\s*")
_DATELINE_END = re.compile(r"[:\-–—)\]ـ]\s")
_FORM = re.compile(r"[^\W\d_][^()\n:]{1,40}\(([^()\d\n]{2,25})\)\s*[-–—ـ:]")  # "صفاقس (مدى) -": an agency by its place alone
_LIKE_A_CITY = frozenset(page.LIKE_A_CITY)
_CLOSING = 60  # characters at the end of a report in which "(رويترز)" is its credit
_DATELINES = 3  # lines of the report that may open with a dateline: a headline, a second one, the first paragraph
_OPENING = 120  # characters of a line in which its dateline must stand
_LONGEST_PIECE = 3  # words beside an agency's name in a credit line: a city, a reporter
_LONGEST_LINE = 10  # words of a credit line


@cache
def agency_phrases() -> Phrases[str]:
    """Agencies by every name that credits use, with their main name."""
    return Phrases({**outlets.AGENCIES, **page.GENERIC_AGENCIES}, clitics=False)


@cache
def outlet_phrases() -> Phrases[str]:
    """Outlets by every name, with their main name; the main name too, which in running text may be an ordinary word (الجزيرة)."""
    main = {" ".join(iter_norms(name)): name for name in outlets.OUTLETS.values()}
    return Phrases({**main, **outlets.OUTLETS}, clitics=False)


def undotted(text: str) -> Words:
    """The words of a text in which initials may carry dots ("أ.ف.ب"); offsets stay."""
    return words(text.replace(".", " "))


def credit_line(line: Line) -> bool:
    """Whether a line is nothing but names of agencies and outlets, with a city or a reporter beside them."""
    if len(line.norms) > _LONGEST_LINE or (line.ends_sentence and len(line.norms) > _LONGEST_PIECE):
        return False
    pieces = [p for p in _SEPARATOR.split(line.text) if p and p.strip()]
    named = [_is_source(p) for p in pieces]
    if not any(named):
        return False
    return all(known or len(p.split()) <= _LONGEST_PIECE for known, p in zip(named, pieces, strict=True))


def _is_source(piece: str) -> bool:
    """Whether a piece is the name of an agency or outlet and nothing else."""
    tokens = undotted(piece)
    content = [i for i in range(len(tokens)) if tokens.kind[i] != PUNCTUATION]
    if not content:
        return False
    match = agency_phrases().match_at(tokens, content[0]) or outlet_phrases().match_at(tokens, content[0])
    return match is not None and match.last > content[-1]


def find_credits(article: Article, report: Sequence[Line], furniture: Sequence[Line]) -> tuple[Credit, ...]:
    """The agencies that an article credits, each once, in the order byline, dateline, source line, closing line.

    Args:
        article: the article.
        report: the lines of the body that are the report.
        furniture: those that are not (credit lines are among them).
    """
    found: list[Credit] = []
    if article.byline:
        found += [Credit(m.value, None, "byline") for m in _agencies(article.byline)]
    for line in report[:_DATELINES]:
        found += _dateline(article, line)
    for line in furniture:
        how = "source" if _SOURCE.match(line.text) else "line"
        found += [_credit(article, line.start, m, how) for m in _agencies(line.text)]
    end = len(article.text.rstrip())
    tail = max(article.body_start, end - _CLOSING)
    closing = article.text[tail:end]
    at = max(closing.rfind("("), closing.rfind("["), closing.rfind("/"), closing.rfind("\n"))
    if at >= 0:
        found += [_credit(article, tail + at, m, "closing") for m in _agencies(closing[at:]) if m.first <= 1]
    return _once(found)


def _dateline(article: Article, line: Line) -> list[Credit]:
    """Agencies named before the first dash, colon or bracket of a line: "القاهرة (رويترز) -"، "واس - الرياض:"."""
    start = line.start
    opening = line.text[:_OPENING]
    tokens = undotted(opening)
    content = [i for i in range(len(tokens)) if tokens.kind[i] != PUNCTUATION][: PAGE.dateline_words]
    if not content:
        return []
    reach = tokens.end[content[-1]]
    found: list[Credit] = []
    for match in agency_phrases().find(tokens):
        bounded = _DATELINE_END.match(opening[match.end :].lstrip(" ") + " ")
        follows = _DATELINE_END.search(opening[match.end : reach])
        if match.end <= reach and (bounded or (match.first == 0 and follows)):
            found.append(_credit(article, start, match, "dateline"))
    return found or _by_form(article, start, opening)


def _by_form(article: Article, start: int, opening: str) -> list[Credit]:
    """An agency that no list knows, from the form of its dateline: a city, and a name in brackets before a dash."""
    match = _FORM.match(opening)
    if match is None or len(match.group(1).split()) > _LONGEST_PIECE:
        return []
    norms = list(iter_norms(match.group(1)))
    if any(name in page.NOT_AGENCIES or _is_place(name) for name in norms):
        return []
    span = Span(article.id, start + match.start(1), start + match.end(1))
    name = outlets.OUTLETS.get(" ".join(norms), match.group(1).strip())
    return [Credit(name, span, "dateline")]


def _is_place(norm: str) -> bool:
    """Whether a folded word is a place: "كويتا (باكستان) -" tells the country. The gazetteer is read only for such a form."""
    from riwaya.arabic.gazetteer import lookup

    return bool(lookup(norm))


def _agencies(text: str) -> list[Match[str]]:
    tokens = undotted(text)
    return [m for m in agency_phrases().find(tokens) if not _at_home(tokens, m)]


def _at_home(tokens: Words, match: Match[str]) -> bool:
    """Whether the name opens the line of a reporter and so is the city of the same name: قنا - محمد حسن."""
    like_a_city = match.last - match.first == 1 and tokens.norm[match.first] in _LIKE_A_CITY
    return like_a_city and match.first == 0 and match.last < len(tokens)


def _credit(article: Article, offset: int, match: Match[str], how: str) -> Credit:
    return Credit(match.value, Span(article.id, offset + match.start, offset + match.end), how)


def _once(given: list[Credit]) -> tuple[Credit, ...]:
    seen: dict[str, Credit] = {}
    for credit in given:
        seen.setdefault(credit.name, credit)
    return tuple(seen.values())


def source_name(line: Line) -> str | None:
    """What a line "المصدر: X" names, if it is not an agency."""
    match = _SOURCE.match(line.text)
    if match is None or match.end() == len(line.text):
        return None
    named = line.text[match.end() :].strip(" .:|-–()[]«»\"“”")
    return None if not named or _agencies(named) else named
