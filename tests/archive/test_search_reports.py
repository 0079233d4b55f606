"""Search over an archive of a few reports: what is found, how it was understood, and that nothing typed is an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import riwaya
from riwaya.archive import Archive, Found, Page, SearchQuery
from riwaya.archive.search import Hit
from riwaya.cli.search import command
from riwaya.errors import NotFoundError, UsageError
from riwaya.settings.search import SEARCH

REPORTS = [
    ("نهر الخبر", "2021-03-01", "افتتاح سد في وادي السنديان",
     "افتتح وزير الري سامي القرنفلي سدا جديدا في وادي السنديان أمس. وقال القرنفلي إن المسؤولين عن المشروع أنفقوا 2,095 ليرة."),
    ("نهر الخبر", "2021-03-02", "شكاوى من السد",
     "اشتكى مزارعون في وادي السنديان من نقص المياه بعد افتتاح السد. وقال المزارع هيثم غورباتشنكو إن الحقول جفت."),
    ("صدى الجبل", "2021-03-02", "مزارعون يشكون نقص المياه",
     "قال المزارع هيثم جورباتشنكو إن الحقول في وادي السنديان جفت. ودعا إلى تحقيق في شؤون الري."),
    ("صدى الجبل", "2021-03-05", "مباراة الكرة",
     "فاز فريق الكرمل على فريق اللوز في مباراة مثيرة. وهتف المشجعون للفريقين وبكى حارس المرمى."),
    ("صدى الجبل", "2021-04-10", "معرض الكتاب",
     "بدأ معرض الكتاب في مدينة الرمان. وقال مدير المعرض إن دور النشر وصلت من بلدان كثيرة."),
    ("بلا تاريخ", None, "قصة بلا يوم", "يروي الكاتب قصة نافورة زرقاء في مدينة الرمان."),
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("search")
    lines = [json.dumps({"outlet": o, "date": d, "title": t, "text": x}, ensure_ascii=False) for o, d, t, x in REPORTS]
    (folder / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    with Archive.open(folder / "an.archive", create=True) as opened:
        opened.add(riwaya.read(folder / "reports.jsonl"), jobs=1)
        yield opened


def titles(found: Page[Hit]) -> set[str]:
    return {h.title for h in found.items}


def search(archive: Archive, text: str = "", **given_: object) -> Found:
    return archive.search(SearchQuery(text, **given_))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "المسؤولين", "المسئولين", "مسوول", "وَالمَسؤُولِينَ", "للمسؤولين", "مســؤول",  # hamza, diacritics, particles, tatweel
        "سامى القرنفلى", "القرنفلي", "بالقرنفلي", "ومشروع", "٢٠٩٥", "2٬095", "2095", '"وزير الري"', "«وزير الري»",
        "سدا OR نافورات_لا_توجد", "قرنف*", "انفقوا",
    ],
)  # fmt: skip
def test_any_spelling_finds_the_report(archive: Archive, text: str) -> None:
    assert "افتتاح سد في وادي السنديان" in titles(search(archive, text)), text


def test_all_words_must_stand_in_a_report(archive: Archive) -> None:
    assert titles(search(archive, "السنديان المزارع")) == {"شكاوى من السد", "مزارعون يشكون نقص المياه"}
    assert not search(archive, "السنديان المشجعون").items


def test_a_phrase_is_words_in_this_order(archive: Archive) -> None:
    assert search(archive, '"معرض الكتاب"').total == 1
    assert search(archive, '"الكتاب معرض"').total == 0
    assert search(archive, "الكتاب معرض").total == 1


def test_either_and_without(archive: Archive) -> None:
    assert titles(search(archive, "نافورة OR حارس")) == {"قصة بلا يوم", "مباراة الكرة"}
    assert titles(search(archive, "السنديان -المزارع")) == {"افتتاح سد في وادي السنديان"}
    assert titles(search(archive, 'الرمان -"دور النشر"')) == {"قصة بلا يوم"}
    with pytest.raises(UsageError, match="beside those to leave out"):
        search(archive, "-السنديان")


def test_the_last_word_may_be_only_begun(archive: Archive) -> None:
    assert not search(archive, "نافو").items
    assert titles(search(archive, "نافو", typing=True)) == {"قصة بلا يوم"}
    assert titles(search(archive, "والنافو", typing=True)) == {"قصة بلا يوم"}
    assert titles(search(archive, "مدينة نافو", typing=True)) == {"قصة بلا يوم"}


def test_another_spelling_of_a_name_is_searched_for_too_and_told(archive: Archive) -> None:
    for typed in ("غورباتشنكو", "جورباتشنكو", "غورباتشينكو"):
        found = search(archive, typed)
        assert titles(found) == {"شكاوى من السد", "مزارعون يشكون نقص المياه"}, typed
        assert found.also and found.also[0].word == typed
    assert not search(archive, "السنديان").also


def test_filters(archive: Archive) -> None:
    assert titles(search(archive, "السنديان", outlet="صدى الجبل")) == {"مزارعون يشكون نقص المياه"}
    assert titles(search(archive, "السنديان", outlet="صدي  الجبل")) == {"مزارعون يشكون نقص المياه"}
    assert search(archive, "السنديان", since="2021-03-02").total == 2
    assert search(archive, "السنديان", until="2021-03-01").total == 1
    assert titles(search(archive, "الرمان", until="2030-01-01")) == {"معرض الكتاب"}  # a report without a day fits no days
    assert search(archive, since="2021-03-02", until="2021-03-05").total == 3
    assert search(archive, outlet="نهر الخبر").total == 2
    assert search(archive).total == len(REPORTS)
    with pytest.raises(UsageError, match="not a day"):
        search(archive, "السنديان", since="أمس")
    with pytest.raises(UsageError, match="no standing"):
        search(archive, "السنديان", standing="sure")
    with pytest.raises(NotFoundError):
        search(archive, "السنديان", story="s-0000000000000000")


def test_by_person_and_by_story(archive: Archive) -> None:
    by_name = search(archive, "السنديان", person="سامى القرنفلى")
    assert titles(by_name) == {"افتتاح سد في وادي السنديان"}
    key = archive.entities("person", "القرنفلي").items[0].key
    assert titles(search(archive, person=key)) == titles(by_name)
    assert not search(archive, "السنديان", person="لا أحد").items
    story = by_name.items[0].story_id
    assert titles(search(archive, "السنديان", story=story)) >= titles(by_name)


def test_by_standing_and_the_statements_that_match(archive: Archive) -> None:
    for standing in ("corroborated", "repeated", "single"):
        for hit in search(archive, "السنديان", standing=standing).items:
            assert all(s.standing == standing for s in hit.statements)
    hit = search(archive, "القرنفلي").items[0]
    assert hit.statements
    text = archive.article(hit.article_id).article.text
    for statement in hit.statements:
        assert text[statement.span.start : statement.span.end] == statement.text
        assert any(statement.span.start <= m.start and m.end <= statement.span.end for m in hit.matches)
    assert hit.story_id is not None
    known = {s.id for s in archive.dossier(hit.story_id).statements}
    assert {s.id for s in hit.statements} <= known


def test_extracts_and_matches_are_the_untouched_words(archive: Archive) -> None:
    for query in ("السنديان", "المزارع الحقول", '"نقص المياه"', "كتاب"):
        for hit in search(archive, query).items:
            text = archive.article(hit.article_id).article.text
            shown = hit.extract
            assert text[shown.span.start : shown.span.end] == shown.text
            assert set(shown.matches) <= set(hit.matches)
            for m in shown.matches:
                assert shown.span.start <= m.start < m.end <= shown.span.end
                assert not set(text[m.start : m.end]) & set(" .\n")
            assert all(" " not in hit.title[a:b] for a, b in hit.title_matches)


def test_a_phrase_lights_up_only_where_it_stands(archive: Archive) -> None:
    (hit,) = search(archive, '"فريق اللوز"').items
    words = [archive.article(hit.article_id).article.text[m.start : m.end] for m in hit.matches]
    assert words == ["فريق", "اللوز"]


def test_pages_hold_every_hit_once_also_beyond_the_window(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [h.article_id for h in search(archive, "في", limit=50).items]
    for window in (1, 2, 3, 100):
        monkeypatch.setattr("riwaya.archive.search.SEARCH", replace(SEARCH, window=window))
        parts = [h.article_id for at in range(0, 8, 2) for h in search(archive, "في", offset=at, limit=2).items]
        assert sorted(parts) == sorted(whole)


def test_what_no_report_has_is_told(archive: Archive) -> None:
    found = search(archive, "السنديان زرافات")
    assert not found.items and found.unknown == ("زرافات",)


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""', "*", "-", "OR", "OR OR", "| -", "NEAR(a b, 2)", "title:x", '" AND "', "في من على", "a\x00b", "\ud800",
     "(((", "^سد", "سد +كرة", "{title} : x", "' OR 1=1 --", "\u202e", "ﷺ", "😀", "كلمة " * 10_000, "x" * 100_000, "-" * 500,
     '"كلمة ' * 300, "َُِ", "_", "0x"],
)  # fmt: skip
def test_nothing_typed_is_an_error(archive: Archive, text: str) -> None:
    for typing in (False, True):
        found = search(archive, text, typing=typing, person=text or None, place=text or None, outlet=text or None)
        assert found.total >= len(found.items)
        search(archive, text, typing=typing)
        archive.entities(None, text)


@given(st.text(max_size=40), st.booleans())
def test_no_text_is_an_error(archive: Archive, text: str, typing: bool) -> None:
    try:
        search(archive, text, typing=typing)
    except UsageError as error:
        assert "leave out" in str(error)


def test_the_index_is_in_step_and_made_again_is_the_same(archive: Archive) -> None:
    tables = ("named", "name_story", "name", "name_text", "name_word", "word_bones", "term", "indexed")

    def held() -> list[object]:
        return [archive.connection.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in tables]

    before = held(), [h.article_id for h in search(archive, "السنديان").items]
    assert archive.out_of_step() == []
    assert archive.reindex() == len(REPORTS)
    assert (held(), [h.article_id for h in search(archive, "السنديان").items]) == before
    archive.connection.execute("BEGIN")
    archive.connection.execute("DELETE FROM indexed")
    assert archive.out_of_step()
    archive.connection.execute("ROLLBACK")


def test_the_command_prints_hits_and_json(archive: Archive) -> None:
    run = CliRunner().invoke(command, ["السنديان", "--archive", str(archive.path), "--limit", "2"])
    assert run.exit_code == 0 and "1-2 of 3" in run.output and "السنديان" in run.output
    run = CliRunner().invoke(command, ["جورباتشينكو", "--archive", str(archive.path), "--json"])
    told = json.loads(run.stdout)
    assert told["total"] == 2 and told["also"][0]["word"] == "جورباتشينكو"
    assert {"article_id", "story_id", "extract", "matches", "statements"} <= set(told["items"][0])
    run = CliRunner().invoke(command, ["السنديان", "--archive", str(archive.path), "--from", "x"])
    assert run.exit_code == 2


def test_reading_only_is_enough(archive: Archive) -> None:
    with Archive.open(Path(archive.path), read_only=True) as reader:
        assert reader.search(SearchQuery("السنديان")).total == 3
