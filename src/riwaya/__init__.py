"""Riwaya (رواية, "an account of what happened"): from many Arabic reports of an event to one account of it.

    import riwaya

    collection = riwaya.build(riwaya.read("reports/"))
    for dossier in collection:
        print(dossier.stories[0].title)
    collection.write("out/")
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from riwaya.version import __version__

if TYPE_CHECKING:
    from riwaya.api import load, mark
    from riwaya.collection import Collection, build
    from riwaya.errors import RiwayaError
    from riwaya.model import Article
    from riwaya.read import read

__all__ = ["Article", "Collection", "RiwayaError", "__version__", "build", "load", "mark", "read"]

# Public names load when they are first used, so that `import riwaya` costs nothing.
_HOMES = {
    "Article": "riwaya.model",
    "Collection": "riwaya.collection",
    "RiwayaError": "riwaya.errors",
    "build": "riwaya.collection",
    "load": "riwaya.api",
    "mark": "riwaya.api",
    "read": "riwaya.read",
}


# Two public functions bear the names of the rooms that they lead into. Python sets a package that is imported as an attribute of
# its parent, in the function's place; so the two packages are made callable, and `riwaya.read` is both, always.


class _ReadRoom(ModuleType):
    def __call__(self, *paths: Any, **options: Any) -> Any:
        """See `riwaya.read.read`."""
        from riwaya.read import read

        return read(*paths, **options)


class _MarkRoom(ModuleType):
    def __call__(self, text: str, published: str | None = None, outlet: str | None = None, names: Any = "news") -> Any:
        """See `riwaya.api.mark`."""
        from riwaya.api import mark

        return mark(text, published, outlet, names)


_ROOMS: dict[str, type[ModuleType]] = {"read": _ReadRoom, "mark": _MarkRoom}


class _Package(ModuleType):
    def __setattr__(self, name: str, value: Any) -> None:
        if name in _ROOMS and isinstance(value, ModuleType):
            value.__class__ = _ROOMS[name]
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'riwaya' has no attribute {name!r}")
    from importlib import import_module

    if name in _ROOMS:
        return import_module(f"riwaya.{name}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
