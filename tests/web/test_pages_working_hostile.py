"""Attacks on the working pages: reports, reasons, names of files, addresses; and several who write at once."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import form_token
from lxml import html
from reading_desk import copied
from starlette.testclient import TestClient
from working_desk import Editor

import riwaya
from riwaya.archive import Archive, StoryQuery
from riwaya.model import Alert, Span
from riwaya.serial.corrections import make_correction
from riwaya.settings.web import WEB
from riwaya.watch.state import SourceState
from riwaya.watch.store import ArchiveStore
from riwaya.web.adding import safe_name

PAYLOADS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "</textarea></title></style><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "\u202egnp.exe\u2066",
)
ALL = " ".join(PAYLOADS)
NEWS = (
    "قال وزير النقل {0} سامي القرنفلي إن 13 شخصا قتلوا في مدينة حلب مساء الثلاثاء {1} وأصيب أربعون آخرون بجروح خطيرة. "
    "وأضاف القرنفلي أن فرق الإنقاذ {2} تواصل البحث عن خمسة مفقودين تحت الأنقاض منذ الفجر. {3} "
    "وأعلنت وزارة الصحة {4} أن المستشفيات استقبلت جميع المصابين وأن حالة عشرة منهم حرجة للغاية."
)
PATIENCE = 60  # seconds: this machine may be busy


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Editor:
    """An editor over an archive of which every field attacks."""
    folder = tmp_path_factory.mktemp("hostile")
    reports = folder / "in"
    reports.mkdir()
    for number in range(3):
        turned = PAYLOADS[number:] + PAYLOADS[:number]
        report = {
            "text": NEWS.format(*turned), "title": f"{turned[0]} انهيار في حلب {turned[1]}", "outlet": f"{turned[2]} صحيفة",
            "url": f"javascript:alert({number})", "byline": ALL, "date": f"2031-03-0{number + 1}",
        }  # fmt: skip
        (reports / f"{number} <svg onload=alert(1)>.json").write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    path = folder / "a.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(riwaya.read(reports), jobs=1)
        card = archive.stories(StoryQuery(order="size")).items[0]
        dossier = archive.dossier(card.id)
        one, other = dossier.entities[0].mentions[0], dossier.articles[-1].id
        for action, spans, value in (
            ("date", (Span(other, 0, 5),), "2031-03-09"), ("speaker", (one,), ALL), ("counts", (one,), f"killed:{ALL}"),
            ("not-copy", (one, Span(next(a.id for a in dossier.articles if a.id != one.article_id), 0, 30)), None),
        ):  # fmt: skip
            archive.correct(make_correction(action, spans, value, author=ALL, made="2031-03-10T10:00:00Z", reason=ALL))
        archive.refresh(jobs=1)
        archive.keep_alerts([Alert("al-1", "story", card.id, ALL, ALL, ALL, (one,))])
        ArchiveStore(archive).keep(SourceState(f"https://x.example/{ALL}", "feed", errors=1, error=ALL))
    return Editor(path)


def addresses(editor: Editor) -> Iterator[str]:
    with Archive.open(editor.path, read_only=True) as archive:
        keys = [card.key for card in archive.entities().items]
        card = archive.stories(StoryQuery(order="size")).items[0]
        mention = archive.dossier(card.id).entities[0].mentions[0]
    for kind in ("people", "organizations", "places"):
        yield f"/names/{kind}"
    for key in keys:
        yield from (f"/name/{key}{part}" for part in ("", "/mentions", "/sayings", "/stories"))
    span = f"span={mention.article_id}:{mention.start}-{mention.end}"
    for action in ("merge", "split", "speaker", "date", "counts", "same-story", "not-story", "not-copy"):
        yield f"/corrections/new?action={action}&{span}"
    yield from ("/corrections", "/corrections?show=all", "/alerts", "/add")
    yield from (f"/export?story={card.id}", f"/export/print?story={card.id}")


def harmless(address: str, text: str) -> None:
    """Nothing on a page acts but what is ours."""
    tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            assert "alert" not in (element.text or ""), f"{address}: a comment"
            continue
        assert element.tag not in ("img", "iframe", "object", "embed", "base", "math"), f"{address}: <{element.tag}>"
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in ("style", "autofocus", "srcdoc"), f"{address}: {name}={value}"
            if name in ("href", "src", "action", "formaction"):
                inside = value.startswith(("/", "#")) and not value.startswith("//")
                assert inside or value.startswith(("https://", "http://")), f"{address}: {name}={value}"
    assert all(script.get("src", "").startswith("/static/") for script in tree.iter("script")), address
    for style in tree.iter("style"):
        assert "alert" not in (style.text or ""), address
    assert "{{ 7 * 7 }}" in text or "49" not in html.tostring(tree, method="text", encoding="unicode").split(), address


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_working_page_shows_words_and_no_more(editor: Editor, lang: str) -> None:
    seen = ""
    for address in addresses(editor):
        answer = editor.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert answer.status_code == 200, address
        harmless(address, answer.text)
        seen += answer.text
    for payload in PAYLOADS[:1]:
        assert payload.replace("<", "&lt;").replace(">", "&gt;") in seen, "the words themselves are shown"


@pytest.mark.parametrize("payload", [*PAYLOADS, "\x00", "\ud800", "%00", "a" * 5000], ids=range(11))
def test_what_is_typed_comes_back_as_words(editor: Editor, payload: str) -> None:
    key = editor.key("سامي القرنفلي")
    typed = payload.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for address, name in (
        ("/names/people", "q"), (f"/name/{key}", "same"), ("/export", "q"), (f"/name/{key}/split", "spelling"),
        (f"/name/{key}/merge", "other"), ("/corrections/new?action=date&span=a-0000000000000000:0-0", "where"),
        ("/corrections/new?action=date&span=a-0000000000000000:0-0", "value"), ("/corrections/new?action=date", "span"),
        ("/corrections/new", "action"), ("/export/json", "story"), ("/alerts", "page"), ("/add", "x"),
    ):  # fmt: skip
        answer = editor.get(address, **{name: typed})
        assert answer.status_code < 500, (address, name, answer.status_code)
        harmless(address, answer.text)


def test_answers_for_programs_are_never_pages(editor: Editor) -> None:
    for address in ("/api/v1/names", "/api/v1/corrections", "/api/v1/alerts", "/api/v1/sources", f"/api/v1/search?q={ALL}"):
        answer = editor.client.get(address)
        assert answer.headers["content-type"] == "application/json" and answer.headers["x-content-type-options"] == "nosniff"


# --------------------------------------------------------------------------------------------------------------- uploads


def finished(client: TestClient, job: str) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told: dict[str, Any] = client.get(f"/api/v1/add/{job}").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.05)
    raise AssertionError("the job does not end")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("/etc/cron.d/x", "x"), ("...", "file.txt"),
     ("", "file.txt"), ("a\x00b.txt", "a_b.txt"), ("CON<>|.txt", "CON___.txt"), ("س" * 300 + ".txt", None), (".ssh", "ssh")],
)  # fmt: skip
def test_names_of_files_lead_nowhere(given: str, kept: str | None) -> None:
    name = safe_name(given)
    assert kept in (name, None) and "/" not in name and "\\" not in name and len(name.encode()) <= WEB.name_bytes
    assert name not in ("", ".", "..")


def test_files_with_tricky_names_are_added_and_shown_harmless(sample_archive: Path, tmp_path: Path) -> None:
    editor = Editor(copied(sample_archive, tmp_path / "a.riwaya"))
    token = form_token(editor.client, "/add")
    text = (NEWS.format(*PAYLOADS)).encode()
    files = [("files", (name, text + name.encode())) for name in ("../../../evil.txt", "<svg onload=alert(1)>.txt", "ثانٍ.txt")]
    answer = editor.client.post("/add", data={"form_token": token, "outlet": ALL, "published": "2031-03-01"}, files=files)
    assert answer.status_code == 303
    told = finished(editor.client, answer.headers["location"].rsplit("/", 1)[-1])
    assert told["state"] == "done" and told["new"] == 3, told
    for address in (answer.headers["location"], "/add"):
        harmless(address, editor.get(address).text)
    assert not list(tmp_path.parent.rglob("evil.txt")) and not Path("/tmp/evil.txt").exists()


def test_too_much_is_refused(editor: Editor) -> None:
    token = form_token(editor.client, "/add")
    long = {"form_token": token, "action": "date", "span": "a-0000000000000000:0-0", "reason": "س" * WEB.body_bytes}
    assert editor.client.post("/corrections", data=long).status_code == 413
    told = editor.client.post("/api/v1/corrections", json={"action": "date", "spans": [], "reason": "x" * WEB.body_bytes})
    assert told.status_code == 413 and told.json()["error"]["code"] == "too_large"
    many = {"links": [f"https://x.example/{n}" for n in range(WEB.links_most + 1)]}
    assert editor.client.post("/api/v1/add", json=many).status_code == 422


# ------------------------------------------------------------------------------------------------------ several at once


def test_editors_correct_and_read_while_reports_come_in(sample_archive: Path, tmp_path: Path) -> None:
    editor = Editor(copied(sample_archive, tmp_path / "a.riwaya"))
    articles = [a.id for a in editor.dossier().articles]
    faults: list[str] = []
    added, report = threading.Event(), f"/report/{articles[0]}"

    def add() -> None:
        try:
            with Archive.open(editor.path) as archive:
                for number in range(6):
                    text = f"{NEWS.format(*PAYLOADS)} تقرير رقم {number}"
                    archive.add([riwaya.model.Article(f"a-{number:016x}", str(number), text)], jobs=1)
        except Exception as error:
            faults.append(f"adding: {error!r}")
        finally:
            added.set()

    def correct(own: list[str]) -> None:
        client = Editor(editor.path).client
        for number, article in enumerate(own):
            given = {"action": "date", "spans": [{"article_id": article, "start": 0, "end": 0}], "value": f"2031-02-1{number}"}
            made = client.post("/api/v1/corrections", json=given)
            if made.status_code != 201:
                faults.append(f"correcting: {made.status_code} {made.text}")
            elif number % 2:
                undone = client.post(f"/api/v1/corrections/{made.json()['id']}/undo", json={})
                faults.extend([] if undone.status_code == 200 else [f"undoing: {undone.text}"])

    def read() -> None:
        client = Editor(editor.path).client
        while not added.is_set():
            for address in ("/", "/corrections", "/names/people", "/api/v1/stories", "/api/v1/corrections", report):
                status = client.get(address).status_code
                if status not in (200, 308):
                    faults.append(f"{address}: {status}")

    work = [threading.Thread(target=add), threading.Thread(target=read)]
    work += [threading.Thread(target=correct, args=(own,)) for own in (articles[:4], articles[4:8])]
    for one in work:
        one.start()
    for one in work:
        one.join(PATIENCE)
    assert faults == [] and not any(one.is_alive() for one in work)
    with Archive.open(editor.path) as archive:
        standing = archive.corrections(active_only=True)
        assert len(archive.corrections()) == 8 and len(standing) == 4
        assert archive.info().articles == len(articles) + 6
        archive.refresh(jobs=1)
        assert archive.out_of_step() == []
        for one in standing:
            assert archive.article(one.spans[0].article_id).story_id is not None
