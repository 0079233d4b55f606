"""Settings of the watch: how often, how politely, how far it goes for a page, and what it tells of."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting

_GUARD = "a guard against hostile or broken servers; no measuring needed"
_MANNERS = "good manners; well under what a reader's browser asks of the same server"


@dataclass(frozen=True)
class WatchSettings:
    """Settings of the watch."""

    # ------------------------------------------------------------------------------------------------------- one request
    connect_timeout: float = setting(
        10.0, unit="seconds", help="to find a host's address, to connect, and to agree on TLS, each", evidence=_GUARD
    )
    read_timeout: float = setting(20.0, unit="seconds", help="without a single byte before a server is given up", evidence=_GUARD)
    total_timeout: float = setting(
        60.0, unit="seconds", help="for one request with all its redirects, however steadily bytes drip in", evidence=_GUARD
    )
    page_bytes: int = setting(
        8_000_000, unit="bytes", help="a larger page is not read, packed or unpacked",
        evidence=f"{_GUARD}: news pages have under 2 MB",
    )  # fmt: skip
    listing_bytes: int = setting(
        55_000_000, unit="bytes", help="a larger feed or sitemap is not read, packed or unpacked",
        evidence="a sitemap may have 50 MB unpacked (sitemaps.org)",
    )  # fmt: skip
    robots_bytes: int = setting(
        512_000, unit="bytes", help="of a robots.txt that are read; what follows is left out",
        evidence="RFC 9309, 2.5: at least 500 KiB",
    )  # fmt: skip
    reply_bytes: int = setting(64_000, unit="bytes", help="of a webhook's reply that are read", evidence="the reply is not used")
    url_length: int = setting(
        4_000, unit="characters", help="a longer URL is not followed",
        evidence="an Arabic headline of 200 letters in a path is 1,200 characters; servers refuse above 8,000",
    )  # fmt: skip
    redirects: int = setting(5, unit="hops", help="followed for one request", evidence="RFC 9309, 2.3.1.2: at least 5")
    lowest_port: int = setting(
        1024, unit="port", help="ports below it are not connected to, but for 80 and 443",
        evidence="mail, name and file servers listen there, web servers do not",
    )  # fmt: skip

    # ---------------------------------------------------------------------------------------------------------- manners
    host_pause: float = setting(1.0, unit="seconds", help="between two requests to one host", evidence=_MANNERS)
    longest_crawl_delay: float = setting(
        30.0, unit="seconds", help="a longer Crawl-delay of a robots.txt counts as this", evidence="a feed must stay readable"
    )
    robots_hours: float = setting(
        24.0, unit="hours", help="a robots.txt is kept", evidence="RFC 9309, 2.4: not longer than 24 hours"
    )
    robots_retry: float = setting(
        600.0, unit="seconds", help="until a robots.txt that could not be had is asked for again; nothing is fetched meanwhile",
        evidence="RFC 9309, 2.3.1.4: unreachable means all is disallowed",
    )  # fmt: skip
    backoff_first: float = setting(
        60.0, unit="seconds", help="a failed source or page waits, doubled with each further failure", evidence=_MANNERS
    )
    backoff_most: float = setting(
        21_600.0, unit="seconds", help="the longest such wait, also where a server asks for a longer one",
        evidence="a source that came back is found again within six hours",
    )  # fmt: skip
    backoff_jitter: float = setting(
        0.25, unit="share 0..1", help="of a wait that is added at random, so that sources do not return together",
        evidence="usual practice; the seed is the source's name, so a run can be repeated",
    )  # fmt: skip


WATCH = WatchSettings()
