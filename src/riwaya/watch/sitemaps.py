"""Sitemaps (sitemaps.org): lists of pages, lists of such lists, and news sitemaps with the dates of publication."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from riwaya.errors import InputError
from riwaya.read.feeds import refuse_entities

_URL, _SITEMAP = "url", "sitemap"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page, or one further sitemap, as a sitemap lists it. Dates as written there."""

    url: str
    changed: str | None = None  # <lastmod>
    published: str | None = None  # <news:publication_date>
    outlet: str | None = None  # <news:name>
    title: str | None = None  # <news:title>
    is_sitemap: bool = False


def read_sitemap(data: bytes, label: str, limit: int) -> list[Listed]:
    """What a sitemap lists, at most `limit` of it.

    Args:
        data: the unpacked file; broken XML is read as far as it goes.
        label: for errors.
        limit: how many entries.

    Raises:
        InputError: it declares entities, or is no XML at all.
    """
    refuse_entities(data, label)
    from lxml.etree import XMLSyntaxError, iterparse

    elements = iterparse(
        io.BytesIO(data), events=("end",), tag=("{*}url", "{*}sitemap"), resolve_entities=False, no_network=True, recover=True,
        load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    found: list[Listed] = []
    broken = ""
    try:
        for _, element in elements:
            one = _listed(element)
            element.clear()
            if one is not None:
                found.append(one)
            if len(found) >= limit:
                return found
        broken = str(elements.error_log[0].message) if len(elements.error_log) else ""
    except XMLSyntaxError as error:
        broken = error.msg or "broken XML"
    if broken and not found:
        raise InputError(label, f"no sitemap: {broken}")
    return found


def _listed(element: Any) -> Listed | None:
    values: dict[str, str] = {}
    for child in element.iter("{*}loc", "{*}lastmod", "{*}publication_date", "{*}name", "{*}title"):
        name, text = child.tag.rpartition("}")[2], (child.text or "").strip()
        namespace = child.tag.partition("}")[0]
        if name == "loc" and ("image" in namespace or "video" in namespace):  # a picture of the page, not the page
            continue
        if text and ("news" in namespace or name in ("loc", "lastmod")):
            values.setdefault(name, text)
    if "loc" not in values:
        return None
    return Listed(
        values["loc"], values.get("lastmod"), values.get("publication_date"), values.get("name"), values.get("title"),
        element.tag.rpartition("}")[2] == _SITEMAP,
    )  # fmt: skip
