"""Reports made of invented happenings, for tests of the archive: those of one happening are one story."""

from __future__ import annotations

import json
import random
from pathlib import Path

import riwaya
from riwaya.model import Article

_PARTS = ["بر", "سل", "مد", "كف", "جن", "طر", "حص", "نق", "فز", "دب", "غش", "رم", "وك", "هل", "ثن", "زع"]
_OUTLETS = ("الشاهد", "المنارة", "الأفق", "البيان الجديد", "صدى الوادي")


def words(rng: random.Random, count: int) -> list[str]:
    """Words that no lexicon knows."""
    return ["".join(rng.choices(_PARTS, k=rng.choice((2, 3)))) for _ in range(count)]


def rows(count: int, seed: int = 1, happenings: int | None = None, first_day: int = 1) -> list[dict[str, str]]:
    """Reports as JSON has them. Each happening has words of its own, a place, a figure and somebody who speaks."""
    rng = random.Random(seed)
    known = [(words(rng, 40), rng.randint(2, 90), rng.randint(0, 24)) for _ in range(happenings or max(1, count // 4))]
    made = []
    for number in range(count):
        own, figure, day = rng.choice(known)
        told = [" ".join(rng.sample(own, 12)) for _ in range(3)]
        text = (
            f"{told[0]} في مدينة حلب أمس.\nوقال المتحدث باسم الوزارة سامي {own[0]} إن {figure} شخصا أصيبوا في {told[1]}.\n"
            f"{told[2]}. الخبر رقم {number}."
        )
        made.append({
            "title": f"{own[1]} {own[2]} {own[3]} {own[4]}", "text": text, "date": f"2021-03-{first_day + day:02}",
            "outlet": rng.choice(_OUTLETS), "url": f"https://example.org/{seed}/{number}",
        })  # fmt: skip
    return made


def write(path: Path, made: list[dict[str, str]]) -> Path:
    """Reports as a file of JSON lines."""
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in made), "utf-8")
    return path


def articles(folder: Path, count: int, seed: int = 1, happenings: int | None = None) -> list[Article]:
    """The same, read."""
    return list(riwaya.read(write(folder / f"made-{seed}-{count}.jsonl", rows(count, seed, happenings))))
