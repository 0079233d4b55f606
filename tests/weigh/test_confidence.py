"""How sure a joined statement is."""

from __future__ import annotations

from riwaya.model import Dossier, Statement
from riwaya.settings.confidence import CONFIDENCE
from riwaya.weigh import weigh_story
from riwaya.weigh.confidence import Evidence, Traits, confidence
from riwaya.weigh.units import find_units

from .reports import FIRST, accident, article, related

WEAKEST = Traits(words=0.0, reports=0.0, sentences=0.0, first=0.0, speaker=0.0, speakers=1.0)
STRONGEST = Traits(words=1.0, reports=1.0, sentences=1.0, first=1.0, speaker=1.0, speakers=0.0)


def joined(dossier: Dossier) -> list[Statement]:
    return [s for s in dossier.statements if len(s.article_ids) > 1]


def test_more_in_common_is_surer() -> None:
    assert WEAKEST.sure < 0.1
    assert 0.9 < STRONGEST.sure < 1


def test_the_parts_add_up_to_the_odds() -> None:
    assert set(STRONGEST.parts()) == {"words", "reports", "sentences", "first", "speaker", "speakers"}
    half = Traits(words=0.5, reports=0.0, sentences=0.0, first=0.0, speaker=0.0, speakers=0.0)
    assert half.parts()["words"] == 0.5 * CONFIDENCE.words


def test_only_what_several_reports_tell_has_a_confidence() -> None:
    dossier = weigh_story(accident())
    assert joined(dossier)
    for one in dossier.statements:
        assert (one.confidence is None) == (len(one.article_ids) == 1)
        if one.confidence is not None:
            assert 0 < one.confidence < 1
            assert one.confidence == round(one.confidence, 3)


def test_copies_are_surer_than_other_words() -> None:
    copies = weigh_story(related(article(FIRST, "صحيفة النهر", "2023-05-09"), article(FIRST, "موقع الضفة", "2023-05-09")))
    least = min(s.confidence or 0.0 for s in joined(weigh_story(accident())))
    assert min(s.confidence or 0.0 for s in joined(copies)) > max(least, 0.85)


def test_the_reasons_say_what_it_rests_on() -> None:
    found = joined(weigh_story(accident()))[0]
    assert "confidence: how near the reports are to each other" in [r.name for r in found.reasons]


def test_the_mean_over_the_places_is_given() -> None:
    story = accident()
    units = [u for u in find_units(story) if not u.is_figure]
    by_report = [[u for u in units if u.article == n] for n in range(3)]
    evidence = Evidence(units)
    shown = by_report[0][1]
    alone = [confidence([shown], [[other]], evidence)[0] for other in (by_report[1][1], by_report[2][0])]
    both = confidence([shown], [[by_report[1][1]], [by_report[2][0]]], evidence)[0]
    assert abs(both - sum(alone) / 2) < 0.002
