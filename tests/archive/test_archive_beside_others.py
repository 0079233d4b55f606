"""What another process writes in the middle of something is neither lost nor a traceback."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from made_reports import articles as made

from riwaya.archive import Archive
from riwaya.archive.correcting import Corrections
from riwaya.errors import ArchiveError
from riwaya.model import Correction, Span
from riwaya.serial.corrections import make_correction


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of a few reports."""
    path = tmp_path / "a.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(made(tmp_path, 8, seed=2), jobs=1)
    return path


def test_a_correction_that_comes_while_a_story_is_read_for_weaving(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(path) as one, Archive.open(path) as other:
        story = one.stories().items[0].id
        report = one.dossier(story).articles[0].id
        one.connection.execute("UPDATE story SET stale = 1")
        standing, came = Corrections.standing, []

        def then_another(self: Corrections, *actions: str) -> list[Correction]:
            found = standing(self, *actions)
            if not came:
                came.append(True)
                given: dict[str, Any] = {"author": "ليلى", "made": datetime.now(UTC)}
                other.correct(make_correction("date", [Span(report, 0, 0)], "2020-01-01", **given))
            return found

        monkeypatch.setattr(Corrections, "standing", then_another)
        one.refresh(story_id=story, jobs=1)
        day = next(a.published.value for a in one.reader.dossier(one.reader.number(story)).articles if a.id == report)  # type: ignore[union-attr]
        assert one.stale(story) or day == "2020-01-01"


def test_an_export_while_another_adds(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(path) as one, Archive.open(path) as other:
        stories, reports = one.info().stories, one.info().articles
        refresh = Archive.refresh

        def then_another(self: Archive, **given: Any) -> int:
            woven = refresh(self, **given)
            other.add(made(tmp_path, 3, seed=9), jobs=1, refresh=False)
            return woven

        monkeypatch.setattr(Archive, "refresh", then_another)
        collection = one.collection(jobs=1)
        assert (len(collection), collection.article_count) == (stories, reports)
        assert len(list(collection)) == stories
        one.connection.execute("DELETE FROM dossier")
        with pytest.raises(ArchiveError, match="changed meanwhile"):
            collection.dossier(collection.story_ids[0])
