"""What every test runs in: no network, fixed seeds, shared fixtures and a list of what was skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["tests.isolation", "tests.skips", "tests.desktop", "tests.golden_pictures"]

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Recordings, documents and pictures whose licences keep them out of this repository."""


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real material beside the checkout; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real material (../shared/data) is not beside this checkout")
    return SHARED_DATA
