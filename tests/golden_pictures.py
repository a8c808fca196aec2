"""A plug-in of pytest: compares a picture with the one in tests/golden; --regenerate renews it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

GOLDEN = Path(__file__).with_name("golden")
DIFFERENCES = Path(__file__).resolve().parents[1] / "build" / "golden"
"""Where a failing comparison leaves what it got and what differed."""

RgbImage = npt.NDArray[np.uint8]
Compare = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the pictures in tests/golden anew: look at them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Compare:
    """golden(name, image, mean=..., share=..., level=...) fails when the picture has changed.

    mean: greatest mean absolute difference, 0..255; share: greatest share of pixels that differ by more than level.
    """
    regenerate = bool(request.config.getoption("--regenerate"))

    def compare(name: str, image: RgbImage, *, mean: float = 1.0, share: float = 0.01, level: int = 24) -> None:
        path = GOLDEN / f"{name}.png"
        if regenerate:
            _write(path, image)
            return
        assert path.exists(), f"no golden picture {path.name}; make it with --regenerate and look at it"
        wanted = _read(path)
        assert wanted.shape == image.shape, f"{path.name}: expected {wanted.shape}, got {image.shape}"
        difference = np.abs(wanted.astype(np.int16) - image.astype(np.int16))
        off_share = float((difference.max(axis=2) > level).mean())
        if difference.mean() > mean or off_share > share:
            _write(DIFFERENCES / f"{name}.got.png", image)
            _write(DIFFERENCES / f"{name}.difference.png", np.minimum(difference * 4, 255).astype(np.uint8))
            pytest.fail(
                f"{path.name} changed: mean {difference.mean():.2f} (<= {mean}), {off_share:.2%} of its pixels by more "
                f"than {level} (<= {share:.2%}); see {DIFFERENCES}, and use --regenerate if the change is meant"
            )

    return compare


def _write(path: Path, image: RgbImage) -> None:
    import cv2

    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.ascontiguousarray(image[:, :, ::-1]))


def _read(path: Path) -> RgbImage:
    import cv2

    stored = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert stored is not None, f"{path} is not a picture"
    return np.ascontiguousarray(stored[:, :, ::-1]).astype(np.uint8)
