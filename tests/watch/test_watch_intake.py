"""Reports on their way into the archive: what a failure in between must not lose, and what alerts compare with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from riwaya.archive import Archive
from riwaya.errors import ArchiveError
from riwaya.model import Alert
from riwaya.read import read
from riwaya.serial.corrections import make_correction
from riwaya.watch.intake import Intake, Taken, before_of
from riwaya.watch.store import ArchiveStore

REPORTS = Path(__file__).parent.parent.parent / "examples" / "reports"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.riwaya", create=True) as opened:
        yield opened


def test_alerts_that_could_not_be_kept_come_at_the_next_try(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    took: list[Taken] = []
    intake = Intake(archive, ArchiveStore(archive), took=took.append, complain=print)
    intake.put(read(str(REPORTS)))
    keep, failures = archive.keep_alerts, ["locked"]

    def flaky(alerts: list[Alert]) -> list[Alert]:
        if failures:
            raise ArchiveError(failures.pop())
        return keep(alerts)

    monkeypatch.setattr(archive, "keep_alerts", flaky)
    with pytest.raises(ArchiveError):
        intake.flush()
    assert archive.info().articles == 9, "the reports are in already"
    assert took == []
    intake.flush()
    (taken,) = took
    assert (taken.new, taken.known) == (9, 0)
    assert "story" in [a.kind for a in taken.alerts]
    assert [a.id for a in archive.alerts()] == [a.id for a in reversed(taken.alerts)]
    intake.flush()
    assert len(took) == 1, "nothing waits any more"


def test_what_was_known_before_is_read_with_the_corrections_that_stand(archive: Archive) -> None:
    archive.add(read(str(REPORTS)), jobs=1)
    (card,) = archive.stories().items
    dossier = archive.dossier(card.id)
    figure = next(f for marks in dossier.marks for f in marks.figures if f.kind == "killed")
    fresh = next(a.id for a in dossier.articles if a.id != figure.span.article_id)
    one = make_correction("counts", [figure.span], "injured", author="سلمى", made=datetime.now(UTC))
    archive.correct(one)
    archive.dossier(card.id)
    before = before_of(archive, card.id, {fresh})
    assert before is not None
    assert fresh not in {a.id for a in before.articles}
    assert [f.kind for marks in before.marks for f in marks.figures if f.span == figure.span] == ["injured"]


def test_alerts_of_a_watch_that_was_killed_are_told_by_the_next(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(alerts: list[Alert]) -> list[Alert]:
        raise Killed

    intake = Intake(archive, ArchiveStore(archive), took=print, complain=print)
    intake.put(read(str(REPORTS)))
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(archive, "keep_alerts", killed)
        intake.flush()
    assert (archive.info().articles, archive.alerts()) == (9, [])
    took: list[Taken] = []
    Intake(archive, ArchiveStore(archive), took=took.append, complain=print).flush()
    (taken,) = took
    assert "story" in [a.kind for a in taken.alerts]
    assert len(archive.alerts()) == len(taken.alerts)
    Intake(archive, ArchiveStore(archive), took=took.append, complain=print).flush()
    assert len(took) == 1, "it was told once"
