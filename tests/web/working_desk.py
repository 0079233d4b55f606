"""A browser that works: it opens forms, fills them, follows where it is sent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from desk_client import browser
from reading_desk import Page
from starlette.testclient import TestClient

from riwaya.archive import Archive, StoryQuery
from riwaya.model import Dossier
from riwaya.web.app import create_app

_HIDDEN = re.compile(r'<input[^>]*name="([\w-]+)" value="([^"]*)"')


class Editor:
    """An editor at the application over one archive."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.path = path
        self.client: TestClient = browser(create_app(path, **options))

    def get(self, address: str, **query: Any) -> Any:
        """An answer, redirects followed; where it was found at last is `self.at`."""
        if query:
            address += ("&" if "?" in address else "?") + urlencode(query)
        answer = self.client.get(address)
        for _ in range(5):
            if answer.status_code not in (303, 307, 308):
                break
            address = answer.headers["location"]
            answer = self.client.get(address.partition("#")[0])
        self.at = address
        return answer

    def page(self, address: str, **query: Any) -> Page:
        """A page, taken apart; it must be one."""
        answer = self.get(address, **query)
        assert answer.status_code == 200, f"{address}: {answer.status_code} {Page(answer.text).text[-300:]}"
        found = Page(answer.text)
        assert found.faults == [], f"{address}: {found.faults}"
        return found

    def send(self, form: str, action: str, **values: Any) -> Any:
        """Send the form that stands on a page, with these values filled in; what is answered at the end."""
        text = self.get(form).text
        assert f'action="{action}"' in text, f"no form on {form} leads to {action}"
        inside = text.partition(f'action="{action}"')[2].partition("</form>")[0]
        hidden: dict[str, list[str]] = {}
        for name, value in _HIDDEN.findall(inside):
            hidden.setdefault(name, []).append(value.replace("&amp;", "&"))
        answer = self.client.post(action, data={**hidden, **values})
        self.sent = answer.status_code
        return self.get(answer.headers["location"]) if answer.status_code == 303 else answer

    def correct(self, address: str, **values: Any) -> Page:
        """Make the correction to which an address leads; the page that follows."""
        answer = self.send(address, "/corrections", **values)
        assert (self.sent, answer.status_code) == (303, 200), Page(answer.text).text[-300:]
        return Page(answer.text)

    def undo_last(self) -> Page:
        """Take back the latest correction from the list of them."""
        found = re.search(r'action="(/corrections/c-[0-9a-f]{16}/undo)"', self.get("/corrections").text)
        assert found, "nothing to undo"
        return Page(self.send("/corrections", found[1]).text)

    def dossier(self) -> Dossier:
        """The largest story as it is now."""
        with Archive.open(self.path, read_only=True) as archive:
            return archive.dossier(archive.stories(StoryQuery(order="size")).items[0].id)

    def key(self, name: str, kind: Any = None) -> str:
        """The key of a name."""
        with Archive.open(self.path, read_only=True) as archive:
            return archive.entities(kind, name).items[0].key
