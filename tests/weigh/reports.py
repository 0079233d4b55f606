"""Invented reports of an invented accident, marked by the real rooms, for the tests of weigh."""

from __future__ import annotations

from riwaya.ids import stable_id
from riwaya.mark import mark_article
from riwaya.model import Article, Published, Related
from riwaya.relate.story import relate_story

FIRST = """حريق في مصنع النسيج بمدينة حلب
أعلن محافظ حلب سامر الحموي، اليوم الثلاثاء، أن حريقا ضخما اندلع في مصنع النسيج. وتسبب الحريق في مقتل 12 شخصا وإصابة العشرات.
وقال الحموي: "سنفتح تحقيقا في أسباب الحريق خلال عشرة أيام، وستتحمل إدارة المصنع كامل المسؤولية عن الإصلاح".
وأغلقت الشرطة الطريق الدولي أمام حركة الشاحنات."""

SECOND = """مقتل 15 شخصا في حريق مصنع النسيج
قال محافظ حلب سامر الحموي أمس إن حريقا ضخما اندلع في مصنع النسيج، مضيفا أن الحريق أدى إلى مقتل 15 شخصا وإصابة المئات.
وأغلقت الشرطة الطريق الدولي أمام حركة الشاحنات.
وأكد مصدر أمني أن المصنع خزن مواد كيميائية خطرة داخل المبنى."""

THIRD = """إدارة المصنع ترد
نفت إدارة مصنع النسيج تخزين مواد كيميائية خطرة داخل المبنى.
وذكرت وزارة الصحة السورية أن المستشفيات تحتاج إلى التبرع بالدم."""


def article(text: str, outlet: str | None, day: str | None, *, titled: bool = True) -> Article:
    """An article as `read` would give it, its first line the headline."""
    title = text.split("\n", 1)[0] if titled else None
    published = Published(day, "stated") if day else Published()
    return Article(stable_id("a", outlet, text), f"{outlet}.txt", text, outlet=outlet, title=title, published=published)


def related(*articles: Article) -> Related:
    """These articles as one story, through the real rooms before weigh."""
    return relate_story("s-test", list(articles), [mark_article(a) for a in articles], None, ())


def accident() -> Related:
    """Three reports of one accident, on two days."""
    return related(
        article(FIRST, "صحيفة النهر", "2023-05-09"),
        article(SECOND, "موقع الضفة", "2023-05-10"),
        article(THIRD, "صحيفة الجبل", "2023-05-10"),
    )
