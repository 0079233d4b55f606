"""What an archive holds, laid beside what one run over the same reports gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from riwaya.archive import Archive
from riwaya.collection import Collection
from riwaya.serial.json_ import dumps, to_dict

_WRITTEN = 100  # stories compared as they are written too: equal dossiers are written alike, and writing them all takes its time


def told(collection: Collection, stories: Iterable[str] | None = None) -> dict[str, bytes]:
    """Every dossier of a collection as the very bytes that are written, by story."""
    return {i: dumps(to_dict(collection.dossier(i))) for i in (collection.story_ids if stories is None else stories)}


def assert_equal(archive: Archive, collection: Collection) -> None:
    """The archive holds what the run gave: the same stories, dossiers to the byte, and what was set aside."""
    held = archive.collection(jobs=1)
    assert held.story_ids == collection.story_ids
    for number, story_id in enumerate(collection.story_ids):
        mine, theirs = held.dossier(story_id), collection.dossier(story_id)
        assert mine == replace(theirs, generator=mine.generator), story_id  # which is said when it is written
        if number < _WRITTEN:
            assert dumps(to_dict(mine)) == dumps(to_dict(theirs)), story_id
    assert held.article_count == collection.article_count
    assert held.skipped == collection.skipped
    assert held.duplicates == collection.duplicates


def content(path: Path) -> dict[str, object]:
    """All that an archive says, apart from when it came to say so."""
    with Archive.open(path) as archive:
        held = archive.collection(jobs=1)
        return {"stories": told(held), "skipped": held.skipped, "duplicates": held.duplicates, "check": archive.check()}
