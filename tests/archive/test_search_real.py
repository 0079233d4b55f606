"""Search on real reports: a word of a report finds it however its letters, marks and particles are written."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import riwaya
from riwaya.arabic.clitics import cuts
from riwaya.arabic.normalize import fold
from riwaya.arabic.words import WORD, words
from riwaya.archive import Archive, SearchQuery
from riwaya.archive.terms import TOKENS, deciding, reported, tokens

pytestmark = pytest.mark.shared

_REPORTS, _WORDS = 80, 12
_MARKS = "\u064e\u064f\u0650\u0651\u0652\u0640"  # fatha, damma, kasra, shadda, sukun, tatweel
_ALIKE = ("أإآا", "هة", "يى", "ؤئ", "0٠", "1١", "2٢", "9٩")
_BEFORE = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "وب", "ول")


@pytest.fixture(scope="module")
def archive(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("real")
    days = sorted((shared / "data/egypt2013").glob("*.jsonl.gz"))
    with gzip.open(days[len(days) // 2], "rt", encoding="utf-8") as file:
        lines = [line for line, _ in zip(file, range(_REPORTS), strict=False)]
    (folder / "reports.jsonl").write_text("".join(lines), "utf-8")
    with Archive.open(folder / "an.archive", create=True) as opened:
        opened.add(riwaya.read(folder / "reports.jsonl"), jobs=1, refresh=False)
        yield opened


def mutilated(word: str, chance: random.Random) -> str:
    """The word as a careless or a careful hand may write it: other hamzas, ta marbuta, ya, digits; vowel marks; tatweel."""
    letters = []
    for at, letter in enumerate(word):
        last = at == len(word) - 1
        choices = next((c for c in _ALIKE if letter in c), letter)
        if choices in ("هة", "يى") and not last:
            choices = letter
        letters.append(chance.choice(choices))
        if chance.random() < 0.2:
            letters.append(chance.choice(_MARKS))
    return "".join(letters)


def held(archive: Archive) -> list[tuple[str, str, str]]:
    rows = archive.connection.execute("SELECT id FROM article ORDER BY id").fetchall()
    found = []
    for (article_id,) in rows:
        one = archive.article(article_id)
        assert one.story_id is not None
        found.append((article_id, one.story_id, one.article.text))
    return found


def finds(archive: Archive, text: str, story_id: str, article_id: str) -> bool:
    hits = archive.search(SearchQuery(text, story=story_id, limit=100)).items
    for hit in hits:
        assert hit.matches, "a hit shows what was found"
        shown = hit.extract
        whole = archive.article(hit.article_id).article.text
        assert whole[shown.span.start : shown.span.end] == shown.text
        assert all(s in hit.matches for s in shown.matches)
    return article_id in {h.article_id for h in hits}


def sampled(archive: Archive, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Report, story, and a content word of the report, as it stands there."""
    for article_id, story_id, text in held(archive):
        cut = words(text)
        content = [i for i in reported(archive.article(article_id).article, cut) if cut.norm[i] and cut.kind[i] == WORD]
        own = [cut.surface(i, i + 1) for i in content if deciding(TOKENS[cut.norm[i]])]
        for word in chance.sample(own, min(_WORDS, len(own))):
            yield article_id, story_id, word


def test_every_word_finds_its_report_however_it_is_spelled(archive: Archive) -> None:
    chance = random.Random(7)
    missed = []
    for article_id, story_id, word in sampled(archive, chance):
        for text in (word, mutilated(word, chance), mutilated(fold(word), chance)):
            if not finds(archive, text, story_id, article_id):
                missed.append((word, text))
    assert not missed, missed[:10]


def test_a_word_finds_its_report_with_other_particles(archive: Archive) -> None:
    """Save where the particle makes another word: والد is no و with الد. A few such words are not in these reports."""
    chance = random.Random(8)
    vocabulary = {n for _, _, text in held(archive) for n in words(text).norm}
    missed, tried = [], 0
    for article_id, story_id, word in sampled(archive, chance):
        norm = fold(word)
        particle = chance.choice(_BEFORE)
        typed = particle + norm
        if len(norm) < 3 or any(c.prefix or c.rest.startswith("ال") for c in cuts(norm)) or typed in vocabulary:
            continue  # it has a particle, or may have one
        tried += 1
        if not finds(archive, mutilated(typed, chance), story_id, article_id):
            missed.append((word, typed))
    assert tried > 100
    assert len(missed) <= 0.03 * tried, (len(missed), tried, "، ".join(f"{a} {b}" for a, b in missed))


def test_three_words_in_a_row_find_their_report_as_a_phrase(archive: Archive) -> None:
    chance = random.Random(9)
    for article_id, story_id, text in held(archive):
        cut = words(text)
        at = chance.randrange(max(1, len(cut) - 3))
        row = range(at, min(at + 3, len(cut)))
        if not all(cut.kind[i] == WORD for i in row):
            continue
        phrase = " ".join(mutilated(cut.surface(i, i + 1), chance) for i in row)
        assert finds(archive, f'"{phrase}"', story_id, article_id), phrase


def test_the_reports_are_the_right_ones(archive: Archive) -> None:
    """Every hit of a plain word holds it, and every report that holds it is a hit."""
    texts = {article_id: text for article_id, _, text in held(archive)}
    for typed, stem in (("الشرطه", "شرط"), ("قال", "قال"), ("محافظ", "محافظ")):
        found = {h.article_id for h in archive.search(SearchQuery(typed, limit=200)).items}
        holding = {i for i, text in texts.items() if stem in set(tokens(words(text)))}
        assert found >= holding
    assert json.dumps(sorted(texts))
