"""Grouping into stories: right pairs together, whatever the order, the number at a time or the neighbours."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BRIDGE, BRIDGE_AGAIN, FESTIVAL, TEAM, article, blank

from riwaya.ids import stable_id
from riwaya.model import Marks, Name, Span
from riwaya.relate.fingerprints import SCALE, Fingerprint, fingerprint
from riwaya.relate.neighbours import edges, in_order
from riwaya.relate.stories import average_link, group_stories


def prints(*texts: str, day: str | None = "2021-03-05", key: str = "") -> list[Fingerprint]:
    return [fingerprint(a, blank(a)[0]) for a in (article(t, published=day, key=key) for t in texts)]


def invented_news(count: int, topics: int, seed: int = 3) -> list[Fingerprint]:
    """Reports of a dozen words around one of many topics, over a few days."""
    rng = random.Random(seed)
    letters = "بتجحدرزسشصطعغفقكلمن"

    def word() -> str:
        return "".join(rng.choices(letters, k=5))

    subjects = [[word() for _ in range(14)] for _ in range(topics)]
    texts = [" ".join(rng.sample(rng.choice(subjects), 10) + [word() for _ in range(10)]) for _ in range(count)]
    return [prints(t, day=f"2021-03-{1 + n % 9:02}", key=str(n))[0] for n, t in enumerate(texts)]


def groups(found: list[Fingerprint]) -> set[frozenset[str]]:
    return {frozenset(g.article_ids) for g in group_stories(found)}


def test_two_accounts_of_one_happening_meet_and_others_do_not() -> None:
    bridge, again, festival, team = prints(BRIDGE, BRIDGE_AGAIN, FESTIVAL, TEAM)
    together = {frozenset({bridge.article_id, again.article_id})}
    assert groups([bridge, again, festival, team]) == together | {frozenset({f.article_id}) for f in (festival, team)}


def test_undated_reports_join_by_their_text() -> None:
    dated = prints(BRIDGE)
    undated = prints(BRIDGE_AGAIN, day=None)
    assert len(groups(dated + undated)) == 1
    assert len(groups(prints(BRIDGE, BRIDGE_AGAIN, day=None))) == 1


def test_the_same_words_months_later_are_another_story() -> None:
    assert len(groups(prints(BRIDGE) + prints(BRIDGE_AGAIN, day="2021-09-05"))) == 2


def test_a_copy_inside_a_longer_report_lands_in_the_same_story() -> None:
    assert len(groups(prints(TEAM, f"{TEAM} {FESTIVAL}"))) == 1


def test_one_story_when_asked() -> None:
    (story,) = group_stories(prints(BRIDGE, FESTIVAL, TEAM), "one")
    assert len(story.article_ids) == 3
    assert list(story.article_ids) == sorted(story.article_ids)
    assert group_stories([], "one") == group_stories([]) == []


def test_the_id_follows_from_the_members() -> None:
    for group in group_stories(prints(BRIDGE, BRIDGE_AGAIN, FESTIVAL)):
        assert group.id == stable_id("s", min(group.article_ids))


def test_reasons_say_what_joins() -> None:
    (story,) = group_stories(prints(BRIDGE, BRIDGE_AGAIN))
    reasons = {r.name: r for r in story.reasons}
    assert 0.1 < reasons["mean similarity"].weight < 1
    assert "جسر" in reasons["shared terms"].detail
    (single,) = group_stories(prints(FESTIVAL))
    assert single.reasons == ()


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(rng: random.Random) -> None:
    found = invented_news(60, 12)
    shuffled = rng.sample(found, len(found))
    assert group_stories(shuffled) == group_stories(found)


def test_edges_do_not_depend_on_other_reports() -> None:
    found = in_order(invented_news(80, 10))
    part = found[::2]

    def links(of: list[Fingerprint]) -> dict[tuple[str, str], int]:
        graph = edges(of)
        ids = [f.article_id for f in of]
        pairs = zip(graph.first.tolist(), graph.second.tolist(), graph.weight.tolist(), strict=True)
        return {(ids[a], ids[b]): w for a, b, w in pairs}

    whole, kept = links(found), {f.article_id for f in part}
    assert len(whole) > 20
    assert links(part) == {pair: w for pair, w in whole.items() if kept.issuperset(pair)}


CRASH = (
    "{title}\n\nلقي {dead} مصرعهم وأصيب آخرون في حادث تصادم وقع فجرا على طريق {road} وباشرت فرق الإسعاف الموقع ونقلت المصابين "
    "إلى مستشفى {hospital} وأوضح المتحدث {speaker} أن التحقيق جار لمعرفة أسباب التصادم وأن السرعة الزائدة سبب الحوادث المتكررة"
)


def titled(title: str, text: str, names: Iterable[str] = ()) -> Fingerprint:
    """The fingerprint of a report with a headline and names."""
    a = replace(article(text, published="2021-03-05"), title=title, body_start=len(title) + 2)
    found = [Name(Span(a.id, text.index(n), text.index(n) + len(n)), n, "place") for n in names]
    return fingerprint(a, Marks(a.id, names=tuple(sorted(found, key=lambda n: n.span))))


def crash(title: str, road: str, hospital: str, speaker: str, dead: str = "أربعة") -> Fingerprint:
    text = CRASH.format(title=title, road=road, hospital=hospital, speaker=speaker, dead=dead)
    return titled(title, text, (road, hospital, speaker))


def test_one_kind_of_event_in_two_places_is_two_stories() -> None:
    here = crash("تصادم على طريق القيروان", "القيروان", "ابن الجزار", "منصف البوعزيزي")
    again = crash("أربعة قتلى قرب القيروان في تصادم", "القيروان", "ابن الجزار", "منصف البوعزيزي", "أربعة أشخاص")
    there = crash("انقلاب حافلة بحضرموت", "المكلا", "باوزير", "سالم العطاس", "سبعة")
    assert groups([here, again, there]) == {frozenset({here.article_id, again.article_id}), frozenset({there.article_id})}


def test_a_label_before_the_colon_speaks_for_one_story() -> None:
    night = "على مسرح المدينة مساء أمس في توزيع جوائز المهرجان السينمائي وصفق لها الجمهور طويلا"
    one = titled("أوسكار: أديل تغني", f"أوسكار: أديل تغني\n\nغنت أديل {night}")
    two = titled("أوسكار: باسي تعود", f"أوسكار: باسي تعود\n\nعادت شيرلي {night}")
    assert one.label == two.label != 0
    assert titled("باسي تعود", f"باسي تعود\n\nعادت شيرلي إلى المسرح: {night}").label == 0

    def likeness(a: Fingerprint, b: Fingerprint) -> int:
        return int(edges(in_order([replace(a, grams=b""), replace(b, grams=b"")])).weight.sum())

    assert likeness(one, two) > likeness(one, replace(two, label=0)) > 0


def test_a_component_is_cut_without_regard_to_the_others() -> None:
    one, two = invented_news(40, 6, seed=1), invented_news(40, 6, seed=2)
    assert groups(one) | groups(two) == groups(one + two)


def test_one_report_between_two_happenings_does_not_glue_them() -> None:
    links = [(a, b, 900) for a in range(4) for b in range(a)] + [(a, b, 900) for a in range(5, 9) for b in range(5, a)]
    bridge = [(4, 0, 300), (5, 4, 300)]
    assert sorted(average_link(9, links + bridge, 150)) in ([[0, 1, 2, 3], [4], [5, 6, 7, 8]], [[0, 1, 2, 3, 4], [5, 6, 7, 8]])


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 1000)), max_size=40),
    st.integers(1, 500),
    st.sampled_from([0.0, 0.3]),
)
def test_average_link_is_a_partition_by_ties(links: list[tuple[int, int, int]], least: int, best: float) -> None:
    unique = {(max(a, b), min(a, b)): w for a, b, w in links if a != b}
    found = average_link(12, [(a, b, w) for (a, b), w in unique.items()], least, best)
    assert sorted(x for group in found for x in group) == list(range(12))
    for n, one in enumerate(found):  # no two groups are left that should have been joined
        for other in found[:n]:
            between = [unique.get((max(a, b), min(a, b)), 0) for a in one for b in other]
            assert (1 - best) * sum(between) / len(between) + best * max(between) < least + 1e-6


def test_a_strong_pair_joins_what_the_mean_alone_would_not() -> None:
    links = [(1, 0, 900), (3, 2, 900), (2, 1, 700)]
    assert len(average_link(4, links, 300)) == 2
    assert len(average_link(4, links, 300, best=0.3)) == 1


def test_fingerprints_are_small_stable_and_pickle() -> None:
    (one,) = prints(BRIDGE)
    assert pickle.loads(pickle.dumps(one)) == one
    assert len(pickle.dumps(one)) < 2500
    weights = memoryview(one.weights).cast("H")
    assert abs(sum(w * w for w in weights) - SCALE**2) < 0.02 * SCALE**2
    assert one.terms.split(" ") == sorted(one.terms.split(" "))


def test_furniture_and_diacritics_do_not_change_a_fingerprint() -> None:
    from riwaya.model import Furniture

    plain = article(BRIDGE)
    noisy = article(BRIDGE.replace("جسر", "جِسْر") + "\nاشترك في نشرة ميرانة البريدية")
    hidden = replace(noisy, id=plain.id, furniture=(Furniture(noisy.text.index("\n"), len(noisy.text), "newsletter"),))
    assert fingerprint(hidden, Marks(plain.id)) == fingerprint(plain, Marks(plain.id))


def test_names_and_headline_weigh_more() -> None:
    text = f"فيضان الوادي\n\n{FESTIVAL}"
    a = replace(article(text), body_start=text.index("\n") + 2)
    flat = replace(a, body_start=0)

    def weight(of: Fingerprint, term: str) -> int:
        return dict(zip(of.terms.split(" "), memoryview(of.weights).cast("H"), strict=True)).get(term, 0)

    assert weight(fingerprint(a, Marks(a.id)), "فيض") > weight(fingerprint(flat, Marks(a.id)), "فيض") > 0
    at = text.index("يزن القصبجي")
    named = Marks(a.id, names=(Name(Span(a.id, at, at + 11), "يزن القصبجي", "person"),))
    assert weight(fingerprint(a, named), "قصبج") > weight(fingerprint(a, Marks(a.id)), "قصبج") > 0


def test_empty_and_wordless_texts_stand_alone() -> None:
    found = prints("", "١٢٣ ٤٥٦", "!!! ...", "نعم")
    assert len(group_stories(found)) == len({f.article_id for f in found})


def test_grouping_grows_about_as_the_number_of_reports() -> None:
    import time

    def seconds(count: int) -> float:
        found = invented_news(count, count // 4)
        start = time.process_time()
        group_stories(found)
        return time.process_time() - start

    seconds(50)
    small, large = seconds(400), seconds(1600)
    assert large < 12 * small + 0.1  # four times as many; the square would be 16


@pytest.mark.shared
def test_the_five_seeds_are_one_story(shared: object) -> None:
    from pathlib import Path

    folder = Path(str(shared)) / "seeds/articles"
    found = prints(*(p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))), day=None)
    assert len(found) == 5
    assert len(groups(found)) == 1
