"""Who told whom: from the origins through documents, offices and agencies to the outlets, drawn as ribbons.

A layered graph after Sugiyama, Tagawa and Toda (IEEE Trans. SMC 11(2), 1981): four fixed layers, order within a layer by the mean
position of the neighbours (barycentre), width of a ribbon by the number of statements that went that way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from riwaya.model import Passage
from riwaya.tell.html.desk import Desk, Report
from riwaya.tell.html.stands import Chain, Line
from riwaya.tell.html.words import Pair, tables

LAYERS = ("origins", "relays", "agencies", "outlets")
# Of the width, in percent from the start side: where each layer's boxes begin and end. What is left holds the copies.
_BANDS = ((0.0, 20.0), (25.0, 44.0), (49.0, 65.0), (70.0, 88.0))
_GAP = 12.0  # pixels between boxes
_BOX = 40.0  # pixels; the least height of a box, for two lines of its name
_UNIT = 7.0  # pixels of width for one statement, while there is room
_TALL = 620.0  # pixels; the graph is drawn no taller than this unless the boxes need it
_SWEEPS = 4  # of the barycentre method; the order no longer changes after three on the samples

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A box: an origin, a relay, an agency or an outlet."""

    layer: int
    name: str | Pair
    count: int
    top: float
    height: float
    start: float
    width: float
    kind: str
    colour: int | None
    report: Report | None  # of an outlet: its first one


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A path of the drawing: x runs from 0 at the start side to 100."""

    path: str
    colour: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Text that one outlet shares with another."""

    path: str
    kind: str  # arrow or line
    source: str | Pair
    target: str | Pair
    count: int
    tip: float  # where an arrow ends


@dataclass(frozen=True, slots=True)
class Route:
    """One way that statements went, in words."""

    names: tuple[str | Pair, ...]
    roles: tuple[str, ...]
    count: int
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Isnad:
    """The section."""

    nodes: list[Node]
    ribbons: list[Ribbon]
    copies: list[Copy]
    routes: list[Route]
    layers: list[tuple[str, float, float]]
    height: float


@dataclass
class _Box:
    key: Key
    name: str | Pair
    kind: str
    statements: set[str] = field(default_factory=set)
    report: Report | None = None
    top: float = 0.0
    height: float = 0.0


def isnad(desk: Desk, lines: dict[str, Line], most: int) -> Isnad | None:
    """The section; None where no statement has a chain.

    Args:
        desk: the story.
        lines: the statements as "what stands" shows them.
        most: boxes of one layer; the lightest beyond it are drawn as one.
    """
    graph = _Graph(desk)
    routes: dict[tuple[Key, ...], set[str]] = defaultdict(set)
    for line in lines.values():
        for chain in line.chains:
            for report in chain.reports:
                path = graph.path(chain, report)
                if len(path) > 1:
                    routes[path].add(line.id)
    if not routes:
        return None
    graph.fold(routes, most)
    graph.order()
    height = graph.place()
    nodes = [graph.node(b) for b in graph.in_order()]
    return Isnad(
        nodes=nodes,
        ribbons=graph.ribbons(),
        copies=graph.copies(),
        routes=_in_words(graph, routes),
        layers=[
            (name, _BANDS[i][0], _BANDS[i][1] - _BANDS[i][0])
            for i, name in enumerate(LAYERS)
            if any(node.layer == i for node in nodes)
        ],
        height=height,
    )


def _in_words(graph: _Graph, routes: dict[tuple[Key, ...], set[str]]) -> list[Route]:
    ordered = sorted(routes.items(), key=lambda r: (-len(r[1]), r[0]))
    return [
        Route(
            tuple(graph.named[k].name for k in path),
            tuple(graph.named[k].kind for k in path),
            len(ids),
            tuple(sorted(ids)),
        )
        for path, ids in ordered
    ]


class _Graph:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.named: dict[Key, _Box] = {}  # every box that a route named, also those drawn as one with others
        self.boxes: dict[Key, _Box] = {}
        self.edges: dict[tuple[Key, Key], set[str]] = defaultdict(set)
        self.layers: list[list[_Box]] = [[], [], [], []]

    def path(self, chain: Chain, report: Report) -> tuple[Key, ...]:
        """The boxes that a chain to a report runs through, the origin first."""
        keys: list[Key] = []
        for position, step in enumerate(chain.steps):
            layer = 0 if position == 0 else 2 if step.role == "agency" else 1
            if position == 0 and step.role == "agency":
                layer = 2
            name: str | Pair = step.name or Pair(tables()["text"]["isnad.unknown"])
            key = (layer, str(step.name or ""))
            if keys and keys[-1][0] >= layer and layer != 0:
                continue  # two relays of one layer: the one nearest the origin is drawn
            self.named.setdefault(key, _Box(key, name, step.role))
            keys.append(key)
        outlet = (3, report.outlet)
        first = next(r for r in self.desk.reports if r.outlet == report.outlet)
        self.named.setdefault(outlet, _Box(outlet, report.name, "outlet", report=first))
        return (*keys, outlet)

    def fold(self, routes: dict[tuple[Key, ...], set[str]], most: int) -> None:
        """Keep the heaviest boxes of each layer; the others become one."""
        weight: Counter[Key] = Counter()
        for path, ids in routes.items():
            for key in path:
                weight[key] += len(ids)
        kept: set[Key] = set()
        for layer in range(len(LAYERS)):
            own = sorted((k for k in weight if k[0] == layer), key=lambda k: (-weight[k], k))
            kept.update(own if len(own) <= most else own[: most - 1])
        left_out = Counter(k[0] for k in weight if k not in kept)
        for path, ids in routes.items():
            drawn = [k if k in kept else (k[0], "\0") for k in path]
            for key in drawn:
                self._box(key, left_out).statements |= ids
            for a, b in pairwise(drawn):
                self.edges[a, b] |= ids

    def _box(self, key: Key, left_out: Counter[int]) -> _Box:
        if key not in self.boxes:
            if key[1] == "\0":
                ar, en = tables()["text"]["isnad.others"]
                number = str(left_out[key[0]])
                self.boxes[key] = _Box(key, Pair((ar.format(n=number), en.format(n=number))), "others")
            else:
                self.boxes[key] = self.named[key]
            self.layers[key[0]].append(self.boxes[key])
        return self.boxes[key]

    def order(self) -> None:
        """Boxes of each layer by the mean place of what they are tied to; the heaviest first to begin with."""
        for layer in self.layers:
            layer.sort(key=lambda b: (-len(b.statements), b.key))
        around: dict[Key, list[tuple[Key, int]]] = defaultdict(list)
        for (a, b), ids in self.edges.items():
            around[a].append((b, len(ids)))
            around[b].append((a, len(ids)))
        for sweep in range(_SWEEPS):
            layers = self.layers if sweep % 2 else self.layers[::-1]
            for layer in layers:
                at = {b.key: (i + 0.5) / len(row) for row in self.layers for i, b in enumerate(row)}
                mean = {
                    b.key: sum(at[k] * w for k, w in around[b.key]) / max(1, sum(w for _, w in around[b.key]))
                    for b in layer
                }
                layer.sort(key=lambda b, mean=mean: (round(mean[b.key], 6), b.key))  # type: ignore[misc]

    def place(self) -> float:
        """Heights and tops; the height of the drawing."""
        heaviest = max(sum(len(b.statements) for b in layer) for layer in self.layers)
        self.unit = min(_UNIT, _TALL / max(1, heaviest))
        tallest = 0.0
        for layer in self.layers:
            for box in layer:
                box.height = max(_BOX, self._load(box) * self.unit)
            tallest = max(tallest, sum(b.height for b in layer) + _GAP * max(0, len(layer) - 1))
        for layer in self.layers:
            top = (tallest - sum(b.height for b in layer) - _GAP * max(0, len(layer) - 1)) / 2
            for box in layer:
                box.top = round(top, 1)
                top += box.height + _GAP
        return round(tallest, 1)

    def _load(self, box: _Box) -> int:
        """Statements that enter or leave a box, whichever is more: its ribbons must fit on each side."""
        into = sum(len(ids) for (_, b), ids in self.edges.items() if b == box.key)
        out = sum(len(ids) for (a, _), ids in self.edges.items() if a == box.key)
        return max(into, out)

    def in_order(self) -> list[_Box]:
        """All boxes, layer by layer from the top."""
        return [b for layer in self.layers for b in layer]

    def node(self, box: _Box) -> Node:
        """A box as the template places it."""
        layer = box.key[0]
        colour = box.report.colour if box.report else None
        start, end = _BANDS[layer]
        return Node(
            layer, box.name, len(box.statements), box.top, round(box.height, 1), start, end - start, box.kind, colour,
            box.report,
        )  # fmt: skip

    def ribbons(self) -> list[Ribbon]:
        """Ribbons between boxes, stacked on each side in the order of what they lead to."""
        used: dict[tuple[Key, str], float] = {}
        order = {b.key: (i, b.top) for i, b in enumerate(self.in_order())}
        drawn = []
        for (a, b), ids in sorted(self.edges.items(), key=lambda e: (order[e[0][0]], order[e[0][1]])):
            width = len(ids) * self.unit
            starts = used.get((a, "out"), self._free(a, "out"))
            ends = used.get((b, "in"), self._free(b, "in"))
            used[a, "out"], used[b, "in"] = starts + width, ends + width
            x1, x2 = _BANDS[a[0]][1], _BANDS[b[0]][0]
            colour = self._colour(b)
            drawn.append(Ribbon(_ribbon(x1, starts, x2, ends, width), colour))
        return drawn

    def _free(self, key: Key, side: str) -> float:
        """Where the first ribbon of a side begins, so that all together stand in the middle of the box."""
        box = self.boxes[key]
        total = sum(len(ids) for (a, b), ids in self.edges.items() if key == (a if side == "out" else b)) * self.unit
        return box.top + (box.height - total) / 2

    def _colour(self, key: Key) -> int:
        report = self.boxes[key].report
        return report.colour if report else -1

    def copies(self) -> list[Copy]:
        """Copies between outlets, drawn at the far side of their boxes."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for passage in self.desk.passages:
            pair = _direction(self.desk, passage)
            if pair:
                counts[pair] += 1
        edge = _BANDS[3][1]
        found = []
        for (source, target, kind), count in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
            a, b = self.boxes.get((3, source)), self.boxes.get((3, target))
            if a is None or b is None:
                continue
            # Arrows leave above the middle of a box and come in below it, so that both directions can be told apart.
            shift = 6.0 if kind == "arrow" else 0.0
            y1, y2 = a.top + a.height / 2 - shift, b.top + b.height / 2 + shift
            reach = min(100.0, edge + 3 + abs(y2 - y1) / 45)
            path = f"M{edge} {y1:.1f}C{reach:.1f} {y1:.1f} {reach:.1f} {y2:.1f} {edge + 0.6} {y2:.1f}"
            found.append(Copy(path, kind, a.name, b.name, count, round(y2, 1)))
        return found


def _direction(desk: Desk, passage: Passage) -> tuple[str, str, str] | None:
    """From which outlet to which; a plain line where it is not known. What an agency supplied to both is no copy."""
    a, b = desk.by_id[passage.a.article_id].outlet, desk.by_id[passage.b.article_id].outlet
    if a == b or passage.source:
        return None
    match passage.direction:
        case "a_to_b":
            return (a, b, "arrow")
        case "b_to_a":
            return (b, a, "arrow")
        case _:
            return (min(a, b), max(a, b), "line")


def _ribbon(x1: float, y1: float, x2: float, y2: float, width: float) -> str:
    middle = (x1 + x2) / 2
    return (
        f"M{x1:g} {y1:.1f}C{middle:g} {y1:.1f} {middle:g} {y2:.1f} {x2:g} {y2:.1f}"
        f"V{y2 + width:.1f}C{middle:g} {y2 + width:.1f} {middle:g} {y1 + width:.1f} {x1:g} {y1 + width:.1f}Z"
    )
