from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from made_dossier import flood

from riwaya.errors import InputError
from riwaya.model import Dossier
from riwaya.serial import json_
from riwaya.tell import merge, split

# The contract of dossier.json: fields in order, for the things that have an id.
CONTRACT = {
    "articles": "id path url outlet title byline language text body_start version_of agencies published furniture",
    "stories": "id title article_ids first last outlets origins parties place_ids summary statement_ids dispute_ids",
    "entities": "id kind name names mentions description same_as place",
    "quotes": "id content cue direct stance speaker isnad",
    "times": "span text type value calendar",
    "figures": "id span text low high approximate kind unit counted scope as_of place_id quote_id",
    "passages": "id a b kind similarity direction source",
    "statements": (
        "id story_id text spans article_ids outlets quote_ids figure_ids origins independent standing disputed confidence "
        "missing_from missing_from_articles"
    ),
    "disputes": "id story_id kind about sides",
    "timeline": "story_id start end precision spans statement_ids",
    "skipped": "path reason",
    "duplicates": "path article_id",
}


def spans(value: Any) -> list[dict[str, Any]]:
    """Every span in a JSON value."""
    if isinstance(value, dict):
        own = [value] if value.keys() == {"article_id", "start", "end"} else []
        return own + [s for v in value.values() for s in spans(v)]
    return [s for v in value for s in spans(v)] if isinstance(value, list) else []


def test_fields_are_those_of_the_contract_in_its_order() -> None:
    data = flood().to_dict()
    assert list(data)[:2] == ["schema", "generator"]
    assert data["schema"] == "riwaya/1"
    assert data["generator"].startswith("riwaya ")
    for name, fields in CONTRACT.items():
        assert data[name], name
        for thing in data[name]:
            assert list(thing)[: len(fields.split())] == fields.split()


def test_round_trip() -> None:
    data = flood().to_dict()
    assert json_.from_dict(json_.loads(json_.dumps(data))).to_dict() == data


def test_order_in_memory_does_not_show() -> None:
    dossier = flood()
    turned = replace(
        dossier,
        articles=dossier.articles[::-1],
        marks=dossier.marks[::-1],
        entities=dossier.entities[::-1],
        statements=dossier.statements[::-1],
        disputes=dossier.disputes[::-1],
        timeline=dossier.timeline[::-1],
    )
    assert json_.dumps(turned.to_dict()) == json_.dumps(dossier.to_dict())


def test_every_span_resolves() -> None:
    data = json.loads(json_.dumps(flood().to_dict()))
    texts = {a["id"]: a["text"] for a in data["articles"]}
    found = spans(data)
    assert len(found) > 30
    assert all(0 <= s["start"] < s["end"] <= len(texts[s["article_id"]]) for s in found)
    figure = next(f for f in data["figures"] if f["id"] == "f-a")
    assert texts[figure["span"]["article_id"]][figure["span"]["start"] : figure["span"]["end"]] == "13 شخصا"


def test_numbers_are_short() -> None:
    data = flood().to_dict()
    figures = {f["id"]: f for f in data["figures"]}
    assert (figures["f-a"]["low"], figures["f-b"]["high"], figures["f-c"]["high"]) == (13, None, 12.5)
    assert isinstance(figures["f-a"]["low"], int)
    assert data["passages"][0]["similarity"] == 0.988
    assert {s["id"]: s["confidence"] for s in data["statements"]}["st-13"] == 0.612


def test_lists_are_sorted_by_id() -> None:
    data = flood().to_dict()
    for name in ("articles", "stories", "entities", "quotes", "figures", "passages", "statements", "disputes"):
        ids = [thing["id"] for thing in data[name]]
        assert ids == sorted(ids), name


def test_lone_surrogates_do_not_stop_the_writing() -> None:
    written = json.loads(json_.dumps({"path": "caf\udce9", "n": [1, ("x\ud800",)]}))
    assert written == {"path": "caf\ufffd", "n": [1, ["x\ufffd"]]}


NO_DOSSIERS: list[Any] = [{}, {"schema": "riwaya/9"}, [], {"schema": "riwaya/1"}, {"schema": "riwaya/1", "articles": [1]}]


@pytest.mark.parametrize("data", NO_DOSSIERS)
def test_what_is_no_dossier_says_so(data: Any) -> None:
    with pytest.raises(InputError):
        json_.from_dict(data)


def test_merged_stories_come_apart_again() -> None:
    first, second = flood(story_id="s-1"), flood(story_id="s-2")
    second = replace(
        second,
        statements=tuple(replace(s, id=s.id + "b") for s in second.statements),
        disputes=tuple(replace(d, id=d.id + "b") for d in second.disputes),
        entities=tuple(replace(e, id=e.id + "b") for e in second.entities),
        passages=tuple(replace(p, id=p.id + "b") for p in second.passages),
    )
    whole = merge([second, first])
    assert [s.id for s in whole.stories] == ["s-1", "s-2"]
    assert [a.id for a in whole.articles] == [m.article_id for m in whole.marks]
    parts = split(whole)
    kept: list[Dossier] = [replace(d, skipped=(), duplicates=()) for d in (first, second)]
    assert [p.to_dict() for p in parts] == [k.to_dict() for k in kept]


def test_no_number_is_written_that_json_lacks() -> None:
    assert json_.number(math.pi) == math.pi
    assert json_.number(None) is None
    assert json_.number(7) == 7
