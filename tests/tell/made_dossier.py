"""A dossier made by hand about an invented flood, with everything that the page shows."""

from __future__ import annotations

from dataclasses import replace

from riwaya.ids import stable_id
from riwaya.model import (
    Article,
    Credit,
    Direction,
    Dispute,
    Dossier,
    Duplicate,
    Entity,
    Figure,
    Furniture,
    Link,
    Marks,
    NameCount,
    Origin,
    Passage,
    Place,
    Published,
    Quote,
    Reason,
    Side,
    Skipped,
    Span,
    Speaker,
    Statement,
    Story,
    SummarySentence,
    Time,
    TimelineEntry,
)

TEXTS = (
    "سيول تضرب وادي الزهر\r\n\r\nقال الوزير سالم الحربي إن \"13 شخصا قتلوا\" أمس الثلاثاء.\r\nشارك عبر فيسبوك",
    "ارتفع عدد قتلى سيول وادي الزهر إلى 15 قتيلا، بحسب وكالة نورس.\nوأصيب العشرات.",
    "قال الوزير سالم الحربي إن 13 شخصا قتلوا أمس الثلاثاء.\nونفى مسؤول محلي ذلك.",
)
OUTLETS = ("صحيفة المرفأ", "موقع الضفة", None)


def find(article: Article, words: str) -> Span:
    """Where words stand in an article."""
    start = article.text.index(words)
    return Span(article.id, start, start + len(words))


def flood(texts: tuple[str, str, str] = TEXTS, story_id: str = "s-1") -> Dossier:
    """Three reports: one quotes the minister, one revises the toll after an agency, one copies the first."""
    a, b, c = (
        Article(
            stable_id("a", story_id, i, text),
            f"{story_id}/{i}.txt",
            text,
            outlet=OUTLETS[i],
            title=text.splitlines()[0],
            url="https://example.org/a" if i == 0 else "javascript:alert(1)",
            published=Published(f"2031-05-{14 + i}", "inferred", (Span(stable_id("a", story_id, i, text), 0, 4),)),
        )
        for i, text in enumerate(texts)
    )
    line = find(a, "شارك عبر فيسبوك")
    a = replace(a, furniture=(Furniture(line.start, line.end, "share"),))
    b = replace(b, agencies=(Credit("نورس", find(b, "وكالة نورس"), "body"),))
    said_a, said_c = find(a, "13 شخصا قتلوا"), find(c, "13 شخصا قتلوا أمس الثلاثاء")
    minister = Entity(
        "e-minister",
        "person",
        "سالم الحربي",
        (NameCount("سالم الحربي", 2), NameCount("الحربي", 1)),
        (find(a, "سالم الحربي"), find(c, "سالم الحربي")),
        description="الوزير",
        reasons=(Reason("same spelling", 2.5, "سالم الحربي"),),
    )
    valley = Entity(
        "e-valley",
        "place",
        "وادي الزهر",
        (NameCount("وادي الزهر", 2),),
        (find(a, "وادي الزهر"), find(b, "وادي الزهر")),
        place=Place(33.5, 44.4, "IQ", 1),
    )
    quotes = [
        Quote(
            f"q-{i}",
            span,
            find(article, "قال"),
            direct=i == 0,
            stance="affirms",
            speaker=Speaker("e-minister", find(article, "سالم الحربي"), "سالم الحربي"),
            isnad=(Link("outlet", article.outlet), Link("speaker", "سالم الحربي", "e-minister", find(article, "سالم الحربي"))),
        )
        for i, (article, span) in enumerate(((a, said_a), (c, said_c)))
    ]
    figures = {
        a.id: Figure("f-a", find(a, "13 شخصا"), "13 شخصا", 13.0, 13.0, False, "killed", None, "شخصا", "total", "2031-05-13",
                     "e-valley", "q-0"),
        b.id: Figure("f-b", find(b, "15 قتيلا"), "15 قتيلا", 15.0, None, True, "killed", None, "قتيلا", "part"),
        c.id: Figure("f-c", find(c, "13 شخصا"), "13 شخصا", None, 12.5, False, "killed", None, "شخصا"),
    }  # fmt: skip
    marks = tuple(
        Marks(
            x.id,
            times=(Time(find(x, "أمس الثلاثاء"), "أمس الثلاثاء", "DATE", "2031-05-13", "gregorian"),) if x is not b else (),
            figures=(figures[x.id],),
            quotes=tuple(q for q in quotes if q.content.article_id == x.id),
        )
        for x in (a, b, c)
    )
    ids = tuple(sorted((a.id, b.id, c.id)))
    statements = (
        Statement(
            "st-13", story_id, "13 شخصا قتلوا", (said_a, said_c), tuple(sorted((a.id, c.id))), (c.id, "صحيفة المرفأ"),
            ("q-0", "q-1"), ("f-a", "f-c"), (Origin("سالم الحربي", "speaker", "e-minister", True, "الحكومة", (a.id, c.id)),),
            1, "repeated", True, 0.61234, ("موقع الضفة",), (b.id,),
        ),
        Statement(
            "st-15", story_id, "ارتفع عدد قتلى سيول وادي الزهر إلى 15 قتيلا", (find(b, "ارتفع عدد قتلى"),), (b.id,),
            ("موقع الضفة",), (), ("f-b",), (Origin("نورس", "agency", None, True, None, (b.id,)),), 1, "single",
        ),
        Statement(
            "st-two", story_id, "سيول تضرب وادي الزهر", (find(a, "سيول تضرب"), find(b, "سيول وادي الزهر")),
            tuple(sorted((a.id, b.id))), ("صحيفة المرفأ", "موقع الضفة"), (), (),
            (
                Origin("صحيفة المرفأ", "outlet", None, True, None, (a.id,)),
                Origin("موقع الضفة", "outlet", None, True, None, (b.id,)),
            ),
            2, "corroborated", False, 0.9,
        ),
    )  # fmt: skip
    revision = Dispute(
        "d-toll", story_id, "revision", "killed: 13 / 15",
        (
            Side("13 شخصا قتلوا", (said_a, said_c), tuple(sorted((a.id, c.id))), ("صحيفة المرفأ",), "2031-05-13"),
            Side("15 قتيلا", (find(b, "15 قتيلا"),), (b.id,), ("موقع الضفة",), "2031-05-15"),
        ),
        ("st-13", "st-15"), (Reason("later", 1.0),),
    )  # fmt: skip
    denial = Dispute(
        "d-denial", story_id, "contradiction", "13 شخصا قتلوا",
        (Side("قتلوا", (said_a,), (a.id,), ()), Side("ونفى", (find(c, "ونفى مسؤول محلي ذلك"),), (c.id,), ())), ("st-13",),
    )  # fmt: skip
    vague = Dispute(
        "d-vague", story_id, "precision", "day of the event: 2031-05-13 / 2031-05-14",
        (Side("15", (find(b, "15 قتيلا"),), (b.id,), ()), Side("العشرات", (find(b, "العشرات"),), (b.id,), ())),
    )  # fmt: skip
    story = Story(
        story_id, texts[0].splitlines()[0], ids, "2031-05-14", "2031-05-16", (c.id, "صحيفة المرفأ", "موقع الضفة"), 4, 1,
        ("e-valley",), (SummarySentence("13 شخصا قتلوا", (said_a, said_c)),), tuple(s.id for s in statements),
        ("d-denial", "d-toll", "d-vague"), (Reason("rare words", 3.2, "وادي الزهر"),),
    )  # fmt: skip
    by_id = {x.id: x for x in (a, b, c)}
    passage = (said_a, find(c, "13 شخصا قتلوا")) if a.id < c.id else (find(c, "13 شخصا قتلوا"), said_a)
    direction: Direction = "a_to_b" if a.id < c.id else "b_to_a"
    return Dossier(
        articles=tuple(by_id[i] for i in ids),
        stories=(story,),
        marks=tuple(sorted(marks, key=lambda m: m.article_id)),
        entities=(minister, valley),
        passages=(Passage("p-1", *passage, "copy", 0.98765, direction, None, (Reason("dates", 1.0),)),),
        statements=statements,
        disputes=(denial, revision, vague),
        timeline=(
            TimelineEntry(story_id, "2031-05-13T07:30", None, "hour", (said_c,), ("st-13",)),
            TimelineEntry(story_id, "2031-05-01", "2031-05-31", "month", (find(b, "سيول"),)),
        ),
        skipped=(Skipped("broken.json", "not JSON"),),
        duplicates=(Duplicate("again.txt", a.id),),
    )
