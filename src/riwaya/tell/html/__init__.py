"""The page: a story's dossier for a reader, in one file that asks nothing of any other host.

Each section is a module that turns the dossier into small view objects; the templates in `templates/` only lay them out.
`strings.toml` holds the page's words in both languages; `tokens.css`, `page.css`, `dossier.css` and `page.js` go into every page.
"""

from riwaya.tell.html.page import render, render_index

__all__ = ["render", "render_index"]
