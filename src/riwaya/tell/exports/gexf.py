"""GEXF 1.3 (https://gexf.net/): the graph of transmission for Gephi, coloured by what a node is and sized by its statements."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from riwaya.model import Dossier
from riwaya.serial.json_ import generator
from riwaya.tell.exports.evidence import xml_text
from riwaya.tell.exports.graphml import EDGE_FIELDS, NODE_FIELDS, value
from riwaya.tell.exports.transmission import Edge, Node, transmission

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
_ATTRIBUTE_TYPES = {"int": "integer"}  # GraphML's word -> GEXF's; the others are the same
_RELATION = "relation"  # what kind of edge it is, once more as data: readers that know no parallel edges drop GEXF's `kind`
# The hues of the page's outlets and standings, so that both are read alike (tell/html/page.css).
_COLOURS = {
    "speaker": (11, 92, 173), "office": (0, 105, 77), "document": (122, 86, 0), "relay": (77, 74, 168), "agency": (139, 47, 115),
    "unknown": (138, 133, 120), "report": (168, 67, 0), "outlet": (163, 36, 59),
}  # fmt: skip
_SMALLEST = 10.0  # Gephi's default size of a node


def write(dossier: Dossier, lang: str) -> bytes:
    """The graph of transmission of a dossier.

    Args:
        dossier: one story, or several merged.
        lang: "ar" or "en": what nameless outlets and sources are called.
    """
    graph = transmission(dossier, lang)
    root = Element("gexf", {"xmlns": NAMESPACE, "xmlns:viz": VIZ, "version": "1.3"})
    meta = SubElement(root, "meta")  # its date is left out: the same dossier gives the same bytes
    SubElement(meta, "creator").text = xml_text(dossier.generator or generator())
    SubElement(meta, "description").text = graph.title
    drawn = SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    for owner, fields in (("node", _node_fields()), ("edge", _edge_fields())):
        listed = SubElement(drawn, "attributes", {"class": owner})
        for name, kind in fields.items():
            SubElement(listed, "attribute", {"id": f"{owner}_{name}", "title": name, "type": _ATTRIBUTE_TYPES.get(kind, kind)})
    nodes = SubElement(drawn, "nodes")
    for node in graph.nodes:
        _node(nodes, node)
    edges = SubElement(drawn, "edges")
    for edge in graph.edges:
        _edge(edges, edge)
    indent(root)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _node_fields() -> dict[str, str]:
    """Those that GEXF has no attribute of its own for."""
    return {name: kind for name, kind in NODE_FIELDS.items() if name != "label"}


def _edge_fields() -> dict[str, str]:
    """The same of edges, with the relation first."""
    return {_RELATION: "string", **{name: kind for name, kind in EDGE_FIELDS.items() if name not in ("kind", "weight")}}


def _node(nodes: Element, node: Node) -> None:
    element = SubElement(nodes, "node", {"id": node.id, "label": node.label})
    _values(element, "node", _node_fields(), node)
    red, green, blue = _COLOURS.get(node.kind, _COLOURS["unknown"])
    SubElement(element, "viz:color", {"r": str(red), "g": str(green), "b": str(blue)})
    # Areas show numbers: the diameter grows with the root.
    SubElement(element, "viz:size", {"value": f"{_SMALLEST * math.sqrt(1 + node.statements):.1f}"})


def _edge(edges: Element, edge: Edge) -> None:
    ends = {"id": edge.id, "source": edge.source, "target": edge.target, "kind": edge.kind, "weight": f"{edge.weight:.1f}"}
    _values(SubElement(edges, "edge", ends), "edge", _edge_fields(), edge)


def _values(element: Element, owner: str, fields: dict[str, str], thing: object) -> None:
    values = SubElement(element, "attvalues")
    for name in fields:
        text = value(thing, "kind" if name == _RELATION else name)
        if text is not None:
            SubElement(values, "attvalue", {"for": f"{owner}_{name}", "value": text})
