"""Not-story and same-story on groups, merge and split across stories: properties that hold whatever was corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from riwaya.ids import stable_id
from riwaya.model import Correction, Reason, Span
from riwaya.relate.corrected_entities import Cited, Key, corrected_keys
from riwaya.relate.corrected_stories import groups_with
from riwaya.relate.corrections import cause
from riwaya.relate.entities import link_across
from riwaya.relate.stories import StoryGroup
from riwaya.serial.corrections import make_correction

IDS = [f"a-{n}" for n in range(8)]


def say(action: str, *ids: str, when: int = 0) -> Correction:
    return make_correction(action, [Span(i, 0, 1) for i in ids], author="هدى", made=f"2031-04-01T00:00:{when:02}Z")


def group(*ids: str) -> StoryGroup:
    return StoryGroup(stable_id("s", min(ids)), tuple(sorted(ids)), (Reason("terms", 1.0, "جسر"),))


def members(groups: Iterable[StoryGroup]) -> set[tuple[str, ...]]:
    return {g.article_ids for g in groups}


GIVEN = [group("a-0", "a-1", "a-2"), group("a-3", "a-4"), group("a-5"), group("a-6", "a-7")]


def test_a_report_is_taken_out_of_its_story() -> None:
    one = say("not-story", "a-0", "a-2")
    found = groups_with(GIVEN, [one])
    assert members(found.groups) == {("a-1", "a-2"), ("a-0",), ("a-3", "a-4"), ("a-5",), ("a-6", "a-7")}
    assert found.gone == {GIVEN[0].id}
    assert found.made == {stable_id("s", "a-0"), stable_id("s", "a-1")}
    assert all(cause(one) in g.reasons for g in found.groups if g.id in found.made)
    assert {id(g) for g in found.groups if g.id not in found.made} == {id(g) for g in GIVEN[1:]}


def test_two_stories_become_one() -> None:
    one = say("same-story", "a-1", "a-5")
    found = groups_with(GIVEN, [one])
    assert members(found.groups) == {("a-0", "a-1", "a-2", "a-5"), ("a-3", "a-4"), ("a-6", "a-7")}
    assert found.gone == {GIVEN[0].id, GIVEN[2].id}
    (whole,) = [g for g in found.groups if g.id in found.made]
    assert whole.reasons == (Reason("terms", 1.0, "جسر"), cause(one))


def test_a_report_is_moved() -> None:
    found = groups_with(GIVEN, [say("not-story", "a-0", "a-1", when=1), say("same-story", "a-0", "a-3", when=2)])
    assert members(found.groups) == {("a-1", "a-2"), ("a-0", "a-3", "a-4"), ("a-5",), ("a-6", "a-7")}
    assert not found.set_aside


def test_the_later_one_wins_in_conflict() -> None:
    out, back = say("not-story", "a-0", "a-1", when=1), say("same-story", "a-0", "a-1", when=2)
    found = groups_with(GIVEN, [back, out])
    assert members(found.groups) == members(GIVEN)
    assert out.id in found.set_aside[0].path
    assert back.id in found.set_aside[0].reason
    assert not any(cause(out) in g.reasons for g in found.groups)
    again = groups_with(GIVEN, [back, replace(out, made="2031-04-01T00:00:03Z")])
    assert ("a-0",) in members(again.groups)


def test_what_was_kept_apart_stays_apart_when_others_are_joined() -> None:
    found = groups_with(GIVEN, [say("not-story", "a-3", "a-0", when=1), say("same-story", "a-4", "a-1", when=2)])
    assert {("a-3",), ("a-0", "a-1", "a-2", "a-4")} <= members(found.groups)


PAIRS = st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True)
SOME = st.lists(st.tuples(st.sampled_from(("not-story", "same-story")), PAIRS, st.integers(0, 9)), max_size=6)


@given(SOME, st.randoms())
def test_stories_stay_a_partition_whatever_the_order(said: list[tuple[str, list[str], int]], chance: Any) -> None:
    corrections = [say(action, *ids, when=when) for action, ids, when in said]
    found = groups_with(GIVEN, corrections)
    assert sorted(i for g in found.groups for i in g.article_ids) == IDS
    assert all(g.id == stable_id("s", g.article_ids[0]) for g in found.groups)
    shuffled = groups_with(chance.sample(GIVEN, len(GIVEN)), chance.sample(corrections, len(corrections)))
    assert shuffled == found
    kept = {g.id: g for g in GIVEN if g.id not in found.gone}
    assert all(g is kept[g.id] for g in found.groups if g.id not in found.made)
    undone = [replace(c, undone="2031-05-01T00:00:00Z") for c in corrections]
    assert groups_with(GIVEN, undone).groups == tuple(sorted(GIVEN, key=lambda g: g.id))


@given(SOME)
def test_untouched_stories_may_be_left_away(said: list[tuple[str, list[str], int]]) -> None:
    corrections = [say(action, *ids, when=when) for action, ids, when in said]
    cited = {s.article_id for c in corrections for s in c.spans}
    touched = [g for g in GIVEN if cited & set(g.article_ids)]
    whole, part = groups_with(GIVEN, corrections), groups_with(touched, corrections)
    assert (part.gone, part.made, part.set_aside) == (whole.gone, whole.made, whole.set_aside)
    assert set(part.groups) == set(whole.groups) - {g for g in GIVEN if g not in touched}


def test_articles_that_are_not_here_change_nothing() -> None:
    found = groups_with(GIVEN, [say("same-story", "a-0", "a-99")])
    assert set(found.groups) == set(GIVEN)
    assert not found.gone


# --------------------------------------------------------------------------------------------------------- across stories


SALEM, SALIM = ("person", "سلم شرف", "شرف"), ("person", "سلم شرفي", "شرفي")


def spot(story: int, entity: int = 0) -> Span:
    return Span(f"a-{story}", 10 * entity, 10 * entity + 5)


def known(keys: dict[tuple[int, int], Key | None], *corrections: Correction) -> tuple[dict[str, Key], dict[str, str]]:
    """What entities (story, number) are known by after the corrections, and which are tied."""
    cited_spans = {s for c in corrections for s in c.spans}
    cited = [Cited(f"e-{s}{n}", key, (spot(s, n),)) for (s, n), key in keys.items() if spot(s, n) in cited_spans]
    by_hand = corrected_keys(cited, corrections)
    stories: dict[str, list[tuple[str, Key]]] = {}
    for (s, n), own in keys.items():
        key = by_hand.get(f"e-{s}{n}", own)
        if key is not None:
            stories.setdefault(f"s-{s}", []).append((f"e-{s}{n}", key))
    return by_hand, dict(link_across(stories.items(), by_hand))


def tie(action: str, *spots: Span, when: int = 0) -> Correction:
    return make_correction(action, spots, author="هدى", made=f"2031-04-01T00:00:{when:02}Z")


def test_merged_across_stories_they_are_tied() -> None:
    keys: dict[tuple[int, int], Key | None] = {(1, 0): SALEM, (2, 0): SALIM, (3, 0): SALEM}
    assert known(keys)[1] == {"e-30": "e-10"}
    by_hand, same = known(keys, tie("merge", spot(1), spot(2)))
    assert by_hand == {"e-10": SALEM, "e-20": SALEM}
    assert same == {"e-20": "e-10", "e-30": "e-10"}


def test_one_who_is_known_by_nothing_can_be_merged() -> None:
    by_hand, same = known({(1, 0): None, (2, 0): None}, one := tie("merge", spot(1), spot(2)))
    assert set(by_hand.values()) == {("merge", one.id)}
    assert same == {"e-20": "e-10"}


def test_a_chain_of_merges_is_one() -> None:
    keys: dict[tuple[int, int], Key | None] = {(1, 0): None, (2, 0): SALIM, (3, 0): None}
    _, same = known(keys, tie("merge", spot(1), spot(2), when=1), tie("merge", spot(3), spot(2), when=2))
    assert same == {"e-20": "e-10", "e-30": "e-10"}


def test_what_was_split_is_not_tied_again() -> None:
    keys: dict[tuple[int, int], Key | None] = {(1, 0): SALEM, (2, 0): SALEM, (3, 0): SALEM}
    by_hand, same = known(keys, one := tie("split", spot(1), spot(2)))
    assert by_hand == {"e-20": ("split", one.id)}
    assert same == {"e-30": "e-10"}
    _, same = known(keys, tie("split", spot(1), spot(2), spot(3)))
    assert same == {"e-30": "e-20"}  # the two that left are one


def test_of_merge_and_split_the_later_wins() -> None:
    keys: dict[tuple[int, int], Key | None] = {(1, 0): SALEM, (2, 0): SALIM}
    merge, split = tie("merge", spot(1), spot(2), when=1), tie("split", spot(2), spot(1), when=2)
    assert known(keys, split, merge) == ({}, {})
    assert known(keys, replace(merge, made="2031-04-01T00:00:03Z"), split)[1] == {"e-20": "e-10"}


def test_split_in_one_story_leaves_the_other_to_be_tied() -> None:
    keys: dict[tuple[int, int], Key | None] = {(1, 0): SALEM, (1, 1): SALEM, (2, 0): SALEM}
    assert known(keys)[1] == {}  # two in one story: the key decides nothing
    assert known(keys, tie("split", spot(1, 0), spot(1, 1)))[1] == {"e-20": "e-10"}


def test_what_people_tied_outweighs_what_was_found_in_the_story() -> None:
    keys: dict[tuple[int, int], Key | None] = {(1, 0): SALEM, (2, 0): None, (2, 1): SALEM}
    _, same = known(keys, tie("merge", spot(1, 0), spot(2, 0)))
    assert same == {"e-20": "e-10"}


SPOTS = [(s, n) for s in (1, 2, 3) for n in (0, 1)]
TIES = st.lists(
    st.tuples(st.sampled_from(("merge", "split")), st.lists(st.sampled_from(SPOTS), min_size=2, max_size=3, unique=True),
              st.integers(0, 9)), max_size=6,
)  # fmt: skip


@given(TIES, st.lists(st.sampled_from((SALEM, SALIM, None)), min_size=6, max_size=6), st.randoms())
def test_the_last_word_on_two_entities_holds(said: list[Any], own: list[Key | None], chance: Any) -> None:
    keys = dict(zip(SPOTS, own, strict=True))
    corrections = [tie(action, *(spot(*p) for p in spots), when=when) for action, spots, when in said]
    by_hand, same = known(keys, *corrections)
    assert known(keys, *chance.sample(corrections, len(corrections))) == (by_hand, same)
    if not corrections:
        assert not by_hand
        return
    last = max(corrections, key=lambda c: (c.made, c.id))
    names = [f"e-{s.article_id[2:]}{s.start // 10}" for s in last.spans]
    key = {f"e-{s}{n}": by_hand.get(f"e-{s}{n}", one) for (s, n), one in keys.items()}
    if last.action == "merge":
        assert len({key[i] for i in names}) == 1
    else:
        assert all(key[i] is None or key[i] != key[names[0]] for i in names[1:])
