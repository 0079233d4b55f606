"""Corrections in an archive: what it then holds is what one run with the same corrections gives, before and after taking back."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from contents import assert_equal

import riwaya
from riwaya.archive import Archive
from riwaya.errors import NotFoundError, UsageError
from riwaya.model import Article, Correction, Span
from riwaya.serial.corrections import make_correction

DAM = (
    "افتتح وزير الري سامي القرنفلي سدا جديدا في مدينة حلب يوم الثلاثاء وسط حضور كبير من الأهالي والمزارعين. "
    "وقال القرنفلي إن السد سيروي 40 ألف حقل في وادي السدر، وإن كلفته بلغت 7 ملايين."
)
FIRE = (
    "اندلع حريق هائل في مخزن للأقطان في مدينة حمص فجر الأحد وأصيب 12 عاملا. "
    "وقال شاهد يدعى نعمان الصفصافي إن الدخان غطى الحي كله وإن رجال الإطفاء تأخروا ساعتين."
)
MATCH = (
    "فاز فريق الشهاب على ضيفه الصقور بثلاثة أهداف في الجولة السابعة من دوري المحترفين لكرة القدم. "
    "وقال المدرب هيثم الدروبي إن اللاعبين نفذوا الخطة، وحضر اللقاء الوزير سامى القرنفلى."
)
AUTHOR = {"author": "سلمى"}


def reports(folder: Path) -> list[Article]:
    made = [
        {"outlet": f"جريدة {n}", "date": f"2021-03-0{day}", "title": title, "text": f"{text} ({n})"}
        for n, (day, title, text) in enumerate([
            (1, "افتتاح سد حلب", DAM), (1, "سد جديد يروي وادي السدر", DAM), (2, "السد الجديد في حلب", DAM),
            (2, "حريق مخزن الأقطان في حمص", FIRE), (2, "حريق حمص", FIRE), (3, "الشهاب يهزم الصقور", MATCH),
            (3, "ثلاثية الشهاب", MATCH),
        ])
    ]  # fmt: skip
    (folder / "r.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in made), "utf-8")
    return list(riwaya.read(folder / "r.jsonl"))


def at(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(article.id, start, start + len(words))


def whole(article: Article) -> Span:
    return Span(article.id, 0, 0)


def every_kind(held: list[Article]) -> list[Correction]:
    """One of each, in the order in which they were made; some touch the same stories."""
    dam, fire, match = held[0], held[3], held[5]
    given: list[tuple[str, list[Span], str | None]] = [
        ("merge", [at(dam, "سامي القرنفلي"), at(match, "سامى القرنفلى")], None),
        ("not-story", [whole(held[1]), whole(dam)], None),
        ("same-story", [whole(fire), whole(match)], None),
        ("date", [whole(held[2])], "2021-03-20"),
        ("counts", [at(fire, "12 عاملا")], "killed:عمال"),
        ("not-copy", [at(held[3], FIRE[:60]), at(held[4], FIRE[:60])], None),
        ("speaker", [at(fire, "إن الدخان غطى الحي كله")], "سعيد الخزامي"),
        ("split", [at(match, "هيثم الدروبي"), at(match, "سامى القرنفلى")], None),
        ("same-story", [whole(held[1]), whole(held[6])], None),
    ]
    return [
        make_correction(action, spans, value, made=f"2021-04-01T10:{n:02}:00Z", **AUTHOR)
        for n, (action, spans, value) in enumerate(given)
    ]


def test_each_correction_as_it_is_made_and_taken_back(tmp_path: Path) -> None:
    held = reports(tmp_path)
    corrections = every_kind(held)
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        archive.add(held, jobs=1)
        for number, one in enumerate(corrections, 1):
            assert archive.correct(one) == one.id
            assert_equal(archive, riwaya.build(held, jobs=1, corrections=corrections[:number]))
            assert archive.check() == []
        assert archive.corrections() == corrections
        left = list(corrections)
        for one in random.Random(3).sample(corrections, len(corrections)):
            assert archive.undo(one.id, "هند")
            assert not archive.undo(one.id, "هند")
            left.remove(one)
            assert_equal(archive, riwaya.build(held, jobs=1, corrections=left))
        assert archive.corrections(active_only=True) == []
        assert {c.undone_by for c in archive.corrections()} == {"هند"}
        assert archive.check() == []


@pytest.mark.parametrize("seed", range(3))
def test_corrections_hold_while_reports_keep_coming(seed: int, tmp_path: Path) -> None:
    held = reports(tmp_path)
    corrections = every_kind(held)
    rng = random.Random(seed)
    events: list[Article | Correction] = [*rng.sample(held, len(held))]
    for one in corrections:  # each as soon as what it cites is there, or later
        cited = {s.article_id for s in one.spans}
        ready = max(n for n, e in enumerate(events) if isinstance(e, Article) and e.id in cited) + 1
        events.insert(rng.randint(ready, len(events)), one)
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        for event in events:
            if isinstance(event, Article):
                archive.add([event], jobs=1, refresh=rng.random() < 0.5)
            else:
                archive.correct(event)
        assert_equal(archive, riwaya.build(held, jobs=1, corrections=corrections))
        assert archive.check() == []


def test_a_correction_that_is_known_changes_nothing(tmp_path: Path) -> None:
    held = reports(tmp_path)
    one = make_correction("date", [whole(held[0])], "2021-03-05", made="2021-04-01T10:00:00Z", **AUTHOR)
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        archive.add(held, jobs=1)
        archive.correct(one)
        archive.refresh(jobs=1)
        before = archive.generation
        archive.correct(one)
        assert archive.generation == before
        assert archive.info().stale == 0


def test_a_correction_cites_what_is_here(tmp_path: Path) -> None:
    held = reports(tmp_path)
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        archive.add(held[:1], jobs=1)
        with pytest.raises(NotFoundError):
            archive.correct(make_correction("date", [whole(held[1])], "2021-03-05", made="2021-04-01T10:00:00Z", **AUTHOR))
        beyond = Span(held[0].id, 5, len(held[0].text) + 1)
        with pytest.raises(UsageError):
            archive.correct(make_correction("counts", [beyond], "killed", made="2021-04-01T10:00:00Z", **AUTHOR))
        with pytest.raises(NotFoundError):
            archive.undo("c-0000000000000000", "هند")
        assert archive.corrections() == []
