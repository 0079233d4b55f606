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
    stories_at_a_time: int = setting(
        16,
        unit="stories",
        help="how many stories a worker writes at a time",
        evidence="on the Saudi reports 8 to 64 differ by under 2 %; larger numbers make the last worker wait",
    )
    table_rows: int = setting(
        20_000,
        unit="rows",
        help="how many rows of a table are held before they are written",
        evidence="bounds memory; Parquet row groups of this size compress as well as larger ones on the Saudi reports",
    )
    shown_statements: int = setting(
        6,
        unit="statements",
        help="how many statements each column of what stands shows before the rest folds away",
        evidence="six fit a screen of 1280 x 800 beside their sources",
    )
    weak: float = setting(
        0.5,
        unit="confidence 0..1",
        help="below which a statement of several reports is marked as weak, and stands after the others",
        evidence="of 328 judged joins, 32 of the 81 below are right, and 202 of the 247 above",
    )
    shown_disputes: int = setting(
        6,
        unit="disputes",
        help="how many disputes stand before the rest folds away",
        evidence="an editor reads about six cards in a minute; contradictions come first",
    )
    charts: int = setting(
        8,
        unit="charts",
        help="how many things counted get a chart of their own",
        evidence="those that most reports count come first; the rest stands in the table",
    )
    shown_events: int = setting(
        5,
        unit="entries",
        help="how many entries a day of the timeline shows before the rest folds away",
        evidence="keeps ten days within two screens",
    )
    graph_boxes: int = setting(
        9,
        unit="boxes",
        help="how many boxes a layer of the graph of who told whom has; the lightest beyond are drawn as one",
        evidence="with more, names no longer fit beside each other at 800 pixels of height",
    )
    carried_rows: int = setting(
        20,
        unit="statements",
        help="how many rows of the table of who carries what stand before the rest folds away",
        evidence="about one screen",
    )
    carried_most: int = setting(
        100,
        unit="statements",
        help="how many rows that table has in all",
        evidence="what many carry stands first; beyond a hundred there are only statements of one outlet, shown elsewhere",
    )
    carried_columns: int = setting(
        10,
        unit="outlets",
        help="how many outlets have a column of their own in that table",
        evidence="ten columns of 64 pixels stand beside the statement at 1280 pixels",
    )
    shown_names: int = setting(
        9,
        unit="names",
        help="how many people, organizations and places stand before the rest folds away",
        evidence="three rows of three cards",
    )
    shown_quotes: int = setting(
        4,
        unit="quotes",
        help="how many quotes the card of a person shows",
        evidence="the reports hold the others, with their marks",
    )
    map_places: int = setting(
        40,
        unit="places",
        help="how many places the map shows, the story's own first",
        evidence="more dots than this hide one another at 800 pixels of width",
    )
    shared_pairs: int = setting(
        30,
        unit="pairs",
        help="how many pairs of reports stand side by side",
        evidence="those that share most come first; keeps the page of 100 copied reports under 5 MB",
    )
    shared_passages: int = setting(
        12,
        unit="passages",
        help="how many passages a pair of reports shows side by side",
        evidence="the longest; the reports themselves mark all",
    )
    shared_twins: int = setting(
        5,
        unit="reports",
        help="how many reports a shared passage names before it only counts them",
        evidence="numbers beyond five push the text apart",
    )
    open_reports: int = setting(
        6,
        unit="reports",
        help="up to how many reports stand open in full; beyond, each unfolds when it is opened or linked to",
        evidence="six reports of 300 words are about ten screens",
    )
    headline: int = setting(
        100,
        unit="characters",
        help="how long the headline of an event, an edge or a note in an exported file is at most, cut between words",
        evidence="TimelineJS advises headlines of a line or two; of the three seed reports with a title two stay whole",
    )
    context: int = setting(
        120,
        unit="characters",
        help="how much of the report stands before and after a mention in an exported map or list",
        evidence="about two lines: enough to see who did what there; the offsets beside it lead to the rest",
    )
    timeline_reports: int = setting(
        6,
        unit="reports",
        help="how many reports an exported event or place quotes; all are cited by their ids where the format has room",
        evidence="a slide of TimelineJS shows about six short quotations without scrolling",
    )
    map_statements: int = setting(
        10,
        unit="statements",
        help="how many statements an exported place carries, those of most independent origins first",
        evidence="a pop-up of a map holds about ten lines",
    )
    selector_context: int = setting(
        32,
        unit="characters",
        help="how much text stands before and after the words of an exported annotation, to find them again",
        evidence="the Hypothesis client keeps 32 on each side",
    )
    printed_statements: int = setting(
        60,
        unit="lines",
        help="how many lines a section of the printable page has at most; how many are left out is said",
        evidence="about three sheets a section; the seed story fits whole, the largest of the Egyptian ones would fill hundreds",
    )
    printed_singles: int = setting(
        12,
        unit="statements",
        help="how many statements that only it makes the printable page lists of each report",
        evidence="half a sheet a report",
    )
    printed_names: int = setting(
        30,
        unit="names",
        help="how many people, organizations and places each the printable page lists, the most often named first",
        evidence="a sheet each",
    )


TELL = TellSettings()
