"""Settings of the web application."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class WebSettings:
    """Settings of the web application."""

    threads: int = setting(
        12,
        unit="threads",
        help="how many requests are answered at once; each thread keeps one connection to the archive",
        evidence="not tuned: more than the cores of a small machine, so that one that waits for the disk holds up nobody",
    )
    page_items: int = setting(
        30,
        unit="items",
        help="how many stories, hits or names stand on one page of a list",
        evidence="about three screens at 1280 x 800; not measured with readers",
    )
    page_most: int = setting(
        200,
        unit="items",
        help="the most that one page of a list holds when an address asks for more",
        evidence="keeps the largest answer within about 200 KB",
    )
    offset_most: int = setting(
        100_000,
        unit="items",
        help="how far into a list its pages go; what lies beyond is found by narrowing the list",
        evidence="SQLite passes over 100,000 rows in some 20 ms; nobody turns 3,000 pages",
    )
    body_bytes: int = setting(
        1_000_000,
        unit="bytes",
        help="the largest body of a request, except where files are taken",
        evidence="a pasted report of 100,000 Arabic letters is 200 KB, three times that when a form encodes it",
    )
    upload_bytes: int = setting(
        100_000_000,
        unit="bytes",
        help="the largest body where files are taken",
        evidence="a day of Arabic news (about 10,000 reports) is 50 MB of JSON; larger input goes through `riwaya add`",
    )
    json_bytes: int = setting(
        10_000_000,
        unit="bytes",
        help="the largest body of JSON with which a program hands in reports",
        evidence="2,000 reports of 5 KB; all of it stands in memory several times, and takes 0.3 s in which nobody is answered",
    )
    login_bytes: int = setting(
        20_000,
        unit="bytes",
        help="the largest body of a login, which anybody may send",
        evidence="a name and password of 1,000 letters are 6 KB; a form of 1 MB held up everybody for 0.8 s",
    )
    reports_most: int = setting(
        2_000,
        unit="reports",
        help="how many reports a program may hand in at once",
        evidence="about a minute of adding; each is a file until then",
    )
    jobs_kept: int = setting(
        50,
        unit="jobs",
        help="how many of the things that were handed in are remembered with what came of them",
        evidence="a day of a newsroom of ten; each takes a few KB",
    )
    jobs_waiting: int = setting(
        20,
        unit="jobs",
        help="how many may wait to be added; more are refused",
        evidence="with upload_bytes it bounds the room that waiting uploads take to 2 GB",
    )
    jobs_skipped: int = setting(
        200,
        unit="inputs",
        help="how many of the inputs that a job skipped are shown",
        evidence="nobody reads more; the archive lists all",
    )
    links_most: int = setting(
        100,
        unit="links",
        help="how many links may be handed in at once",
        evidence="hosts are asked in turn, politely: a hundred pages of one host take minutes",
    )
    shown_name: int = setting(
        80,
        unit="characters",
        help="how much of a pasted text stands for its missing headline in the list of jobs",
        evidence="one line of a phone",
    )
    name_bytes: int = setting(
        200,
        unit="bytes",
        help="the longest name of a file that is handed in; longer ones are shortened",
        evidence="file systems take 255 bytes",
    )
    session_hours: float = setting(
        12.0,
        unit="hours",
        help="how long a login lasts",
        evidence="a shift and its handover; OWASP advises 8 to 24 hours for work of this kind",
    )
    login_failures: int = setting(
        5,
        unit="failures",
        help="how many failed logins of one account from one address are answered within the window",
        evidence="OWASP's advice is 3 to 10; with argon2 five in 15 minutes leave a guesser 480 a day",
    )
    login_address_failures: int = setting(
        20,
        unit="failures",
        help="how many failed logins from one address, whatever the account, are answered within the window",
        evidence="a newsroom of ten behind one address may mistype twice each",
    )
    login_account_free: int = setting(
        10,
        unit="attempts",
        help="how many attempts at one account, from whatever addresses, are answered at once within the window",
        evidence="twice what one address may try; its user is let in on the first",
    )
    login_delay_step: float = setting(
        1.0,
        unit="seconds",
        help="how much longer each further attempt at the account waits",
        evidence="attempts that come together are thus answered one a second; not measured",
    )
    login_delay_most: float = setting(
        20.0,
        unit="seconds",
        help="how long an attempt waits at most: an account is slowed down, never closed, so that nobody can lock its user out",
        evidence="what somebody who knows the password bears while others guess; browsers wait a minute and more",
    )
    login_window: float = setting(
        900.0,
        unit="seconds",
        help="how long a failed login counts",
        evidence="OWASP's advice for lockouts is 15 to 30 minutes",
    )
    writes: int = setting(
        120,
        unit="requests",
        help="how many requests that change something one address may make within the window",
        evidence="two a second are more than a person clicks; feeds come through the watcher",
    )
    writes_window: float = setting(
        60.0,
        unit="seconds",
        help="the window of that limit",
        evidence="short, so that one who ran into it is back soon",
    )
    limited_keys: int = setting(
        10_000,
        unit="keys",
        help="how many addresses and accounts the limits remember; the oldest go first",
        evidence="bounds memory to about 2 MB",
    )
    password_length: int = setting(
        10,
        unit="characters",
        help="the shortest password that is accepted",
        evidence="NIST SP 800-63B asks for 8 at least; 10 costs little where a manager of passwords is used",
    )
    token_length: int = setting(
        20,
        unit="characters",
        help="the shortest token that is accepted",
        evidence="20 random letters and digits are 119 bits",
    )
    hashing_at_once: int = setting(
        2,
        unit="hashes",
        help="how many passwords are checked at the same time",
        evidence="each takes 64 MiB and about 50 ms with argon2-cffi's defaults (RFC 9106, low memory)",
    )
    refresh_seconds: float = setting(
        1.0,
        unit="seconds",
        help="how often the background process looks for stories that wait to be woven",
        evidence="a story is to be fresh within 10 seconds; looking costs under a millisecond",
    )
    refresh_stories: int = setting(
        8,
        unit="stories",
        help="how many stories it weaves before it looks again which are the newest",
        evidence="a story takes about 0.1 to 1 second; a newer one waits no longer than a few of them",
    )
    retry_seconds: float = setting(
        10.0,
        unit="seconds",
        help="how long the background process waits after the archive could not be written",
        evidence="a full disk or a long writer is not over sooner; each attempt writes one line",
    )
    fresh_seconds: float = setting(
        3.0,
        unit="seconds",
        help="how long a page waits for a story that was never woven before it says that it is being prepared",
        evidence="a story of a few reports is woven in under a second; nobody should look at a blank tab for longer",
    )
    kept_parts: int = setting(
        96_000_000,
        unit="bytes",
        help="how much of the pages of stories and reports that were made is kept for the next reader",
        evidence="the nine sections of a story of 21 reports take 1.2 MB in memory: about 80 stories that are being read",
    )
    kept_dossiers: int = setting(
        1_500,
        unit="reports",
        help="how many reports the dossiers have together that are kept unpacked for the next section of a story",
        evidence="the 300 largest stories of a day of egypt2013 take 83 KB a report: 125 MB, at worst twice that",
    )
    page_hits: int = setting(
        10,
        unit="reports",
        help="how many reports stand on one page of a search",
        evidence="half the work of a search is in showing its hits: 1.7 ms of processor each on an archive of 100,000 reports",
    )
    list_alerts: int = setting(
        150,
        unit="alerts",
        help="among how many of the latest alerts a list of stories looks for what changed last in each",
        evidence="a list shows 30 stories, mostly those that moved last; reading 150 alerts takes about a millisecond",
    )
    name_items: int = setting(
        5,
        unit="items",
        help="how many mentions, sayings and stories stand on the first page of a name; the rest is one click away",
        evidence="all three fit on two screens at 1280 x 800",
    )
    name_others: int = setting(
        8,
        unit="names",
        help="how many names are offered as another spelling of the one shown",
        evidence="a list that is read at a glance; what is meant is typed further",
    )
    export_reports: int = setting(
        1_000,
        unit="reports",
        help="how many reports the stories of one exported file have together at most",
        evidence="314 reports of egypt2013 and the seeds took 0.1 to 3 s and up to 11 MB, by format (Web Annotation the most)",
    )
    export_stories: int = setting(
        200,
        unit="stories",
        help="how many stories one exported file holds at most",
        evidence="their ids stand in the address: 200 of them take 5 KB, and servers take 8 KB or more",
    )
    export_wait: float = setting(
        2.0,
        unit="seconds",
        help="how long an export waits for the two that are being written before it is told to come again",
        evidence="a file of 314 reports takes 0.1 to 3 s; each that waits takes one of the threads that answer pages",
    )
    export_again: int = setting(
        5,
        unit="seconds",
        help="after how long it is told to come again",
        evidence="the longest file measured took 3 s",
    )
    alert_words: int = setting(
        4,
        unit="stretches of text",
        help="how many of the stretches that an alert rests on are quoted under it",
        evidence="a revision has two, a contradiction mostly two or three; its story shows all",
    )
    correction_spans: int = setting(
        200,
        unit="stretches of text",
        help="how many stretches of text one correction made on a page or through the API may cite",
        evidence="a name is merged with another by two; 200 in an address take 6 KB, and servers take 8 KB or more",
    )
    offered_speakers: int = setting(
        100,
        unit="names",
        help="how many people and organizations of a story are offered as who said something",
        evidence="a browser shows those that fit what is being typed; any other name may be typed",
    )
    story_alerts: int = setting(
        3,
        unit="alerts",
        help="how many of the latest alerts of a story stand at its head",
        evidence="three lines push what stands down by a tenth of a screen; the page of alerts has all",
    )
    list_statements: int = setting(
        40,
        unit="statements",
        help="how many statements stand on one page of all the statements of a story",
        evidence="each with its chain and its words in every report is about 4 KB; 40 are some five screens",
    )
    visits_kept: int = setting(
        40,
        unit="stories",
        help="of how many stories a reader's browser keeps how far they were seen; the least recent go first",
        evidence="about 36 bytes each; browsers take 4,096 bytes a cookie",
    )
    visit_seconds: int = setting(
        1_800,
        unit="seconds",
        help="after how long without a page of a story a reader's next page of it is a new visit",
        evidence="the half hour that web statistics have agreed on; what is new stays marked until then",
    )
    connections: int = setting(
        400,
        unit="connections",
        help="how many connections and requests the server holds at once; more are answered 503",
        evidence="a browser opens up to six: some 60 readers; a process may open 1,024 files or more, the archive included",
    )
    keep_alive_seconds: int = setting(
        5,
        unit="seconds",
        help="how long a connection on which nothing is asked stays open",
        evidence="uvicorn's default; a page's files are fetched within it",
    )
    drain_seconds: int = setting(
        5,
        unit="seconds",
        help="how long a stopping server waits for answers that are on their way",
        evidence="longer than any page takes; a download that takes longer is cut",
    )


WEB = WebSettings()
