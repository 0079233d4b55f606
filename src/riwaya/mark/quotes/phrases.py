"""The noun phrases that name who speaks, with the names that were found and without: "مصدر أمني", "القناة الحكومية"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import speech, titles
from riwaya.arabic.normalize import fold
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.verbs import forms
from riwaya.mark.quotes.view import Mention, Phrase, View
from riwaya.settings.mark import MARK

ARTICLE = "ال"
_INSIDE_PHRASE = frozenset(("باسم", "في", "لدي"))  # join what follows to a phrase: "المتحدث باسم الوزارة"
_GOVERNED = ("بال", "لل", "كال", "وبال", "ولل")
_SHORTEST_HEAD = 2  # letters; single ones are clitics set apart (لـ"الوطن") or initials
_RADICAL_WAW = frozenset(  # و is of the root, not "and"
    ("وطن", "وطني", "وطنيه", "وفاء", "وفد", "وسط", "وادي", "ولاه", "ولي", "والد", "والده", "والدي")
)
_COMMAS = frozenset("،,")
_AND = frozenset(("و", "ف"))
_STATEMENTS = frozenset(speech.STATEMENT_NOUNS)
_ADJECTIVE_ENDINGS = ("ي", "يه")


class Words(NamedTuple):
    """The small words of the lexicon as sets of folded forms."""

    stops: frozenset[str]
    prepositions: frozenset[str]
    complementisers: frozenset[str]
    passing: frozenset[str]
    sources: frozenset[str]
    documents: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    verbal_nouns: frozenset[str]
    title_heads: frozenset[str]
    name_heads: frozenset[str]
    plain_sources: frozenset[str]
    objects: frozenset[str]
    adjectives: frozenset[str]
    quantities: frozenset[str]
    singular: frozenset[str]


@cache
def vocabulary() -> Words:
    """The lexicon as sets, made on first use."""
    prepositions = frozenset(p for p in speech.PREPOSITIONS if " " not in p)
    complementisers = frozenset(speech.COMPLEMENTISERS) | {"ان"}
    heads = frozenset(t for t in (*titles.OFFICES, *titles.HONORIFICS, *titles.RANKS) if " " not in t)
    return Words(
        stops=frozenset(speech.STOPS) | frozenset(speech.SAID_NOUNS) | prepositions | complementisers,
        prepositions=prepositions,
        complementisers=complementisers,
        passing=frozenset(speech.PASSING),
        sources=frozenset(speech.SOURCES) | frozenset(o for o in speech.OUTLETS if " " not in o) | heads,
        documents=frozenset(speech.DOCUMENTS),
        feminine=frozenset(speech.FEMININE),
        masculine=frozenset(speech.MASCULINE),
        verbal_nouns=frozenset(speech.VERBAL_NOUNS),
        title_heads=heads,
        name_heads=frozenset(speech.NAME_HEADS),
        plain_sources=frozenset(speech.SOURCES) - heads,
        objects=frozenset(speech.OBJECTS),
        adjectives=frozenset(speech.ADJECTIVES),
        quantities=frozenset(speech.QUANTITIES),
        singular=frozenset(speech.SINGULAR),
    )


@cache
def is_verbal_noun(norm: str) -> bool:
    """Whether a folded word looks like a verbal noun in the construct: انسحاب, توقيف, إرسال, مكافحة, استعداده."""
    if norm in vocabulary().verbal_nouns:
        return True
    word = norm
    for suffix in ("هما", "ها", "هم", "ه"):
        if word.endswith(suffix) and len(word) - len(suffix) > 3:  # noqa: PLR2004 - a root and a letter of the pattern
            bare = word[: -len(suffix)]
            if bare in vocabulary().verbal_nouns or (bare[-1] == "ت" and bare[:-1] + "ه" in vocabulary().verbal_nouns):
                return True  # "استعدادها", "حاجتها"
            word = bare[:-1] + "ه" if bare.endswith("ت") else (word if suffix == "ه" else bare)  # "مشاركتها": مشاركة
            break
    stem = word[:-1] if word.endswith("ه") else word
    size = len(stem)
    if stem.startswith("است") and size == 7 and stem[5] == "ا":  # noqa: PLR2004 - استفعال
        return True
    if stem.startswith("است") and size == 6 and stem[4] == "ا" and word.endswith("ه"):  # noqa: PLR2004 - استقالة, استعادة
        return True
    if stem.startswith("ا") and size == 6 and stem[4] == "ا" and stem[2] in "تطد":  # noqa: PLR2004 - افتعال
        return True
    if stem.startswith("ان") and size == 6 and stem[4] == "ا":  # noqa: PLR2004 - انفعال
        return True
    if stem.startswith("ا") and not stem.startswith(ARTICLE) and size in (4, 5) and stem[3 if size == 5 else 2] == "ا":  # noqa: PLR2004 - إفعال, إدانة
        return word != "امام" and norm[:2] != "اح"
    if stem.startswith("ت") and size == 5 and stem[3] == "ي":  # noqa: PLR2004 - تفعيل
        return True
    if stem.startswith("ت") and size == 5 and stem[2] == "ا":  # noqa: PLR2004 - تفاعل
        return True
    return word.startswith("م") and word.endswith("ه") and len(word) == 6 and word[2] == "ا"  # noqa: PLR2004 - مفاعلة


def gender_of(view: View, first: int, kind: str) -> str:
    """"f" where the head takes a feminine verb, "m" where it does not, "" where the words do not say (a person's bare name)."""
    head = view.norm[first]
    words = vocabulary()
    written = view.text(view.starts[first], view.ends[first])
    if head in words.masculine:
        return "m"
    if head in words.feminine:
        return "f"
    if written.endswith("ات") and kind == "" and head not in words.sources:
        return ""  # a plural, or a family name (عرفات)
    if written.endswith(("ة", "ات")) and not (kind == "person" and head not in words.title_heads):
        return "f"
    if kind == "person" and head not in words.title_heads:
        return ""
    if kind == "place":
        return "f"
    return "m"


def _phrase(view: View, first: int, last: int, kind: str, start: int | None = None) -> Phrase:
    begin = view.starts[first] if start is None else start
    return Phrase(first, last, begin, view.ends[last - 1], kind, gender_of(view, first, kind))


def _apposition(view: View, last: int, limit: int) -> Mention | None:
    """The person named right after a title and a comma: "وزير الصناعة، كايربيك أوسكينباييف،"."""
    if last + 1 < limit and view.norm[last] in _COMMAS:
        mention = view.mention_at.get(last + 1)
        if mention is not None and mention.kind == "person" and mention.start == view.starts[last + 1]:
            return mention
    return None


def _is_adjective(norm: str) -> bool:
    """Whether a definite word after a name can only be its adjective: a nisba (الروسية) or a known one (السابق)."""
    return norm.startswith(ARTICLE) and (norm.endswith(_ADJECTIVE_ENDINGS) or norm in vocabulary().adjectives)


def _marked_name(view: View, last: int, limit: int) -> int:
    """The token after a name in quotation marks that belongs to the head before it (وكالة «سبوتنيك»); 0 where there is none."""
    if view.norm[last] == "(" and view.norm[last - 1] in vocabulary().name_heads:
        return next((k + 1 for k in range(last + 1, min(limit, last + 2 + MARK.quote_name_words)) if view.norm[k] == ")"), 0)
    pair = view.opening.get(last)
    if pair is None or not pair.closed or pair.last - pair.first > MARK.quote_name_words or pair.closing >= limit:
        return 0
    head = view.norm[last - 1]  # "بقناة «...»" has its preposition written onto it
    return pair.closing + 1 if head in vocabulary().name_heads or head[1:] in vocabulary().name_heads else 0


def from_mention(view: View, mention: Mention, limit: int) -> Phrase:
    """The phrase of a name: what stands beside it as adjective, place or apposition joined in."""
    last = mention.last
    kind = mention.kind
    norm = view.norm
    while last < limit and view.is_word(last):
        following = view.mention_at.get(last)
        if following is None and kind != "person" and _is_adjective(norm[last]):
            last += 1
        elif following is not None and following.start == view.starts[last] and following.kind == "person":
            last, kind = following.last, "person"
        elif (
            norm[last] in _INSIDE_PHRASE and kind == "organization" and last + 1 < limit
            and (place := view.mention_at.get(last + 1)) is not None and place.kind == "place"
        ):  # fmt: skip
            last = place.last
        else:
            break
    named = _apposition(view, last, limit)
    if named is not None and (kind != "person" or norm[mention.first] in vocabulary().title_heads):
        last, kind = named.last, "person"
    end = view.ends[last - 1] if last > mention.last else mention.end
    return Phrase(mention.first, last, mention.start, end, kind, gender_of(view, mention.first, kind))


def phrase_at(view: View, first: int, limit: int, *, start: int | None = None) -> Phrase | None:
    """The noun phrase that begins at a token, or None where no noun can stand there.

    `start` is the offset to begin at inside the first token (after a clitic).
    """
    if first >= limit:
        return None
    norm = view.norm
    mention = view.mention_at.get(first)
    if mention is not None:
        return from_mention(view, mention, limit)
    if len(norm[first]) == 1 and view.is_word(first) and first + 2 < limit and norm[first + 1] == ".":
        person = phrase_at(view, first + 2, limit)  # "د. سمير توكل", "م. محمد طه"
        return None if person is None else person._replace(first=first, start=view.starts[first], kind="person")
    words = vocabulary()
    if start is None and norm[first] in words.quantities and first + 2 < limit and norm[first + 1] == "من":
        whose = phrase_at(view, first + 2, limit)  # "عدد من خبراء الصحة"
        return None if whose is None else whose._replace(first=first, start=view.starts[first], gender="")
    head = norm[first] if start is None else fold(view.text(start, view.ends[first]))
    if not view.is_word(first) or len(head) < _SHORTEST_HEAD or head in words.stops or head.startswith(_GOVERNED):
        return None
    if head in words.objects:
        return None
    if start is None and head in forms() and head not in words.sources:
        return None
    last, kind = _grown(view, first, head, limit)
    begin = view.starts[first] if start is None else start
    phrase = Phrase(first, last, begin, view.ends[last - 1], kind, gender_of(view, first, kind) if start is None else "")
    named = _apposition(view, last, limit)
    closed = named is not None and named.last < limit and norm[named.last] in _COMMAS
    if named is not None and (head in words.title_heads or (closed and kind == "")):
        return phrase._replace(last=named.last, end=named.end, kind="person")
    return phrase


def _grown(view: View, first: int, head: str, limit: int) -> tuple[int, str]:
    """How far the phrase with this head goes, and its kind.

    Genitives follow until a definite noun closes the chain (وزارة الداخلية); after it only adjectives with ال, لل and names.
    """
    norm = view.norm
    words = vocabulary()
    kind = "document" if head in words.documents else ""
    definite = head.startswith(ARTICLE) or _has_pronoun(head)
    last = first + 1
    while last < limit and last - first < MARK.quote_phrase_words:
        word = norm[last]
        mention = view.mention_at.get(last)
        if not view.is_word(last):
            marked = _marked_name(view, last, limit) if last == first + 1 else 0
            if not marked:
                break
            last, definite = marked, True
        elif mention is not None:
            attached = mention.start > view.starts[last]
            if definite and mention.kind == "place" and not attached:
                break  # "رئيس الوزراء الإسرائيلي | واشنطن"
            told = word[:1] == "ل" and (head in words.plain_sources or word[1:] in words.name_heads)
            if attached and (word[:1] == "و" or told):
                break
            last, definite = mention.last, True
            if mention.kind == "person":
                return last, kind or "person"
        elif word in _INSIDE_PHRASE and last + 1 < limit and _joins(view, head, last):
            last, definite = last + 1, False
        elif _closes(view, first, last, definite=definite):
            break
        else:
            definite = definite or word.startswith(ARTICLE)
            last += 1
    while last > first + 1 and norm[last - 1] in _INSIDE_PHRASE:
        last -= 1
    return last, kind


def _closes(view: View, first: int, token: int, *, definite: bool) -> bool:
    """Whether the phrase from `first` ends before this word; `definite`: its chain of genitives is closed."""
    words = vocabulary()
    word = view.norm[token]
    titled = definite and token == first + 1 and word in words.adjectives  # "الأمين العام", not "العام الماضي"
    if len(word) < _SHORTEST_HEAD or word in words.stops or (word in words.passing and not titled) or word in forms():
        return True
    if word in words.objects or (word[0] == "ل" and view.norm[first] in words.plain_sources and word[1:] in words.name_heads):
        return True  # "نفت الإدارة | الأنباء", "مصدر أمني | لوكالة رويترز"
    if word in _STATEMENTS:
        return True  # "نقلت الصحف | تأكيد الوزير أن"
    if word.startswith(ARTICLE):
        if token == first + 1 and _disagrees(view, first, word):
            return True
        both = word in words.title_heads and view.norm[first] in words.title_heads
        if definite and word in words.sources and not both and not word.endswith(_ADJECTIVE_ENDINGS):
            return True  # "المعارضة | الحكومة": a second speaker, not an adjective
        if not definite and token - first > 1 and view.norm[token - 1].endswith(_ADJECTIVE_ENDINGS):
            return True  # "مصدر أمني | الأنباء": an indefinite adjective closes the phrase
        named = definite and view.inside[token - 1] is not None and word not in words.adjectives | words.sources
        # "وزارة الداخلية | القبض على", "وزارة العدل | الترحيب بـ": a definite noun of action is the object
        return is_verbal_noun(word.removeprefix(ARTICLE) if named else word)
    joins = word[:1] == "و" and word not in words.name_heads | words.sources and word not in _RADICAL_WAW
    return joins if not definite else not word.startswith("لل") or ARTICLE + word[2:] in words.passing


def _disagrees(view: View, first: int, word: str) -> bool:
    """Whether a definite word after a definite head can be no adjective of it: "الوزارة | البيان", "الرئيس | المواطنين"."""
    words = vocabulary()
    head = view.norm[first]
    if not head.startswith(ARTICLE) or view.inside[first + 1] is not None or word in words.adjectives:
        return False
    if word.endswith("ين") and head in words.title_heads | words.sources:
        return not head.endswith(("ين", "ون")) and head in words.singular
    written = view.text(view.starts[first], view.ends[first])
    return written.endswith("ة") and head in words.sources and not word.endswith(("ه", "ي", "ا", "ات"))


def _has_pronoun(head: str) -> bool:
    """Whether a word ends in a possessive pronoun (رئيسها, قادتهم); ه alone may be ة and does not count."""
    return head.endswith(("ها", "هم", "هما", "نا")) and len(head) > 4  # noqa: PLR2004 - three letters and the pronoun


def _joins(view: View, head: str, token: int) -> bool:
    """Whether the preposition at this token continues the phrase: "المتحدث باسم ...", "وكالة الأمن في كازاخستان"."""
    if view.norm[token] == "باسم":
        return True
    following = view.mention_at.get(token + 1)
    if following is not None and following.kind in ("place", "organization"):
        return True
    return head in vocabulary().title_heads and view.norm[token] == "في" and view.norm[token + 1].startswith(ARTICLE)


def phrase_before(view: View, last: int, begin: int) -> Phrase | None:
    """The noun phrase that ends before token `last` (exclusive) and opens its clause, in the sentence that starts at `begin`."""
    norm = view.norm
    words = vocabulary()
    first = last
    verbs = forms()
    while first > begin and last - first < MARK.quote_phrase_words:
        token = first - 1
        mention = view.inside[token]
        if mention is not None:
            if mention.last > last:
                return None
            first = mention.first
            attached = mention.start > view.starts[first] and norm[first][:1] not in "وف"
            if attached and (first <= begin or not view.is_word(first - 1)):
                return None  # a preposition is written onto the name, and nothing stands before it that it belongs to
            continue
        if not view.is_word(token):
            pair = view.closing.get(token)
            if pair is not None and first == last and _stands_apart(view, pair, begin):
                return Phrase(pair.first, pair.last, view.starts[pair.first], view.ends[pair.last - 1], "organization", "")
            if pair is not None and pair.opening > begin and pair.last - pair.first <= MARK.quote_name_words:
                first = pair.opening  # حركة "الغد" أعلنت
                continue
            # "رئيس الوزراء، علي خان، أعلن": one comma between a title and its name
            named = norm[token] in _COMMAS and first > begin + 1 and view.inside[first] is not None
            if named and _title_before(view, token, begin):
                first = token
                continue
            break
        word = norm[token]
        if word in _INSIDE_PHRASE and token > begin and view.is_word(token - 1):
            first = token
            continue
        joined = word[:1] == "و" and word[1:] in words.prepositions  # "وفي أيار | أبلغ"
        if word in words.stops or joined or word in words.passing or (word in verbs and word not in words.sources):
            break
        first = token
    while first < last and (norm[first] in words.stops or norm[first] in words.passing or not view.is_word(first)):
        first += 1
    if first >= last:
        return None
    return _clause_opening(view, first, last, begin)


def _stands_apart(view: View, pair: Pair, begin: int) -> bool:
    """Whether a short name in marks has no noun before it: "«الإسكان» تطالب", "وكانت «الغد» قد كشفت"."""
    if pair.last - pair.first > MARK.quote_name_words:
        return False
    before = view.norm[pair.opening - 1] if pair.opening > begin else ""
    if not before or before in _AND or not view.is_word(pair.opening - 1):
        return True
    return before.removeprefix("و") in vocabulary().stops - vocabulary().prepositions


def _title_before(view: View, comma: int, begin: int) -> bool:
    """Whether a title stands within a few words before a comma."""
    floor = max(begin, comma - MARK.quote_phrase_words)
    return any(view.norm[token] in vocabulary().title_heads for token in range(floor, comma))


def _clause_opening(view: View, first: int, last: int, begin: int) -> Phrase | None:
    """The phrase [first:last) without the و or ف that joins its clause to the one before."""
    mention = view.inside[first]
    start = view.starts[first]
    if mention is not None and mention.first == first:
        start = mention.start
    elif view.norm[first][:1] in "وف" and view.norm[first] not in _RADICAL_WAW:
        for cut in cuts(view.norm[first])[1:]:
            if cut.prefix in ("و", "ف") and (cut.rest.startswith(ARTICLE) or cut.rest in vocabulary().sources):
                start = view.doc.words.offset(first, 1)
                break
    kind = mention.kind if mention is not None else ""
    for token in range(first, last):
        inner = view.inside[token]
        if inner is not None and inner.kind == "person":
            kind = "person"
    return Phrase(first, last, start, view.ends[last - 1], kind, gender_of(view, first, kind))


def joined(view: View, phrase: Phrase, limit: int, *, each: bool = False) -> list[Phrase]:
    """Those whom و joins to a speaker: "بوتين وباشينيان". Only names of persons and organizations count.

    `each`: the list opens with كل من, so that a comma may stand before و.
    """
    found: list[Phrase] = []
    last = phrase.last
    titles = vocabulary().title_heads
    while last + 1 < limit:
        comma = view.norm[last] in _COMMAS
        at = last + comma
        mention = view.mention_at.get(at)
        word = view.norm[at]
        named = mention
        if mention is None and word[:1] == "و" and word[1:] in titles and view.is_word(at):
            named = view.mention_at.get(at + 1)  # "والدكتور كمال حداد"
            named = named if named is not None and named.kind == "person" and named.last <= limit else None
        whole = mention is not None and mention.start == view.starts[at]  # its و is of the name
        if named is None or named.kind == "place" or word[:1] != "و" or whole:
            break
        if comma and not each and named.kind != phrase.kind:
            break
        other = from_mention(view, named, limit)
        if named is not mention:
            other = other._replace(first=at, start=view.doc.words.offset(at, 1))
        found.append(other)
        last = other.last
    return found
