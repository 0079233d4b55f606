"""`riwaya correct`: every action of the page, the list, and the way back."""

from __future__ import annotations

import csv
import getpass
import io
import json
import shutil
from pathlib import Path

import pytest

from riwaya.archive import Archive
from riwaya.cli import correct, main
from riwaya.serial.corrections import ACTIONS, takes_value

FIRST = "\n".join((
    "ارتفاع عدد ضحايا الفيضانات في نواكشوط",
    "",
    "نواكشوط 4 مارس 2031 - قال وزير الداخلية سالم ولد أحمد إن 12 شخصا قتلوا في الفيضانات التي ضربت نواكشوط.",
    "وأضاف الوزير أن فرق الإنقاذ تواصل البحث عن المفقودين في الأحياء الغربية من المدينة.",
))  # fmt: skip
SECOND = FIRST + "\nوأكدت سلمى بنت محمود أن المدارس أغلقت."


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("correct")
    reports = [
        {"title": "ضحايا الفيضانات", "text": text, "date": "2031-03-04", "outlet": outlet, "url": f"https://{n}.example/1"}
        for n, (text, outlet) in enumerate(((FIRST, "صحيفة الشاطئ"), (SECOND, "صحيفة الرمال")))
    ]
    (path / "in.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in reports), "utf-8")
    with Archive.open(path / "a.riwaya", create=True) as opened:
        from riwaya.read import read

        opened.add(read(str(path / "in.jsonl")), jobs=1)
    return path / "a.riwaya"


@pytest.fixture
def archive(grown: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(grown, tmp_path / "a.riwaya"))


def riwaya(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in args])
    assert isinstance(left.value.code, int)
    return left.value.code


def articles(archive: Path) -> list[tuple[str, str]]:
    """Ids and texts, the shorter first."""
    with Archive.open(archive) as opened:
        found = [(a.id, a.text) for card in opened.stories().items for a in opened.dossier(card.id).articles]
    return sorted(found, key=lambda one: len(one[1]))


def span(article: tuple[str, str], words: str) -> str:
    start = article[1].index(words)
    return f"{article[0]}:{start}-{start + len(words)}"


def listed(archive: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    capsys.readouterr()
    assert riwaya("correct", "list", "--archive", archive, *more) == 0
    return capsys.readouterr().out


def test_every_action_of_the_page_is_a_command() -> None:
    assert set(correct.command.commands) == {*ACTIONS, "list", "undo"}
    assert {a for a in ACTIONS if takes_value(a)} == set(correct._VALUE)


def test_a_figure_is_recounted_and_counted_as_before(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = articles(archive)[0]
    at = span(first, "12 شخصا")
    assert riwaya("correct", "counts", at, "--value", "injured", "--reason", "جرحى", "--archive", archive) == 0
    out, err = capsys.readouterr()
    assert err == ""
    made = out.partition(";")[0]

    def kinds() -> set[str]:
        with Archive.open(archive, read_only=True) as opened:
            assert opened.info().stale == 0, "what was touched is woven at once"
            (card,) = opened.stories().items
            return {f.kind for marks in opened.dossier(card.id).marks for f in marks.figures if f.span.article_id == first[0]}

    assert "injured" in kinds()
    told = listed(archive, capsys)
    assert made in told
    assert "counts" in told
    assert "جرحى" in told
    assert "12 شخصا" in told

    assert riwaya("correct", "undo", made, "--author", "سلمى", "--archive", archive) == 0
    assert "injured" not in kinds()
    (one,) = json.loads(listed(archive, capsys, "--json"))
    assert (one["id"], one["action"], one["value"], one["author"]) == (made, "counts", "injured", getpass.getuser())
    assert one["undone_by"] == "سلمى"
    assert json.loads(listed(archive, capsys, "--json", "--standing")) == []
    assert riwaya("correct", "undo", made, "--archive", archive) == 0
    assert "before" in capsys.readouterr().out


def test_a_whole_report_is_named_by_its_id(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (first, text), (second, _) = articles(archive)
    assert riwaya("correct", "date", first, "--value", "2031-03-02", "--archive", archive, "--author", "ليلى") == 0
    assert riwaya("correct", "not-story", f"{first}:0-3", second, "--archive", archive, "--quiet") == 0
    with Archive.open(archive, read_only=True) as opened:
        assert opened.info().stories == 2
        dossier = opened.dossier(opened.reader.story_of(first))
        assert dossier.articles[0].published.value == "2031-03-02"
    rows = list(csv.DictReader(io.StringIO(listed(archive, capsys, "--csv"))))
    assert [r["action"] for r in rows] == ["date", "not-story", "not-story"]
    assert rows[1]["text"] == text[:3]


def test_two_names_become_one_and_two_again(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = articles(archive)
    names = (span(first, "سالم ولد أحمد"), span(second, "سلمى بنت محمود"))

    def bearers() -> int:
        with Archive.open(archive, read_only=True) as opened:
            (card,) = opened.stories().items
            people = [e for e in opened.dossier(card.id).entities if e.kind == "person"]
            return len(people)

    before = bearers()
    assert riwaya("correct", "merge", *names, "--archive", archive) == 0
    made = capsys.readouterr().out.partition(";")[0]
    assert bearers() == before - 1
    assert riwaya("correct", "undo", made, "--archive", archive) == 0
    assert bearers() == before


def test_what_cannot_be_applied_is_said(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = articles(archive)[0]
    assert riwaya("correct", "counts", span(first, "فرق الإنقاذ"), "--value", "killed", "--archive", archive) == 0
    assert "is kept, but counts is not applied" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["merge", "a-1:0-3"], "cites 2 or more"),
        (["merge", "here", "there"], "ARTICLE:START-END"),
        (["merge", "a-0000000000000000:0-3", "a-0000000000000000:5-8"], "no report has the id"),
        (["merge", "FIRST:9-3", "FIRST:0-3"], "is no span"),
        (["merge", "FIRST:0-3", "FIRST:0-999999999"], "characters"),
        (["merge", "FIRST:0-3", "FIRST:4-6", "--value", "x"], "takes no value"),
        (["merge", "FIRST:0-3", "FIRST:4-6", "--author", " "], "author"),
        (["date", "FIRST", "--value", "2031-02-30"], "no date"),
        (["date", "FIRST"], "--value"),
        (["counts", "FIRST:0-3", "--value", "ghosts"], "no figure counts"),
        (["not-story", "FIRST", "FIRST"], "two articles"),
        (["speaker", "FIRST", "--value", "x"], "ARTICLE:START-END"),
        (["undo", "c-0000000000000000"], "no correction has the id"),
        (["frobnicate"], "No such command"),
    ],
)
def test_what_is_wrong_is_one_line(archive: Path, capsys: pytest.CaptureFixture[str], args: list[str], told: str) -> None:
    first = articles(archive)[0][0]
    assert riwaya("correct", *[a.replace("FIRST", first) for a in args], "--archive", archive) == 2
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert listed(archive, capsys) == ""


def test_no_archive_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.riwaya"
    for args in (["list"], ["undo", "c-1"], ["date", "a-1", "--value", "2031-01-01"]):
        assert riwaya("correct", *args, "--archive", missing) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert not missing.exists()


def test_words_of_strangers_do_not_reach_the_terminal(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = articles(archive)[0][0]
    reason = "\x1b]0;x\x07a\nb"
    assert riwaya("correct", "date", first, "--value", "2031-03-02", "--reason", reason, "--archive", archive) == 0
    told = listed(archive, capsys)
    assert "\x1b" not in told
    assert "\x07" not in told
    assert told.count("\n") == 2
