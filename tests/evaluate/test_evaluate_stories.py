"""Measuring the grouping into stories: lists are withheld and read, counts are right, tables are checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate import Source, stories
from riwaya.model import Article, Published

FLOOD = "غمرت مياه نهر سيران أحياء مدينة ميرانة القديمة بعد انهيار سد الزعفران وأجلت فرق الإنقاذ عشرات العائلات من بيوتها"
AGAIN = "أجلت فرق الإنقاذ في مدينة ميرانة عشرات العائلات بعدما غمرت مياه نهر سيران الأحياء القديمة إثر انهيار سد الزعفران"
MATCH = "تعادل فريق النوارس مع ضيفه الهداهد بثلاثة أهداف لمثلها في افتتاح بطولة كأس البنفسج لكرة اليد أمس"


def article(n: int, title: str, text: str, outlet: str = "الصدى") -> Article:
    body = f"{title}\n\n{text}"
    return Article(f"a-{n}", f"f#{n}", body, outlet=outlet, title=title, body_start=len(title) + 2,
                   published=Published("2021-03-05", "stated"))  # fmt: skip


def test_lists_are_withheld_and_name_pairs() -> None:
    listing = article(1, "فيضان في ميرانة", f"{FLOOD}\nأخبار متعلقة\nإجلاء «عشرات» العائلات\nعنوان لا نعرفه")
    cut, listed = stories.withhold(listing)
    assert cut.id == listing.id
    assert "متعلقة" not in cut.text
    assert cut.text.endswith(FLOOD)
    assert listed == ("إجلاء «عشرات» العائلات", "عنوان لا نعرفه")
    named = article(2, "إجلاء عشرات العائلات", AGAIN)
    elsewhere = article(3, "إجلاء عشرات العائلات", AGAIN, outlet="المدى")
    assert stories.related([(cut, listed), (named, ()), (elsewhere, ())]) == [("a-1", "a-2")]


def test_chance_pairs_are_drawn_again_alike() -> None:
    articles = [(article(n, f"خبر {n}", MATCH), ("x",)) for n in range(9)]
    pairs = stories.chance(articles, 5)
    assert len(pairs) == 10
    assert pairs == stories.chance(articles[::-1], 5)
    assert all(a != b for a, b in pairs)


def test_bcubed_counts_by_report() -> None:
    days = {"f": {"f#1": "1", "f#2": "1", "f#3": "2", "f#4": "3"}}
    found = stories.bcubed(days, {"1": "s", "2": "s", "3": "s", "4": "t"})
    assert found["precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found["recall"] == 1.0


def test_a_table_of_pairs_is_measured(tmp_path: Path) -> None:
    rows = [("فيضان في ميرانة", FLOOD), ("إجلاء عائلات ميرانة بعد فيضان", AGAIN), ("تعادل النوارس والهداهد", MATCH)]
    folder = tmp_path / "news"
    folder.mkdir()
    records = [{"outlet": "الصدى", "date": "2021-03-05T10:00", "title": t, "text": x} for t, x in rows]
    (folder / "day.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), "utf-8")
    from riwaya.read import read

    ids = {a.title: f"news/day.jsonl#{a.id}" for a in read(folder / "day.jsonl")}
    flood, again, match = (ids[title] for title, _ in rows)
    table = tmp_path / "pairs.tsv"
    judged = [("first", "second", "judgement"), (flood, again, "same"), (flood, match, "same"), (again, match, "different")]
    table.write_text("\n".join(map("\t".join, judged)) + "\n", "utf-8")
    result = stories.run(Source(tmp_path, table))
    assert result.metrics["precision"] == 1.0
    assert result.metrics["recall"] == 0.5
    assert [(m.expected, m.found) for m in result.misses] == [("together", "apart")]


def test_a_table_without_judgements_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("first\tsecond\tjudgement\na\tb\tperhaps\n", "utf-8")
    with pytest.raises(InputError):
        stories.judged(table)


def test_the_samples_hold_what_they_say() -> None:
    pairs = stories.judged(stories.PAIRS)
    assert len(pairs) == 300
    assert sum(p.same for p in pairs) == 135
    assert all(p.first != p.second for p in pairs)
    assert sum(map(len, stories.sorted_days(stories.DAYS).values())) == 262
