"""An Apache Spark cluster, for collections that have outgrown one machine (extra: spark)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from riwaya.engines.base import Engine, Item, Result
from riwaya.errors import MissingExtraError
from riwaya.settings.engine import ENGINE


class SparkEngine(Engine):
    """Spreads items over a Spark cluster.

    The master comes from Spark's own configuration (spark-defaults, SPARK_MASTER); without one it is this machine. Stages hand
    on what they found through files in the temporary folder: on several machines, set TMPDIR to a folder that all of them see.

    Args:
        jobs: partitions in flight; None leaves it to Spark's default parallelism.

    Raises:
        MissingExtraError: pyspark is not installed.
    """

    def __init__(self, jobs: int | None = None) -> None:
        try:
            from pyspark import SparkConf, SparkContext
        except ImportError:
            raise MissingExtraError("--engine spark", "spark") from None
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # its workers need what is installed here
        conf = SparkConf().setAppName("riwaya").setIfMissing("spark.master", f"local[{jobs or '*'}]")
        conf = conf.setIfMissing("spark.ui.enabled", "false").setIfMissing("spark.log.level", "ERROR")
        self._context: Any = SparkContext.getOrCreate(conf)
        self._partitions = jobs or self._context.defaultParallelism

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, parallel: bool = True
    ) -> Iterator[Result]:
        """See `Engine.map`. Items go out in batches, so that neither side holds all of them."""
        if not parallel:
            yield from map(function, items)
            return
        source = iter(items)
        while batch := list(islice(source, self._partitions * ENGINE.in_flight)):
            yield from self._context.parallelize(batch, len(batch)).map(function).collect()

    def close(self) -> None:
        """Leave the cluster."""
        self._context.stop()
