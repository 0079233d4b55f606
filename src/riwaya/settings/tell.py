"""Settings of the room `tell`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class TellSettings:
    """Settings of the room `tell`."""

    one_file_articles: int = setting(
        200,
        unit="articles",
        help="up to how many articles several stories stand in one dossier.json",
        evidence="the contract of dossier.json fixes it",
    )
    table_rows: int = setting(
        20_000,
        unit="rows",
        help="how many rows of a table are held before they are written",
        evidence="bounds memory; Parquet row groups of this size compress as well as larger ones on the Saudi reports",
    )


TELL = TellSettings()
