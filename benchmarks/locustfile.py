"""Readers of the web application, for locust: each opens stories and searches, one request after another.

    locust -f benchmarks/locustfile.py --headless -u 20 -r 20 -t 60s --host http://127.0.0.1:8000

The environment variable PAUSE is how long a reader looks at an answer before the next request, in seconds, on average (default 1;
0: never): between half and one and a half times as long, so that readers do not click in step.
What is opened: the archive's stories, picked evenly among those of two reports or more that moved last, and words out of their
headlines. Two names stand in the statistics: `story` and `search`.
"""

from __future__ import annotations

import json
import os
import random
import urllib.request
from typing import Any

from locust import HttpUser, between, events, task  # type: ignore[import-not-found]

_PAUSE = float(os.environ.get("PAUSE", "1"))
_STORIES = 2_000  # that readers choose from
_PAGE = 200  # the most that the API gives at once
_SHORT = 3  # letters: shorter words of a headline are not what one searches for



stories: list[str] = []
words: list[str] = []


@events.test_start.add_listener
def learn(environment: Any, **_: object) -> None:
    """See what there is, once, before the readers come."""
    cards = []
    for offset in range(0, _STORIES, _PAGE):
        address = f"{environment.host}/api/v1/stories?limit={_PAGE}&offset={offset}&least_reports=2"
        with urllib.request.urlopen(address) as answer:
            cards += json.load(answer)["items"]
    stories[:] = [card["id"] for card in cards]
    words[:] = sorted({word for card in cards for word in card["title"].split() if len(word) > _SHORT})


class Reader(HttpUser):  # type: ignore[misc]
    """Somebody at the desk."""

    wait_time = between(_PAUSE / 2, 3 * _PAUSE / 2)

    def on_start(self) -> None:
        """Each reader looks at other things."""
        self.random = random.Random(id(self))

    @task(3)
    def story(self) -> None:
        """Open a story."""
        self.client.get(f"/story/{self.random.choice(stories)}", name="story")

    @task(2)
    def search(self) -> None:
        """Search for one word, or for two."""
        asked = " ".join(self.random.sample(words, self.random.choice((1, 1, 2))))
        self.client.get("/search", params={"q": asked}, name="search")
