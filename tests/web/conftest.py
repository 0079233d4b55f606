"""The sample in an archive, filled once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample; not to be changed."""
    pytest.importorskip("fastapi", reason="needs the extra 'serve'")
    from reading_desk import fill

    return fill(tmp_path_factory.mktemp("desk") / "sample.riwaya")
