from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from made_dossier import flood

from riwaya.errors import UsageError
from riwaya.tell import check_formats
from riwaya.tell.tables import COLUMNS, Tables, columns


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    writer = Tables(tmp_path, ("csv", "parquet"))
    writer.add(flood())
    writer.close()
    return tmp_path


def test_every_list_of_the_contract_is_a_table(tables: Path) -> None:
    wanted = {k for k, v in flood().to_dict().items() if isinstance(v, list)}
    assert wanted <= COLUMNS.keys()
    for name in COLUMNS:
        assert (tables / f"{name}.csv").is_file()
        assert (tables / f"{name}.parquet").is_file()


def test_csv_holds_what_the_dossier_holds(tables: Path) -> None:
    data = flood().to_dict()
    for name, things in data.items():
        if isinstance(things, list):
            assert len(read(tables, name)) == len(things), name
    article = read(tables, "articles")[0]
    assert article["text"] == data["articles"][0]["text"]
    assert json.loads(article["furniture"]) == data["articles"][0]["furniture"]
    passage = read(tables, "passages")[0]
    assert (passage["a_article_id"], int(passage["a_start"])) == (
        data["passages"][0]["a"]["article_id"],
        data["passages"][0]["a"]["start"],
    )


def test_spans_of_many_stand_one_a_row(tables: Path) -> None:
    assert len(read(tables, "entities_mentions")) == 4
    assert {r["statement_id"] for r in read(tables, "statements_spans")} == {"st-13", "st-15", "st-two"}
    isnad = [(r["quote_id"], r["position"], r["role"]) for r in read(tables, "quotes_isnad")]
    assert isnad[:2] == [("q-0", "0", "outlet"), ("q-0", "1", "speaker")]


def test_parquet_is_typed_and_agrees_with_csv(tables: Path) -> None:
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    for name in COLUMNS:
        table = parquet.read_table(tables / f"{name}.parquet")
        assert table.column_names == [c for c, _ in columns(name)]
        assert table.num_rows == len(read(tables, name)), name
    figures = parquet.read_table(tables / "figures.parquet").to_pylist()
    assert figures[0]["low"] == 13.0
    assert figures[0]["start"] == flood().to_dict()["figures"][0]["span"]["start"]
    statements = parquet.read_table(tables / "statements.parquet").to_pylist()
    assert statements[0]["spans"] == flood().to_dict()["statements"][0]["spans"]


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    texts = ("=HYPERLINK(1) سيول تضرب وادي الزهر سالم الحربي قال 13 شخصا قتلوا أمس الثلاثاء شارك عبر فيسبوك", *flood_texts())
    writer = Tables(tmp_path, ("csv",))
    writer.add(flood(texts))  # type: ignore[arg-type]
    writer.close()
    assert any(r["text"].startswith("'=") for r in read(tmp_path, "articles"))


def flood_texts() -> tuple[str, str]:
    from made_dossier import TEXTS

    return TEXTS[1], TEXTS[2]


def test_formats_are_checked() -> None:
    assert check_formats(["html", " JSON", "html"]) == ("json", "html")
    for wrong in (["pdf"], [], [""]):
        with pytest.raises(UsageError):
            check_formats(wrong)
