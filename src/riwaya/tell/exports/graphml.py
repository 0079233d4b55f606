"""GraphML (http://graphml.graphdrawing.org/): the graph of transmission for yEd, networkx, igraph, Gephi."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from riwaya.model import Dossier
from riwaya.serial.json_ import generator
from riwaya.tell.exports.evidence import xml_text
from riwaya.tell.exports.transmission import transmission

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_FIELDS = {
    "label": "string", "kind": "string", "statements": "int", "entity_id": "string", "named": "boolean", "party": "string",
    "outlet": "string", "published": "string", "url": "string",
}  # fmt: skip
"""The attributes of a node and their types; the words are those of `transmission.Node`."""
EDGE_FIELDS = {
    "kind": "string", "weight": "double", "direction": "string", "characters": "int", "evidence": "string",
    "statements": "string",
}  # fmt: skip
"""The attributes of an edge; `evidence` and `statements` are ids with a space between."""


def value(thing: object, field: str) -> str | None:
    """A field of a node or an edge as both XML formats write it; None where it has none."""
    found = getattr(thing, field)
    if found is None or found == ():
        return None
    if isinstance(found, bool):
        return "true" if found else "false"
    return xml_text(" ".join(found) if isinstance(found, tuple) else str(found))


def write(dossier: Dossier, lang: str) -> bytes:
    """The graph of transmission of a dossier.

    Args:
        dossier: one story, or several merged.
        lang: "ar" or "en": what nameless outlets and sources are called.
    """
    graph = transmission(dossier, lang)
    root = Element("graphml", {"xmlns": NAMESPACE})
    SubElement(root, "desc").text = xml_text(f"{graph.title} ({dossier.generator or generator()})")
    for owner, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name, kind in fields.items():
            SubElement(root, "key", {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": kind})
    drawn = SubElement(root, "graph", {"id": "transmission", "edgedefault": "directed"})
    for node in graph.nodes:
        _data(SubElement(drawn, "node", {"id": node.id}), "node", NODE_FIELDS, node)
    for edge in graph.edges:
        element = SubElement(drawn, "edge", {"id": edge.id, "source": edge.source, "target": edge.target})
        _data(element, "edge", EDGE_FIELDS, edge)
    indent(root)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _data(element: Element, owner: str, fields: dict[str, str], thing: object) -> None:
    for name in fields:
        text = value(thing, name)
        if text is not None:
            SubElement(element, "data", {"key": f"{owner}_{name}"}).text = text
