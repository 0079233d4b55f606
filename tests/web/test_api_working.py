"""The JSON API as programs use it: lists a page at a time, states by name, former ids, one shape of error, corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import BASE, empty_app
from fastapi import FastAPI, Request
from reading_desk import copied, story_id
from starlette.testclient import TestClient
from working_desk import Editor

from riwaya.archive import Archive
from riwaya.web.app import create_app
from riwaya.web.pages.api import PREFIX, describe


@pytest.fixture
def client(sample_archive: Path, tmp_path: Path) -> TestClient:
    return Editor(copied(sample_archive, tmp_path / "a.riwaya")).client


def dates(client: TestClient, *values: str) -> list[str]:
    """Correct the day of as many reports; the ids of the corrections."""
    items = client.get(f"{PREFIX}/search", params={"limit": len(values)}).json()["items"]
    found = []
    for item, value in zip(items, values, strict=True):
        spans = [{"article_id": item["article_id"], "start": 0, "end": 0}]
        made = client.post(f"{PREFIX}/corrections", json={"action": "date", "spans": spans, "value": value, "reason": "خطأ"})
        assert made.status_code == 201, made.text
        found.append(made.json()["id"])
    return found


def test_a_list_is_read_page_by_page(client: TestClient) -> None:
    seen: list[str] = []
    address: str | None = f"{PREFIX}/names?limit=4&kind=place"
    while address:
        page = client.get(address).json()
        assert len(page["items"]) <= 4 and page["offset"] == len(seen)
        seen += [item["key"] for item in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] > 4


@pytest.mark.parametrize(
    "path", ["/info", "/stories", "/search?q=صفاقس", "/names", "/corrections", "/alerts", "/sources", "/openapi.json"]
)
def test_what_is_known_is_not_sent_again(client: TestClient, path: str) -> None:
    answer = client.get(PREFIX + path)
    assert answer.status_code == 200 and answer.headers["etag"].startswith('"')
    again = client.get(PREFIX + path, headers={"if-none-match": f'"other", W/{answer.headers["etag"]}'})
    assert again.status_code == 304 and not again.content and again.headers["etag"] == answer.headers["etag"]
    head = client.head(PREFIX + path)
    assert head.status_code == 200 and head.headers["content-type"] == "application/json"


def test_every_list_of_what_a_page_shows(client: TestClient, tmp_path: Path) -> None:
    (key,) = [n["key"] for n in client.get(f"{PREFIX}/names", params={"q": "بلحاج", "limit": 1}).json()["items"]]
    account = client.get(f"{PREFIX}/names/{key}").json()
    assert account["card"]["mentions"] == sum(s["count"] for s in account["spellings"]) == 6
    mentions = client.get(f"{PREFIX}/names/{key}/mentions").json()["items"]
    spans = [s for m in mentions for s in m["spans"]]
    assert len(spans) == 6
    text = client.get(f"{PREFIX}/articles/{spans[0]['article_id']}").json()["article"]["text"]
    assert text[spans[0]["start"] : spans[0]["end"]] == mentions[0]["texts"][0]
    at = f"{spans[0]['article_id']}:{spans[0]['start']}-{spans[0]['end']}"
    assert client.get(f"{PREFIX}/names/at/{at}").json() == {"key": key}
    sayings = client.get(f"{PREFIX}/names/{key}/sayings").json()
    assert sayings["total"] == account["quotes"] > 0 and sayings["items"][0]["statements"]
    (story,) = client.get(f"{PREFIX}/names/{key}/stories").json()["items"]
    assert key in client.get(f"{PREFIX}/stories/{story['id']}/names").json()["keys"].values()
    passage = client.get(f"{PREFIX}/stories/{story['id']}").json()["passages"][0]
    pair = [passage[side]["article_id"] for side in "ab"]
    compared = client.get(f"{PREFIX}/compare/{pair[0]}/{pair[1]}").json()
    assert passage["id"] in [p["id"] for p in compared["passages"]] and compared["differences"]
    assert [v["article_id"] for v in client.get(f"{PREFIX}/articles/{pair[0]}/versions").json()["versions"]] == [pair[0]]


def test_a_correction_is_made_seen_and_taken_back(client: TestClient) -> None:
    (first, second) = dates(client, "2031-02-20", "2031-02-21")
    listed = client.get(f"{PREFIX}/corrections").json()
    assert [c["id"] for c in listed["items"]] == [second, first] and listed["items"][0]["reason"] == "خطأ"
    article = listed["items"][1]["spans"][0]["article_id"]

    def day() -> Any:
        dossier = client.get(f"{PREFIX}/stories/{client.get(f'{PREFIX}/articles/{article}').json()['story_id']}").json()
        return next(a["published"]["value"] for a in dossier["articles"] if a["id"] == article)

    assert day() == "2031-02-20"
    undone = client.post(f"{PREFIX}/corrections/{first}/undo", json={}).json()
    assert undone["undone"] and undone["undone_by"]
    assert day() != "2031-02-20"
    assert client.post(f"{PREFIX}/corrections/{first}/undo", json={}).json() == undone, "once is enough"
    assert client.get(f"{PREFIX}/corrections?standing=true").json()["total"] == 1
    assert client.get(f"{PREFIX}/corrections/{first}").json() == undone


def test_a_former_id_leads_to_the_present_one(sample_archive: Path, tmp_path: Path) -> None:
    path = copied(sample_archive, tmp_path / "a.riwaya")
    former = story_id(path)
    with Archive.open(path) as archive:
        founder = min(archive.arrived(former))
        other = max(archive.arrived(former))
    client = Editor(path).client
    spans = [{"article_id": i, "start": 0, "end": 0} for i in (founder, other)]
    assert client.post(f"{PREFIX}/corrections", json={"action": "not-story", "spans": spans}).status_code == 201
    present = story_id(path)
    assert present != former
    assert client.get(f"{PREFIX}/stories/{present}").status_code == 200
    client.post(f"{PREFIX}/corrections/{client.get(f'{PREFIX}/corrections').json()['items'][0]['id']}/undo", json={})
    answer = client.get(f"{PREFIX}/stories/{present}")
    assert answer.status_code == 308 and answer.headers["location"] == f"{PREFIX}/stories/{former}"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/nothing", None, 404, "not_found"),
        ("GET", "/stories/s-0000000000000000", None, 404, "not_found"),
        ("GET", "/stories/x", None, 422, "invalid"),
        ("GET", "/articles/a-0000000000000000", None, 404, "not_found"),
        ("GET", "/names/0000000000000000", None, 404, "not_found"),
        ("GET", "/names/0000000000000000/mentions", None, 404, "not_found"),
        ("GET", "/stories?limit=0", None, 422, "invalid"),
        ("GET", "/stories?limit=100000", None, 422, "invalid"),
        ("GET", "/search?since=yesterday", None, 422, "invalid"),
        ("GET", "/search?since=2031-13-45", None, 400, "bad_request"),
        ("GET", "/search?q=-x", None, 400, "bad_request"),
        ("GET", "/export", None, 422, "invalid"),
        ("DELETE", "/stories", None, 405, "method"),
        ("PUT", "/corrections", {}, 405, "method"),
        ("POST", "/corrections", {}, 422, "invalid"),
        ("POST", "/corrections", {"action": "date", "spans": [{"article_id": "a-0", "start": 0, "end": 0}]}, 422, "invalid"),
        ("POST", "/corrections", {"action": "merge", "spans": [{"article_id": "a-" + "0" * 16, "start": 0, "end": 3}]}, 400,
         "bad_request"),
        ("POST", "/corrections/c-0000000000000000/undo", {}, 404, "not_found"),
        ("POST", "/add", {}, 422, "invalid"),
    ],
)  # fmt: skip
def test_errors_have_one_shape(client: TestClient, method: str, path: str, body: Any, status: int, code: str) -> None:
    answer = client.request(method, PREFIX + path, json=body)
    told = answer.json()
    assert (answer.status_code, told["error"]["code"]) == (status, code), told
    assert told.keys() == {"error"} and told["error"].keys() == {"code", "message"} and "\n" not in told["error"]["message"]
    if method == "GET":
        assert client.head(PREFIX + path).status_code == status


def test_what_breaks_is_said_in_the_same_shape() -> None:
    app: FastAPI = empty_app()

    @app.get(f"{PREFIX}/breaks")
    def breaks(request: Request) -> None:
        raise ZeroDivisionError("a secret")

    answer = TestClient(app, base_url=BASE, raise_server_exceptions=False).get(f"{PREFIX}/breaks")
    assert answer.status_code == 500 and answer.json()["error"]["code"] == "internal" and "secret" not in answer.text


def test_pages_are_not_in_the_description() -> None:
    paths = describe(create_app(Path("none.riwaya")))["paths"]
    assert all(path.startswith(PREFIX) for path in paths) and len(paths) > 20
