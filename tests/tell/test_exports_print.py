"""The printable page: every number leads to its note, every note to its words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from made_dossier import flood

from riwaya.model import Dossier
from riwaya.tell import merge
from riwaya.tell.exports import export
from riwaya.tell.exports.printed import policy

VOID = {"meta", "br", "link", "img", "input"}


class Page(HTMLParser):
    """Ids, links, and elements that are still open where they should not be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [v or "" for k, v in attrs if k in ("href", "src", "action")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def page(dossier: Dossier, lang: str = "ar") -> str:
    return export(dossier, "print", lang).decode("utf-8")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_page_is_whole_and_asks_for_nothing(lang: str) -> None:
    text = page(flood(), lang)
    read = Page(text)
    assert read.wrong == []
    assert read.open == []
    assert len(set(read.ids)) == len(read.ids)
    assert {link for link in read.links if not link.startswith("#")} == {"https://example.org/a"}
    assert not read.tags & {"script", "img", "iframe", "link", "form"}
    assert policy() in text.replace("&#39;", "'")
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in text


def test_it_is_in_one_language() -> None:
    assert "What stands" not in page(flood())
    assert "ما الثابت؟" not in page(flood(), "en")
    assert "What stands" in page(flood(), "en")


def test_every_number_leads_to_a_note_and_every_note_to_its_words() -> None:
    dossier = flood()
    text = page(dossier)
    read = Page(text)
    assert {link[1:] for link in read.links if link.startswith("#")} == {i for i in read.ids if re.search(r"-n\d+$", i)}
    ordered = sorted(dossier.articles, key=lambda a: a.published.value or "")
    notes = re.findall(
        r'<li id="s-1-n(\d+)"><span class="no">\1</span><span>التقرير (\d)، <bdi>[^<]*</bdi>، <bdi dir="ltr">(\d+)–(\d+)</bdi>: '
        r"(?:<bdi>([^<]*)</bdi>|<i>كما في المتن</i>)",
        text,
    )
    assert len(notes) == text.count('class="no">') - len(dossier.articles) > 5
    for _, report, start, end, words in notes:
        told = ordered[int(report) - 1].text[int(start) : int(end)]
        assert told.strip()
        assert words in ("", " ".join(told.split()))


def test_the_first_number_is_one_and_none_is_skipped() -> None:
    numbers = [int(n) for n in re.findall(r'href="#s-1-n(\d+)"', page(flood()))]
    first_seen = list(dict.fromkeys(numbers))
    assert first_seen == list(range(1, len(first_seen) + 1))


def test_it_says_what_the_dossier_says() -> None:
    text = page(flood())
    said = ("13 شخصا قتلوا", "سالم الحربي (عن الحكومة)", "أكدته مصادر مستقلة", "15 فأكثر", "تضارب", "سالم الحربي ← صحيفة المرفأ")
    assert [words for words in said if words not in text] == []
    assert "javascript:" not in text


def test_several_stories_begin_on_sheets_of_their_own() -> None:
    text = page(merge([flood(), flood(story_id="s-2")]))
    read = Page(text)
    assert read.wrong == []
    assert len(set(read.ids)) == len(read.ids)
    assert text.count('<article class="story"') == 2
    assert {"#s-1", "#s-2"} <= set(read.links)
