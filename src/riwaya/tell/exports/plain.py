"""dossier.json, as a download."""

from __future__ import annotations

from riwaya.model import Dossier
from riwaya.serial.json_ import dumps, to_dict


def write(dossier: Dossier, lang: str) -> bytes:
    """The dossier as the contract lays it out."""
    return dumps(to_dict(dossier))
