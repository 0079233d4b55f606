"""Which lines of a page are not the report: menus, share bars, captions, related headlines, credits, newsletter boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from riwaya.arabic.lexicon import page as lexicon
from riwaya.arabic.words import iter_norms, words
from riwaya.model import Furniture
from riwaya.read.page.credits import credit_line
from riwaya.read.page.lines import Line
from riwaya.read.page.pieces import carrying_verbs, code, inline_tail, stuck_caption
from riwaya.settings.page import PAGE

_PIECES = re.compile(r"[|/\\>»«<•·:،,–—_-]+")
_YEAR = re.compile(r"(?:19|20)\d\d|(?:١٩|٢٠)[٠-٩]{2}")
_HEADLINES = 3  # long lines, a headline and a second one at most, that may stand above the first paragraph
_MOST_LOOSE = 3  # lines below the report that are set aside only for being short; more of them are verse or a list
_GOES_ON = frozenset("،,؛.:)»")
_PAIR = 5  # words of a reporter's name, or of two joined by و
_SHORT = 3  # words: a line this short above the first paragraph is a menu entry or a reporter's name
_MARKS = re.compile(r"[.,!?؟،؛:…\"'”“»«)\]\s]+")  # the end of a sentence that a link has set on a line of its own
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]*|@[\w.-]+")
_LEAD = re.compile(r"\)\s*[-–—]+\s*[^\W\d_]")  # "(CNN) -- أعلنت": a dateline that runs on
_ITEM = re.compile(r"\d+\s*[-–.)]")  # "2- العربية": an item of a list, no outlet
_REPORTERS = re.compile(r"\s*[–—_-]+\s*|\s+ـ+\s*|\s*ـ+\s+")  # between a city and a reporter, or two reporters


@cache
def _begins() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in lexicon.BEGINS.items():
        parts = tuple(phrase.split())
        table.setdefault(parts[0], []).append((parts, kind))
    for candidates in table.values():
        candidates.sort(key=lambda c: -len(c[0]))
    return table


@cache
def _lists() -> frozenset[str]:
    return frozenset(lexicon.OPENS_LIST)


def find_furniture(page: Sequence[Line]) -> list[Furniture]:
    """The furniture of a page, in text order, as whole lines or (a tail on the last line) parts of one.

    Args:
        page: the lines of the body.
    """
    kinds = [_own_kind(line) for line in page]
    prose = [i for i, line in enumerate(page) if line.prose and kinds[i] is None]
    first = _first_paragraph(page, prose)
    _related_lists(page, kinds, first)
    prose = [i for i in prose if kinds[i] is None]
    first = _first_paragraph(page, prose)
    last = prose[-1] if prose else -1
    for i, line in enumerate(page):
        if kinds[i] is None and (not line.prose or i > last):
            kinds[i] = _edge_line(line, above=i < first, below=i > last, reports=bool(prose))
            if kinds[i] == "caption" and i and kinds[i - 1] is None and not page[i - 1].ends_sentence:
                kinds[i] = None  # a number on which a sentence broke
    _head(page, kinds, first)
    _writers(page, kinds, last)
    _tail(page, kinds, last)
    return sorted(_pieces(page, kinds, first), key=lambda f: f.start)


def _own_kind(line: Line) -> str | None:
    return trigger(line) or _bar(line) or ("byline" if _desk(line) else None)


def _pieces(page: Sequence[Line], kinds: Sequence[str | None], first: int) -> Iterator[Furniture]:
    """Whole lines by their kinds, and of other lines the parts that are furniture."""
    for i, (line, kind) in enumerate(zip(page, kinds, strict=True)):
        if kind:
            yield Furniture(line.start, line.end, kind)
            continue
        parts = [code(line), stuck_caption(line) if i == first else None]
        yield from (part for part in parts if part)
        if i == len(page) - 1 and parts[0] is None:
            yield from inline_tail(line)


def _first_paragraph(page: Sequence[Line], prose: Sequence[int]) -> int:
    """The index of the first line of the report itself; a long headline above it does not end a sentence."""
    if not prose:
        return len(page)
    return next((i for i in prose[:_HEADLINES] if page[i].ends_sentence), prose[0])


def trigger(line: Line) -> str | None:
    """The kind of furniture that the line's first words announce."""
    if not line.norms:
        return None
    if line.norms[0] == "اعداد" and "للنشره" in line.norms and len(line.norms) <= PAGE.trigger_words:
        return "byline"  # (إعداد فلان للنشرة العربية - تحرير فلان)
    for parts, kind in _begins().get(line.norms[0], ()):
        if line.norms[: len(parts)] != parts:
            continue
        if len(parts) > 1:
            return kind if len(line.norms) <= PAGE.trigger_words else None
        alone = len(line.norms) == 1 or line.text[_first_word_end(line)] in ":|-–/،ـ"
        short = len(line.norms) <= PAGE.label_words and not line.ends_sentence
        return kind if short and alone else None
    return None


def _first_word_end(line: Line) -> int:
    tokens = words(line.text)
    at = tokens.end[tokens.norm.index(line.norms[0])]
    while at < len(line.text) - 1 and line.text[at].isspace():
        at += 1
    return min(at, len(line.text) - 1)


def _bar(line: Line) -> str | None:
    """A share bar: nothing but the names of networks and what one does with them. Or no word at all: a divider."""
    if not line.norms:
        return None if _MARKS.fullmatch(line.text) or not line.text.isprintable() else "navigation"
    return "share" if _made_of(line.norms, _share_words()) else None


def _desk(line: Line) -> bool:
    """An agency's editors, in brackets below the report: "(شارك في التغطية فلان - تحرير فلان)"."""
    if line.text[0] != "(" or line.text[-1] != ")" or not 1 < len(line.norms) <= PAGE.desk_words:
        return False
    return line.norms[0] in lexicon.DESK_WORDS and any(sign in line.norms for sign in lexicon.DESK_SIGNS)


@cache
def _share_words() -> frozenset[str]:
    return frozenset(lexicon.SHARE_WORDS)


@cache
def _sections() -> frozenset[str]:
    return frozenset(lexicon.SECTION_WORDS)


def _made_of(norms: Sequence[str], known: Iterable[str]) -> bool:
    """Whether the words are a row of known phrases of one or two words."""
    at = 0
    while at < len(norms):
        if " ".join(norms[at : at + 2]) in known:
            at += 2
        elif norms[at] in known or norms[at].removeprefix("و") in known:
            at += 1
        else:
            return False
    return True


def _related_lists(page: Sequence[Line], kinds: list[str | None], first: int) -> None:
    """What follows a heading such as "مواضيع ذات صلة" is its list, until the report visibly goes on.

    A bare "اقرأ أيضا" owns at least the next line and all headlines below it, in the middle of a report too; above the report
    only where the report's own headline was given apart.
    """
    apart = bool(page) and page[0].start > 0
    i = 0
    while i < len(page):
        kind = kinds[i]
        opens = kind is not None and len(page[i].norms) <= PAGE.label_words
        if not opens or kind not in ("related", "newsletter", "comments", "tags"):
            i += 1
            continue
        whole_list = i >= first and " ".join(page[i].norms) in _lists()
        bare = kind == "related" and len(page[i].norms) <= _SHORT and (i >= first or apart)
        i += 1
        owned = len(page) if whole_list else PAGE.headlines if bare else 0
        sure = i if kind == "related" and len(page[i - 1].norms) <= _SHORT and not whole_list else -1
        while owned and i < len(page):
            if _report_goes_on(page[i]) or not (whole_list or i == sure or _headline(page, i)):
                break
            kinds[i] = kinds[i] or kind
            owned -= 1
            i += 1


def _headline(page: Sequence[Line], i: int) -> bool:
    """Whether a line below a related headline can be another: no sentence, not long, and not the report going on ("وقال")."""
    norms = page[i].norms
    if not norms or page[i].ends_sentence or len(norms) > PAGE.headline_words:
        return False
    if _broken(page, i) or (i + 1 < len(page) and _broken(page, i + 1)):
        return False
    return not (norms[0][0] == "و" and norms[0][1:] in carrying_verbs())


def _report_goes_on(line: Line) -> bool:
    return line.ends_sentence and len(line.norms) >= PAGE.long_prose_words


def _broken(page: Sequence[Line], i: int) -> bool:
    """Whether a link has set the line, a stretch of a sentence, on its own: "،" opens or ends it, or opens what follows."""
    mine = page[i].text
    return mine[0] in _GOES_ON or mine[-1] in "،؛" or (i + 1 < len(page) and page[i + 1].text[0] in _GOES_ON)


def _edge_line(line: Line, *, above: bool, below: bool, reports: bool) -> str | None:
    """What only a line above the first paragraph or below the last one can be; `reports`: there are paragraphs."""
    if not (above or below):
        return None
    if not line.norms:
        return None
    if credit_line(line) and not _ITEM.match(line.text) and not _LEAD.search(line.text):
        return "credit"
    if above and (_office(line) or (reports and _reporters(line))):
        return "byline"
    if _address(line):
        return "byline"
    if line.prose:
        return None
    if all(n.isdigit() for n in line.norms) and not line.ends_sentence:
        return "caption"
    if _made_of(line.norms, _sections()) or _pieces_are_sections(line):
        return "navigation"
    if _YEAR.search(line.text) and len(line.norms) <= PAGE.label_words and not line.ends_sentence:
        return "navigation"
    return None


def _office(line: Line) -> bool:
    """The outlet and its reporter's city above a report: "عين اليوم – مكة المكرمة / المدينة المنورة"."""
    if len(line.norms) > PAGE.label_words or line.ends_sentence:
        return False
    pieces = [list(iter_norms(p)) for p in _PIECES.split(line.text)]
    pieces = [p for p in pieces if p]
    named = len(pieces) > 1 and len(pieces[0]) > 1 and pieces[0][-1] in lexicon.OUTLET_TAILS
    return named and all(len(p) <= _SHORT for p in pieces)


def _reporters(line: Line) -> bool:
    """A city and its reporter, or two reporters, above a report: "الإسكندرية – هناء نجار:", "سامي حداد - رنا نجار"."""
    if len(line.norms) > PAGE.label_words or line.ends_sentence or any(c.isdigit() for c in line.text):
        return False
    pieces = [list(iter_norms(p)) for p in _REPORTERS.split(line.text.rstrip(" :"))]
    inner = ":" in line.text.rstrip(" :")
    return len(pieces) > 1 and not inner and all(1 <= len(p) <= _SHORT for p in pieces[:-1]) and 1 < len(pieces[-1]) <= _PAIR


def _address(line: Line) -> bool:
    """A line that is only an address: of the writer, or of a page."""
    if "@" not in line.text and "www." not in line.text and "http" not in line.text and len(line.norms) > _SHORT:
        return False
    rest, found = _ADDRESS.subn(" ", line.text)
    left = list(iter_norms(rest))
    labels = frozenset(lexicon.ADDRESS_WORDS)
    if found:
        return all(n in labels for n in left)
    return len(left) > 1 and ":" in line.text and left[0] in labels and all(n.isascii() for n in left[1:])


def _pieces_are_sections(line: Line) -> bool:
    pieces = [p for p in _PIECES.split(line.text) if p.strip()]
    return len(pieces) > 1 and all(_made_of([n for n in words(p).norm if n.strip()], _sections()) for p in pieces)


def _head(page: Sequence[Line], kinds: list[str | None], first: int) -> None:
    """Above the first paragraph, a line of one to three words beside longer ones is a section's or a reporter's name.

    Where the headline was given apart, such lines are few and stand above all prose; more of them are verse or a broken sentence.
    """
    if first >= len(page):
        return
    apart = page[0].start > 0
    top = next((i for i in range(first) if page[i].prose and kinds[i] is None), first) if apart else first
    short = [i for i in range(top) if kinds[i] is None and 0 < len(page[i].norms) <= _SHORT and not page[i].ends_sentence]
    if apart and len(short) > _MOST_LOOSE:
        return
    for i in short:
        below = apart and i > 0 and kinds[i - 1] is not None
        if _broken(page, i) or _LEAD.search(page[i].text) or _a_word_of_the_report(page, i, below=below):
            continue
        before_title = not apart and any(len(page[j].norms) > _SHORT and kinds[j] is None for j in range(i + 1, first))
        kinds[i] = "navigation" if before_title else "byline"


def _a_word_of_the_report(page: Sequence[Line], i: int, *, below: bool) -> bool:
    """Whether a word alone on its line is the report's: a verb ("قالت"), a label ("الطريقة:"), what stands below a byline."""
    norms = page[i].norms
    return len(norms) == 1 and (below or norms[0] in carrying_verbs() or page[i].text[-1] == ":")


def _writers(page: Sequence[Line], kinds: list[str | None], last: int) -> None:
    """Who wrote a report, below it: the agency's reporter above its editors ("من رنا نجار"), a writer's post ("* كاتب")."""
    for i in range(last + 1, len(page)):
        line = page[i]
        if kinds[i] is not None or line.ends_sentence or not 1 < len(line.norms) <= PAGE.label_words:
            continue
        desk_below = i + 1 < len(page) and kinds[i + 1] == "byline"
        note = line.text[0] == "*" and sum(other.text[0] == "*" for other in page) == 1
        if note or (line.norms[0] == "من" and desk_below):
            kinds[i] = "byline"


def _tail(page: Sequence[Line], kinds: list[str | None], last: int) -> None:
    """Below the last paragraph, whatever follows a line of furniture is furniture; so is the outlet's bare name."""
    if last < 0:
        return
    seen = False
    loose = next((i for i in range(last + 1, len(page)) if kinds[i]), len(page)) - last - 1
    few = loose <= _MOST_LOOSE
    for i in range(last + 1, len(page)):
        if kinds[i] is not None:
            seen = seen or bool(page[i].norms)  # a divider ("***") says nothing of what follows
        elif seen or (few and len(page[i].norms) <= _SHORT and not page[i].ends_sentence and not _broken(page, i)
                      and not _announces(page[i])):
            kinds[i] = _tail_kind(page, kinds, i)


def _announces(line: Line) -> bool:
    """Whether the line introduces words: "وقال في رسالته:"."""
    return len(line.norms) > 1 and line.text.rstrip().endswith(":")


def _tail_kind(page: Sequence[Line], kinds: Sequence[str | None], i: int) -> str:
    """A headline below related ones is related; anything else belongs to the site."""
    before = next((k for k in reversed(kinds[:i]) if k), None)
    return "related" if before == "related" and len(page[i].norms) > 1 else "navigation"
