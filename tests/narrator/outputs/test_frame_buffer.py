"""Pictures cross to another process whole: the newest one, never two halves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from narrator.outputs.frame_buffer import FrameBuffer

WIDTH, HEIGHT = 320, 180
READER = f"""
import sys, time
from pathlib import Path
from narrator.outputs.frame_buffer import FrameBuffer
frames = FrameBuffer(Path(sys.argv[1]), {WIDTH}, {HEIGHT})
print("ready", flush=True)
seen, torn, end = set(), 0, time.perf_counter() + 1.0
while time.perf_counter() < end:
    number, picture = frames.newest()
    first = picture[0, 0, 0]
    torn += int((picture[..., :3] != first).any())
    seen.add(number)
print(torn, len(seen))
"""


@pytest.fixture
def frames() -> Iterator[FrameBuffer]:
    made = FrameBuffer.create(WIDTH, HEIGHT)
    yield made
    made.remove_file()


def grey(level: int) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), level % 256, np.uint8)


def test_there_is_no_picture_before_the_first(frames: FrameBuffer) -> None:
    assert frames.newest()[0] == 0


def test_red_green_and_blue_arrive_as_qt_wants_them(frames: FrameBuffer) -> None:
    picture = grey(0)
    picture[:] = (1, 2, 3)
    assert frames.publish(picture) == 1
    assert tuple(frames.newest()[1][0, 0, :3]) == (3, 2, 1)


def test_the_picture_being_shown_is_never_written_to(frames: FrameBuffer) -> None:
    frames.publish(grey(7))
    _, shown = frames.newest()
    for level in range(10, 20):
        frames.publish(grey(level))
        assert (shown[..., :3] == 7).all()
    assert frames.newest()[0] == 11


def test_a_reader_in_another_process_sees_no_torn_picture(frames: FrameBuffer) -> None:
    reader = subprocess.Popen([sys.executable, "-c", READER, str(frames.path)], stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    level = 0
    while reader.poll() is None:
        level += 1
        frames.publish(grey(level))
    torn, seen = map(int, reader.stdout.read().split())
    reader.stdout.close()
    assert torn == 0
    assert seen > 20


def test_only_this_user_may_read_it(frames: FrameBuffer) -> None:
    assert frames.path.stat().st_mode & 0o077 == 0


def test_its_file_can_be_taken_away_twice(frames: FrameBuffer) -> None:
    frames.remove_file()
    frames.remove_file()
    assert not frames.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="what is mapped cannot be removed there")
def test_what_a_killed_process_left_is_swept_away() -> None:
    script = "from narrator.outputs.frame_buffer import FrameBuffer; import os, signal\n"
    script += "print(FrameBuffer.create(4, 2).path, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=False)
    left = Path(killed.stdout.strip())
    assert left.exists()
    mine, other = FrameBuffer.create(4, 2), FrameBuffer.create(4, 2)
    assert not left.exists()
    assert mine.path.exists()
    for buffer in (mine, other):
        buffer.remove_file()


def test_colours_one_can_see_through_arrive_multiplied_by_their_alpha() -> None:
    buffer = FrameBuffer.create(4, 2)
    image = np.zeros((2, 4, 4), np.uint8)
    image[:, 0] = (200, 100, 50, 255)
    image[:, 1] = (200, 100, 50, 128)
    buffer.publish(image)
    _, shown = buffer.newest()
    assert tuple(shown[0, 0]) == (50, 100, 200, 255)
    assert tuple(shown[0, 1].astype(int)) == pytest.approx((25, 50, 100, 128), abs=1)
    assert not shown[0, 2].any()
    buffer.remove_file()


def test_a_buffer_of_another_size_counts_on() -> None:
    small = FrameBuffer.create(4, 2)
    small.publish(np.zeros((2, 4, 3), np.uint8))
    large = FrameBuffer.create(8, 4, after=small.sequence)
    assert (large.size, large.publish(np.zeros((4, 8, 3), np.uint8))) == ((8, 4), 2)
    for buffer in (small, large):
        buffer.remove_file()
