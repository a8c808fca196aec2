"""The comparison with golden pictures: blind to noise, not to change, and it says where to look."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import golden_pictures
from tests.golden_pictures import Compare

GREY = np.full((40, 40, 3), 128, np.uint8)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    monkeypatch.setattr(golden_pictures, "GOLDEN", tmp_path / "golden")
    monkeypatch.setattr(golden_pictures, "DIFFERENCES", tmp_path / "differences")
    if request.config.getoption("--regenerate"):
        pytest.skip("only without --regenerate")
    golden_pictures._write(tmp_path / "golden" / "grey.png", GREY)
    return tmp_path


@pytest.mark.usefixtures("folders")
def test_the_same_picture_passes_and_faint_noise_too(golden: Compare) -> None:
    golden("grey", GREY)
    golden("grey", GREY + np.random.randint(0, 2, GREY.shape).astype(np.uint8))


def test_a_changed_corner_fails_and_leaves_the_difference(golden: Compare, folders: Path) -> None:
    changed = GREY.copy()
    changed[:8, :8] = 255
    with pytest.raises(pytest.fail.Exception, match="grey.png changed"):
        golden("grey", changed)
    assert {path.name for path in (folders / "differences").iterdir()} == {"grey.got.png", "grey.difference.png"}


@pytest.mark.usefixtures("folders")
def test_a_picture_without_its_golden_one_fails(golden: Compare) -> None:
    with pytest.raises(AssertionError, match="no golden picture"):
        golden("unknown", GREY)
