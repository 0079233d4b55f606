"""The whole way on whole events, scored layer by layer against what a careful reader found.

The scorer is not ours: it lies beside the data (`score/score.py`), as do the reports. Its numbers are taken as they come, each
under the name `LAYER.MEASURE` ("quotes.found.f1").
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from riwaya.errors import InputError
from riwaya.evaluate.base import Miss, Result, Source, Task, hashed

_SHORT = {"p": "precision", "r": "recall"}
_COUNTS = {"n", "gold", "said", "judged", "not judged"}  # what the scorer counts beside its measures


def run(source: Source) -> Result:
    """Build the event's dossier and score it."""
    gold = source.file or source.data.parent / "seeds" / "gold.json"
    articles = gold.parent / "articles"
    scorer_file = source.data.parent / "score" / "score.py"
    for path in (gold, articles, scorer_file):
        if not path.exists():
            raise InputError(str(path), "not there; the seeds, their findings and the scorer lie beside the data")
    scorer = _scorer(scorer_file)(_dossier(articles), json.loads(gold.read_text("utf-8")))
    found = scorer.all()
    metrics = dict(_measures(found))
    misses = [Miss(layer, *one) for layer, lines in scorer.missing.items() for one in map(_told, lines)]
    files = [gold, *sorted(p for p in articles.rglob("*") if p.is_file())]
    return Result(metrics, len(found), hashed(files), misses)


def _dossier(articles: Path) -> dict[str, Any]:
    import riwaya

    found: dict[str, Any] = riwaya.build(riwaya.read(articles), jobs=1, stories="one").dossier().to_dict()
    return found


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise InputError(str(path), "is not the scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Scorer


def _told(miss: Mapping[str, Any]) -> tuple[str, str, str]:
    """What was expected, what was found, and the words, from the scorer's own record of a miss."""
    rest = {k: v for k, v in miss.items() if k not in ("gold", "said")}
    return str(miss.get("gold", "")), str(miss.get("said", "")), json.dumps(rest, ensure_ascii=False)


def _measures(layers: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, float]]:
    for key, value in layers.items():
        short = _SHORT.get(key, key.replace(" ", "_"))
        at = f"{name}.{short}" if name else short
        if isinstance(value, Mapping):
            yield from _measures(value, at)
        elif isinstance(value, int | float) and key not in _COUNTS:
            yield at, float(value)


TASK = Task(
    name="seeds",
    about="five real reports of one event, from files to dossier, with the scorer beside the data",
    run=run,
    targets={
        "dates.accuracy": 1.0,
        "outlets.accuracy": 1.0,
        "furniture.f1": 0.95,
        "times.value.f1": 0.90,
        "figures.value_and_kind.f1": 0.85,
        "names.mentions.f1": 0.85,
        "names.coreference.f1": 0.93,
        "quotes.found.f1": 0.80,
        "quotes.with_speaker.f1": 0.75,
        "quotes.relays.f1": 0.80,
        "reuse.copy.recall": 0.90,
        "reuse.paraphrase.recall": 0.50,
        "reuse.all.precision": 0.80,
        "facts.joined_across_reports.f1": 0.55,
        "standing.accuracy": 0.75,
        "timeline.f1": 0.75,
        "disputes.contradiction_or_revision.recall": 0.50,
        "disputes.all.precision": 0.60,
    },
    form="a gold.json, its reports in articles/ beside it",
)
