"""A plug-in of pytest: compares a picture, or a text, with the one in tests/golden; --regenerate renews it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
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


class GoldenText:
    """A text that is kept in a file."""

    def __init__(self, regenerate: bool) -> None:
        self._regenerate = regenerate
        self._path = GOLDEN

    def name(self, name: str) -> None:
        """Which one."""
        self._path = GOLDEN / f"{name}.txt"

    @property
    def wanted(self) -> str:
        """What is kept; empty where nothing is, or where it is to be renewed."""
        return "" if self._regenerate or not self._path.exists() else self._path.read_text(encoding="utf-8")

    def check(self, text: str) -> None:
        """Fails where the text has changed."""
        name = self._path.relative_to(GOLDEN)
        if self._regenerate:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(text, encoding="utf-8")
            return
        assert self._path.exists(), f"no golden text {name}; make it with --regenerate and look at it"
        if text != self.wanted:
            got = DIFFERENCES / name.with_suffix(".got.txt")
            got.parent.mkdir(parents=True, exist_ok=True)
            got.write_text(text, encoding="utf-8")
            changed = "\n".join(
                unified_diff(self.wanted.splitlines(), text.splitlines(), "wanted", "got", lineterm="", n=0)
            )
            pytest.fail(f"{name} changed; see {got}, and use --regenerate if the change is meant\n{changed}")


@pytest.fixture
def golden_text(request: pytest.FixtureRequest) -> GoldenText:
    """golden_text.name(...), then golden_text.check(text) fails when the text has changed."""
    return GoldenText(bool(request.config.getoption("--regenerate")))


def _write(path: Path, image: RgbImage) -> None:
    import cv2

    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.ascontiguousarray(image[:, :, ::-1]))


def _read(path: Path) -> RgbImage:
    import cv2

    stored = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert stored is not None, f"{path} is not a picture"
    return np.ascontiguousarray(stored[:, :, ::-1]).astype(np.uint8)
