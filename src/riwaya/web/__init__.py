"""The web application: server-rendered pages over an archive.

How a page is made
==================

One page is one module `web/pages/NAME.py`, one template `web/templates/NAME.html.j2`, one table of words
`web/strings/NAME.toml`, and, only if it needs them, `web/static/NAME.css` and `web/static/NAME.js`. Modules in `web/pages` that
have a `router` are found by themselves; nothing else is edited. `pages/stories.py` is the example to copy. The module holds

(a) a documented frozen dataclass: all that the page shows, nothing that it does not;
(b) a function that makes it from the archive: no request, no HTML; tests call it directly, the JSON API shows the same;
(c) the route: reads the query, calls (b), renders the template::

        router = APIRouter()
        NAV = Nav("nav.stories", "/", order=10)          # only pages that stand in the main navigation

        @router.get("/")
        def stories(request: Request, q: str = "") -> Response:
            page = stories_page(archive(request), StoryQuery(text=q))
            return render(request, "stories.html.j2", page)

Routes are plain `def`: each runs in a thread of its own, and `archive(request)` is that thread's archive (call it inside the
route, keep it nowhere). It reads; `writable(request)` writes; `dossier(request, story_id)` gives a story as it was last woven
(weaving is for the process beside us, never for a page), and `changed(request, *story_ids)` after a correction has them woven
first. Pages under `/api/v1` use `APIRouter(prefix="/api/v1")` and return JSON.

What a template has
-------------------
`{% extends 'base.html.j2' %}` with the blocks `title`, `main`, and, if needed, `head` (inside <head>) and `scripts`.

    page            the dataclass of (a)
    t(KEY, n=...)   the words of web/strings (or else of tell/html/strings.toml) in the reader's language; values stand in <bdi>
    attr(KEY, ...)  the same for attributes: plain text (aria-label, title, placeholder)
    n(KEY, number)  how many of something, by the plural rules: "تقريران"
    day(ISO)        a date as the language writes it;  grouped(number) its thousands apart
    lang, direction "ar"/"en", "rtl"/"ltr"
    viewer          who reads: .name, .known (False on loopback without accounts)
    url(**query)    this page's address with some parameters of the query changed (None takes one away; page goes back to 1)
    static(NAME)    address of a file of web/static
    csrf()          the hidden field that EVERY form with method="post" must hold, else the request is refused
    m.*             the macros of macros.html.j2, after `{% import 'macros.html.j2' as m with context %}`

Words: `[text]` holds `key = ["عربي", "English"]`, `[count]` plurals as in tell/html/strings.toml. Keys of a page begin with
its name (`stories.title`). Every key stands in both languages; a test checks it.

Changing something
------------------
A form posts to a route that changes the archive, calls `flash(request, KEY, **values)` and returns `back(request, "/where")` (a
redirect 303; the message is shown on the page that follows). The request has passed the checks of Host, origin, token, size
and rate before the route sees it. `viewer(request).name` is the author. Raise `HTTPException(404)` or
`PageError(status, code, KEY)` for what cannot be; errors of Riwaya (`errors.py`) become pages of their own. Uploads: routes under
`/add` take large bodies.

Policy
------
No inline script, no `style=` attribute, no `on...=` attribute, no address of another host (the policy forbids them, and a test
looks): widths and positions in drawings are SVG presentation attributes (x, width, fill ...), or a page passes its own
generated rules to `render(..., style=CSS)`, which puts them in one <style> that the policy admits by its hash. What comes out of
a report is text: never `|safe`, and links to other sites only through `m.outlink(url, words)`, which drops what is not http(s).
Shared behaviour of static/desk.js, switched on by attributes: `<form data-live="#results">` asks anew while the reader types and
puts the answer's element of that id in place; scripts parse HTML with `riwaya.parse(text)` (Trusted Types are in force).
Everything must work without scripts.
"""
