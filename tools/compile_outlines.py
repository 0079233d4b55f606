"""Compile the outlines of the world's countries for the map of the page.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python tools/compile_outlines.py package/countries-50m.json

Writes src/riwaya/data/outlines.json: the borders of Natural Earth (https://www.naturalearthdata.com, public domain) at
1:50 million, as world-atlas (npm, ISC) packs them in TopoJSON, with lines thinned by the Douglas-Peucker method
(Cartographica 10(2), 1973). Lines are thinned one by one, and neighbours share them, so no gap opens between countries.

The file: `unit` (degrees of one step), `arcs` (lines as steps: the first point, then differences), `rings` (closed
outlines, each a list of lines; ~i is line i backwards), all as whole numbers.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

UNIT = 0.05  # degrees; about 5 km, one pixel on a map of a country
TOLERANCE = 0.07  # degrees; what a line may stray when thinned
SMALLEST = 0.25  # square degrees; islands under this are left out unless they are a country's largest part
TARGET = Path(__file__).parents[1] / "src" / "riwaya" / "data" / "outlines.json"

Point = tuple[float, float]


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The lines of a TopoJSON topology in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def thin(line: list[Point]) -> list[Point]:
    """Douglas-Peucker, without recursion."""
    keep = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        (x1, y1), (x2, y2) = line[first], line[last]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        worst, at = 0.0, first
        for i in range(first + 1, last):
            x, y = line[i]
            away = (
                abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
                if length
                else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
            )
            if away > worst:
                worst, at = away, i
        if worst > TOLERANCE:
            keep.add(at)
            open_parts += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def goes_round(ring: list[int], lines: list[list[Point]]) -> bool:
    """Whether a ring runs round a pole: Antarctica encloses nothing on a map that ends at the poles."""
    points = [p for i in ring for p in (lines[i] if i >= 0 else lines[~i][::-1])]
    turn = sum((x2 - x1 + 180) % 360 - 180 for (x1, _), (x2, _) in pairwise(points))
    return abs(turn) > 180  # noqa: PLR2004 - degrees: half a turn


def area(ring: list[int], lines: list[list[Point]]) -> float:
    """Of a ring, in square degrees."""
    points = [p for i in ring for p in (lines[i] if i >= 0 else lines[~i][::-1])]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))) / 2


def outer_rings(topology: dict[str, Any], lines: list[list[Point]]) -> list[list[int]]:
    """The outlines worth drawing: of each country its largest part, and every other part that is not tiny."""
    rings = []
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        sized = sorted(((area(p[0], lines), p[0]) for p in polygons), reverse=True)
        large = [ring for n, (size, ring) in enumerate(sized) if n == 0 or size >= SMALLEST]
        rings += [ring for ring in large if not goes_round(ring, lines)]
    return rings


def steps(line: list[Point]) -> list[int]:
    """A line as whole steps: its first point, then differences."""
    whole = [(round(x / UNIT), round(y / UNIT)) for x, y in line]
    flat = [*whole[0]]
    for (x1, y1), (x2, y2) in pairwise(whole):
        if (x1, y1) != (x2, y2):
            flat += [x2 - x1, y2 - y1]
    return flat


def main() -> None:
    """Compile."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = decode(topology)
    rings = outer_rings(topology, lines)
    used = sorted({i if i >= 0 else ~i for ring in rings for i in ring})
    place = {old: new for new, old in enumerate(used)}
    compact = {
        "source": "Natural Earth 1:50m countries (public domain), by way of world-atlas (npm, ISC)",
        "unit": UNIT,
        "arcs": [steps(thin(lines[i])) for i in used],
        "rings": [[place[i] if i >= 0 else ~place[~i] for i in ring] for ring in rings],
    }
    TARGET.write_text(json.dumps(compact, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, {len(rings)} rings, {len(used)} lines")


if __name__ == "__main__":
    main()
