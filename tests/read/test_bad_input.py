"""Input that is broken or hostile: each is listed with its reason, nothing crashes, the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_read import BODY, FEED, PAGE, put, warc

from riwaya.model import Article, Skipped
from riwaya.read import read
from riwaya.read.archives import members
from riwaya.read.records import Desk
from riwaya.read.sources import Source
from riwaya.read.webpages import json_ld, plain_text
from riwaya.settings.read import READ

LINES = [json.dumps({"text": f"{BODY} {n}"}, ensure_ascii=False) for n in range(40)]


def both(path: Path | str) -> tuple[list[Article], list[Skipped]]:
    reading = read(path)
    return list(reading), reading.skipped


def only_skipped(path: Path | str, reason: str) -> None:
    articles, skipped = both(path)
    assert not articles
    assert len(skipped) == 1, skipped
    assert reason in skipped[0].reason
    assert "\n" not in skipped[0].reason


@pytest.mark.parametrize(
    "name", ["a.txt", "a.json", "a.jsonl", "a.csv", "a.html", "a.mhtml", "a.xml", "a.warc", "a.txt.gz", "a.jsonl.gz"]
)
def test_empty_files(tmp_path: Path, name: str) -> None:
    only_skipped(put(tmp_path / name, b""), "empty")


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.parquet"])
def test_empty_containers(tmp_path: Path, name: str) -> None:
    only_skipped(put(tmp_path / name, b""), "")


def test_white_space_only(tmp_path: Path) -> None:
    only_skipped(put(tmp_path / "a.txt", " \n\t\u200f\n".replace("\u200f", "")), "empty")


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_binary_under_another_name(tmp_path: Path, name: str) -> None:
    only_skipped(put(tmp_path / name, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), "binary")


@pytest.mark.parametrize("name", ["a.zip", "a.gz", "a.txt.gz", "a.tar.gz", "a.parquet", "a.json", "a.xml", "a.warc"])
def test_garbage_under_every_name(tmp_path: Path, name: str) -> None:
    articles, skipped = both(put(tmp_path / name, b"\x00\x01garbage\xff" * 50))
    assert not articles
    assert len(skipped) == 1 and skipped[0].reason


def test_broken_lines_are_named_and_the_others_kept(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", "\n".join([LINES[0], '{"text": broken', "", "[1]", '{"title": "x"}', '{"text": ""}', LINES[1]]))
    articles, skipped = both(tmp_path)
    assert [a.path for a in articles] == ["a.jsonl#1", "a.jsonl#6"]
    assert [s.path for s in skipped] == ["a.jsonl#2", "a.jsonl#3", "a.jsonl#4", "a.jsonl#5"]
    assert skipped[0].reason.startswith("line 2: broken JSON")
    assert "no field for the text" in skipped[2].reason
    assert skipped[3].reason == "no text"


def test_truncated_gzip_keeps_what_was_read(tmp_path: Path) -> None:
    data = b"".join(gzip.compress((line + "\n").encode()) for line in LINES)
    put(tmp_path / "a.jsonl.gz", data[: len(data) * 2 // 3])
    articles, skipped = both(tmp_path)
    assert 20 <= len(articles) < 40
    assert [(s.path, "truncated" in s.reason) for s in skipped] == [("a.jsonl.gz", True)]


def test_gzip_with_a_wrong_checksum(tmp_path: Path) -> None:
    data = gzip.compress("".join(f"{line}\n" for line in LINES).encode())
    put(tmp_path / "a.jsonl.gz", data[:-8] + b"12345678")
    articles, skipped = both(tmp_path)
    assert len(articles) == 40
    assert len(skipped) == 1 and "damaged" in skipped[0].reason


def test_truncated_warc_keeps_what_was_read(tmp_path: Path) -> None:
    pages = [PAGE.replace("الوزير", f"الوزير{n}") for n in range(4)]
    data = warc(pages, packed=True)
    put(tmp_path / "a.warc.gz", data[: len(data) * 5 // 8])
    articles, skipped = both(tmp_path)
    assert [a.path for a in articles] == ["a.warc.gz#1", "a.warc.gz#2"]
    assert skipped and all("truncated" in s.reason for s in skipped)
    plain = warc(pages, packed=False)
    put(tmp_path / "a.warc.gz", gzip.compress(plain[: len(plain) * 5 // 8]))
    articles, skipped = both(tmp_path)
    assert len(articles) == 2
    assert skipped and all("truncated" in s.reason for s in skipped)


def test_truncated_archives(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for n in range(3):
            data = os.urandom(3000).hex().encode() + BODY.encode()
            info = tarfile.TarInfo(f"{n}.txt")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    put(tmp_path / "a.tar.gz", out.getvalue()[: len(out.getvalue()) // 2])
    articles, skipped = both(tmp_path)
    assert [a.path for a in articles] == ["a.tar.gz!/0.txt"]
    assert skipped[-1].path == "a.tar.gz"


def test_page_of_50_megabytes(tmp_path: Path) -> None:
    only_skipped(put(tmp_path / "a.html", b"<html><body><p>" + b"a " * 25_000_000), "larger than")


@pytest.mark.parametrize("tag", ["div", "b", "x-y"])
def test_page_nested_100_000_deep(tmp_path: Path, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 100_000}{BODY}{f'</{tag}>' * 100_000}</body></html>"
    only_skipped(put(tmp_path / "a.html", page), "nested more than")


def test_json_nested_100_000_deep(tmp_path: Path) -> None:
    only_skipped(put(tmp_path / "a.json", "[" * 100_000 + "]" * 100_000), "nested too deep")
    put(tmp_path / "a.json", "")
    put(tmp_path / "b.html", f"<script type='application/ld+json'>{'[' * 100_000}</script>{PAGE}")
    assert [a.path for a in both(tmp_path)[0]] == ["b.html"]


def zeros() -> bytes:
    return b"a" * (READ.unpack_free * 2)


def test_zip_bomb_does_not_spoil_its_neighbour(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", zeros())
        archive.writestr("good.txt", BODY)
    articles, skipped = both(tmp_path)
    assert [a.path for a in articles] == ["a.zip!/good.txt"]
    assert [(s.path, "times its size" in s.reason) for s in skipped] == [("a.zip!/bomb.txt", True)]


def test_gzip_and_tar_bombs(tmp_path: Path) -> None:
    put(tmp_path / "a.txt.gz", gzip.compress(zeros()))
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("bomb.txt")
        info.size = len(zeros())
        tar.addfile(info, io.BytesIO(zeros()))
    articles, skipped = both(tmp_path)
    assert not articles
    assert {s.path for s in skipped} >= {"a.txt.gz", "b.tar.gz!/bomb.txt"}
    assert all("times its size" in s.reason for s in skipped)


def test_too_many_members_and_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for n in range(5):
            archive.writestr(f"{n}.txt", BODY + str(n))
    for name, limit, read_ in (("archive_members", 3, 3), ("archive_bytes", 3 * len(BODY.encode()), 2)):
        monkeypatch.setattr(type(READ), "__setattr__", object.__setattr__)
        before = getattr(READ, name)
        setattr(READ, name, limit)
        try:
            articles, skipped = both(tmp_path)
        finally:
            setattr(READ, name, before)
            monkeypatch.undo()
        assert len(articles) == read_, name
        assert skipped, name


def test_archives_inside_archives(tmp_path: Path) -> None:
    data = BODY.encode()
    name = "a.txt"
    for depth in range(READ.archive_depth + 1):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data, name = out.getvalue(), f"{depth}.zip"
        put(tmp_path / name, data)
    articles, skipped = both(tmp_path)
    assert len(articles) == READ.archive_depth
    assert len(skipped) == 1 and "deep" in skipped[0].reason


@pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "/abs.txt", "..\\up.txt", "C:\\up.txt"])
def test_names_that_lead_out_of_an_archive(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, BODY)
    only_skipped(tmp_path, "leads out")
    assert not list(tmp_path.rglob("*.txt")) and not (tmp_path.parent / "up.txt").exists()


def test_links_in_tar(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/hostname"
        tar.addfile(info)
    only_skipped(tmp_path, "a link or device")


def test_encrypted_members(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", BODY)
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    put(tmp_path / "a.zip", bytes(data))
    only_skipped(tmp_path, "encrypted")


def test_entity_bombs(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        + FEED[len('<?xml version="1.0" encoding="utf-8"?>') :]
    )
    only_skipped(put(tmp_path / "a.xml", bomb % "&b;"), "entities")
    only_skipped(put(tmp_path / "a.xml", (bomb % "&b;").encode("utf-16")), "entities")


def test_xml_that_is_no_feed_and_a_feed_cut_off(tmp_path: Path) -> None:
    only_skipped(put(tmp_path / "a.xml", "<root><a>x</a></root>"), "no feed")
    two = (FEED % BODY).replace("</channel>", f"<item><title>t</title><description>{BODY}")
    articles, skipped = both(put(tmp_path / "a.xml", two[: two.rindex("واحد")]))
    assert articles[0].path == "a.xml#1"
    assert any("broken XML" in s.reason for s in skipped)


def test_ten_megabytes_in_one_line(tmp_path: Path) -> None:
    only_skipped(put(tmp_path / "a.txt", "قال. " * 1_200_000), "more than one report has")
    put(tmp_path / "a.txt", BODY)
    put(tmp_path / "b.jsonl", '{"text": "' + "x" * (READ.line_bytes + 1) + '"}\n' + LINES[0])
    articles, skipped = both(tmp_path)
    assert [a.path for a in articles] == ["a.txt", "b.jsonl#2"]
    assert "longer than" in skipped[0].reason


def test_absurd_dates(tmp_path: Path) -> None:
    put(
        tmp_path / "a.jsonl",
        "\n".join(json.dumps({"text": BODY, "date": d}) for d in ("9999-12-31", "garbage", "2015-13-45", 1e30)),
    )
    assert [a.published.value for a in read(tmp_path)] == [None] * 4


def test_table_with_no_column_for_the_text(tmp_path: Path) -> None:
    only_skipped(put(tmp_path / "a.csv", "a,b\n1,2\n"), "--fields text=COLUMN")


def test_unknown_endings_are_listed(tmp_path: Path) -> None:
    for name in ("a.png", "b", "c.docx.gz"):
        put(tmp_path / name, gzip.compress(b"x") if name.endswith("gz") else b"x")
    articles, skipped = both(tmp_path)
    assert not articles
    assert [s.path for s in skipped] == ["a.png", "b", "c.docx.gz"]


def test_nothing_there(tmp_path: Path) -> None:
    only_skipped(tmp_path / "gone.txt", "no such file")
    only_skipped(str(tmp_path / "*.nothing"), "no file fits")


def test_a_file_that_vanishes_meanwhile(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.txt"):
        put(tmp_path / name, BODY + name)
    reading = read(tmp_path)
    found = []
    for article in reading:
        found.append(article.path)
        (tmp_path / "2.txt").unlink(missing_ok=True)
    assert found == ["1.txt", "3.txt"]
    assert [s.path for s in reading.skipped] == ["2.txt"]


def test_a_file_that_vanishes_between_listing_and_opening(tmp_path: Path) -> None:
    from riwaya.read.formats import articles_of
    from riwaya.read.sources import find_sources

    path = put(tmp_path / "a.txt", BODY)
    desk = Desk()
    (source,) = find_sources(path, desk)
    path.unlink()
    assert not list(articles_of(source, desk))
    assert "no such file" in desk.skipped[0].reason


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_permission_denied(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", BODY).chmod(0)
    only_skipped(tmp_path, "permission denied")


def test_links_that_go_in_circles_and_nowhere(tmp_path: Path) -> None:
    put(tmp_path / "sub" / "a.txt", BODY)
    (tmp_path / "sub" / "back").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    articles, skipped = both(tmp_path)
    assert [a.path for a in articles] == ["sub/a.txt"]
    assert {s.path for s in skipped} == {"sub/back", "self", "gone.txt"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    only_skipped(tmp_path, "not a regular file")


def test_members_of_a_member_are_not_opened_twice(tmp_path: Path) -> None:
    """A tar is a stream: skipping a member's text must not lose the next."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for n in range(3):
            info = tarfile.TarInfo(f"{n}.txt")
            info.size = len(BODY.encode())
            tar.addfile(info, io.BytesIO(BODY.encode()))
    source = Source("a.tar.gz", "a.tar.gz", lambda: io.BufferedReader(io.BytesIO(out.getvalue())))  # type: ignore[arg-type]
    assert [m.name for m in members(source, Desk())] == ["0.txt", "1.txt", "2.txt"]


@given(st.text(alphabet="<>/abscript d=\"'{}[]@type:NewsArticle&;\n", max_size=300))
def test_any_markup_is_survived(markup: str) -> None:
    plain_text(markup)
    json_ld(markup)


KEYS = st.sampled_from(["text", "title", "date", "outlet", "url", "author", "name"])
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))


@given(st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner)))
def test_any_record_is_survived(record: object) -> None:
    if isinstance(record, dict):
        desk = Desk()
        draft = desk.draft(record)
        if draft is not None:
            article = desk.article("a", draft)
            assert article is None or article.text[article.body_start :].strip()
