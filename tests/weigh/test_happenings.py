"""One kind of happening at one place on one day, told in other words."""

from __future__ import annotations

from riwaya.weigh.story import weigh_story

from .reports import article, related

BLAST = "ارتفعت حصيلة ضحايا الانفجار الكبير الذي هز سوقا مزدحمة في مدينة حلب أمس الثلاثاء."
ATTACK = "دفن السكان ضحايا الهجوم الدامي الذي استهدف المتسوقين يوم الثلاثاء في حلب."
ELSEWHERE = "دفن السكان ضحايا الهجوم الدامي الذي استهدف المتسوقين يوم الثلاثاء في دمشق."


def joined(one: str, other: str) -> bool:
    """Whether a statement of two reports names one happening."""
    story = related(
        article(one, "صحيفة النهر", "2023-05-10", titled=False), article(other, "موقع الضفة", "2023-05-10", titled=False)
    )
    return any(r.name == "one happening, place and day" for s in weigh_story(story).statements for r in s.reasons)


def test_two_words_for_one_happening_are_joined_by_place_and_day() -> None:
    assert joined(BLAST, ATTACK)


def test_another_place_or_day_is_another_happening() -> None:
    assert not joined(BLAST, ELSEWHERE)
    assert not joined(BLAST, ATTACK.replace("الثلاثاء", "الأحد"))


def test_without_a_day_nothing_is_joined() -> None:
    assert not joined(BLAST, ATTACK.replace("يوم الثلاثاء ", ""))
