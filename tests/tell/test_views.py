from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from made_dossier import flood

from riwaya.model import Entity, NameCount, Place, Span
from riwaya.tell.html.carried import carried
from riwaya.tell.html.desk import Desk
from riwaya.tell.html.disputes import disputes
from riwaya.tell.html.figures import figures
from riwaya.tell.html.head import head, timeline
from riwaya.tell.html.isnad import isnad
from riwaya.tell.html.map import draw
from riwaya.tell.html.shared import shared
from riwaya.tell.html.stands import stands


def desk() -> Desk:
    return Desk(flood())


def test_reports_are_numbered_by_date() -> None:
    assert [r.article.published.value for r in desk().reports] == ["2031-05-14", "2031-05-15", "2031-05-16"]


def test_head_names_the_origin_on_which_most_rests() -> None:
    found = head(desk())
    assert (found.reports, found.outlets, found.origins, found.statements, found.disputes) == (3, 3, 4, 3, 3)
    assert [(s.key, s.count) for s in found.shares] == [("corroborated", 1), ("disputed", 1), ("single", 1)]
    assert found.leading_count == 1


def test_statements_stand_in_their_columns() -> None:
    found = stands(desk(), 6)
    assert {c.key: [x.id for x in c.shown] for c in found.columns} == {
        "corroborated": ["st-two"], "repeated": [], "disputed": ["st-13"],
    }  # fmt: skip
    assert [[x.id for x in g.lines] for g in found.single] == [["st-15"]]


def test_a_chain_runs_from_the_speaker_to_the_report() -> None:
    line = stands(desk(), 6).lines["st-13"]
    assert [[s.name for s in c.steps] for c in line.chains] == [["سالم الحربي"]]
    assert [[r.number for r in c.reports] for c in line.chains] == [[1, 3]]


def test_an_outlet_that_is_its_own_origin_goes_by_its_mark() -> None:
    line = stands(desk(), 6).lines["st-two"]
    assert [[r.number for r in o.reports] for o in line.origins] == [[1], [2]]


def test_one_chart_for_one_thing_counted() -> None:
    found = figures(desk(), 8)
    assert [(c.kind, len(c.marks), c.reports) for c in found.charts] == [("killed", 3, 3)]
    exact, from_on, up_to = found.charts[0].marks
    assert (exact.up, exact.down, exact.label) == (False, False, "13")
    assert (from_on.up, from_on.down, from_on.label, from_on.part) == (True, False, "~15+", True)
    assert (up_to.up, up_to.down) == (False, True)
    assert from_on.bottom < exact.bottom < up_to.top, "higher values stand higher"
    assert found.charts[0].rows[0].origin == "سالم الحربي"
    assert found.charts[0].rows[1].value == ("15 فأكثر", "15 or more")


def test_what_is_counted_once_stands_in_the_table() -> None:
    assert len(figures(desk(), 0).rest) == 3


def test_disputes_by_kind_and_their_sides_in_order() -> None:
    found = disputes(desk(), 9)
    assert [c.kind for c in found.shown] == ["contradiction", "revision", "precision"]
    revision, precision = found.shown[1], found.shown[2]
    assert [s.as_of.en if s.as_of else None for s in revision.sides] == ["13 May 2031", "15 May 2031"]
    assert (revision.topic, revision.about) == ("kind.killed", "13 / 15")
    assert (precision.topic, getattr(precision.about, "en", None)) == ("topic.happened", "13 May 2031 / 14 May 2031")


def test_the_vaguer_side_stands_outside() -> None:
    precision = disputes(desk(), 9).shown[2]
    assert precision.sides[0].width > precision.sides[1].width


def test_timeline_goes_by_the_day_of_the_event() -> None:
    days = timeline(desk(), 5)
    assert [d.key for d in days] == ["2031-05", "2031-05-13", "2031-05-14", "2031-05-15", "2031-05-16"]
    assert days[1].shown[0].clock == "07:30"
    assert [r.number for r in days[2].published] == [1]


def test_the_graph_runs_from_origins_to_outlets() -> None:
    this = desk()
    found = isnad(this, stands(this, 6).lines, 9)
    assert found is not None
    assert [(n.layer, str(n.name)) for n in found.nodes if n.layer < 3] == [(0, "سالم الحربي"), (2, "نورس")]
    assert len([n for n in found.nodes if n.layer == 3]) == 3
    assert len(found.ribbons) == 3
    assert [(c.kind, c.source, c.count) for c in found.copies] == [("arrow", "صحيفة المرفأ", 1)]
    for layer in range(4):
        boxes = sorted((n.top, n.top + n.height) for n in found.nodes if n.layer == layer)
        assert all(a[1] <= b[0] for a, b in pairwise(boxes)), "boxes do not cover one another"


def test_the_lightest_boxes_of_the_graph_are_drawn_as_one() -> None:
    this = desk()
    found = isnad(this, stands(this, 6).lines, 2)
    assert found is not None
    outlets = [n for n in found.nodes if n.layer == 3]
    assert len(outlets) == 2
    assert getattr(next(n for n in outlets if n.kind == "others").name, "en", "") == "Others (2)"


def test_who_carries_what() -> None:
    this = desk()
    found = carried(this, stands(this, 6).lines.values(), rows=9, most=9, columns=9)
    assert found is not None
    rows = {r.line.id: [c.state for c in r.cells] for r in found.shown}
    assert rows["st-13"] == ["yes", "other", "yes"], "the agency's report gives another toll"
    assert rows["st-two"] == ["yes", "yes", "no"]


def test_shared_passages_show_what_differs() -> None:
    this = desk()
    found = shared(this, pairs=5, passages=5)
    assert found is not None
    (pair,) = found.pairs
    assert (pair.a.number, pair.b.number, pair.count, pair.direction) == (1, 3, 1, "a_to_b")
    assert pair.shown[0].percent == 99


def place(number: int, lat: float, lon: float, mentions: int) -> Entity:
    spans = tuple(Span("a", i, i + 1) for i in range(mentions))
    return Entity(f"e-{number}", "place", f"بلدة {number}", (NameCount("x", 1),), spans, place=Place(lat, lon, None, None))


def test_the_map_is_cut_to_the_places() -> None:
    found = draw([place(1, 33.3, 44.4, 5), place(2, 34.0, 43.0, 3)])
    assert found is not None
    assert all(0 < d.x < 100 and 0 < d.y < 100 for d in found.dots)
    assert found.dots[0].x > found.dots[1].x, "east is right, whatever the language"
    assert found.dots[0].y > found.dots[1].y, "north is up"
    assert found.land.startswith("M")
    assert draw([]) is None


def test_a_far_country_named_once_does_not_widen_the_map() -> None:
    near = [place(1, 33.3, 44.4, 20), place(2, 34.0, 43.0, 10)]
    found, alone = draw([*near, place(3, -33.0, 151.0, 1)]), draw(near)
    assert found is not None
    assert alone is not None
    assert [(d.id, d.x, d.y) for d in found.dots] == [(d.id, d.x, d.y) for d in alone.dots]


def test_a_map_over_the_date_line_and_the_pole_is_drawn() -> None:
    for lat, lon in ((-17.8, 178.0), (65.0, 179.5), (89.9, 0.0), (-89.9, -179.9)):
        found = draw([place(1, lat, lon, 1)])
        assert found is not None
        assert len(found.dots) == 1


def test_spans_of_reports_outside_the_story_are_passed_over() -> None:
    whole = flood()
    elsewhere = Span("a-elsewhere", 0, 3)
    statement = replace(whole.statements[0], spans=(*whole.statements[0].spans, elsewhere))
    found = stands(Desk(replace(whole, statements=(statement,))), 6)
    assert [len(w.chips) for w in found.lines["st-13"].words] == [1, 1]


def test_what_is_weak_is_marked_and_stands_last() -> None:
    whole = flood()
    carried_by_two = next(s for s in whole.statements if s.id == "st-two")
    doubtful = replace(carried_by_two, confidence=0.3, independent=9)
    sure = replace(carried_by_two, id="st-sure", confidence=0.9)
    found = stands(Desk(replace(whole, statements=(doubtful, sure))), 6)
    assert [(x.id, x.weak, x.sure) for x in found.columns[0].shown] == [("st-sure", False, 90), ("st-two", True, 30)]


def test_many_reports_outweigh_a_little_confidence() -> None:
    whole = flood()
    two = next(s for s in whole.statements if s.id == "st-two")
    ids = tuple(a.id for a in whole.articles)
    three = replace(two, id="st-three", article_ids=ids, confidence=0.7)
    found = stands(Desk(replace(whole, statements=(replace(two, confidence=0.9), three))), 6)
    assert [x.id for x in found.columns[0].shown] == ["st-three", "st-two"]
