"""Every export, read by its own format's library."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from made_dossier import flood

from riwaya.errors import UsageError
from riwaya.model import Dossier
from riwaya.tell import merge, write_collection
from riwaya.tell.exports import DOWNLOADS, EXPORTS, export, file_name
from riwaya.tell.formats import WRITE_FORMATS
from riwaya.tell.tables import COLUMNS, columns

pytest.importorskip("networkx", reason="the extra dev")


def two() -> Dossier:
    return merge([flood(), flood(story_id="s-2")])


def js(name: str, dossier: Dossier | None = None, lang: str = "ar") -> Any:
    return json.loads(export(dossier or flood(), name, lang))


# ------------------------------------------------------------------------------------------------------------- in general


def test_every_export_is_a_format_that_the_command_takes() -> None:
    assert EXPORTS.keys() <= WRITE_FORMATS.keys()
    for name, one in EXPORTS.items():
        assert WRITE_FORMATS[name].startswith(f"{one.file}: ")
    with pytest.raises(UsageError, match="no export is called pdf"):
        export(flood(), "pdf")


@pytest.mark.parametrize("name", sorted(DOWNLOADS))
def test_the_same_dossier_gives_the_same_bytes_in_utf8_without_a_mark(name: str) -> None:
    data = export(flood(), name)
    assert data == export(flood(), name)
    assert export(two(), name) != data
    if not name.startswith(("csv", "parquet")):
        assert not data.decode("utf-8").startswith("\ufeff")


def test_files_are_called_after_the_story() -> None:
    assert file_name(flood(), "geojson") == "s-1.places.geojson"
    assert file_name(two(), "geojson") == "riwaya.places.geojson"
    assert file_name(flood(story_id='../"x'), "csv") == "riwaya.tables-csv.zip"


class Few:
    """A collection of these."""

    skipped: list[Any] = []  # noqa: RUF012
    duplicates: list[Any] = []  # noqa: RUF012

    def __init__(self, *parts: Dossier) -> None:
        self.parts = parts

    article_count = property(lambda self: sum(len(p.articles) for p in self.parts))

    def __len__(self) -> int:
        return len(self.parts)

    def __iter__(self) -> Any:
        return iter(self.parts)

    def stored(self) -> Any:
        from riwaya.tell.load import Held

        return map(Held, self.parts)


def test_a_collection_is_written_in_every_format(tmp_path: Path) -> None:
    write_collection(Few(flood(), flood(story_id="s-2")), tmp_path, tuple(EXPORTS))
    assert {p.name for p in tmp_path.iterdir()} == {e.file for e in EXPORTS.values()}
    for name, one in EXPORTS.items():
        assert (tmp_path / one.file).read_bytes() == export(two(), name), name


def test_a_large_collection_has_a_file_for_each_story_and_may_be_written_again(tmp_path: Path) -> None:
    parts = [flood(story_id=f"s-{i:03}") for i in range(70)]  # 210 reports: past the contract's limit for one file
    for names in (tuple(EXPORTS), ("geojson", "csv")):
        write_collection(Few(*parts), tmp_path, names, jobs=1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["stories", "tables"]
    assert {p.name for p in (tmp_path / "stories" / "s-007").iterdir()} == {"places.geojson"}
    assert (tmp_path / "stories/s-007/places.geojson").read_bytes() == export(parts[7], "geojson")


# ---------------------------------------------------------------------------------------------------------------- tables


def test_tables_come_as_one_archive() -> None:
    for name in ("csv", "parquet"):
        held = zipfile.ZipFile(io.BytesIO(export(flood(), name)))
        assert held.testzip() is None
        assert {n.rpartition(".")[0] for n in held.namelist()} == set(COLUMNS)
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    with held.open("statements.parquet") as file:
        table = parquet.read_table(io.BytesIO(file.read()))
    assert table.column_names == [c for c, _ in columns("statements")]
    assert table.num_rows == 3


# ----------------------------------------------------------------------------------------------------------------- graph


def graph(name: str, dossier: Dossier) -> Any:
    import networkx

    data = io.BytesIO(export(dossier, name))
    return networkx.read_graphml(data) if name == "graphml" else networkx.read_gexf(data)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_the_graph(name: str) -> None:
    read = graph(name, flood())
    labels = {data["label"]: (node, data["kind"]) for node, data in read.nodes(data=True)}
    assert labels["سالم الحربي"] == ("e-minister", "speaker")
    assert labels["نورس"][1] == "agency"
    assert labels["صحيفة المرفأ"][1] == "outlet"
    assert labels["ناشر غير معروف"][1] == "outlet"
    assert Counter(kind for _, kind in labels.values())["report"] == 3
    relation = "kind" if name == "graphml" else "relation"
    assert Counter(data[relation] for *_, data in read.edges(data=True)) == {"isnad": 3, "published": 3, "copy": 1}
    assert read.is_directed()
    assert read.number_of_nodes() == len(labels) == 8


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_statements_run_from_the_origin_to_the_outlet_with_their_evidence(name: str) -> None:
    import networkx

    dossier = flood()
    read = graph(name, dossier)
    texts = {a.id: a.text for a in dossier.articles}
    outlet = next(n for n, d in read.nodes(data=True) if d["label"] == "صحيفة المرفأ")
    assert networkx.has_path(read, "e-minister", outlet)
    for source, _, data in read.edges(data=True):
        for cited in data["evidence"].split():
            article_id, _, place = cited.partition(":")
            start, end = map(int, place.split("-"))
            words = texts[article_id][start:end]
            assert words
            if source == "e-minister":
                assert words.startswith("13 شخصا قتلوا")
                assert data["weight"] == 1.0
                assert data["statements"] == "st-13"


def test_both_graphs_are_one(tmp_path: Path) -> None:
    one, other = graph("graphml", two()), graph("gexf", two())
    assert dict(one.nodes(data="label")) == dict(other.nodes(data="label"))
    assert sorted(one.edges()) == sorted(other.edges())


def test_copies_point_from_the_earlier_report() -> None:
    dossier = flood()
    read = graph("graphml", dossier)
    (passage,) = dossier.passages
    ends = (passage.a.article_id, passage.b.article_id)
    copy = next((s, t, d) for s, t, d in read.edges(data=True) if d["kind"] == "copy")
    assert copy[:2] == (ends if passage.direction == "a_to_b" else ends[::-1])
    assert copy[2]["direction"] == "known"
    assert copy[2]["characters"] == passage.a.end - passage.a.start
    unknown = replace(dossier, passages=(replace(passage, direction="unknown"),))
    assert next(d for *_, d in graph("graphml", unknown).edges(data=True) if d["kind"] == "copy")["direction"] == "unknown"


NAME_TOKEN = re.compile(r"[\w.:-]+")


def test_graphml_keeps_to_its_schema() -> None:
    """http://graphml.graphdrawing.org/specification.html: keys before use, ids are NMTOKENs and unique, ends exist."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(export(two(), "graphml"))
    assert [child.tag.removeprefix(space) for child in root][:1] == ["desc"]
    assert [c.tag.removeprefix(space) for c in root][-1] == "graph"
    keys = {k.get("id"): k for k in root.iter(f"{space}key")}
    assert {k.get("attr.type") for k in keys.values()} <= {"boolean", "int", "long", "float", "double", "string"}
    drawn = root.find(f"{space}graph")
    assert drawn is not None
    nodes = [n.get("id") or "" for n in drawn.iter(f"{space}node")]
    edges = list(drawn.iter(f"{space}edge"))
    ids = nodes + [e.get("id") or "" for e in edges]
    assert len(set(ids)) == len(ids)
    assert all(NAME_TOKEN.fullmatch(i) for i in ids)
    assert all(e.get(end) in nodes for e in edges for end in ("source", "target"))
    for owner in ("node", "edge"):
        for thing in drawn.iter(f"{space}{owner}"):
            used = [d.get("key") for d in thing]
            assert len(set(used)) == len(used)
            assert all(keys[k].get("for") == owner for k in used)


def test_gexf_keeps_to_its_schema() -> None:
    """https://gexf.net/schema.html, 1.3: what stands where, of which type, and every value declared."""
    space, viz = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
    root = ElementTree.fromstring(export(two(), "gexf"))
    assert (root.tag, root.get("version")) == (f"{space}gexf", "1.3")
    assert [c.tag.removeprefix(space) for c in root] == ["meta", "graph"]
    drawn = root[1]
    assert drawn.get("defaultedgetype") == "directed"
    assert [c.tag.removeprefix(space) for c in drawn] == ["attributes", "attributes", "nodes", "edges"]
    declared = {a.get("id"): (part.get("class"), a.get("type")) for part in drawn[:2] for a in part}
    assert {kind for _, kind in declared.values()} <= {"integer", "string", "boolean", "double"}
    for owner, things in (("node", drawn[2]), ("edge", drawn[3])):
        for thing in things:
            assert thing.tag == space + owner
            allowed = {"node": ["attvalues", f"{viz}color", f"{viz}size"], "edge": ["attvalues"]}[owner]
            assert [c.tag.removeprefix(space) for c in thing] == allowed
            for given in thing[0]:
                assert declared[given.get("for")][0] == owner
                if declared[given.get("for")][1] == "integer":
                    int(given.get("value") or "")
    assert all(float(e.get("weight") or "") >= 0 and e.get("kind") for e in drawn[3])


# ---------------------------------------------------------------------------------------------------------- maps and time


def test_geojson_is_valid_and_places_have_their_mentions() -> None:
    import geojson
    from geojson_pydantic import FeatureCollection

    data = export(flood(), "geojson")
    FeatureCollection.model_validate_json(data)
    read = geojson.loads(data)
    assert read.is_valid, read.errors()
    (valley,) = read["features"]
    assert valley["geometry"]["coordinates"] == [44.4, 33.5]  # longitude first
    told = valley["properties"]
    assert (told["name"], told["mention_count"], told["report_count"], told["of_story"]) == ("وادي الزهر", 2, 2, True)
    assert told["outlets"] == ["صحيفة المرفأ", "موقع الضفة"]
    texts = {a.id: a.text for a in flood().articles}
    for mention in told["mentions"]:
        assert texts[mention["article_id"]][mention["start"] : mention["end"]] == "وادي الزهر"
        assert "وادي الزهر" in mention["words"]
    assert [m["url"] for m in told["mentions"] if m["outlet"] == "موقع الضفة"] == [None]  # javascript: is no address
    assert [f["id"] for f in told["figures"]] == ["f-a"]


def test_a_place_that_is_nowhere_is_left_out() -> None:
    dossier = flood()
    nowhere = [replace(e, place=replace(e.place, lat=lat)) for e in dossier.entities if e.place for lat in (91.0, float("nan"))]
    assert js("geojson", replace(dossier, entities=tuple(nowhere)))["features"] == []


TIMELINE_DATE = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "hour": {"type": "integer", "minimum": 0, "maximum": 23},
        "minute": {"type": "integer", "minimum": 0, "maximum": 59},
        "display_date": {"type": "string", "minLength": 1},
    },
}
TIMELINE_SLIDE = {
    "type": "object",
    "required": ["unique_id", "text"],
    "additionalProperties": False,
    "properties": {
        "unique_id": {"type": "string"},
        "start_date": TIMELINE_DATE,
        "end_date": TIMELINE_DATE,
        "group": {"type": "string"},
        "autolink": {"type": "boolean"},
        "text": {
            "type": "object",
            "additionalProperties": False,
            "required": ["headline"],
            "properties": {"headline": {"type": "string", "minLength": 1}, "text": {"type": "string"}},
        },
    },
}
TIMELINE = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "title": TIMELINE_SLIDE,
        "scale": {"enum": ["human", "cosmological"]},
        "events": {"type": "array", "items": {**TIMELINE_SLIDE, "required": ["unique_id", "text", "start_date"]}},
    },
}
"""As far as we use it: https://timeline.knightlab.com/docs/json-format.html"""


def test_the_timeline_is_what_timelinejs_documents() -> None:
    import jsonschema

    for dossier in (flood(), two()):
        jsonschema.Draft202012Validator(TIMELINE).validate(js("timelinejs", dossier))
    told = js("timelinejs")
    assert [e["start_date"]["year"] for e in told["events"]] == [2031, 2031]
    month, hour = told["events"]
    assert month["start_date"] == {"year": 2031, "month": 5, "display_date": "أيار/مايو 2031"}
    assert (hour["start_date"]["day"], hour["start_date"]["hour"], hour["start_date"]["minute"]) == (13, 7, 30)
    assert hour["text"]["headline"].startswith("13 شخصا قتلوا")
    assert 'href="https://example.org/a"' in hour["text"]["text"]  # the other report that tells it
    assert js("timelinejs", lang="en")["events"][0]["start_date"]["display_date"] == "May 2031"
    assert len({e["unique_id"] for e in js("timelinejs", two())["events"]}) == 4


# ------------------------------------------------------------------------------------------------------------ linked data


ANNOTATION_TERMS = {
    "id": "@id",
    "type": "@type",
    **{t: f"http://www.w3.org/ns/oa#{t}" for t in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector",
                                                  "TextPositionSelector", "exact", "prefix", "suffix", "start", "end")},
    "AnnotationCollection": "http://www.w3.org/ns/activitystreams#OrderedCollection",
    "AnnotationPage": "http://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "Software": "http://www.w3.org/ns/activitystreams#Application",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "body": {"@id": "http://www.w3.org/ns/oa#hasBody", "@type": "@id"},
    "target": {"@id": "http://www.w3.org/ns/oa#hasTarget", "@type": "@id"},
    "source": {"@id": "http://www.w3.org/ns/oa#hasSource", "@type": "@id"},
    "selector": {"@id": "http://www.w3.org/ns/oa#hasSelector", "@type": "@id"},
    "motivation": {"@id": "http://www.w3.org/ns/oa#motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "http://www.w3.org/ns/oa#hasPurpose", "@type": "@vocab"},
    **{t: f"http://www.w3.org/ns/oa#{t}" for t in ("describing", "identifying", "tagging")},
    "via": {"@id": "http://www.w3.org/ns/oa#via", "@type": "@id"},
    "generator": {"@id": "http://www.w3.org/ns/activitystreams#generator", "@type": "@id"},
    "first": {"@id": "http://www.w3.org/ns/activitystreams#first", "@type": "@id"},
    "partOf": {"@id": "http://www.w3.org/ns/activitystreams#partOf", "@type": "@id"},
    "items": {"@id": "http://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list"},
    "total": "http://www.w3.org/ns/activitystreams#totalItems",
    "startIndex": "http://www.w3.org/ns/activitystreams#startIndex",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
}  # fmt: skip
"""The terms of http://www.w3.org/ns/anno.jsonld that we use, as the Web Annotation Vocabulary defines them."""


def rdf(data: bytes, terms: dict[str, Any]) -> Any:
    """The triples, with the context given here instead of fetched; a term that the context does not know is an error."""
    import rdflib
    from pyld import jsonld

    def local(_: str, __: Any) -> dict[str, Any]:
        document = {"@context": terms}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": "about:local", "document": document}

    read = json.loads(data)
    unknown = {key for key in keys(read) if not key.startswith("@")} - terms.keys()
    assert not unknown
    found = rdflib.Graph()
    found.parse(data=jsonld.to_rdf(read, {"documentLoader": local, "format": "application/n-quads"}), format="nt")
    return found


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {k for v in value.values() for k in keys(v)}
    return {k for v in value for k in keys(v)} if isinstance(value, list) else set()


def test_annotations_are_web_annotations_over_the_very_characters() -> None:
    dossier = flood()
    found = rdf(export(dossier, "annotations"), ANNOTATION_TERMS)
    asked = found.query(
        """PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?annotation ?source ?exact ?start ?end WHERE {
            ?annotation a oa:Annotation; oa:hasTarget ?target; oa:hasBody ?body; oa:motivatedBy ?why.
            ?target oa:hasSource ?source; oa:hasSelector ?quote, ?place.
            ?quote a oa:TextQuoteSelector; oa:exact ?exact.
            ?place a oa:TextPositionSelector; oa:start ?start; oa:end ?end }"""
    )
    rows = {(str(r.annotation), str(r.source), str(r.exact), int(r.start), int(r.end)) for r in asked}
    marks = [m for x in dossier.marks for m in (*x.quotes, *x.figures, *x.times)]
    spans = sum(len(s.spans) for s in dossier.statements) + sum(len(e.mentions) for e in dossier.entities)
    assert len(rows) == len(marks) + spans == js("annotations")["total"]
    texts = {f"urn:riwaya:{a.id}": a.text for a in dossier.articles}
    for _, source, exact, start, end in rows:
        assert texts[source][start:end] == exact


def test_an_annotation_finds_its_words_again_by_what_stands_around_them() -> None:
    texts = {f"urn:riwaya:{a.id}": a.text for a in flood().articles}
    for item in js("annotations")["first"]["items"]:
        text = texts[item["target"]["source"]["id"]]
        words, place = item["target"]["selector"]
        assert text[place["start"] - len(words["prefix"]) :].startswith(words["prefix"] + words["exact"] + words["suffix"])
    vias = {item["target"]["source"].get("via") for item in js("annotations")["first"]["items"]}
    assert vias == {None, "https://example.org/a"}


CREATIVE = {
    "headline", "text", "url", "datePublished", "inLanguage", "publisher", "author", "isBasedOn", "mentions", "about", "keywords",
    "creditText", "isPartOf",
}  # fmt: skip
THING = {"name", "alternateName", "description", "sameAs", "subjectOf", "url"}
SCHEMA_ORG = {
    "NewsArticle": THING | CREATIVE,
    "Claim": THING | CREATIVE | {"appearance", "firstAppearance"},
    "Quotation": THING | CREATIVE | {"spokenByCharacter"},
    "Event": THING | {"location", "startDate", "endDate", "superEvent"},
    "Person": THING | {"jobTitle"},
    "Organization": THING,
    "NewsMediaOrganization": THING,
    "Place": THING | {"geo", "address"},
    "GeoCoordinates": {"latitude", "longitude"},
    "PostalAddress": {"addressCountry"},
}
"""Of each type of https://schema.org that we use, the properties that we use and that it or a type above it has."""


def typed(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return ([value] if "@type" in value else []) + [x for v in value.values() for x in typed(v)]
    return [x for v in value for x in typed(v)] if isinstance(value, list) else []


@pytest.mark.parametrize("dossier", [flood(), two()])
def test_schema_org_uses_its_words_and_every_reference_resolves(dossier: Dossier) -> None:
    told = js("schemaorg", dossier)
    things = typed(told["@graph"])
    for thing in things:
        assert thing.keys() - {"@id", "@type"} <= SCHEMA_ORG[thing["@type"]], thing
    known = {t["@id"] for t in things if "@id" in t}
    for thing in things:
        for value in thing.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and one.keys() == {"@id"}:
                    assert one["@id"] in known
    terms = {word: f"https://schema.org/{word}" for word in {*SCHEMA_ORG, *(p for ps in SCHEMA_ORG.values() for p in ps)}}
    found = rdf(export(dossier, "schemaorg"), terms)
    assert len(found) > 100


def test_schema_org_says_who_claims_what_and_where() -> None:
    things = {t["@id"]: t for t in js("schemaorg")["@graph"]}
    claim = things["urn:riwaya:st-13"]
    assert claim["author"] == {"@id": "urn:riwaya:e-minister"}
    assert len(claim["appearance"]) == 2
    assert claim["keywords"] == ["repeated", "disputed"]
    assert things[claim["firstAppearance"]["@id"]]["datePublished"] == "2031-05-14"
    assert things["urn:riwaya:q-0"]["spokenByCharacter"] == {"@id": "urn:riwaya:e-minister"}
    assert things["urn:riwaya:e-minister"]["jobTitle"] == "الوزير"
    assert things["urn:riwaya:e-valley"]["geo"]["longitude"] == 44.4
    copies = [t for t in things.values() if "isBasedOn" in t]
    assert [things[t["isBasedOn"]["@id"]]["publisher"]["name"] for t in copies] == ["صحيفة المرفأ"]


# -------------------------------------------------------------------------------------------------------- FollowTheMoney


def entities(dossier: Dossier) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(dossier, "ftm").splitlines()]


@pytest.mark.parametrize("dossier", [flood(), two()])
def test_followthemoney_takes_every_entity_as_it_is(dossier: Dossier) -> None:
    model: Any = pytest.importorskip("followthemoney", reason="the extra ftm").model
    told = entities(dossier)
    ids = {e["id"]: e["schema"] for e in told}
    for one in told:
        model.get(one["schema"]).validate(one)
        assert FTM[one["schema"]] <= model.get(one["schema"]).properties.keys()
        proxy = model.get_proxy(one, cleaned=False)  # values are cleaned: what is no date, country or address falls out
        taken, given = ({k: sorted(v) for k, v in e["properties"].items()} for e in (proxy.to_dict(), one))
        assert taken == given
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert model.get(ids[value]).is_a(prop.range), (one["schema"], prop.name)


_THING = {
    "name", "alias", "description", "summary", "notes", "proof", "publisher", "sourceUrl", "keywords", "country", "addressEntity",
}  # fmt: skip
FTM = {
    "Person": _THING | {"position"},
    "Organization": _THING,
    "PublicBody": _THING,
    "Company": _THING,
    "Address": _THING | {"full", "latitude", "longitude"},
    "Article": _THING | {"title", "author", "publishedAt", "language", "mimeType", "bodyText"},
    "Event": _THING | {"startDate", "endDate", "location", "involved"},
    "Note": _THING | {"entity"},
    "Mention": {"document", "resolved", "name", "detectedSchema"},
    "Documentation": {"document", "entity", "role", "summary"},
}
"""Of each schema of https://followthemoney.tech/explorer/ that we use, the properties that we use and that it has."""


@pytest.mark.parametrize("dossier", [flood(), two()])
def test_followthemoney_entities_use_its_properties_and_refer_to_one_another(dossier: Dossier) -> None:
    told = entities(dossier)
    schemas = {e["id"]: e["schema"] for e in told}
    assert len(schemas) == len(told)
    actors = {"Person", "Organization", "PublicBody", "Company"}
    articles, places = {"Article"}, {"Address"}
    ranges = {"document": articles, "proof": articles, "addressEntity": places, "resolved": actors, "involved": actors}
    for one in told:
        assert one.keys() == {"id", "schema", "properties"}
        assert one["properties"].keys() <= FTM[one["schema"]], one
        for name, values in one["properties"].items():
            assert values
            assert all(isinstance(v, str) and v for v in values)
            assert all(schemas[v] in ranges[name] for v in values) if name in ranges else True


def test_followthemoney_gets_people_places_and_their_mentions() -> None:
    told = entities(flood())
    kinds = {"Article": 3, "Mention": 2, "Documentation": 2, "Event": 2, "Note": 2, "Person": 1, "Address": 1}
    assert Counter(e["schema"] for e in told) == kinds
    minister = next(e for e in told if e["schema"] == "Person")["properties"]
    assert (minister["name"], minister["alias"], minister["position"]) == (["سالم الحربي"], ["الحربي"], ["الوزير"])
    assert next(e for e in told if e["schema"] == "Address")["properties"]["country"] == ["iq"]
    urls = [e["properties"].get("sourceUrl") for e in told if e["schema"] == "Article"]
    assert sorted(u[0] for u in urls if u) == ["https://example.org/a"]


def test_organizations_are_what_their_names_say() -> None:
    from riwaya.model import Entity
    from riwaya.tell.exports.ftm import schema_of

    names = {"وزارة المياه": "PublicBody", "الشرطة": "PublicBody", "شركة المرافئ": "Company", "حزب الضفة": "Organization"}
    for name, schema in names.items():
        assert schema_of(Entity("e", "organization", name, (), ())) == schema


def test_writing_needs_no_library_of_a_format() -> None:
    asked = (
        "import sys; from made_dossier import flood; from riwaya.tell.exports import EXPORTS, export\n"
        "for name in EXPORTS: export(flood(), name)\n"
        "print({'followthemoney', 'geojson', 'networkx', 'pyld', 'rdflib', 'lxml', 'pyarrow'} & set(sys.modules) or 'none')"
    )
    ran = subprocess.run([sys.executable, "-c", asked], cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "none", ran.stdout + ran.stderr
