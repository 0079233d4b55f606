from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_dossier import flood

from riwaya.errors import OutputError
from riwaya.model import Dossier, Duplicate, Skipped
from riwaya.settings.tell import TELL
from riwaya.tell import check_writable, output, write, write_collection
from riwaya.tell.account import Tally, short_account, tally
from riwaya.tell.explain import explain
from riwaya.tell.load import Held, load_outcome


class Few:
    """A collection of ready dossiers."""

    def __init__(self, *parts: Dossier, articles: int | None = None) -> None:
        self.parts = parts
        self.skipped = [Skipped("lost.txt", "empty")]
        self.duplicates: list[Duplicate] = []
        self.article_count = articles if articles is not None else sum(len(p.articles) for p in parts)

    def __len__(self) -> int:
        return len(self.parts)

    def __iter__(self) -> Iterator[Dossier]:
        return iter(self.parts)

    def stored(self) -> Iterator[Held]:
        return map(Held, self.parts)

    def tallies(self) -> Iterator[Tally]:
        return map(tally, self.parts)


def lone(number: int) -> Dossier:
    """A story of one article."""
    whole = flood(story_id=f"s-lone-{number}")
    article = whole.articles[0]
    story = whole.stories[0].__class__(f"s-lone-{number}", f"خبر {number}", (article.id,), None, None, ("x",), 1, 0)
    return Dossier((article,), (story,))


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_one_story_is_one_dossier_and_one_page(tmp_path: Path) -> None:
    write_collection(Few(flood()), tmp_path / "out")
    assert sorted(files(tmp_path / "out")) == ["dossier.json", "index.html"]
    data = json.loads((tmp_path / "out" / "dossier.json").read_bytes())
    assert [s["path"] for s in data["skipped"]] == ["broken.json", "lost.txt"]


def test_a_few_stories_are_one_dossier_and_a_page_each(tmp_path: Path) -> None:
    write_collection(Few(flood(), lone(1)), tmp_path)
    assert sorted(files(tmp_path)) == ["dossier.json", "index.html", "stories/s-1/index.html", "stories/s-lone-1/index.html"]
    assert 'href="stories/s-1/index.html"' in (tmp_path / "index.html").read_text("utf-8")
    assert 'href="../../index.html"' in (tmp_path / "stories/s-1/index.html").read_text("utf-8")


def test_many_articles_are_an_index_lines_and_a_dossier_for_each_real_story(tmp_path: Path) -> None:
    parts = (flood(story_id="s-9"), lone(1), lone(2))
    write_collection(Few(*parts, articles=TELL.one_file_articles + 1), tmp_path, ("json",))
    assert sorted(files(tmp_path)) == ["articles.jsonl", "index.json", "stories/s-9/dossier.json"]
    index = json.loads((tmp_path / "index.json").read_bytes())
    assert list(index) == ["schema", "generator", "stories", "skipped", "duplicates"]
    assert [s["id"] for s in index["stories"]] == ["s-9", "s-lone-1", "s-lone-2"]
    assert "summary" not in index["stories"][0]
    ids = [json.loads(line)["id"] for line in (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()]
    assert ids == sorted(ids)
    assert len(ids) == 5


@pytest.mark.parametrize("articles", [None, TELL.one_file_articles + 1])
def test_what_was_written_is_read_back(tmp_path: Path, articles: int | None) -> None:
    parts = {"s-9": flood(story_id="s-9"), "s-lone-1": lone(1)}
    write_collection(Few(*parts.values(), articles=articles), tmp_path, ("json",))
    loaded = load_outcome(tmp_path)
    assert sorted(loaded.slots) == sorted(parts)
    for story_id, part in parts.items():
        read = loaded.slots[story_id].read().to_dict()
        assert read["articles"] == part.to_dict()["articles"]
        assert read["statements"] == part.to_dict()["statements"]
    assert loaded.articles == 4
    assert [s.path for s in loaded.skipped][-1] == "lost.txt"


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_collection(Few(flood()), out)
    before = files(out)

    def fail(*_: Any, **__: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device", "x")

    monkeypatch.setattr("riwaya.tell.html.render", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_collection(Few(flood(story_id="s-2")), out)
    assert files(out) == before


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("riwaya.tell.html.render", stop)
    with pytest.raises(KeyboardInterrupt):
        write_collection(Few(flood()), tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_between_the_renames_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_collection(Few(flood()), tmp_path)
    before = files(tmp_path)
    real, calls = os.replace, []

    def third_fails(source: Any, target: Any) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(errno.EIO, "Input/output error")
        real(source, target)

    monkeypatch.setattr(output.os, "replace", third_fails)
    with pytest.raises(OutputError):
        write_collection(Few(flood(story_id="s-2")), tmp_path)
    assert files(tmp_path) == before


def test_what_a_former_build_wrote_goes_and_other_files_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    write_collection(Few(flood(), lone(1)), tmp_path, ("json", "html", "csv"))
    write_collection(Few(flood()), tmp_path, ("json",))
    assert sorted(files(tmp_path)) == ["dossier.json", "notes.txt"]


def test_a_folder_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.csv").write_text("1", "utf-8")
    with pytest.raises(OutputError, match="not Riwaya's"):
        write_collection(Few(flood()), tmp_path, ("json", "csv"))
    assert sorted(files(tmp_path)) == ["tables/mine.csv"]


def test_a_file_in_the_way_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for act in (check_writable, lambda d: write_collection(Few(flood()), d)):
        with pytest.raises(OutputError) as told:
            act(tmp_path / "file" / "out")
        assert "\n" not in str(told.value)


def test_checking_writes_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "x" / "y")
    assert list(tmp_path.iterdir()) == []


def test_the_same_dossier_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_collection(Few(flood(), lone(1)), tmp_path / name, ("json", "html", "csv"))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_workers_give_the_same_bytes(tmp_path: Path) -> None:
    parts = [flood(story_id=f"s-{i:02}") for i in range(14)]
    for jobs in (1, 2):
        write_collection(Few(*parts, articles=TELL.one_file_articles + 1), tmp_path / str(jobs), jobs=jobs)
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert len(files(tmp_path / "1")) == 14 * 2 + 3


def test_account_and_explanation(tmp_path: Path) -> None:
    write_collection(Few(flood()), tmp_path)
    lines = list(short_account(Few(flood()), tmp_path))
    assert lines[0] == "3 reports by 3 outlets: 1 story"
    assert lines[1].startswith("3 statements: 1 corroborated, 1 repeated")
    assert lines[-1] == f"open {tmp_path / 'index.html'}"
    assert any("later" in line for line in explain(tmp_path, "d-toll"))
    assert any("+2.500  same spelling: سالم الحربي" in line for line in explain(tmp_path, "e-minister"))
    for thing in ("st-13", "q-0", "f-a", "p-1", "s-1", flood().articles[0].id):
        assert list(explain(tmp_path, thing))


def test_write_stories_leaves_lone_ones_to_the_lines(tmp_path: Path) -> None:
    written = write.write_stories([Held(lone(1))], folder=tmp_path, formats=("json", "html"), lang="ar")
    assert [c.path for c in written.cards] == [None]
    assert [json.loads(line)["id"] for _, line in written.lines] == [a.id for a in lone(1).articles]
    assert files(tmp_path) == {}


def test_explain_tells_how_sure_a_statement_is(tmp_path: Path) -> None:
    whole = flood()
    given = tuple(replace(s, confidence=0.612 if s.id == "st-13" else None) for s in whole.statements)
    write_collection(Few(replace(whole, statements=given)), tmp_path)
    assert any("about 61 say the same thing" in line for line in explain(tmp_path, "st-13"))
    assert "confidence: none; one report tells it, so that nothing was joined" in list(explain(tmp_path, "st-15"))
