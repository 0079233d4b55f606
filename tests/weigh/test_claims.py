"""What nobody has said yet, and manners that exclude each other."""

from __future__ import annotations

from riwaya.weigh.story import weigh_story

from .reports import article, related

NOBODY = "هز انفجار كبير سوقا في مدينة حلب. وندد رئيس الوزراء السوري بالهجوم، دون أن تعلن أي جهة مسؤوليتها عن الهجوم على السوق."
CLAIMED = "هز انفجار كبير سوقا في مدينة حلب. وأعلنت حركة الفجر المتشددة المحظورة مسؤوليتها عن الهجوم على السوق."
SUICIDE = "قالت الشرطة إن الانفجار الذي هز سوق الخضار في مدينة حلب نجم عن هجوم انتحاري بشاحنة مفخخة."
REMOTE = "أعلنت السلطات أن الانفجار الذي هز سوق الخضار في مدينة حلب نجم عن شاحنة مفخخة فجرت عن بعد."
LATE = "أعلنت الشرطة أن المسلح بدأ بإطلاق النار بعد عشرين دقيقة من بدء عرض الفيلم في صالة السينما."
LATER = "وقال شهود إن المسلح بدأ بإطلاق النار بعد 30 دقيقة من بدء عرض الفيلم في صالة السينما."


def kinds(one: str, other: str) -> dict[str, str]:
    """Why -> kind of the disputes between two reports of two days."""
    story = related(
        article(one, "صحيفة النهر", "2023-05-09", titled=False), article(other, "موقع الضفة", "2023-05-10", titled=False)
    )
    return {d.reasons[0].name: d.kind for d in weigh_story(story).disputes}


def test_a_claim_replaces_that_nobody_claimed() -> None:
    assert kinds(NOBODY, CLAIMED).get("not known then, told by others") == "revision"


def test_officials_who_speak_claim_nothing() -> None:
    nobody = "هز انفجار كبير سوقا في مدينة حلب. ولم تعلن أي جهة مسؤوليتها عن الهجمات على الفور."
    officials = "هز انفجار سوقا في مدينة حلب. ونقلت وكالة عن مسؤولين قولهم إن سبعة من رجال الشرطة قتلوا في الهجمات."
    assert "not known then, told by others" not in kinds(nobody, officials)
    assert "not known then, told by others" in kinds(nobody, CLAIMED.replace("الهجوم على السوق", "الهجمات"))


def test_two_manners_of_one_act_contradict() -> None:
    assert kinds(SUICIDE, REMOTE).get("two manners of one act") == "contradiction"


def test_the_same_manner_does_not() -> None:
    assert "two manners of one act" not in kinds(SUICIDE, SUICIDE.replace("قالت الشرطة", "ذكرت مصادر"))


def test_two_lapses_of_time_contradict() -> None:
    assert kinds(LATE, LATER).get("time elapsed") == "contradiction"
