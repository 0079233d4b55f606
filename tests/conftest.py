"""What several tests share: the sample's collection, built once, and the real reports beside the checkout where they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import riwaya

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "examples" / "reports"
SHARED = ROOT.parent / "shared"

# Slow machines run the same examples; only the clock is not held against them.
settings.register_profile("riwaya", deadline=None, max_examples=60, derandomize=bool(os.environ.get("CI")))
settings.load_profile("riwaya")


@pytest.fixture(scope="session")
def sample() -> riwaya.Collection:
    """The sample's collection."""
    return riwaya.build(riwaya.read(REPORTS))


@pytest.fixture(scope="session")
def sample_dict(sample: riwaya.Collection) -> dict[str, Any]:
    """The sample's dossier.json."""
    found: dict[str, Any] = sample.dossier().to_dict()
    return found


@pytest.fixture(scope="session")
def shared() -> Iterator[Path]:
    """The folder of real reports beside the checkout; tests that need it are skipped, and say so, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the real reports are not here ({SHARED}); the gate always has them")
    yield SHARED
