"""Colours whose figures are published; lightness and contrast agree with them."""

from __future__ import annotations

import pytest

from benchmarks.colour import contrast, lightness


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert lightness((255, 255, 255)) == pytest.approx(100)
    assert lightness((0, 0, 0)) == 0
