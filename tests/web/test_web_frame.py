"""The frame that every page stands in: languages, themes, messages, static files, errors."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import browser, empty_app, form_token
from starlette.testclient import TestClient

import riwaya.web
from riwaya.web.request import Archives
from riwaya.web.words import LANGUAGES, speak, tables

WEB = Path(riwaya.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").glob("*.j2"))


@pytest.fixture
def client() -> TestClient:
    return browser(empty_app())


def test_arabic_first_english_beside_it(client: TestClient) -> None:
    assert '<html lang="ar" dir="rtl" data-theme="auto">' in client.get("/").text
    assert '<html lang="en" dir="ltr"' in client.get("/?lang=en").text
    kept = client.get("/")
    assert '<html lang="en" dir="ltr"' in kept.text and kept.headers["content-language"] == "en"
    assert '<html lang="en"' in client.get("/?lang=xx").text


@pytest.mark.parametrize(("lang", "other"), [("ar", "en"), ("en", "ar")])
def test_one_language_on_a_page_and_the_other_one_click_away(client: TestClient, lang: str, other: str) -> None:
    text = client.get(f"/?lang={lang}&order=size").text
    assert f'lang={other}"' in text and "order=size&amp;lang=" in text
    words = re.sub(r'<a class="quiet" [^>]*rel="alternate">[^<]*</a>', "", text)
    attributes = re.compile(r'(?:aria-label|title|placeholder)="([^"]*)"')
    words = re.sub(r"<[^>]+>", lambda tag: " ".join(attributes.findall(tag[0])), words)
    assert bool(re.search(r"[\u0621-\u064a]", words)) == (lang == "ar")


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_a_theme_is_kept_and_stands_in_the_first_bytes(client: TestClient, theme: str) -> None:
    client.get(f"/?theme={theme}")
    assert f'data-theme="{theme}"' in client.get("/").text[:200]


def test_preferences_are_cookies_that_scripts_do_not_see(client: TestClient) -> None:
    cookie = client.get("/?lang=en").headers["set-cookie"]
    assert "riwaya_lang=en" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_every_word_stands_in_both_languages() -> None:
    for key, pair in tables()["text"].items():
        assert len(pair) == len(LANGUAGES) and all(pair), key
        ar, en = ({*re.findall(r"{\w+}", text)} for text in pair)
        assert ar == en, key


def test_every_word_that_a_template_names_is_there() -> None:
    text, counts = tables()["text"], tables()["count"]
    for path in TEMPLATES:
        source = path.read_text("utf-8")
        for key in re.findall(r"\b(?:t|attr)\('([\w.]+)'[,)]", source):
            assert key in text, f"{path.name}: {key}"
        for key in re.findall(r"\bn\('([\w.]+)',", source):
            assert key in counts, f"{path.name}: {key}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_keep_the_policy(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"\sstyle=", source), "no style attributes: the policy forbids them"
    assert not re.search(r"\son[a-z]+=", source), "no handlers: the policy forbids them"
    assert "|safe" not in source.replace(" ", ""), "nothing is exempt from escaping"
    assert not re.search(r"<script(?![^>]*\ssrc=)", source), "no inline scripts"
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", source), "no other hosts"
    for form in re.findall(r"""<form[^>]*method=["']post["'].*?</form>""", source, re.S):
        assert "csrf()" in form, f"a form without its token: {form[:80]}"


def test_styles_are_logical_and_of_this_host() -> None:
    for path in (WEB / "static").glob("*.css"):
        source = path.read_text("utf-8")
        sides = r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|[;{\s](?:left|right):"
        assert not re.search(sides, source), path
        assert not re.search(r"url\(|@import", source), path
        assert "letter-spacing" not in source and "italic" not in source, path


def test_static_files_have_an_address_for_each_content(client: TestClient) -> None:
    address = re.search(r'href="(/static/desk\.css\?v=\w+)"', client.get("/").text)
    assert address
    answer = client.get(address[1])
    assert answer.headers["cache-control"].endswith("immutable") and answer.headers["content-type"].startswith("text/css")
    assert client.get("/static/desk.css", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert "immutable" not in client.get("/static/desk.css?v=other").headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2f%2e%2e%2fversion.py",
     "/static/app.py", "/static/desk.css%00.js", "/%00", "/static/" + "a" * 5000, "/story/../../etc/passwd",
     "/\\..\\..", "/%ff%fe"],
)  # fmt: skip
def test_path_tricks_lead_nowhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (303, 307, 404)
    assert "import" not in answer.text and not answer.headers.get("location", "/").startswith("//")


def test_errors_are_pages_to_people_and_one_shape_to_programs(client: TestClient) -> None:
    page = client.get("/nothing/here")
    assert page.status_code == 404 and "لا شيء في هذا العنوان" in page.text and "<main" in page.text
    told = client.get("/api/v1/nothing")
    assert told.status_code == 404
    assert told.json() == {"error": {"code": "not_found", "message": "There is nothing at this address."}}
    assert client.put("/").status_code == 405
    assert client.get("/?order=sideways").status_code == 422


def test_what_breaks_says_nothing_of_the_code(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/probe/fails")
    assert answer.status_code == 500 and "content-security-policy" in answer.headers
    assert "vault" not in answer.text and "Traceback" not in answer.text and "ZeroDivision" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_message_is_shown_once(client: TestClient) -> None:
    assert client.post("/probe", data={"note": "<b>1", "form_token": form_token(client)}).status_code == 303
    shown = client.get("/").text
    assert "&lt;b&gt;1" in shown and 'class="flash done"' in shown
    assert 'class="flash' not in client.get("/").text


@pytest.mark.parametrize(
    "cookie", ["x", "W10=", "W1siZG9uZSIsICJub3BlIiwge31dXQ==", "bnVsbA==", "e30=", "W1siZG9uZSJdXQ==", "é" * 3,
               "W1siZG9uZSIsICJwYWdlci5hdCIsIHsibnVtYmVyIjogW119XV0="]
)  # fmt: skip
def test_a_forged_message_is_not_shown(client: TestClient, cookie: str) -> None:
    answer = client.get("/", headers={"cookie": f"riwaya_flash={cookie}".encode()})
    assert answer.status_code == 200 and 'class="flash' not in answer.text


def test_each_thread_has_an_archive_of_its_own_and_closes_it() -> None:
    opened: list[Opened] = []

    class Opened:
        def __init__(self, read_only: bool) -> None:
            self.read_only, self.closed = read_only, False
            opened.append(self)

        def close(self) -> None:
            self.closed = True

    archives = Archives(Opened)  # type: ignore[arg-type]

    def work() -> None:
        assert archives.mine(read_only=True) is archives.mine(read_only=True)
        assert archives.mine(read_only=True) is not archives.mine(read_only=False)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6 and sum(one.read_only for one in opened) == 3
    assert all(one.closed for one in opened)


@pytest.mark.parametrize(
    ("seconds", "ar", "en"),
    [(0, "الآن", "just now"), (-5, "الآن", "just now"), (60, "قبل دقيقة", "1 minute ago"), (125, "قبل دقيقتين", "2 minutes ago"),
     (5 * 60, "قبل 5 دقائق", "5 minutes ago"), (3600, "قبل ساعة", "1 hour ago"), (86400 * 12, "قبل 12 يومًا", "12 days ago")],
)  # fmt: skip
def test_how_long_ago_in_words(seconds: float, ar: str, en: str) -> None:
    assert (speak("ar").ago(1000 - seconds, 1000), speak("en").ago(1000 - seconds, 1000)) == (ar, en)
