"""Every form of input gives the same report, with its path, headline, date and outlet."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
import tarfile
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from riwaya.errors import MissingExtraError, UsageError
from riwaya.ids import stable_id
from riwaya.model import Article
from riwaya.read import read
from riwaya.read.formats import _READERS, READ_FORMATS

BODY = "قال الوزير سامي بالحاج إن الحكومة ستعقد اجتماعا يوم الخميس المقبل لبحث أسباب الحادث. " * 4
BODY += "\nوأضاف أن لجنة من الخبراء ستزور المكان وترفع تقريرها خلال أسبوع واحد على الأكثر."
BODY = BODY.strip()
HEAD, PAPER, WHEN, LINK = "اجتماع عاجل", "بوابة الساحل", "2031-02-12T10:15:00+01:00", "https://s.example/a"
RECORD = {"text": BODY, "title": HEAD, "date": WHEN, "outlet": PAPER, "url": LINK}
PAGE = (
    "<html><head><title>اجتماع عاجل - بوابة</title><meta property='og:site_name' content='بوابة الساحل'>"
    "<meta property='article:published_time' content='2031-02-12T10:15:00+01:00'>"
    "<meta property='og:title' content='اجتماع عاجل'></head>"
    f"<body><article><h1>اجتماع عاجل</h1>{''.join(f'<p>{p}</p>' for p in BODY.splitlines())}</article></body></html>"
)


def one(path: Path | str, **options: object) -> Article:
    reading = read(path, **options)  # type: ignore[arg-type]
    (article,) = list(reading)
    assert not reading.skipped
    return article


def put(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def is_the_report(article: Article, *, url: bool = True) -> None:
    assert article.title == "اجتماع عاجل"
    assert article.outlet == "بوابة الساحل"
    assert (article.published.value, article.published.how) == ("2031-02-12T10:15+01:00", "stated")
    assert article.text == f"اجتماع عاجل\n\n{article.text[article.body_start :]}"
    assert article.text[article.body_start :].split() == BODY.split()
    assert not url or article.url == "https://s.example/a"
    assert article.id == stable_id("a", article.outlet, article.url, article.title, article.text)


def test_plain_text_is_untouched(tmp_path: Path) -> None:
    text = "سطر\r\n\n  قال\u200f ذلك.\t\n"
    article = one(put(tmp_path / "a.txt", text))
    assert (article.text, article.body_start, article.title, article.path) == (text, 0, None, "a.txt")
    assert article.published.how == "unknown"


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        {"maintext": BODY, "title": HEAD, "date_publish": WHEN, "source_domain": PAPER, "url": LINK},
        {"text": BODY, "title": HEAD, "date": WHEN, "sitename": PAPER, "hostname": "s.example", "url": LINK},
        {"@type": "NewsArticle", "articleBody": BODY, "headline": HEAD, "datePublished": WHEN,
         "publisher": {"@type": "Organization", "name": PAPER}, "url": LINK},
        {"content": BODY, "headline": HEAD, "published": WHEN, "source": {"name": PAPER}, "url": LINK},
        {"body": BODY, "title": HEAD, "date_extracted": WHEN, "source": PAPER, "link": LINK},
        {"@graph": [{"@type": "WebSite", "name": "x"},
                    {"articleBody": BODY, "headline": HEAD, "datePublished": WHEN, "publisher": PAPER, "url": LINK}]},
    ],
)  # fmt: skip
def test_known_field_names(tmp_path: Path, record: dict[str, object]) -> None:
    is_the_report(one(put(tmp_path / "a.json", json.dumps(record))))


def test_fields_named_by_the_user(tmp_path: Path) -> None:
    record = {
        "head": "اجتماع عاجل",
        "data": {"story": BODY},
        "when": RECORD["date"],
        "paper": "بوابة الساحل",
        "link": RECORD["url"],
    }
    fields = {"title": "head", "text": "data.story", "date": "when", "outlet": "paper"}
    is_the_report(one(put(tmp_path / "a.json", json.dumps(record)), fields=fields))
    with pytest.raises(UsageError):
        read(tmp_path, fields={"colour": "x"})


def test_options_stand_in_only_where_nothing_is_given(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", json.dumps(RECORD) + "\n" + json.dumps({"text": BODY}))
    first, second = read(tmp_path, published="2030-01-01", outlet="أخرى")
    is_the_report(first)
    assert (second.outlet, second.published.value, second.published.how) == ("أخرى", "2030-01-01", "stated")


def test_a_date_in_the_url_is_stated(tmp_path: Path) -> None:
    article = one(
        put(tmp_path / "a.json", json.dumps({"text": BODY, "url": "https://s.example/2031/02/12/x", "date": "9999-01-01"}))
    )
    assert (article.published.value, article.published.how) == ("2031-02-12", "stated")


def test_arrays_and_wrapped_arrays_are_numbered(tmp_path: Path) -> None:
    put(tmp_path / "a.json", json.dumps([RECORD, {"text": BODY}]))
    put(tmp_path / "b.json", json.dumps({"status": "ok", "articles": [RECORD]}))
    assert [a.path for a in read(tmp_path)] == ["a.json#1", "a.json#2", "b.json#1"]


def test_lines_in_a_file_named_json(tmp_path: Path) -> None:
    put(tmp_path / "a.json", "\n".join([json.dumps(RECORD)] * 2))
    assert [a.path for a in read(tmp_path)] == ["a.json#1", "a.json#2"]


def test_jsonl_counts_records_not_lines(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", json.dumps(RECORD) + "\n\n" + json.dumps(RECORD) + "\n")
    assert [a.path for a in read(tmp_path)] == ["a.jsonl#1", "a.jsonl#2"]


def test_jsonl_in_utf16(tmp_path: Path) -> None:
    is_the_report(one(put(tmp_path / "a.jsonl", json.dumps(RECORD, ensure_ascii=False).encode("utf-16"))))


def test_lone_surrogates_in_json(tmp_path: Path) -> None:
    article = one(put(tmp_path / "a.json", '{"text": "قال \\ud800 ثم \\ud83d\\ude00"}'))
    assert article.text == "قال \ufffd ثم 😀"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    buffer = io.StringIO()
    rows = csv.DictWriter(buffer, ["Title", "TEXT", "date", "outlet", "url"], delimiter=delimiter)
    rows.writeheader()
    rows.writerow({"Title": "اجتماع عاجل", "TEXT": BODY, **{k: RECORD[k] for k in ("date", "outlet", "url")}})
    for encoding in ("utf-8-sig", "cp1256"):
        article = one(put(tmp_path / f"{encoding}.csv", buffer.getvalue().encode(encoding)))
        is_the_report(article)
        assert article.path == f"{encoding}.csv#1"


def test_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({k: [v, v] for k, v in RECORD.items()}), tmp_path / "a.parquet")
    first, second = read(tmp_path)
    is_the_report(first)
    assert second.path == "a.parquet#2"


def test_parquet_without_the_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.parquet", b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"riwaya\[parquet\]"):
        list(read(tmp_path))


def test_page(tmp_path: Path) -> None:
    article = one(put(tmp_path / "a.html", PAGE))
    is_the_report(article, url=False)
    assert article.path == "a.html"


def test_page_in_windows_1256(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1256">')
    is_the_report(one(put(tmp_path / "a.htm", page.encode("cp1256"))), url=False)


def test_json_ld_comes_before_the_page(tmp_path: Path) -> None:
    told = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {
        "@type": ["NewsArticle"], "headline": "اجتماع عاجل", "articleBody": BODY, "datePublished": RECORD["date"],
        "publisher": {"name": "بوابة الساحل"}, "mainEntityOfPage": {"@id": "https://s.example/a"}}]}  # fmt: skip
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    page = (
        "<html><head><title>عنوان آخر</title>"
        + script
        + "<script type='application/ld+json'>{broken</script></head><body><p>x</p></body></html>"
    )
    is_the_report(one(put(tmp_path / "a.html", page)))


def test_a_guessed_date_is_inferred(tmp_path: Path) -> None:
    page = PAGE.replace("article:published_time", "nothing").replace(
        "</article>", "<span class='date'>2031-02-12</span></article>"
    )
    article = one(put(tmp_path / "a.html", page))
    assert (article.published.value, article.published.how) in (("2031-02-12", "inferred"), (None, "unknown"))


def test_mhtml(tmp_path: Path) -> None:
    message = MIMEMultipart("related")
    part = MIMEText(PAGE, "html", "utf-8")
    part["Content-Location"] = "https://s.example/a"
    message.attach(part)
    is_the_report(one(put(tmp_path / "a.mhtml", message.as_bytes())))


FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>بوابة الساحل</title><item>
<title>اجتماع عاجل</title><link>https://s.example/a</link><pubDate>Wed, 12 Feb 2031 10:15:00 +0100</pubDate>
<description>%s</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>بوابة الساحل</title><entry><title>اجتماع عاجل</title>
<link href="https://s.example/a"/><published>2031-02-12T10:15:00+01:00</published>
<content type="html">%s</content></entry></feed>"""


@pytest.mark.parametrize(("name", "feed"), [("a.rss", FEED), ("a.xml", FEED), ("a.atom", ATOM)])
def test_feeds(tmp_path: Path, name: str, feed: str) -> None:
    body = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in BODY.splitlines())
    article = one(put(tmp_path / name, feed % body))
    is_the_report(article)
    assert article.path == f"{name}#1"


def warc(pages: list[str], *, packed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for page in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        writer.write_record(
            writer.create_warc_record(
                "https://s.example/a", "response", payload=io.BytesIO(page.encode()), http_headers=headers
            )
        )
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_warc(tmp_path: Path, packed: bool) -> None:
    put(tmp_path / f"a.warc{'.gz' * packed}", warc([PAGE, PAGE], packed=packed))
    first, second = read(tmp_path)
    is_the_report(first)
    assert second.path.endswith("#2")


FORMS: dict[str, str] = {
    "a.txt": BODY,
    "a.html": PAGE,
    "a.json": json.dumps(RECORD),
    "a.jsonl": json.dumps(RECORD),
    "a.rss": FEED % BODY,
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_packed_and_archived_forms(tmp_path: Path, name: str) -> None:
    data = FORMS[name].encode()
    plain = one(put(tmp_path / "plain" / name, data))
    packed = one(put(tmp_path / "gz" / f"{name}.gz", gzip.compress(data)))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"in/{name}", data)
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo(f"in/{name}")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    zipped, tarred = one(tmp_path / "a.zip"), one(tmp_path / "a.tar.gz")
    assert plain.id == packed.id == zipped.id == tarred.id
    number = plain.path.removeprefix(name)
    assert packed.path == f"{name}.gz{number}"
    assert zipped.path == f"a.zip!/in/{name}{number}"
    assert tarred.path == f"a.tar.gz!/in/{name}{number}"


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/deep/3.txt", "0.txt", ".hidden.txt"):
        put(tmp_path / name, BODY + name)
    assert [a.path for a in read(tmp_path)] == ["0.txt", "a/deep/3.txt", "b/1.txt", "b/2.txt"]


def test_globs(tmp_path: Path) -> None:
    for name in ("x/1.txt", "y/1.txt", "y/2.json"):
        put(tmp_path / name, BODY + name if name.endswith("txt") else json.dumps(RECORD))
    assert [a.path for a in read(str(tmp_path / "*" / "*.txt"))] == ["x/1.txt", "y/1.txt"]
    assert [a.path for a in read(str(tmp_path / "**"))] == ["x/1.txt", "y/1.txt", "y/2.json"]
    literal = put(tmp_path / "a[1].txt", BODY)
    assert [a.path for a in read(str(literal))] == ["a[1].txt"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(json.dumps(RECORD).encode()))  # type: ignore[arg-type]

    monkeypatch.setattr(sys, "stdin", Stdin)
    article = one("-")
    is_the_report(article)
    assert article.path == "-#1"


def test_skipped_fills_as_the_reading_goes(tmp_path: Path) -> None:
    put(tmp_path / "1.txt", "")
    put(tmp_path / "2.txt", BODY)
    reading = read(tmp_path)
    assert reading.skipped == []
    assert len(list(reading)) == 1
    assert [s.path for s in reading.skipped] == ["1.txt"]


def test_every_listed_form_has_a_reader() -> None:
    endings = {ending for names in READ_FORMATS for ending in names.split()}
    assert endings - {".zip", ".tar.gz"} <= set(_READERS)


def test_ids_tell_reports_apart() -> None:
    base = {"outlet": "o", "url": "u", "title": "t", "text": "x"}
    ids = {stable_id("a", *{**base, key: "y"}.values()) for key in base}
    assert len(ids) == 4


def test_names_that_are_not_unicode(tmp_path: Path) -> None:
    try:
        name = os.fsencode(tmp_path) + b"/a\xff.txt"
        with open(name, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(BODY.encode())
    except OSError:
        pytest.skip("this file system refuses names that are not Unicode")
    one(tmp_path).path.encode("utf-8")
