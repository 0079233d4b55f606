"""The places on a map of outlines that the page carries itself."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from riwaya.model import Entity

WIDTH = 800.0  # units of the drawing
_HEIGHT = 460.0
_LEAST = 9.0  # degrees; the map shows at least this much, so that a single town still has a coast or border near it
_SHARE = 0.75  # of all mentions of places; the map is cut to the places that have this share, most named first
_PAD = 0.18  # of the spread of the places, around them
_NEAR = (130.0, 56.0)  # units across and down; nearer than this to a named place only a dot is drawn, the list names it
_FARTHEST = 80.0  # degrees of latitude; the projection stretches without end towards the poles

Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: position in percent from the map's west and north edges."""

    id: str
    name: str
    x: float
    y: float
    weight: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing."""

    land: str
    dots: list[Dot]
    width: float = WIDTH
    height: float = _HEIGHT


def draw(places: Sequence[Entity]) -> Map | None:
    """A map of these places, the most important first; None where there are none. Mercator, cut to where the places lie."""
    all_spots = [(e, e.place.lon, _mercator(e.place.lat)) for e in places if e.place is not None]
    if not all_spots:
        return None
    core = _core(all_spots)
    box = _frame([x for _, x, _ in core], [y for _, _, y in core])
    spots = [(e, x, y) for e, x, y in all_spots if box[0] < x < box[2] and box[1] < y < box[3]]
    west, _, east, north = box
    scale = WIDTH / (east - west)

    def flat(x: float, y: float) -> tuple[float, float]:
        return ((x - west) * scale, (north - y) * scale)

    heaviest = max(len(e.mentions) for e, _, _ in spots)
    dots: list[Dot] = []
    taken: list[tuple[float, float]] = []
    for entity, lon, y in spots:
        px, py = flat(lon, y)
        free = all(abs(px - a) > _NEAR[0] or abs(py - b) > _NEAR[1] for a, b in taken)
        if free:
            taken.append((px, py))
        dots.append(
            Dot(
                entity.id,
                entity.name,
                round(100 * px / WIDTH, 2),
                round(100 * py / _HEIGHT, 2),
                round(0.4 + 0.6 * math.sqrt(len(entity.mentions) / heaviest), 2),
                free,
            )
        )
    return Map(_land(box), dots)


@lru_cache(maxsize=256)  # many stories tell of the same few towns
def _land(box: Box) -> str:
    """The outlines in a box, as a path of the drawing."""
    west, _, east, north = box
    scale = WIDTH / (east - west)
    paths = []
    for ring, bounds in _bounded_rings():
        inside = _clip(ring, bounds, box)
        if len(inside) > 2:  # noqa: PLR2004 - a line or a point encloses nothing
            drawn = _thin([((x - west) * scale, (north - y) * scale) for x, y in inside])
            paths.append("M" + "L".join([f"{x:.0f} {y:.0f}" for x, y in drawn]) + "Z")
    return "".join(paths)


def _core(spots: list[tuple[Entity, float, float]]) -> list[tuple[Entity, float, float]]:
    """The places that most mentions are of: a country named in passing on the far side of the world does not widen the map."""
    ordered = sorted(spots, key=lambda s: (-len(s[0].mentions), s[0].id))
    enough = _SHARE * sum(len(e.mentions) for e, _, _ in ordered)
    core, named = [], 0
    for spot in ordered:
        if named >= enough:
            break
        core.append(spot)
        named += len(spot[0].mentions)
    return core


def _mercator(lat: float) -> float:
    """Latitude as the Mercator projection places it, in degrees of the equator."""
    lat = max(-_FARTHEST, min(_FARTHEST, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def _frame(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float, float]:
    """West, south, east, north around the places, in the shape of the drawing."""
    width = max(_LEAST, (max(xs) - min(xs)) * (1 + 2 * _PAD), (max(ys) - min(ys)) * (1 + 2 * _PAD) * WIDTH / _HEIGHT)
    width = min(width, 360.0)
    height = width * _HEIGHT / WIDTH
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


@cache
def _rings() -> list[Ring]:
    """The outlines, projected."""
    data: dict[str, Any] = json.loads(files("riwaya").joinpath("data/outlines.json").read_text(encoding="utf-8"))
    unit = data["unit"]
    arcs: list[Ring] = []
    for steps in data["arcs"]:
        x = y = 0
        arc = []
        for i in range(0, len(steps), 2):
            x, y = x + steps[i], y + steps[i + 1]
            arc.append((x * unit, _mercator(y * unit)))
        arcs.append(arc)
    rings = []
    for ring in data["rings"]:
        whole = _unbroken([p for i in ring for p in (arcs[i] if i >= 0 else arcs[~i][::-1])])
        rings += [whole, *([(x + turn, y) for x, y in whole] for turn in _other_turns(whole))]
    return rings


@cache
def _bounded_rings() -> list[tuple[Ring, Box]]:
    """The outlines, each with how far it reaches."""
    return [(r, (min(x for x, _ in r), min(y for _, y in r), max(x for x, _ in r), max(y for _, y in r))) for r in _rings()]


def _unbroken(ring: Ring) -> Ring:
    """A ring without jumps at the date line: its longitudes go on beyond 180 degrees."""
    out = [ring[0]]
    for x, y in ring[1:]:
        before = out[-1][0]
        out.append((before + (x - before + 180) % 360 - 180, y))
    return out


def _other_turns(ring: Ring) -> list[float]:
    """By how many degrees a ring that goes beyond the date line must be moved to be seen from its other side too."""
    turns = []
    if max(x for x, _ in ring) > 180:  # noqa: PLR2004 - degrees
        turns.append(-360.0)
    if min(x for x, _ in ring) < -180:  # noqa: PLR2004 - degrees
        turns.append(360.0)
    return turns


def _clip(ring: Ring, bounds: Box, box: Box) -> Ring:
    """The part of a ring, which reaches as far as its bounds, inside the box (Sutherland and Hodgman, CACM 17(1), 1974)."""
    if bounds[2] < box[0] or bounds[0] > box[2] or bounds[3] < box[1] or bounds[1] > box[3]:
        return []
    for edge, axis, keep_above in ((0, 0, True), (2, 0, False), (1, 1, True), (3, 1, False)):
        beyond = bounds[edge] < box[edge] if keep_above else bounds[edge] >= box[edge]
        if beyond:
            ring = _clip_edge(ring, axis, box[edge], keep_above=keep_above)
            if not ring:
                return []
    return ring


def _clip_edge(ring: Ring, axis: int, limit: float, *, keep_above: bool) -> Ring:
    kept: Ring = []
    before = ring[-1]
    before_in = (before[axis] >= limit) == keep_above
    for point in ring:
        point_in = (point[axis] >= limit) == keep_above
        if point_in != before_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
            )
        if point_in:
            kept.append(point)
        before, before_in = point, point_in
    return kept


def _thin(points: Ring) -> Ring:
    """Points that would fall on the same unit as the one before are left out."""
    left, top = points[0]
    kept = [points[0]]
    for x, y in points:
        if abs(x - left) + abs(y - top) >= 1.5:  # noqa: PLR2004 - units of the drawing
            left, top = x, y
            kept.append((x, y))
    return kept
