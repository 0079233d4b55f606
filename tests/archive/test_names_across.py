"""Names across the stories of an archive: found by any spelling, counted, quoted, and in step as stories change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import riwaya
from riwaya.archive import Archive
from riwaya.archive.names import key_of
from riwaya.errors import NotFoundError, UsageError

FIRST = [
    ("2021-03-01", "افتتاح السد", "افتتح وزير الري سامي القرنفلي سدا في مدينة حلب أمس. وقال القرنفلي إن السد سيروي ألف حقل."),
    ("2021-03-01", "السد يفتتح", "افتتح وزير الري سامي القرنفلي سدا جديدا في مدينة حلب أمس، وقال إن السد سيروي ألف حقل."),
    ("2021-03-20", "حريق في المخزن", "اندلع حريق في مخزن في مدينة حمص. وقال شاهد يدعى نعمان إن الدخان غطى الحي كله."),
]
SECOND = [
    ("2021-06-02", "زيارة المدرسة",
     "زار وزير الري سامى القرنفلى مدرسة في حلب. وقال سامى القرنفلى للتلاميذ إن الماء حياة. ورافقته ليلى الصفصافي."),
    ("2021-03-20", "حريق حمص", "اندلع حريق كبير في مخزن في مدينة حمص وقال شاهد يدعى نعمان إن الدخان غطى الحي كله."),
]  # fmt: skip


def write(path: Path, reports: list[tuple[str, str, str]]) -> Path:
    lines = [
        json.dumps({"outlet": f"جريدة {at}", "date": d, "title": t, "text": x}, ensure_ascii=False)
        for at, (d, t, x) in enumerate(reports)
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("names")
    with Archive.open(folder / "an.archive", create=True) as opened:
        opened.add(riwaya.read(write(folder / "1.jsonl", FIRST)), jobs=1)
        assert opened.out_of_step() == []
        opened.add(riwaya.read(write(folder / "2.jsonl", SECOND)), jobs=1)
        yield opened


def test_any_spelling_finds_the_name(archive: Archive) -> None:
    for typed in ("سامي القرنفلي", "سامى القرنفلى", "القرنفلي", "قرنفلي", "سامي القرن", "قرنف", "القُرنفليّ", "القرنفيلي"):
        found = archive.entities("person", typed).items
        assert found and found[0].name in {"سامي القرنفلي", "سامى القرنفلى"}, typed
    assert archive.entities("person", "زرافة").total == 0
    assert archive.entities("place", "القرنفلي").total == 0
    assert archive.entities("person", "؟؟").total == 0
    with pytest.raises(UsageError):
        archive.entities("animal")  # type: ignore[arg-type]


def test_a_card_counts_what_the_dossiers_hold(archive: Archive) -> None:
    card = archive.entities("person", "القرنفلي").items[0]
    assert (card.reports, card.stories, card.sure) == (3, 2, True)
    assert (card.first, card.last) == ("2021-03-01", "2021-06-02")
    whole = [e for d in archive.collection() for e in d.entities]
    assert sum(c.mentions for c in archive.entities(limit=1000).items) == sum(len(e.mentions) for e in whole)
    by_name = [e for e in whole if e.kind == "person" and "القرنف" in e.name]
    assert card.mentions == sum(len(e.mentions) for e in by_name)
    assert card.spellings == len({n.text for e in by_name for n in e.names})


def test_lists_are_by_mentions_and_in_pages(archive: Archive) -> None:
    whole = archive.entities(limit=1000)
    assert whole.total == len(whole.items)
    assert [c.mentions for c in whole.items] == sorted((c.mentions for c in whole.items), reverse=True)
    pages = [c for at in range(0, whole.total, 2) for c in archive.entities(offset=at, limit=2).items]
    assert pages == whole.items
    assert {c.kind for c in archive.entities("place", limit=1000).items} == {"place"}


def test_an_account_of_a_name(archive: Archive) -> None:
    key = archive.entities("person", "القرنفلي").items[0].key
    account = archive.entity(key)
    assert {n.text for n in account.spellings} >= {"سامي القرنفلي", "القرنفلي", "سامى القرنفلى"}
    assert any("وزير الري" in t.text for t in account.titles)
    assert "حلب" in {c.name for c in account.companions}
    place = archive.entity(archive.entities("place", "حلب").items[0].key)
    assert place.place is not None and round(place.place.lat) == 36
    for wrong in ("", "zz", "0" * 16, "x" * 16, "٠" * 16):
        with pytest.raises(NotFoundError):
            archive.entity(wrong)


def test_every_mention_is_the_words_of_the_report(archive: Archive) -> None:
    for card in archive.entities(limit=1000).items:
        pages = [m for at in range(0, card.reports, 2) for m in archive.entity_mentions(card.key, at, 2).items]
        assert len(pages) == card.reports
        assert sum(len(m.spans) for m in pages) == card.mentions
        days = [m.day or "" for m in pages]
        assert days == sorted(days, reverse=True)
        for m in pages:
            text = archive.article(m.article_id).article.text
            assert tuple(text[s.start : s.end] for s in m.spans) == m.texts
        spelled = {n.text for n in archive.entity(card.key).spellings}
        assert {t for m in pages for t in m.texts} == spelled


def test_what_they_said_and_where(archive: Archive) -> None:
    card = archive.entities("person", "القرنفلي").items[0]
    said = archive.entity_sayings(card.key, limit=50)
    assert said.total == len(said.items) == archive.entity(card.key).quotes >= 2
    one_by_one = [s for at in range(said.total) for s in archive.entity_sayings(card.key, at, 1).items]
    assert one_by_one == said.items
    for s in said.items:
        assert archive.article(s.article_id).article.text[s.quote.content.start : s.quote.content.end] == s.text
        assert all(s.quote.id in t.quote_ids for t in s.statements)
    stories = archive.entity_stories(card.key)
    assert stories.total == len(stories.items) == card.stories
    assert [s.last for s in stories.items] == sorted((s.last for s in stories.items), key=str, reverse=True)


def test_one_word_alone_is_found_and_not_sure(archive: Archive) -> None:
    (card,) = archive.entities("person", "نعمان").items
    assert not card.sure and card.reports == 2


def test_the_key_of_an_entity_leads_to_its_name(archive: Archive) -> None:
    for dossier in archive.collection():
        for entity in dossier.entities:
            key = archive.entity_key(dossier.stories[0].id, entity.id)
            assert key is not None
            assert entity.name in {n.text for n in archive.entity(key).spellings}
    assert archive.entity_key(dossier.stories[0].id, "e-0000000000000000") is None
    assert archive.entity_key(dossier.stories[0].id, "nonsense") is None


def test_names_stay_in_step_while_stories_change(archive: Archive) -> None:
    assert archive.out_of_step() == []
    counts = "SELECT key, mentions, reports, stories FROM name ORDER BY key"
    told = archive.connection.execute(counts).fetchall()
    sums = archive.connection.execute(
        "SELECT k.key, sum(k.mentions), (SELECT count(*) FROM named WHERE named.key = k.key), count(*)"
        " FROM name_story AS k GROUP BY k.key ORDER BY k.key"
    ).fetchall()
    assert told == sums
    with pytest.raises(NotFoundError):
        key_of("nonsense")


def test_two_arabic_names_of_the_same_consonants_are_two(tmp_path: Path) -> None:
    reports = [
        ("2021-01-05", "أول", "قال الطبيب محمد الصفصافي إن المستشفى جاهز لاستقبال المرضى من القرى القريبة."),
        ("2021-02-05", "ثان", "قال المهندس محمود الصفصافي إن الجسر لن يفتح هذا الشهر بسبب الأمطار الغزيرة."),
    ]
    with Archive.open(tmp_path / "an.archive", create=True) as opened:
        opened.add(riwaya.read(write(tmp_path / "1.jsonl", reports)), jobs=1)
        assert {c.name for c in opened.entities("person").items} >= {"محمد الصفصافي", "محمود الصفصافي"}
        assert opened.entities("person", "محمد الصفصافي").total == 1
