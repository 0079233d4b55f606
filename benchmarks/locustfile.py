"""Readers of the web application, for locust: each opens stories and searches, one request after another.

    locust -f benchmarks/locustfile.py --headless -u 20 -r 20 -t 60s --host http://127.0.0.1:8000

The environment variable PAUSE is how long a reader looks at an answer before the next request, in seconds (default 1; 0: never).
What is opened: the archive's stories, picked evenly among those of two reports or more that moved last, and words out of their
headlines. Two names stand in the statistics: `story` and `search`.
"""

from __future__ import annotations

import os
import random

from locust import HttpUser, constant, task  # type: ignore[import-not-found]

_STORIES = 2_000  # that readers choose from
_PAGE = 200  # the most that the API gives at once


class Reader(HttpUser):  # type: ignore[misc]
    """Somebody at the desk."""

    wait_time = constant(float(os.environ.get("PAUSE", "1")))
    stories: list[str] = []  # noqa: RUF012 - shared by all readers on purpose: asked for once
    words: list[str] = []  # noqa: RUF012

    def on_start(self) -> None:
        """Learn what there is, once for all readers."""
        self.random = random.Random(id(self))
        if Reader.stories:
            return
        cards = []
        for offset in range(0, _STORIES, _PAGE):
            query = {"limit": _PAGE, "offset": offset, "least_reports": 2}
            answer = self.client.get("/api/v1/stories", params=query, name="list")
            cards += answer.json()["items"]
        Reader.words = sorted({word for card in cards for word in card["title"].split() if len(word) > 3})  # noqa: PLR2004
        Reader.stories = [card["id"] for card in cards]

    @task(3)
    def story(self) -> None:
        """Open a story."""
        self.client.get(f"/story/{self.random.choice(self.stories)}", name="story")

    @task(2)
    def search(self) -> None:
        """Search for one word, or for two."""
        asked = " ".join(self.random.sample(self.words, self.random.choice((1, 1, 2))))
        self.client.get("/search", params={"q": asked}, name="search")
