"""Moments and checksums of pictures become rate, gaps and repeats; the camera that writes them down is a real one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import camera


def test_gaps_and_repeats_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "seen", lambda _seconds: ([0.0, 0.03, 0.06, 0.09, 0.19], [7, 8, 8, 9, 10]))
    told = {figure.name: figure.figure for figure in camera.measure()}
    assert told["camera: pictures a second"] == pytest.approx(4 / 0.19)
    assert told["camera: gap, 50 of 100"] == pytest.approx(30.0)
    assert told["camera: longest gap"] == pytest.approx(100.0)
    assert told["camera: pictures sent twice"] == pytest.approx(25.0)


def test_it_writes_down_each_picture_and_which_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import timed_camera as timed

    monkeypatch.setenv(timed.FILE, str(tmp_path / "frames"))
    made = timed.TimedCamera(width=32, height=16, fps=30.0, fourcc=0)
    for shade in (10, 10, 20):
        made.send(np.full((16, 32, 3), shade, np.uint8))
    made.close()
    moments, checksums = zip(*(line.split() for line in (tmp_path / "frames").read_text().splitlines()), strict=True)
    assert [float(one) for one in moments] == sorted(map(float, moments))
    assert checksums[0] == checksums[1] != checksums[2]
