"""archive: the embedded database. Reports, marks, stories and what people overruled, kept in one SQLite file.

    Archive      open, add, refresh, read
    schema       the tables and their migrations
    database     opening, locks, errors as one line
    growth       adding reports, weaving what they touch
    work         what the workers do
    reading      reports and dossiers read back
    listing      lists of stories
"""

from __future__ import annotations

from riwaya.archive.archive import Archive
from riwaya.archive.growth import Added
from riwaya.archive.listing import Page, StoryCard, StoryQuery
from riwaya.archive.reading import Held

__all__ = ["Added", "Archive", "Held", "Page", "StoryCard", "StoryQuery"]
