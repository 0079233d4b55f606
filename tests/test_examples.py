"""The sample's dossier says what a careful reader finds in its nine reports (examples/expected.json)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

EXPECTED = json.loads((Path(__file__).parent.parent / "examples/expected.json").read_text("utf-8"))


class Read:
    """The dossier, by the names of the sample's files."""

    def __init__(self, dossier: dict[str, Any]) -> None:
        self.d = dossier
        by_path = {a["path"]: a for a in dossier["articles"]}
        self.article = {doc: by_path[info["file"]] for doc, info in EXPECTED["documents"].items()}

    def places(self, doc: str, text: str) -> list[tuple[int, int]]:
        """Where a text stands in a report."""
        whole, found = self.article[doc]["text"], []
        at = whole.find(text)
        while at >= 0:
            found.append((at, at + len(text)))
            at = whole.find(text, at + 1)
        assert found, f"{doc} does not say {text!r}"
        return found

    def overlaps(self, span: dict[str, Any], doc: str, text: str) -> bool:
        """Whether a span of the dossier shares half of the shorter with that text."""
        if span["article_id"] != self.article[doc]["id"]:
            return False
        for start, end in self.places(doc, text):
            shared = min(span["end"], end) - max(span["start"], start)
            if shared * 2 >= min(span["end"] - span["start"], end - start):
                return True
        return False

    def exactly(self, span: dict[str, Any], doc: str, text: str) -> bool:
        return span["article_id"] == self.article[doc]["id"] and (span["start"], span["end"]) in self.places(doc, text)


@pytest.fixture(scope="module")
def read(sample_dict: dict[str, Any]) -> Read:
    return Read(sample_dict)


@pytest.mark.parametrize("doc", EXPECTED["documents"])
def test_date_outlet_and_furniture(read: Read, doc: str) -> None:
    info, article = EXPECTED["documents"][doc], read.article[doc]
    assert (article["published"]["value"] or "")[:10] == info["published"]
    assert article["outlet"] == info["outlet"]
    marked = "".join(article["text"][f["start"] : f["end"]] for f in article["furniture"] if f["kind"] != "background")
    assert "".join(marked.split()) == "".join("".join(info["boilerplate"]).split())


def test_it_is_one_story(read: Read) -> None:
    assert [len(s["article_ids"]) for s in read.d["stories"]] == [9]


@pytest.mark.parametrize("want", EXPECTED["entities"], ids=lambda e: e["id"])
def test_entity_with_every_spelling(read: Read, want: dict[str, Any]) -> None:
    holders = set()
    for doc, surfaces in want["surfaces"].items():
        for surface in surfaces:
            same_kind = [e for e in read.d["entities"] if e["kind"] == want["kind"]]
            found = {e["id"] for e in same_kind for m in e["mentions"] if read.exactly(m, doc, surface)}
            assert found, f"{surface} in {doc}"
            holders |= found
    assert len(holders) == 1


@pytest.mark.parametrize("want", EXPECTED["quotes"], ids=lambda q: q["text"][:30])
def test_quote_with_speaker_and_isnad(read: Read, want: dict[str, Any]) -> None:
    there = [q for q in read.d["quotes"] if read.exactly(q["content"], want["doc"], want["text"])]
    quotes = [q for q in there if q["direct"] == want["direct"]]
    assert len(quotes) == 1
    names = {e["id"]: {n["text"] for n in e["names"]} for e in read.d["entities"]}
    speaker = quotes[0]["speaker"]
    surfaces = next(e for e in EXPECTED["entities"] if e["id"] == want["speaker"])["surfaces"]
    assert names[speaker["entity_id"]] & {s for found in surfaces.values() for s in found}
    between = [link["name"] for link in quotes[0]["isnad"][1:-1]]
    assert len(between) == len(want["relays"])
    for said, wanted in zip(between, want["relays"], strict=True):
        assert set(wanted.split()) & set(said.split())


@pytest.mark.parametrize("want", EXPECTED["times"], ids=lambda t: f"{t['doc']} {t['text']}")
def test_time(read: Read, want: dict[str, Any]) -> None:
    near = [t for t in read.d["times"] if read.overlaps(t["span"], want["doc"], want["text"])]
    assert (want["type"], want["value"]) in {(t["type"], t["value"]) for t in near}


@pytest.mark.parametrize("want", EXPECTED["figures"], ids=lambda f: f"{f['doc']} {f['text']}")
def test_figure(read: Read, want: dict[str, Any]) -> None:
    near = [f for f in read.d["figures"] if read.overlaps(f["span"], want["doc"], want["text"])]
    assert (want["low"], want["high"], want["kind"]) in {(f["low"], f["high"], f["kind"]) for f in near}


@pytest.mark.parametrize("want", EXPECTED["reuse"], ids=lambda r: f"{r['a']['doc']}-{r['b']['doc']}")
def test_passage(read: Read, want: dict[str, Any]) -> None:
    ends = want["a"], want["b"]
    assert any(
        p["kind"] == want["kind"]
        and any(
            read.overlaps(p["a"], x["doc"], x["text"]) and read.overlaps(p["b"], y["doc"], y["text"])
            for x, y in (ends, ends[::-1])
        )
        for p in read.d["passages"]
    )


@pytest.mark.parametrize("want", EXPECTED["disputes"], ids=lambda d: d["topic"])
def test_dispute(read: Read, want: dict[str, Any]) -> None:
    def touches(side: dict[str, Any], wanted: dict[str, Any]) -> bool:
        return any(read.overlaps(s, wanted["doc"], wanted["text"]) for s in side["spans"])

    one, other = want["sides"]
    found = [
        d
        for d in read.d["disputes"]
        if any(touches(a, one) and touches(b, other) for a in d["sides"] for b in d["sides"] if a is not b)
    ]
    assert want["kind"] in {d["kind"] for d in found}


def test_copied_words_of_the_ministry_are_one_origin(read: Read) -> None:
    shared = [s for s in read.d["statements"] if len(s["outlets"]) > 1]
    injured = [s for s in shared if any(read.overlaps(x, "01", "المستشفيات استقبلت 47 مصابا") for x in s["spans"])]
    assert injured
    assert all(s["standing"] == "repeated" for s in injured)


def test_what_several_reports_tell_is_told_in_words_of_its_own(read: Read) -> None:
    shown = [s["text"] for s in read.d["statements"] if len(s["outlets"]) > 1]
    assert len(shown) == len(set(shown))
