"""archive: the embedded database. Reports, marks, stories and what people overruled, kept in one SQLite file.

    Archive      open, add, refresh, read
    schema       the tables and their migrations
    database     opening, locks, errors as one line
    growth       adding reports, weaving what they touch
    work         what the workers do
    reading      reports and dossiers read back
    listing      lists of stories
    search       finding reports by their words; querying, terms, extracts, index: what it is made of
    names        people, organizations, places across stories; entity_pages: one of them in full
    reindexing   both made again; finding: the part of Archive that asks them
"""

from __future__ import annotations

from riwaya.archive.archive import Archive
from riwaya.archive.growth import Added
from riwaya.archive.listing import Page, StoryCard, StoryQuery
from riwaya.archive.names import EntityCard
from riwaya.archive.reading import Held
from riwaya.archive.search import Found, Hit, SearchQuery

__all__ = ["Added", "Archive", "EntityCard", "Found", "Held", "Hit", "Page", "SearchQuery", "StoryCard", "StoryQuery"]
