from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from made_dossier import TEXTS, flood

from riwaya.model import Dossier, Published
from riwaya.tell.html import render, render_index, words
from riwaya.tell.write import write_story

HOSTILE = "<script>alert(1)</script>\" onload='x' &amp; \u202egnp\u2066 {{ 7*7 }} </p></details></main>"
VOID = {"meta", "link", "input", "br", "path", "circle", "img"}


class Page(HTMLParser):
    """A page taken apart: ids, links, elements; whether what opens closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value and tag == "a":
                self.links.append(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render(flood()))


def hostile() -> Dossier:
    a, b, c = (f"{HOSTILE} {text} {HOSTILE}" for text in TEXTS)
    dossier = flood((a, b, c))
    names = tuple(replace(e, name=HOSTILE, description=HOSTILE) for e in dossier.entities)
    about = tuple(replace(d, about=HOSTILE) for d in dossier.disputes)
    articles = tuple(replace(x, outlet=HOSTILE, byline=HOSTILE, path=HOSTILE) for x in dossier.articles)
    return replace(dossier, entities=names, disputes=about, articles=articles)


def test_every_link_inside_leads_somewhere(page: Page) -> None:
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert len(inside) > 40
    assert set(inside) <= set(page.ids)


def test_no_id_stands_twice(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("dossier", [flood(), hostile()], ids=["plain", "hostile"])
def test_what_opens_closes(dossier: Dossier) -> None:
    page = Page(render(dossier))
    assert page.faults == []
    assert page.open == []


def test_hostile_text_stays_text() -> None:
    html = render(hostile())
    assert html.count("<script>") == 1
    assert "<script>alert" not in html
    assert "{{ 7*7 }}" in "".join(Page(html).text)
    scripted = [a for _, attrs in Page(html).tags for a in attrs if a.startswith("on")]
    assert scripted == []


def test_nothing_is_asked_of_another_host(page: Page) -> None:
    for tag, attrs in page.tags:
        address = attrs.get("href") or attrs.get("src") or attrs.get("data") or ""
        if "://" in address and not address.startswith("data:"):
            assert tag == "a", (tag, address)
    policy = next(a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    html = render(flood())
    assert "url(" not in html
    assert "@import" not in html


def test_only_addresses_of_the_web_become_links(page: Page) -> None:
    outside = {link for link in page.links if not link.startswith("#")}
    assert outside == {"https://example.org/a"}


def test_text_of_a_report_is_whole(page: Page) -> None:
    dossier = flood()
    html = render(dossier)
    for article in dossier.articles:
        for line in article.text.splitlines():
            if not line.strip():
                continue
            # Numbers of twin reports stand between the words of the text; everything else is the text, in its order.
            letters = "".join(re.findall(r"\w+|[.\"]", line))
            body = re.sub(r'<span class="twins">.*?</span></a></span>', "", html)
            shown = "".join(re.findall(r"\w+|[.\"]", "".join(Page(body).text)))
            assert letters in shown


def test_every_string_is_in_both_languages() -> None:
    text = words.tables()["text"]
    assert len(text) > 100
    for key, pair in text.items():
        assert len(pair) == 2, key
        ar, en = pair
        assert set(re.findall(r"{\w+}", ar)) == set(re.findall(r"{\w+}", en)), key
        assert en.strip(), key
        if re.sub(r"{\w+}|\W", "", ar):
            assert re.search("[\u0600-\u06ff]", ar), key
    for key, forms in words.tables()["count"].items():
        assert set(forms["ar"]) == {"zero", "one", "two", "few", "many", "other"}, key
        assert {"one", "other"} <= set(forms["en"]), key


def test_every_string_that_is_asked_for_exists_and_none_is_idle() -> None:
    home = Path(words.__file__).parent
    exports = home.parent / "exports"
    asking = [*home.glob("*.py"), *(home / "templates").glob("*.j2"), *exports.rglob("*.py"), *exports.rglob("*.j2")]
    sources = "".join(p.read_text("utf-8") for p in asking)
    asked = {k for k in re.findall(r"""(?:\bt|plain|say)\(['"]([a-z_.]+)['"]""", sources) if not k.endswith(".")}
    text = words.tables()["text"]
    assert asked - set(text) == set()
    # Keys that templates put together: t('kind.' ~ kind), t(c.key ~ '.what'), t(x.direction) and the like.
    built = ("kind.", "role.", "stance.", "scope.", "published.", "layer.", "isnad.", "carried.", "theme.")
    ends = (".what", ".none", "people.title", "organizations.title", "places.title")
    values = {"copy", "paraphrase", "a_to_b", "b_to_a", "common_source", "unknown", "furniture", "background"}
    values |= {"contradiction", "revision", "precision"}
    rest = {k for k in text if not k.startswith(built) and not k.endswith(ends)} - asked - values
    assert {k for k in rest if f'"{k}"' not in sources and f"'{k}'" not in sources} == set()


@pytest.mark.parametrize(
    ("number", "ar", "en"),
    [
        (0, "لا تقارير", "0 reports"), (1, "تقرير واحد", "1 report"), (2, "تقريران", "2 reports"), (3, "3 تقارير", "3 reports"),
        (10, "10 تقارير", "10 reports"), (11, "11 تقريرًا", "11 reports"), (99, "99 تقريرًا", "99 reports"),
        (100, "100 تقرير", "100 reports"), (103, "103 تقارير", "103 reports"), (1111, "1,111 تقريرًا", "1,111 reports"),
    ],
)  # fmt: skip
def test_plurals(number: int, ar: str, en: str) -> None:
    assert words.plural("reports", number) == (ar, en)


@pytest.mark.parametrize(
    ("value", "ar", "en"),
    [
        ("2022-01-12", "12 كانون الثاني/يناير 2022", "12 January 2022"),
        ("2022-01-12T07:30+06:00", "12 كانون الثاني/يناير 2022، 07:30", "12 January 2022, 07:30"),
        ("2022-01", "كانون الثاني/يناير 2022", "January 2022"),
        ("2022", "2022", "2022"),
        ("9999-99-99", "9999-99-99", "9999-99-99"),
        ("2022-W02", "2022-W02", "2022-W02"),
        ("2022-01-11/2022-01-13", "11 كانون الثاني/يناير 2022 – 13 كانون الثاني/يناير 2022", "11 January 2022 – 13 January 2022"),
    ],
)
def test_dates(value: str, ar: str, en: str) -> None:
    assert words.day(value) == (ar, en)
    assert words.day(None) is None


def test_the_page_opens_in_the_language_asked_for() -> None:
    for lang, direction in (("ar", "rtl"), ("en", "ltr")):
        html = render(flood(), lang)
        assert f'<html lang="{lang}" dir="{direction}">' in html
        assert re.search(rf'id="lang-{lang}" value="{lang}" checked', html)


def test_sections_stand_under_one_heading_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_story_with_nothing_found_still_has_a_page() -> None:
    whole = flood()
    article = replace(whole.articles[0], published=Published(), title=None, outlet=None, agencies=(), furniture=())
    story = replace(whole.stories[0], title="", article_ids=(article.id,), first=None, last=None, summary=(), place_ids=())
    page = Page(render(Dossier((article,), (story,))))
    assert page.faults == []
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_rendering_twice_gives_the_same() -> None:
    assert render(flood()) == render(flood())


def test_index_of_several_stories() -> None:
    cards = [write_story(flood(story_id=f"s-{i}"), folder=Path(), formats=(), lang="ar") for i in range(3)]
    page = Page(render_index(cards, (), (), 9))
    assert page.faults == []
    assert "".join(page.text).count("سيول تضرب وادي الزهر") == 3
