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

    extract_timeout: float = setting(
        20.0, unit="seconds", help="to find the report on a page, or the entries of a feed, before it is given up",
        evidence="real pages take under 0.3 s; pages of 2 MB made for it took over 100 s",
    )  # fmt: skip
    extract_bytes: int = setting(
        2_000_000_000, unit="bytes", help="of memory that the process which takes pages apart may use",
        evidence="a page of 8 MB takes under 1 GB",
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


    # ------------------------------------------------------------------------------------------------------------- visits
    every: float = setting(
        10.0, unit="minutes", help="between two visits to a feed or sitemap, where `--every` does not say",
        evidence="readers of feeds ask every 5 to 60 minutes; what has not changed costs one small answer",
    )  # fmt: skip
    folder_every: float = setting(
        15.0, unit="seconds", help="between two looks at a folder", evidence="a look at 100,000 files takes under a second"
    )
    folder_settle: float = setting(
        2.0, unit="seconds", help="a file younger than this may still be being written, and is left for the next look",
        evidence="programs write a report in one go",
    )  # fmt: skip
    threads: int = setting(
        8, unit="threads", help="hosts that are talked to at once, each by one connection",
        evidence="pages are waited for, not worked on",
    )  # fmt: skip
    entries: int = setting(
        1_000, unit="entries", help="of a feed or sitemap that are looked at in one visit, the first; the others in the next",
        evidence="feeds have 10 to 200 entries; the number bounds what one source can ask for",
    )  # fmt: skip
    feed_entries: int = setting(
        20_000, unit="entries", help="a feed of more is not read", evidence="10,000 take 3 seconds; feeds have 10 to 200"
    )
    feed_bytes: int = setting(
        16_000_000, unit="bytes", help="a larger feed is not read", evidence=f"{_GUARD}: feeds with full texts have under 3 MB"
    )
    sitemap_urls: int = setting(
        50_000, unit="URLs", help="of one sitemap that are read", evidence="the most that one may have (sitemaps.org)"
    )
    sitemap_files: int = setting(
        10, unit="sitemaps", help="of a sitemap index that are read in a visit, those changed last",
        evidence="indexes list one a month or a day; what is new stands in the last ones",
    )  # fmt: skip
    sitemap_days: float = setting(
        7.0, unit="days", help="a page that a sitemap dates earlier is not fetched",
        evidence="a watch is for what is new; older reports come by `riwaya add`",
    )  # fmt: skip
    undated: int = setting(
        500, unit="pages",
        help="of a sitemap without dates that are fetched at the first visit; of a larger one only what is new later",
        evidence="nobody can tell what is new in a list of all pages that a site ever had",
    )  # fmt: skip
    recheck_hours: tuple[float, ...] = setting(
        (1.0, 3.0, 12.0, 36.0, 96.0), unit="hours", help="after a page was first read it is looked at again for silent edits",
        evidence="most edits come within hours; conditional requests make a look cheap",
    )  # fmt: skip
    rechecks: int = setting(
        200, unit="pages", help="of one source that are looked at again in a visit, the longest overdue first",
        evidence="some three minutes at one page a second",
    )  # fmt: skip
    page_attempts: int = setting(
        3, unit="attempts", help="at a page before the text that its feed carries is taken instead", evidence=_MANNERS
    )
    page_give_up: int = setting(
        10, unit="attempts", help="at a page before it is given up, where nothing else carries its text",
        evidence="with the waits doubled some twenty hours: an outage of a day's length is not outlived, one of a night is",
    )  # fmt: skip
    entry_text: int = setting(
        400, unit="characters", help="of a feed's entry that count as a report where its page cannot be had",
        evidence="teasers have one or two sentences, under 300 characters",
    )  # fmt: skip
    batch: int = setting(
        50, unit="reports", help="handed to the archive at once", evidence="half a second of marking; a stop waits for one batch"
    )
    batch_wait: float = setting(
        2.0, unit="seconds", help="a report waits at most for others to share its batch",
        evidence="a touched story is to be fresh within ten seconds",
    )  # fmt: skip

    # ------------------------------------------------------------------------------------------------------------- alerts
    story_reports: int = setting(
        3, unit="reports", help="that make a story worth telling of", evidence="half of what single outlets publish stays single"
    )
    story_outlets: int = setting(
        2, unit="outlets", help="that make a story worth telling of", evidence="one outlet's series is not yet news to others"
    )
    confirmation_words: int = setting(
        5, unit="words", help="of a statement that is worth telling when a second origin confirms it",
        evidence="what was shorter among 549 statements of 1,134 reports were names, titles and headlines",
    )  # fmt: skip
    deliver_attempts: int = setting(
        4, unit="attempts", help="at a webhook before an alert is given up", evidence="a restart of the receiver is outlived"
    )
    deliver_pause: float = setting(
        2.0, unit="seconds", help="after the first failed attempt, doubled with each further one", evidence=_MANNERS
    )
    farewell: float = setting(
        15.0, unit="seconds", help="after a stop that alerts may take to be delivered",
        evidence="nobody waits longer for a program to end",
    )  # fmt: skip
    command_timeout: float = setting(30.0, unit="seconds", help="for a command that takes an alert", evidence=_GUARD)


WATCH = WatchSettings()
