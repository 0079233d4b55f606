"""What comes of adding: what is new and what is known, ids that lead on, stories that wait, and the numbers that tell of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from contents import assert_equal
from made_reports import articles as made
from made_reports import rows, write

import riwaya
from riwaya.archive import Archive, StoryQuery, growth
from riwaya.archive.ahead import Ahead
from riwaya.archive.growth import _Waiting
from riwaya.errors import NotFoundError
from riwaya.settings.archive import ARCHIVE


def test_new_known_skipped_and_the_stories_touched(tmp_path: Path) -> None:
    made_rows = rows(12, seed=1, happenings=2)
    first, again = write(tmp_path / "first.jsonl", made_rows[:8]), write(tmp_path / "again.jsonl", made_rows[4:])
    (tmp_path / "bad.json").write_text("[1", "utf-8")
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        one = archive.add(riwaya.read(first, tmp_path / "bad.json"), jobs=1)
        assert (one.new, one.known, [s.path for s in one.skipped]) == (8, 0, ["bad.json"])
        assert one.stories == {c.id for c in archive.stories().items}
        two = archive.add(riwaya.read(again), jobs=1)
        assert (two.new, two.known, two.skipped) == (4, 4, [])
        moved = archive.moved(two, 5)
        assert {c.id for c in moved} <= two.stories
        assert sum(c.articles for c in archive.stories().items) == 12
        assert archive.info().articles == 12
        assert archive.info().text_bytes == sum(len(a.text.encode()) for a in riwaya.read(first, again) if a) - sum(
            len(a.text.encode()) for a in list(riwaya.read(again))[:4]
        )


def test_the_smallest_path_is_kept_whichever_came_first(tmp_path: Path) -> None:
    (report,) = made(tmp_path, 1)
    paths = ["m.txt", "z.txt", "b.txt", "m.txt", "c.txt"]
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        for path in paths:
            archive.add([replace(report, path=path)], jobs=1)
        assert archive.article(report.id).article.path == "b.txt"
        assert [d.path for d in archive.collection().duplicates] == ["c.txt", "m.txt", "z.txt"]
        (story,) = archive.stories().items
        assert archive.dossier(story.id).articles[0].path == "b.txt"


def grown_one_by_one(tmp_path: Path) -> tuple[list[str], list[str]]:
    """Ids of the reports of one happening in falling order, so that each that comes gives the story another id."""
    reports = sorted(made(tmp_path, 9, seed=21, happenings=1), key=lambda a: a.id, reverse=True)
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        ids = []
        for report in reports:
            archive.add([report], jobs=1)
            (card,) = archive.stories().items
            ids.append(card.id)
            assert archive.dossier(card.id).stories[0].id == card.id
            assert {archive.resolve(i) for i in ids} == {card.id}  # every former id leads to the present one
    return ids, [r.id for r in reports]


def test_former_ids_lead_to_the_present_story(tmp_path: Path) -> None:
    ids, _ = grown_one_by_one(tmp_path)
    assert len(set(ids)) == 9
    with Archive.open(tmp_path / "a.riwaya") as archive:
        assert len(archive.dossier(ids[0]).articles) == 9
        assert archive.resolve("s-0000000000000000") is None
        assert archive.resolve("nonsense") is None
        with pytest.raises(NotFoundError):
            archive.dossier("s-0000000000000000")


def test_an_id_that_returns_is_a_story_again(tmp_path: Path) -> None:
    """What people took apart has its id back, and the other keeps what led to it."""
    from riwaya.model import Span
    from riwaya.serial.corrections import make_correction

    ids, reports = grown_one_by_one(tmp_path)
    smallest, first = reports[-1], reports[0]
    out = make_correction(
        "not-story", [Span(smallest, 0, 0), Span(first, 0, 0)], author="سلمى", made="2021-04-01T10:00:00Z"
    )
    with Archive.open(tmp_path / "a.riwaya") as archive:
        archive.correct(out)
        assert archive.resolve(ids[-1]) == ids[-1]  # of the one report that gave it
        assert {archive.resolve(i) for i in ids[:-1]} == {ids[-2]}
        assert len(archive.dossier(ids[0]).articles) == 8
        archive.undo(out.id, "سلمى")
        assert {archive.resolve(i) for i in ids} == {ids[-1]}
        assert len(archive.dossier(ids[0]).articles) == 9


def test_a_stale_story_is_woven_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.riwaya"
    reports = made(tmp_path, 6, seed=31, happenings=1)
    with Archive.open(path, create=True) as archive:
        archive.add(reports[:3], jobs=1)
        (card,) = archive.stories().items
        assert not card.stale
        revision = archive.revision(card.id)
        archive.add(reports[3:], jobs=1, refresh=False)
        (card,) = archive.stories().items
        assert card.stale
        assert card.title  # of its former self, until it is woven
        with Archive.open(path, read_only=True) as reader, pytest.raises(NotFoundError):
            reader.dossier("s-1111111111111111")
        assert len(archive.dossier(card.id).articles) == 6
        assert archive.revision(card.id) > revision
        assert archive.info().stale == 0


def test_generation_rises_with_every_change_and_with_nothing_else(tmp_path: Path) -> None:
    reports = made(tmp_path, 6, seed=41)
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        seen = [archive.generation]
        archive.add(reports[:3], jobs=1, refresh=False)
        seen.append(archive.generation)
        archive.refresh(jobs=1)
        seen.append(archive.generation)
        assert seen == sorted(set(seen))
        archive.stories(StoryQuery(order="size"))
        archive.refresh(jobs=1)
        assert archive.generation == seen[-1]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    lines = [{"text": "هذه قصة قصيرة بالعربية عن مدينة حلب.", "date": "2021-03-01"}, {"text": "only English words here"}]
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in lines), "utf-8")
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        added = archive.add(riwaya.read(tmp_path / "r.jsonl"), jobs=1)
        assert added.new == 1
        assert [s.path for s in added.skipped] == ["r.jsonl#2"]
        assert archive.set_aside() == added.skipped


def test_workers_and_one_process_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "ARCHIVE", replace(ARCHIVE, batch=30, quiet=1, patience=2))
    reports = made(tmp_path, 100, seed=51)
    told = []
    for jobs in (1, 2):
        with Archive.open(tmp_path / f"{jobs}.riwaya", create=True) as archive:
            archive.add(reports, jobs=jobs)
            assert archive.info().stale == 0
            told.append({c.id: archive.dossier(c.id).to_dict() for c in archive.stories(StoryQuery(limit=500)).items})
    assert told[0] == told[1]


def test_a_story_that_grows_waits_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "ARCHIVE", replace(ARCHIVE, quiet=2, patience=4))
    waiting = _Waiting()
    assert waiting.after([1, 2]) == []
    assert waiting.after([1]) == []
    assert waiting.after([1]) == [2]
    assert waiting.after([1]) == []
    assert waiting.after([1]) == [1]
    assert waiting.after([]) == []


@pytest.mark.parametrize("here", [True, False])
def test_what_is_made_ahead_comes_in_order_and_its_errors_in_their_place(here: bool) -> None:
    assert list(Ahead(iter(range(20)), here=here)) == list(range(20))
    assert list(Ahead(iter([]), here=here)) == []

    def failing() -> Iterator[int]:
        yield 1
        yield 2
        raise KeyError("three")

    made_ahead = Ahead(failing(), here=here)
    assert [next(made_ahead), next(made_ahead)] == [1, 2]
    with pytest.raises(KeyError):
        next(made_ahead)
    assert list(made_ahead) == []
    endless = Ahead(iter(int, 1), here=here)
    assert next(endless) == 0
    endless.close()  # ends the thread too, or this would not return
    Ahead(iter(int, 1), here=here).close()


def test_furniture_that_shows_when_further_pages_come(tmp_path: Path) -> None:
    """A line that one page has is news; when others have it too it is furniture of all, also of those that came before."""
    made_rows = rows(16, seed=61, happenings=4)
    for row in made_rows:
        row["outlet"] = "الشاهد"
        row["text"] += "\nتابعوا صفحة الشاهد الرسمية للاطلاع على آخر الأخبار المحلية والعالمية"
    reports = list(riwaya.read(write(tmp_path / "r.jsonl", made_rows)))
    whole = riwaya.build(reports, jobs=1)
    assert any(f.kind == "shared" for d in whole for a in d.articles for f in a.furniture)
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        for report in reports:
            archive.add([report], jobs=1)
        assert_equal(archive, whole)
        assert archive.check() == []
    with Archive.open(tmp_path / "b.riwaya", create=True) as archive:
        archive.add(reports[:3], jobs=1)
        kept = archive._growth(1)
        kept._settle_late = set  # type: ignore[method-assign] # as if killed before
        archive.add(reports[3:], jobs=1)
        assert kept._late()
    with Archive.open(tmp_path / "b.riwaya") as archive:
        archive.add(reports[:1], jobs=1)
        assert_equal(archive, whole)
        assert archive.check() == []
