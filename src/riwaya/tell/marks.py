"""The marks of one text, as `riwaya mark` prints them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from riwaya.model import Marks, Quote, Span
from riwaya.serial.json_ import clean, dumps, figure_dict, quote_dict, span_dict, time_dict

_NO_ARTICLE = "-"  # the contract's article_id of a text that is no article


def marks_as_json(marks: Marks) -> str:
    """The marks in the forms of dossier.json, every `article_id` "-"."""
    found = {
        "sentences": [{"start": s.start, "end": s.end} for s in marks.sentences],
        "times": [time_dict(t) for t in marks.times],
        "figures": [figure_dict(f) for f in marks.figures],
        "names": [{"span": span_dict(n.span), "text": n.text, "kind": n.kind} for n in marks.names],
        "quotes": [quote_dict(q) for q in marks.quotes],
    }
    return dumps(clean(_anonymous(found))).decode("utf-8")


def _anonymous(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _NO_ARTICLE if k == "article_id" else _anonymous(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_anonymous(v) for v in value]
    return value


def marks_as_lines(text: str, marks: Marks) -> Iterator[str]:
    """The marks for a reader: a heading a layer, a line a mark, in the order of the text."""
    yield f"{len(marks.sentences)} sentences"
    if marks.times:
        yield "times"
        for time in marks.times:
            yield f"  {_place(time.span)}  {time.text}  =  {time.type} {time.value or 'not anchored'}"
    if marks.figures:
        yield "figures"
        for figure in marks.figures:
            parts = ("about" if figure.approximate else "", _amount(figure.low, figure.high), figure.kind, figure.unit or "")
            yield f"  {_place(figure.span)}  {figure.text}  =  {' '.join(p for p in parts if p)}"
    if marks.names:
        yield "names"
        for name in marks.names:
            role = f"  ({text[name.role.start : name.role.end]})" if name.role else ""
            yield f"  {_place(name.span)}  {name.text}  {name.kind}{role}"
    if marks.quotes:
        yield "quotes"
        for quote in marks.quotes:
            yield f"  {_place(quote.content)}  {_chain(quote)}: {text[quote.content.start : quote.content.end]}"


def _place(span: Span) -> str:
    return f"{span.start:>5}-{span.end:<5}"


def _amount(low: float | None, high: float | None) -> str:
    if low == high and low is not None:
        return f"{low:g}" if low != int(low) else str(int(low))
    ends = ["" if end is None else f"{end:.10g}" for end in (low, high)]
    return f"{ends[0]}..{ends[1]}"


def _chain(quote: Quote) -> str:
    speaker = quote.speaker.text if quote.speaker else "?"
    relays = [link.name or link.role for link in quote.isnad[1:-1]]
    how = "direct" if quote.direct else "indirect"
    return " <- ".join([*relays, speaker]) + f" ({how}, {quote.stance})"
