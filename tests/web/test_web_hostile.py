"""Reports that attack: every page that can be reached shows their words, and nothing of them acts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import BASE, browser
from lxml import html
from served import REPORTS
from starlette.testclient import TestClient

import riwaya
from riwaya.archive import Archive
from riwaya.web.app import create_app

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202eevil\u2066",
    "]]><!--",
)
WORDS = (
    "قال الوزير {0} سالم الحربي إن 13 شخصا قتلوا {1} أمس الثلاثاء في مدينة صفاقس {2}.\n"
    "وأعلنت وكالة {3} أن 15 شخصا أصيبوا، بحسب {4} بيان وزارة الداخلية.\n"
    "ونفى المتحدث خالد {5} النجار ذلك، وقال: \"لا صحة {6} لما نشر\"، {7} وأضاف أن التحقيق مستمر."
)
MOST = 250  # pages that the walk looks at


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("hostile")
    reports = folder / "reports"
    reports.mkdir()
    for number, attack in enumerate(ATTACKS):
        turned = ATTACKS[number:] + ATTACKS[:number]
        report = {
            "text": WORDS.format(*turned), "title": f"{attack} سيول في صفاقس {turned[1]}", "outlet": f"{attack} صحيفة",
            "url": "javascript:alert(document.domain)" if number % 2 else f"https://example.org/{attack}", "byline": turned[2],
            "date": f"2031-05-{14 + number % 3}",
        }  # fmt: skip
        name = "\"><svg onload=alert(1)> &amp; {{7*7}}" if number == 0 else f"report {number}"
        (reports / f"{name}.json").write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    path = folder / "desk.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(riwaya.read(reports))
        archive.add(riwaya.read(REPORTS))
    return browser(create_app(path))


def walk(client: TestClient) -> Iterator[tuple[str, html.HtmlElement]]:
    """Every page that links lead to from the front page, without turning the same page by its query too often."""
    waiting, met = ["/"], {"/"}
    turned: dict[str, int] = {}
    for path in waiting:
        answer = client.get(path)
        if answer.status_code in (303, 307, 308):
            targets = [answer.headers["location"]]
        else:
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            page = html.fromstring(answer.content)
            yield path, page
            targets = page.xpath("//a/@href")
        for target in targets:
            parts = urlsplit(urljoin(BASE + path, target))
            where = parts.path + (f"?{parts.query}" if parts.query else "")
            kind = re.sub(r"/[^/]*\d[^/]*", "/N", parts.path)
            if parts.netloc != urlsplit(BASE).netloc or where in met or turned.get(kind, 0) >= 12 or len(waiting) >= MOST:
                continue
            turned[kind] = turned.get(kind, 0) + 1
            met.add(where)
            waiting.append(where)


@pytest.fixture(scope="module")
def walked(client: TestClient) -> list[tuple[str, html.HtmlElement]]:
    return list(walk(client))


def test_no_page_lets_a_report_act(walked: list[tuple[str, html.HtmlElement]]) -> None:
    assert len(walked) > 10
    for path, page in walked:
        assert [s for s in page.xpath("//script") if s.text or not s.get("src", "").startswith("/static/")] == [], path
        assert page.xpath("//img | //iframe | //object | //embed | //base") == [], path
        assert set(page.xpath("//meta/@http-equiv")) <= {"Content-Security-Policy"}, path
        assert page.xpath("//@style") == [], path
        assert [a for e in page.iter() if isinstance(e.tag, str) for a in e.attrib if a.lower().startswith("on")] == [], path
        for address in page.xpath("//@href | //@src | //@action | //@formaction | //*[local-name()='use']/@*"):
            parts = urlsplit(address)
            assert parts.scheme in ("", "http", "https"), f"{path}: {address}"
        for link in page.xpath("//a[starts-with(@href, 'http')]"):
            assert {"noopener", "noreferrer"} <= set(link.get("rel", "").split()), f"{path}: {link.get('href')}"
        assert "49" not in page.xpath("string(//title)"), path
        for form in page.xpath("//form[@method='post']"):
            assert form.xpath(".//input[@name='form_token']"), path
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), f"{path}: {sorted(i for i in ids if ids.count(i) > 1)[:3]}"


def test_every_page_stands_in_its_frame(walked: list[tuple[str, html.HtmlElement]]) -> None:
    for path, page in walked:
        if page.xpath("//body[@class='paper']") or path.startswith("/export/"):
            continue  # what is printed has no frame
        assert len(page.xpath("//main")) == len(page.xpath("//h1")) == 1, path
        assert page.xpath("//a[@class='skip']") and page.xpath("//nav"), path
        assert page.xpath("string(//title)").strip(" ·"), path
        for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
            named = control.get("aria-label") or control.get("aria-labelledby") or control.xpath("ancestor::label")
            assert named or page.xpath(f"//label[@for='{control.get('id')}']"), f"{path}: {html.tostring(control)[:200]!r}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_asked_is_only_words(client: TestClient, attack: str) -> None:
    for path in ("/search", "/", "/story/x", "/report/x", "/name/x", "/names/person", "/compare/x/y"):
        for query in ({"q": attack}, {"order": attack}, {"page": attack}, {"outlet": attack}, {"lang": attack, "theme": attack}):
            answer = client.get(path, params=query)
            assert answer.status_code < 500, f"{path}?{query}: {answer.status_code}"
            if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
                page = html.fromstring(answer.content)
                assert not page.xpath("//img | //script[not(@src)] | //svg/@onload | //*/@onmouseover"), f"{path}?{query}"
