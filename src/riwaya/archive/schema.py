"""The tables of an archive, and how an older archive becomes one of this version.

`MIGRATIONS[N]` leads from schema N to N + 1; each runs in one transaction, so that an archive is of one version or the next and
never between. The version stands in `PRAGMA user_version`, the mark of a Riwaya archive in `PRAGMA application_id`.

    article     a report: what lists and searches ask of it; content holds its text and its marks
    page        its lines, to be laid beside those of other pages of its outlet
    fingerprint what tells which others it belongs with
    edge        two reports that may be of one story, and how alike they are
    cluster     how reports were joined to a story
    story       a story: its members follow from article.story; what a list shows of it; dossier holds the dossier
    redirect    a story's former id -> its present one
    entity      what a story's entities are known by across stories
    statement   what a story asserts, with its standing
    correction  what people overruled; cited: the entities that they speak of; aside: what could not be done within a story
    skipped, duplicate   what was set aside
    batch       who is adding: a row that outlives its process tells of a cut
    alert       what changed in a story that an editor wants to know
    source, seen   what is watched: feeds, sitemaps, folders; and each page of them, as it was last fetched
    search      every report's words, for finding it; indexed: what else a search asks of one; term: the words, counted
    name, named, name_story, name_text, name_word, word_bones   names across stories (see `names`)
    meta        name -> value
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x52495759  # "RIWY"

_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

CREATE TABLE article (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  outlet TEXT,               -- as given; null where it is not known
  site TEXT,                 -- the outlet, else the host of the URL: whose pages share furniture
  url TEXT,
  address TEXT,              -- the URL without what does not tell reports apart: versions of one report share it
  title TEXT,
  path TEXT NOT NULL,
  published TEXT,            -- as the source states it, ISO; null where it does not
  day INTEGER,               -- of `published`, also where it is inferred: days since 1 January of the year 1
  added INTEGER NOT NULL,    -- seconds since 1970: when it came into the archive; never part of a result
  length INTEGER NOT NULL,   -- of its text in UTF-8, in bytes
  story INTEGER,             -- story.n
  cluster INTEGER            -- the story that it would be of without corrections, as a number
);
CREATE INDEX article_day ON article (day, n);
CREATE INDEX article_story ON article (story);
CREATE INDEX article_cluster ON article (cluster);
CREATE INDEX article_site ON article (site, day);
CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL;
CREATE INDEX article_added ON article (added, n);

CREATE TABLE content (
  n INTEGER PRIMARY KEY,     -- article.n
  text BLOB NOT NULL,        -- compressed UTF-8
  article BLOB NOT NULL,     -- packed Article without its text
  marks BLOB NOT NULL,       -- packed Marks
  shared BLOB                -- furniture that other pages of its outlet showed, packed; null where there is none
);

CREATE TABLE page (
  site TEXT NOT NULL,
  day INTEGER NOT NULL,      -- of publication; after every day where it is not known
  n INTEGER NOT NULL,        -- article.n
  text BLOB NOT NULL,        -- 8 bytes: what it says, as a number
  keys BLOB NOT NULL,        -- of its lines, 8 bytes each
  edges BLOB NOT NULL,       -- of its lines, a byte each: whether it stands at an edge
  spans BLOB NOT NULL,       -- of its lines, 4 bytes for the start, 4 for the end
  shown BLOB,                -- of its lines, a byte each: whether it is furniture; null where none is
  PRIMARY KEY (site, day, n)
) WITHOUT ROWID;

CREATE TABLE fingerprint (
  place INTEGER PRIMARY KEY, -- the day (after every day where it is not known) and article.n, so that neighbours lie together
  data BLOB NOT NULL         -- packed
);

CREATE TABLE edge (
  a INTEGER NOT NULL,        -- article.n; each pair stands twice, once from either side
  b INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  copied INTEGER NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE TABLE cluster (
  n INTEGER PRIMARY KEY,     -- as article.cluster; those of one report that nothing is known of are left out
  merges BLOB NOT NULL,      -- how its reports were joined, for joining again only what changed
  reasons BLOB               -- packed: why these reports are one story
);

CREATE TABLE story (
  n INTEGER PRIMARY KEY,     -- its id as a number (`numbers.number_of`), in the same order
  founder INTEGER NOT NULL,  -- article.n of the report that gave the story its id
  reasons BLOB,              -- packed: why these reports are one story
  changed INTEGER NOT NULL,             -- meta.generation when its members, or corrections of them, last changed
  stale INTEGER NOT NULL DEFAULT 1,     -- the dossier is older than that
  revision INTEGER NOT NULL DEFAULT 0,  -- meta.generation when the dossier was woven
  made INTEGER NOT NULL,     -- seconds since 1970: when the story first stood here
  touched INTEGER NOT NULL,  -- when its members last changed
  title TEXT, first TEXT, last TEXT,
  articles INTEGER NOT NULL DEFAULT 0, outlets INTEGER NOT NULL DEFAULT 0, outlet_names TEXT,
  origins INTEGER NOT NULL DEFAULT 0, parties INTEGER NOT NULL DEFAULT 0,
  corroborated INTEGER NOT NULL DEFAULT 0, repeated INTEGER NOT NULL DEFAULT 0, single INTEGER NOT NULL DEFAULT 0,
  disputes INTEGER NOT NULL DEFAULT 0, contradictions INTEGER NOT NULL DEFAULT 0, revisions INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX story_stale ON story (changed) WHERE stale;
CREATE INDEX story_touched ON story (touched, n);
CREATE INDEX story_articles ON story (articles, n);
CREATE INDEX story_disputes ON story (disputes, n) WHERE disputes;
CREATE INDEX story_last ON story (last, n);

CREATE TABLE dossier (
  story INTEGER PRIMARY KEY,
  data BLOB NOT NULL         -- packed, the articles' texts left out
);

CREATE TABLE redirect (
  old TEXT PRIMARY KEY,
  new TEXT NOT NULL,         -- the story of the founder
  founder INTEGER NOT NULL,  -- article.n of the report that gave the story its id
  since INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX redirect_founder ON redirect (founder);

CREATE TABLE entity (
  story INTEGER NOT NULL,
  id INTEGER NOT NULL,       -- as a number
  key INTEGER,               -- what it is known by in other stories, as a number; null where that is not clear
  solo INTEGER NOT NULL,     -- no other entity of the story has this key
  mentions INTEGER NOT NULL,
  known INTEGER NOT NULL,    -- name.key: under what it is listed, also where `key` is null
  PRIMARY KEY (story, id)
) WITHOUT ROWID;
CREATE INDEX entity_key ON entity (key, solo, story, id);

CREATE TABLE statement (
  story INTEGER NOT NULL,
  id INTEGER NOT NULL,
  standing TEXT NOT NULL,
  disputed INTEGER NOT NULL,
  independent INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (story, id)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (title, body, outlet, content = '', tokenize = 'ascii');

CREATE TABLE indexed (
  doc INTEGER PRIMARY KEY,   -- search.rowid: the report's day, then article.n
  n INTEGER NOT NULL UNIQUE, -- article.n
  standings INTEGER NOT NULL DEFAULT 0,  -- bits: of the statements that it makes; 0 before its story is woven
  said BLOB                  -- where it makes them
);

CREATE TABLE term (
  word TEXT PRIMARY KEY,     -- as `search` holds it
  reports INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE name (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  sure INTEGER NOT NULL,     -- all its mentions are of one and the same
  mentions INTEGER NOT NULL DEFAULT 0,
  reports INTEGER NOT NULL DEFAULT 0,
  stories INTEGER NOT NULL DEFAULT 0,
  spellings INTEGER NOT NULL DEFAULT 0,
  place TEXT                 -- JSON
);
CREATE INDEX name_kind ON name (kind, mentions DESC, key);
CREATE INDEX name_mentions ON name (mentions DESC, key);

CREATE TABLE named (key INTEGER NOT NULL, doc INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (key, doc)) WITHOUT ROWID;

CREATE TABLE name_story (
  key INTEGER NOT NULL,
  story INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  quotes INTEGER NOT NULL,   -- how often it speaks there
  parts TEXT NOT NULL,       -- JSON: spellings, those that the story shows, titles, where it stands in the reports
  PRIMARY KEY (key, story)
) WITHOUT ROWID;

CREATE TABLE name_text (
  key INTEGER NOT NULL,
  title INTEGER NOT NULL,    -- 0: a spelling of the name; 1: a title or role
  text TEXT NOT NULL,
  count INTEGER NOT NULL,    -- mentions; of a title, stories
  chosen INTEGER NOT NULL,   -- stories that show the name so
  PRIMARY KEY (key, title, text)
) WITHOUT ROWID;

CREATE TABLE name_word (word TEXT NOT NULL, key INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (word, key)) WITHOUT ROWID;
CREATE TABLE word_bones (bones TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (bones, word)) WITHOUT ROWID;

CREATE TABLE correction (
  id TEXT PRIMARY KEY,
  action TEXT NOT NULL,
  spans TEXT NOT NULL,       -- JSON
  value TEXT,
  author TEXT NOT NULL,
  made TEXT NOT NULL,        -- ISO, UTC
  reason TEXT NOT NULL,
  undone TEXT,               -- ISO, UTC
  undone_by TEXT
) WITHOUT ROWID;

CREATE TABLE cited (
  story INTEGER NOT NULL,
  entity INTEGER NOT NULL,   -- entity.id, of one that merges or splits cite
  key TEXT,                  -- JSON: what it would be known by without them
  spans TEXT NOT NULL,       -- JSON: those cited that lie in its mentions
  given INTEGER,             -- what it is known by as they say, as a number
  PRIMARY KEY (story, entity)
) WITHOUT ROWID;

CREATE TABLE aside (
  story INTEGER NOT NULL,
  path TEXT NOT NULL,        -- of a report, or the name of a correction
  reason TEXT NOT NULL,
  PRIMARY KEY (story, path, reason)
) WITHOUT ROWID;

CREATE TABLE skipped (path TEXT NOT NULL, reason TEXT NOT NULL, added INTEGER NOT NULL, PRIMARY KEY (path, reason)) WITHOUT ROWID;
CREATE TABLE duplicate (path TEXT NOT NULL, article_id TEXT NOT NULL, PRIMARY KEY (path, article_id)) WITHOUT ROWID;

CREATE TABLE batch (
  n INTEGER PRIMARY KEY,
  started INTEGER NOT NULL,  -- seconds since 1970
  pid INTEGER NOT NULL,
  born TEXT NOT NULL,        -- what tells the process from a later one of the same number
  host TEXT NOT NULL,
  articles INTEGER NOT NULL  -- that have come in so far
);

CREATE TABLE alert (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  made INTEGER NOT NULL,
  kind TEXT NOT NULL,
  story_id TEXT NOT NULL,
  body TEXT NOT NULL         -- JSON
);
"""

_WATCHED = """
CREATE TABLE source (
  source TEXT PRIMARY KEY,   -- as given: a URL, the path of a folder
  kind TEXT,
  etag TEXT,
  last_modified TEXT,
  next_due REAL NOT NULL,    -- times: seconds since 1970
  last_try REAL,
  last_success REAL,
  errors INTEGER NOT NULL,   -- in a row
  error TEXT,
  reports INTEGER NOT NULL,
  versions INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE seen (
  source TEXT NOT NULL,
  url TEXT NOT NULL,         -- of a page; the path of a file within its folder
  first REAL NOT NULL,
  checked REAL,
  mark TEXT NOT NULL,        -- what the source said of it then
  digest TEXT,               -- of the text that was read
  etag TEXT,
  last_modified TEXT,
  next_check REAL,
  errors INTEGER NOT NULL,
  outlet TEXT,
  published TEXT,
  PRIMARY KEY (source, url)
) WITHOUT ROWID;
CREATE INDEX seen_next ON seen (source, next_check) WHERE next_check IS NOT NULL;
"""


def _create(connection: sqlite3.Connection) -> None:
    _run(connection, _FIRST)


def _watch(connection: sqlite3.Connection) -> None:
    _run(connection, _WATCHED)


def _run(connection: sqlite3.Connection, script: str) -> None:
    for command in script.split(";\n"):
        if command.strip():
            connection.execute(command)


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [_create, _watch]
"""Each leads from the schema of its place to the next."""

VERSION = len(MIGRATIONS)
