"""The invariants of the design, each as a test, on the sample and on text that tries to break them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import riwaya
from riwaya.model import Article, Published

REPORTS = Path(__file__).parent.parent / "examples" / "reports"


def spans(thing: Any) -> Iterator[dict[str, Any]]:
    """Every span in a dossier."""
    if isinstance(thing, dict):
        if {"article_id", "start", "end"} <= thing.keys():
            yield thing
        for value in thing.values():
            yield from spans(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from spans(value)


def assert_resolves(dossier: dict[str, Any]) -> int:
    """Every span lies in its article, and every quoted text is what stands there. How many were looked at."""
    texts = {a["id"]: a["text"] for a in dossier["articles"]}
    count = 0
    for span in spans(dossier):
        assert 0 <= span["start"] < span["end"] <= len(texts[span["article_id"]]), span
        count += 1

    def says(span: dict[str, Any]) -> str:
        return texts[span["article_id"]][span["start"] : span["end"]]

    for item in dossier["times"] + dossier["figures"]:
        assert says(item["span"]) == item["text"]
    for quote in dossier["quotes"]:
        if quote["speaker"] and quote["speaker"]["span"]:
            assert says(quote["speaker"]["span"]) == quote["speaker"]["text"]
    for story in dossier["stories"]:
        for sentence in story["summary"]:
            assert sentence["text"] in {says(s) for s in sentence["spans"]}
    for article in dossier["articles"]:
        for piece in article["furniture"]:
            assert 0 <= piece["start"] < piece["end"] <= len(article["text"])
    return count


def as_bytes(collection: riwaya.Collection) -> bytes:
    return orjson.dumps(collection.dossier().to_dict())


# ------------------------------------------------------------------------------------------------ 1. every output resolves


def test_every_output_of_the_sample_resolves(sample_dict: dict[str, Any]) -> None:
    assert assert_resolves(sample_dict) > 500


def test_ids_lead_somewhere(sample_dict: dict[str, Any]) -> None:
    assert_ids_lead_somewhere(sample_dict)


def assert_ids_lead_somewhere(d: dict[str, Any]) -> None:
    """Every id that a dossier names is of something in it."""
    lists = ("articles", "stories", "entities", "quotes", "figures", "statements", "disputes")
    known = {name: {x["id"] for x in d[name]} for name in lists}
    for statement in d["statements"]:
        assert set(statement["article_ids"]) <= known["articles"]
        assert set(statement["quote_ids"]) <= known["quotes"]
        assert set(statement["figure_ids"]) <= known["figures"]
        assert statement["story_id"] in known["stories"]
        assert {o["entity_id"] for o in statement["origins"]} <= known["entities"] | {None}
    for story in d["stories"]:
        assert set(story["statement_ids"]) <= known["statements"]
        assert set(story["dispute_ids"]) <= known["disputes"]
        assert set(story["place_ids"]) <= known["entities"]
    for quote in d["quotes"]:
        assert {link["entity_id"] for link in quote["isnad"]} <= known["entities"] | {None}


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("قالأعلنرئيسالوزراءأنّمقتل٧أشخاص،.:«»\"“”'()-–_/|\n\r\t ")),
        st.sampled_from("\u200f\u200e\u202b\u202c\u2067\u2069\u200c\u0640\u064b\ufefb\u00a0\ufeff😀"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=300,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(HOSTILE, min_size=1, max_size=3))
def test_every_output_resolves_whatever_the_text(texts: list[str]) -> None:
    articles = [Article(f"a-{i}", f"{i}.txt", t, published=Published("2022-01-12", "stated")) for i, t in enumerate(texts)]
    collection = riwaya.build(articles, stories="one", jobs=1)
    assert_resolves(collection.dossier().to_dict())


DRESSED = (
    "أَعْلَنَتْ وِزارَةُ الصِّحّـــة أنّ ٧ أشخاص قُتلوا أمس الجمعة 😀.\r\n"
    "وقال المتحدث باسم الوزارة، سالم \u202bالشريف\u202c: «الوضع مستقر».\r\n"
    "وأكد أنّ \ufefbجئين عبروا الحدود منذ ثلاثة أيام\u200f."
)


def test_dressed_text_resolves_to_the_character() -> None:
    marks = riwaya.mark(DRESSED, published="2022-01-08")
    assert "أمس الجمعة" in [DRESSED[t.span.start : t.span.end] for t in marks.times]
    assert any((f.low, f.high, f.kind) == (7, 7, "killed") for f in marks.figures)
    assert any(q.direct and DRESSED[q.content.start : q.content.end] == "الوضع مستقر" for q in marks.quotes)


# ------------------------------------------------------------------------------------------------ 2. text is never rewritten


def test_text_is_never_rewritten(sample_dict: dict[str, Any]) -> None:
    for article in sample_dict["articles"]:
        if article["path"].endswith(".txt"):
            assert article["text"] == (REPORTS / article["path"]).read_bytes().decode("utf-8")


# ------------------------------------------------------------------------------------------------ 3. order does not matter


def test_order_and_number_of_workers_do_not_matter(sample: riwaya.Collection) -> None:
    articles = list(riwaya.read(REPORTS))
    expected = as_bytes(sample)
    for seed in range(3):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert as_bytes(riwaya.build(shuffled, jobs=1 + seed % 2)) == expected


def test_a_real_day_is_the_same_in_any_order_and_with_workers(shared: Path) -> None:
    import json
    import zipfile

    with zipfile.ZipFile(shared / "data/saudinewsnet/2015-07-23.zip") as opened:
        rows = json.loads(opened.read("2015-07-23.json"))[:150]
    articles = [
        Article(f"a-{i:04}", f"{i}", row["content"], outlet=row["source"], title=row["title"], byline=row["author"],
                published=Published(row["date_extracted"][:10], "stated"))
        for i, row in enumerate(rows)
    ]  # fmt: skip
    one = as_bytes(riwaya.build(articles, jobs=1))
    assert as_bytes(riwaya.build(articles[::-1], jobs=2)) == one


# ------------------------------------------------------------------------------------------------ 4. same input, same bytes


@pytest.mark.parametrize("environment", [{"PYTHONHASHSEED": "1", "TZ": "Asia/Riyadh"}, {"PYTHONHASHSEED": "77", "LC_ALL": "C"}])
def test_same_input_same_bytes(tmp_path: Path, sample: riwaya.Collection, environment: dict[str, str]) -> None:
    sample.write(tmp_path / "here")
    command = [sys.executable, "-m", "riwaya", "build", str(REPORTS), "-o", str(tmp_path / "there"), "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, **environment})
    for name in ("dossier.json", "index.html"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes(), name


# ------------------------------------------------------------------------------------------------ 5. one bad file spoils nothing


def test_one_bad_file_spoils_nothing(tmp_path: Path, sample: riwaya.Collection) -> None:
    (tmp_path / "broken.jsonl").write_text('{"text": ', "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(bytes(range(256)) * 40)
    collection = riwaya.build(riwaya.read(REPORTS, tmp_path))
    assert {s.path.split("#")[0].split("/")[-1] for s in collection.skipped} == {"broken.jsonl", "empty.txt", "image.txt"}
    assert all(s.reason for s in collection.skipped)
    assert collection.article_count == sample.article_count


def test_the_same_report_twice_is_kept_once(tmp_path: Path) -> None:
    text = (REPORTS / "09_ruya.txt").read_text("utf-8")
    (tmp_path / "b.txt").write_text(text, "utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    for order in ("a.txt", "b.txt"), ("b.txt", "a.txt"):
        collection = riwaya.build(riwaya.read(*(tmp_path / name for name in order)))
        (article,) = collection.dossier().articles
        assert article.path == "a.txt"
        assert [(d.path, d.article_id) for d in collection.duplicates] == [("b.txt", article.id)]


# ------------------------------------------------------------------------------------------------ 6. a score explains itself


def test_joins_carry_their_reasons(sample_dict: dict[str, Any]) -> None:
    for kind in ("entities", "passages", "disputes"):
        joined = [x for x in sample_dict[kind] if kind != "entities" or len(x["names"]) > 1]
        assert joined, kind
        for item in joined:
            assert item["reasons"], (kind, item["id"])
            assert all(r["name"] and isinstance(r["weight"], (int, float)) for r in item["reasons"])
    inferred = [a for a in sample_dict["articles"] if a["published"]["how"] == "inferred"]
    assert inferred
    assert all(a["published"]["evidence"] for a in inferred)
