"""Invented reports about invented happenings, for the tests of this folder."""

from __future__ import annotations

from riwaya.ids import stable_id
from riwaya.model import Article, Credit, Furniture, Marks, Published

BRIDGE = (
    "انهار جسر وادي السدر في محافظة ميرانة صباح اليوم بعد أمطار غزيرة استمرت يومين، "
    "ما أدى إلى مقتل سبعة أشخاص وإصابة تسعة عشر آخرين. "
    "وقال محافظ ميرانة سامر الحلواني إن فرق الإنقاذ انتشلت أربع مركبات من مجرى الوادي، وإن البحث عن مفقودين مستمر حتى مساء الغد. "
    "وأوضحت هيئة الطرق أن الجسر شُيّد قبل أربعين عاما ولم يخضع لأي صيانة منذ تسع سنوات رغم تحذيرات المهندسين المتكررة."
)
BRIDGE_AGAIN = (
    "أعلنت هيئة الطرق أن جسر وادي السدر الذي انهار في ميرانة لم يخضع للصيانة منذ تسع سنوات رغم تحذيرات المهندسين. "
    "وتفقد وزير النقل موقع الجسر المنهار، ووعد بتحقيق عاجل في أسباب الانهيار الذي أودى بحياة سبعة أشخاص في مجرى الوادي. "
    "وكان المحافظ سامر الحلواني قد قال إن فرق الإنقاذ انتشلت أربع مركبات، وإن البحث عن المفقودين في وادي السدر متواصل."
)
FESTIVAL = (
    "افتتحت في مدينة دلمونة الدورة الثانية عشرة لمهرجان الفخار الدولي بمشاركة خزافين من عشرين بلدا وسط حضور جماهيري لافت. "
    "ويعرض الخزاف يزن القصبجي مجموعة من الجرار المزججة التي استوحى زخارفها من مخطوطات قديمة محفوظة في متحف المدينة. "
    "وتستمر عروض المهرجان أسبوعا وتتخللها ورش لتعليم الأطفال تشكيل الطين على الدولاب التقليدي."
)
TEAM = (
    "أقال نادي الشهاب مدربه رودان كوفاتش بعد خسارته أمام الصقور بثلاثة أهداف في الجولة السابعة من دوري المحترفين لكرة القدم. "
    "وأسندت إدارة النادي تدريب الفريق مؤقتا إلى المدرب المساعد هيثم الدروبي حتى نهاية الموسم الكروي الحالي. "
    "ويحتل الشهاب المركز قبل الأخير برصيد خمس نقاط فقط بعد خمس هزائم متتالية هذا الموسم."
)


def article(
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    agencies: tuple[str, ...] = (),
    furniture: tuple[Furniture, ...] = (),
    url: str | None = None,
    key: str = "",
) -> Article:
    """An article with a stable id of its text, outlet and key."""
    found = Published(published, "stated") if published else Published()
    credits_ = tuple(Credit(name, None, "byline") for name in agencies)
    name = stable_id("a", outlet, text, key)
    return Article(name, "", text, url=url, outlet=outlet, published=found, agencies=credits_, furniture=furniture)


def blank(*articles: Article) -> list[Marks]:
    """Marks with nothing found."""
    return [Marks(a.id) for a in articles]
