"""How solid a statement is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from riwaya.model import Origin, Standing


def standing(origins: Sequence[Origin], article_ids: Collection[str]) -> Standing:
    """corroborated: two independent origins or more; repeated: one origin in two articles or more; single: one article.

    Versions of one report are one article: give its first version for each.

    >>> standing((), ("a-1",))
    'single'
    """
    if len(article_ids) < 2:  # noqa: PLR2004 - one article is one account, whoever speaks in it
        return "single"
    return "corroborated" if len(origins) > 1 else "repeated"
