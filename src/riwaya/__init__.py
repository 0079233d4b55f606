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


class _Package(ModuleType):
    """Keeps `riwaya.read` and `riwaya.mark` the public functions.

    Two rooms bear the same names. When Python imports the package `riwaya.read`, it would set it as an attribute here, in the
    function's place; the package itself is found through sys.modules all the same.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'riwaya' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
