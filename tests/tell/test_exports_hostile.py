"""Reports are written by strangers: whatever stands in them, every export is written, and is valid."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_dossier import flood
from test_exports_print import Page

from riwaya.model import Article, Dossier, NameCount, Published, Span, TimelineEntry
from riwaya.tell.exports import EXPORTS, export

NASTY = (
    "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]>", "<!--", "&#0;", "{{7*7}}", "\x00\x01\x1f",
    "\ufffe\uffff",
    "\ud800", "\u202eمقلوب\u202c", "a\u0000b", "=HYPERLINK(1)", "../../etc", "\r\n\u2028\u0085", "🏴" * 3, " ",
    "%s%(x)s{0}", "؟" * 300, "", "javascript:alert(1)", "https://example.org/a?b=\"><script>", "http://[::1", "https:\t//x",
)  # fmt: skip

hostile = st.sampled_from(NASTY) | st.text(max_size=40)
maybe = st.none() | hostile


def spoilt(texts: tuple[str, ...], draw: Any, spans: list[tuple[int, int]]) -> Dossier:
    """The flood with hostile words wherever a report, its page or an outlet puts words."""
    dossier = flood()
    places = iter(spans * 40)

    def article(a: Article, extra: str) -> Article:
        return replace(
            a, text=a.text + extra, title=draw(maybe), outlet=draw(maybe), byline=draw(maybe), url=draw(maybe),
            path=draw(hostile), language=draw(st.sampled_from(["ar", "en", "zz", ""])),
            published=Published(draw(maybe | st.just("2031-05-14")), "stated"),
        )  # fmt: skip

    articles = tuple(article(a, extra) for a, extra in zip(dossier.articles, texts, strict=True))

    def anywhere(article_id: str) -> Span:
        start, end = next(places)
        return Span(article_id, start, end)

    entities = tuple(
        replace(e, name=draw(hostile), names=(NameCount(draw(hostile), 1),), description=draw(maybe),
                mentions=(*e.mentions, anywhere(articles[0].id), Span("a-nowhere", 0, 3)))
        for e in dossier.entities
    )  # fmt: skip
    statements = tuple(
        replace(s, text=draw(hostile), spans=(*s.spans, anywhere(articles[1].id)),
                origins=tuple(replace(o, name=draw(hostile), party=draw(maybe)) for o in s.origins))
        for s in dossier.statements
    )  # fmt: skip
    disputes = tuple(
        replace(d, about=draw(hostile), sides=tuple(replace(x, says=draw(hostile), as_of=draw(maybe)) for x in d.sides))
        for d in dossier.disputes
    )
    day = draw(hostile | st.just("2031-02-31"))
    entry = TimelineEntry("s-1", day, draw(maybe), "day", (anywhere(articles[2].id),), ("st-13", "st-x"))
    story = replace(dossier.stories[0], title=draw(hostile), place_ids=("e-valley", "e-none"))
    return replace(
        dossier, articles=articles, entities=entities, statements=statements, disputes=disputes, stories=(story,),
        timeline=(*dossier.timeline, entry),
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "en"])
@settings(
    max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a dossier takes minutes to shrink
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    data=st.data(),
    texts=st.tuples(hostile, hostile, hostile),
    spans=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 400)), min_size=1, max_size=4),
)
def test_every_export_of_hostile_words_is_valid(
    lang: str, data: st.DataObject, texts: tuple[str, ...], spans: list[tuple[int, int]]
) -> None:
    dossier = spoilt(texts, data.draw, spans)
    for name in EXPORTS:
        written = export(dossier, name, lang)
        written.decode("utf-8")
        CHECKS[name](written)


def _graphml(written: bytes) -> None:
    networkx: Any = pytest.importorskip("networkx")
    assert all(label.strip() for _, label in networkx.read_graphml(io.BytesIO(written)).nodes(data="label"))


def _gexf(written: bytes) -> None:
    networkx: Any = pytest.importorskip("networkx")
    ElementTree.fromstring(written)
    assert all(label.strip() for _, label in networkx.read_gexf(io.BytesIO(written)).nodes(data="label"))


def _geojson(written: bytes) -> None:
    pydantic: Any = pytest.importorskip("geojson_pydantic")
    pydantic.FeatureCollection.model_validate_json(written)


def _timeline(written: bytes) -> None:
    from test_exports import TIMELINE

    jsonschema: Any = pytest.importorskip("jsonschema")
    told = json.loads(written)
    jsonschema.Draft202012Validator(TIMELINE).validate(told)
    for slide in (told["title"], *told["events"]):
        for html in slide["text"].values():  # TimelineJS writes these into its page as HTML
            assert Page(html).tags <= {"p", "blockquote", "br", "cite", "a"}
            assert all(link.startswith(("http://", "https://")) for link in Page(html).links)


def _annotations(written: bytes) -> None:
    for item in json.loads(written)["first"]["items"]:
        words, place = item["target"]["selector"]
        assert len(words["exact"]) == place["end"] - place["start"] > 0


def _schemaorg(written: bytes) -> None:
    ids = [thing["@id"] for thing in json.loads(written)["@graph"]]
    assert len(set(ids)) == len(ids)


def _ftm(written: bytes) -> None:
    told = [json.loads(line) for line in written.split(b"\n")[:-1]]
    assert len({e["id"] for e in told}) == len(told)
    for one in told:
        assert all(isinstance(v, str) and v for values in one["properties"].values() for v in values)
    try:
        from followthemoney import model
    except ImportError:  # the extra `ftm`
        return
    for one in told:
        model.get_proxy(one, cleaned=False)
        found: Any = model.get(one["schema"])
        found.validate(one)


def _print(written: bytes) -> None:
    read = Page(written.decode("utf-8"))
    assert read.wrong == []
    assert not read.tags & {"script", "img"}
    assert all(link.startswith(("#", "http://", "https://")) for link in read.links)


CHECKS = {
    "print": _print, "timelinejs": _timeline, "geojson": _geojson, "graphml": _graphml, "gexf": _gexf,
    "annotations": _annotations, "schemaorg": _schemaorg, "ftm": _ftm,
}  # fmt: skip


def test_every_export_has_a_check() -> None:
    assert CHECKS.keys() == EXPORTS.keys()


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_an_empty_dossier_and_one_report_are_written_too(name: str) -> None:
    whole = flood()
    article = replace(whole.articles[0], text="", title=None, outlet=None, url=None, published=Published())
    lone = {"article_ids": (article.id,), "summary": (), "statement_ids": (), "dispute_ids": (), "place_ids": ()}
    story = replace(whole.stories[0], **lone, first=None, last=None)  # type: ignore[arg-type]
    for dossier in (Dossier((), ()), Dossier((article,), (story,))):
        CHECKS[name](export(dossier, name))
