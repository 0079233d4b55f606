"""The two conventions of names: the news desk's, and that of tagged newswire."""

import json
from itertools import pairwise

from click.testing import CliRunner

import riwaya
from riwaya.cli.mark import command
from riwaya.mark import mark_article
from riwaya.model import Article

TEXT = "قال وزير الصناعة سالم الشريف في القاهرة إن وزارة الداخلية في شمال سوريا تتابع، وزار محمد حسين مطار بغداد."


def kinds(names: object) -> set[tuple[str, str]]:
    return {(n.text, n.kind) for n in names}  # type: ignore[attr-defined]


def test_offices_heads_and_compass_points_stay_outside() -> None:
    news, conll = kinds(riwaya.mark(TEXT).names), kinds(riwaya.mark(TEXT, names="conll").names)
    assert {("وزارة الداخلية", "organization"), ("شمال سوريا", "place"), ("مطار بغداد", "place"), ("بغداد", "place")} <= news
    assert {("سوريا", "place"), ("بغداد", "place"), ("القاهرة", "place")} <= conll
    assert not {("وزارة الداخلية", "organization"), ("شمال سوريا", "place"), ("مطار بغداد", "place")} & conll


def test_persons_are_the_same_and_nothing_overlaps() -> None:
    news, conll = riwaya.mark(TEXT).names, riwaya.mark(TEXT, names="conll").names
    assert [n for n in kinds(conll) if n[1] == "person"] and {n for n in kinds(news) if n[1] == "person"} == {
        n for n in kinds(conll) if n[1] == "person"
    }
    assert all(a.span.end <= b.span.start for a, b in pairwise(conll))


def test_quotes_do_not_depend_on_the_convention() -> None:
    article = Article("a-1", "-", TEXT)
    assert mark_article(article).quotes == mark_article(article, "conll").quotes


def test_the_command_offers_both() -> None:
    shown = [json.loads(CliRunner().invoke(command, [TEXT, "--json", "--names", c]).output)["names"] for c in ("news", "conll")]
    news, conll = ({n["text"] for n in names} for names in shown)
    assert {"شمال سوريا", "وزارة الداخلية"} <= news - conll
