"""Weights go into a safetensors file and come out again; what is no such file is refused with a next step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.diffusion.generator import WEIGHTS, generator
from avatar.diffusion.layout import MOTION
from avatar.diffusion.weights import read_weights, write_weights
from narrator.errors import FaceError

LARGEST_BYTES = 20_000_000


def test_what_is_written_is_read(tmp_path: Path) -> None:
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.array([0.5], np.float32)}
    write_weights(tmp_path / "w.safetensors", arrays, {"layout": "x y"})
    read, notes = read_weights(tmp_path / "w.safetensors")
    assert notes == {"layout": "x y"}
    assert all((read[name] == arrays[name]).all() for name in arrays)


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, b"\x08\x00\x00\x00\x00\x00\x00\x00not json"])
def test_another_file_is_refused_with_a_next_step(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "w.safetensors"
    file.write_bytes(content)
    with pytest.raises(FaceError, match="--motion rules"):
        read_weights(file)


def test_weights_of_another_layout_are_refused(tmp_path: Path) -> None:
    write_weights(tmp_path / "w.safetensors", {"a": np.zeros(1)}, {"layout": "jaw"})
    with pytest.raises(FaceError, match="layout"):
        generator(tmp_path / "w.safetensors")


def test_the_shipped_weights_are_small_and_of_this_layout() -> None:
    assert WEIGHTS.stat().st_size < LARGEST_BYTES
    assert read_weights(WEIGHTS)[1]["layout"].split() == list(MOTION)
