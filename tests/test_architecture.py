"""The house has one direction: no room knows the rooms after it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "riwaya"

# What each room may import, itself included. `ground` is what everything stands on.
GROUND = {"model", "errors", "ids", "settings", "arabic", "data", "version", "serial"}
ROOMS = ["read", "mark", "relate", "weigh", "tell"]
ALLOWED = {room: GROUND | set(ROOMS[: i + 1]) for i, room in enumerate(ROOMS)}
ALLOWED |= {
    "model": {"model", "serial"},  # Dossier.to_dict
    "serial": {"model", "serial", "errors", "ids", "version", "settings"},
    "errors": {"errors"},
    "ids": {"ids"},
    "version": {"version"},
    "settings": {"settings"},
    "arabic": {"arabic", "data", "settings", "errors"},
    "engines": {"engines", "errors", "settings"},
}
ALLOWED["tell"] |= {"engines"}  # pages of many stories are written by the workers
ABOVE = {"pipeline", "collection", "api", "cli", "evaluate", "train", "web", "archive", "watch", "__init__", "__main__"}

MODULES = sorted(SOURCE.rglob("*.py"))


def home(path: Path) -> str:
    """The room of a module: the first part of its place below the package."""
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The rooms that a module imports, also inside functions."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are written in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "riwaya" and len(parts) > 1:
                rooms.add(parts[1])
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_arrow_runs_back(path: Path) -> None:
    room = home(path)
    if room in ABOVE:
        return
    assert room in ALLOWED, f"{room} has no place in the house; give it one here"
    back = imported(path) - ALLOWED[room]
    assert not back, f"{room} imports from {sorted(back)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_stay_readable(path: Path) -> None:
    if path.parent.name == "lexicon":  # generated
        return
    assert len(path.read_text("utf-8").splitlines()) <= 500


def test_no_bidi_controls_in_source() -> None:
    controls = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}
    for path in [*MODULES, *SOURCE.rglob("*.yaml"), *SOURCE.rglob("*.j2"), *SOURCE.rglob("*.css"), *SOURCE.rglob("*.js")]:
        assert not controls & set(path.read_text("utf-8")), path
