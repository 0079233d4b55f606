"""Engines give results in order, wherever the work is done."""

from __future__ import annotations

import importlib.util
import os

import pytest

from riwaya.engines import engine
from riwaya.engines.spool import Spool, pack
from riwaya.errors import MissingExtraError, OutputError, UsageError


def square(n: int) -> int:
    return n * n


def where(_: int) -> int:
    return os.getpid()


def fails(n: int) -> int:
    raise ValueError(f"no {n}")


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    with engine("local", jobs) as workers:
        assert list(workers.map(square, range(40))) == [n * n for n in range(40)]


def test_little_work_stays_in_this_process() -> None:
    with engine("local", 2) as workers:
        assert set(workers.map(where, range(3), parallel=False)) == {os.getpid()}
        assert os.getpid() not in set(workers.map(where, range(3)))


def test_items_are_taken_lazily() -> None:
    taken: list[int] = []

    def items():  # type: ignore[no-untyped-def]
        for n in range(1000):
            taken.append(n)
            yield n

    with engine("local", 2) as workers:
        next(iter(workers.map(square, items())))
        assert len(taken) < 100


def test_an_error_in_a_worker_reaches_the_caller() -> None:
    with engine("local", 2) as workers, pytest.raises(ValueError, match="no 0"):
        list(workers.map(fails, range(3)))


def test_unknown_engine() -> None:
    with pytest.raises(UsageError, match="local, spark"):
        engine("cloud")


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="pyspark is installed here")
def test_spark_without_its_extra_says_what_to_install() -> None:
    with pytest.raises(MissingExtraError, match=r"riwaya\[spark\]"):
        engine("spark")


def test_spool_gives_back_what_was_put() -> None:
    spool = Spool()
    slots = [spool.put(pack({"n": n, "text": "نص" * n})) for n in range(5)]
    spool.flush()
    assert [slot.read()["n"] for slot in reversed(slots)] == [4, 3, 2, 1, 0]
    path = spool.path
    spool.close()
    assert not os.path.exists(path)  # noqa: PTH110 - a plain string


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")  # noqa: PTH110
def test_a_full_disk_is_one_clear_line() -> None:
    spool = Spool()
    spool._file.close()
    spool._file = open("/dev/full", "wb")  # noqa: SIM115, PTH123 - the spool closes it
    with pytest.raises(OutputError, match="make room there"):
        for _ in range(100):
            spool.put(os.urandom(1 << 16))
        spool.flush()
