"""The collections of real reports that samples point into: `FOLDER/FILE#ARTICLE_ID`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riwaya.errors import InputError
from riwaya.evaluate.base import Source
from riwaya.model import Article
from riwaya.read import read


def reference(folder: str, article: Article) -> str:
    """How a sample names a report: the collection's folder, the file in it and the article's id.

    "egypt2013/2013-02-04.jsonl.gz#a-34a1…": the id is made from the report itself, so that it survives a file in another order.
    """
    return f"{folder}/{article.path.partition('#')[0].partition('!')[0]}#{article.id}"


def reports(source: Source, *files: str) -> Iterator[Article]:
    """The reports of some files or folders below the data, such as "egypt2013/2013-02-04.jsonl.gz"."""
    for name in files:
        yield from read(source.path(*name.split("/")))


def lookup(source: Source, references: Iterable[str]) -> dict[str, Article]:
    """The reports that references name.

    Raises:
        InputError: a report is not in the file that should hold it.
    """
    wanted: dict[str, set[str]] = {}
    for one in references:
        name, _, article_id = one.partition("#")
        wanted.setdefault(name, set()).add(article_id)
    found: dict[str, Article] = {}
    for done, (name, ids) in enumerate(sorted(wanted.items())):
        here = {a.id: a for a in reports(source, name) if a.id in ids}
        if missing := ids - here.keys():
            raise InputError(name, f"holds no report {min(missing)}; the sample was made from another version of it")
        found |= {f"{name}#{i}": a for i, a in here.items()}
        source.progress(done + 1, len(wanted))
    return found
