"""A film whose disk, folder or name is in somebody else's hands: one fault, nothing half-made."""

from __future__ import annotations

import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from narrator.errors import OutputError
from narrator.flow import Viewport
from narrator.outputs.video_file import VideoFile

Make = Callable[..., Any]


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow larger, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def play_and_close(output: VideoFile, performances: list[Any], control: Any) -> None:
    try:
        for performance in performances:
            for _ in output.play(performance, control):
                pass
    finally:
        output.close(completed=True)


@pytest.mark.parametrize("room", [1_000, 60_000])
def test_a_full_disk_is_said_and_nothing_half_made_stays(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any, room: int
) -> None:
    output = VideoFile(tmp_path / "a.mp4")
    output.open(viewport, 22_050)
    with files_at_most(room), pytest.raises(OutputError, match="disk is full"):
        play_and_close(output, [make_performance(3.0, (0.5, 1.0, 1.5, 2.0, 2.5)) for _ in range(6)], control)
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_another_narration_is_writing_is_left_to_it(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    first, second = VideoFile(tmp_path / "a.mp4"), VideoFile(tmp_path / "." / "a.mp4")
    first.open(viewport, 22_050)
    with pytest.raises(OutputError, match="another one is writing"):
        second.open(viewport, 22_050)
    second.close(completed=False)
    play_and_close(first, [make_performance(1.0, (0.5,))], control)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "a.vtt"]


def test_a_folder_taken_away_in_the_middle_is_one_fault(
    tmp_path: Path, viewport: Viewport, make_performance: Make, control: Any
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    output = VideoFile(folder / "a.mp4")
    output.open(viewport, 22_050)
    shutil.rmtree(folder)
    with pytest.raises(OutputError, match="stick"):
        play_and_close(output, [make_performance(1.0, (0.5,))], control)
