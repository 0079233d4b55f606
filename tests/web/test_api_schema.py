"""The JSON API against its own description: schemathesis sends what fits it and what does not."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
pytest.importorskip("schemathesis", reason="a library of the extra 'dev'")
pytest.importorskip("openapi_spec_validator", reason="a library of the extra 'dev'")
import openapi_spec_validator
import schemathesis
from desk_client import BASE
from hypothesis import HealthCheck, Phase, given, seed, settings
from reading_desk import copied
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.python import asgi

from riwaya.archive import Archive
from riwaya.model import Alert, Span
from riwaya.serial.corrections import make_correction
from riwaya.watch.state import SourceState
from riwaya.watch.store import ArchiveStore
from riwaya.web.adding import Adding
from riwaya.web.app import create_app
from riwaya.web.limits import Limit
from riwaya.web.pages.api import describe

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 10  # of requests an address, of each kind; the whole stays under half a minute on two slow cores
PATIENCE = 10  # seconds
ADDRESSES = sorted(
    (method.upper(), path)
    for path, item in describe(create_app(Path("none.riwaya")))["paths"].items()
    for method in item
    if method in ("get", "post")
)


class Desk:
    """The application over the sample with a correction, an alert and a source; what it holds, for addresses."""

    def __init__(self, path: Path) -> None:
        with Archive.open(path) as archive:
            card = archive.stories().items[0]
            dossier = archive.dossier(card.id)
            mention = dossier.entities[0].mentions[0]
            cited = [Span(mention.article_id, 0, 0)]
            one = make_correction("date", cited, "2031-02-12", author="محررة", made="2031-02-13T10:00:00Z")
            archive.correct(one)
            archive.refresh(jobs=1)
            archive.keep_alerts([Alert("al-0", "story", card.id, card.title, "حدث جديد", "A new story", (mention,))])
            ArchiveStore(archive).keep(SourceState("https://news.example/feed", "feed", errors=2, error="HTTP 503"))
            name = archive.entities().items[0].key
            reports = list(archive.arrived(card.id))
        self.app = create_app(path)
        self.client: Any = None
        self.schema = schemathesis.openapi.from_dict(describe(self.app))
        self.known: dict[str, list[str]] = {
            "story_id": [card.id], "story": [card.id], "article_id": reports[:2], "other_id": reports[:2], "key": [name],
            "correction_id": [one.id], "place": [f"{mention.article_id}:{mention.start}-{mention.end}"],
            "q": ["انفجار", "", '"', "-لا", "a OR", "\x00*", "🙂" * 40], "person": [name], "after": ["0"],
        }  # fmt: skip


@pytest.fixture(scope="module")
def desk(sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    patch = pytest.MonkeyPatch()
    patch.setattr(Limit, "wait", lambda self, key: 0.0)  # how often is tested elsewhere
    patch.setattr(Adding, "_work", lambda self, lane, job_id, folder: self._change(job_id, state="done"))  # nothing is fetched
    patch.setattr(Adding, "close", lambda self: None)  # the client starts and ends the application with each request
    desk = Desk(copied(sample_archive, tmp_path_factory.mktemp("api") / "a.riwaya"))
    with asgi.get_client(desk.app) as desk.client:  # one for all: each would open the archive anew
        yield desk
    patch.undo()


def ask(desk: Desk, case: Any) -> None:
    until = time.monotonic() + PATIENCE
    while (answer := case.call(base_url=BASE, session=desk.client)).status_code == 503 and time.monotonic() < until:
        assert json.loads(answer.content)["error"]["code"] == "busy"  # what was handed in before waits still
        time.sleep(0.02)
    case.validate_response(answer, checks=CHECKS)
    if answer.status_code >= 400:
        fault = json.loads(answer.content)
        assert fault.keys() == {"error"} and fault["error"].keys() == {"code", "message"}, fault
        assert "\n" not in fault["error"]["message"] and "Traceback" not in fault["error"]["message"]


@pytest.mark.parametrize(("method", "path"), ADDRESSES, ids=lambda x: x)
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_answers_are_as_described(desk: Desk, method: str, path: str, mode: str) -> None:
    operation = desk.schema[path][method]
    if mode == "negative" and not (operation.body or operation.query or operation.path_parameters):
        pytest.skip("takes nothing that could be wrong")
    cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))

    @seed(1)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(cases)
    def check(case: Any) -> None:
        ask(desk, case)
        if mode == "positive":
            ask(desk, of_what_is_there(desk, case))

    check()


def test_the_description_is_openapi(desk: Desk) -> None:
    described = describe(desk.app)
    assert described["openapi"].startswith("3.1")
    openapi_spec_validator.validate(described)
    for item in described["paths"].values():
        for method, operation in item.items():
            assert operation["summary"] and {"404", "422"} <= operation["responses"].keys()
            shared = {"304", "308"} & operation["responses"].keys()
            assert not shared or method == "get"


def of_what_is_there(desk: Desk, case: Any) -> Any:
    """The same request of things that the archive holds."""
    turn = len(str(case.query))
    for part in (case.path_parameters or {}, case.query or {}):
        for at, name in enumerate(sorted(part.keys() & desk.known.keys())):
            values = desk.known[name]
            part[name] = values[:1] if isinstance(part[name], list) else values[(turn + at) % len(values)]
    return case
