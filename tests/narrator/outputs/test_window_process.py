"""The window's process does what messages say, and ends with the process that started it."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np

from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.window_messages import encode, receive


def started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "narrator.outputs.window_process"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_it_shows_what_is_published_and_says_when() -> None:
    frames = FrameBuffer.create(640, 360)
    with started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert receive(process.stdout) == {"kind": "loaded"}
        process.stdin.write(encode("open", frames=str(frames.path), width=640, height=360))
        process.stdin.flush()
        opened = receive(process.stdout)
        assert opened is not None
        assert (opened["kind"], opened["platform"]) == ("opened", "offscreen")
        sequence = frames.publish(np.zeros((360, 640, 3), np.uint8))
        process.stdin.write(encode("state", paused=True) + encode("notice", text="hello") + encode("frame"))
        process.stdin.flush()
        shown = receive(process.stdout)
        assert shown is not None
        assert (shown["kind"], shown["sequence"]) == ("shown", sequence)
        process.stdin.close()  # narrator has gone
        assert process.wait(5) == 0
    frames.remove_file()


def test_a_request_to_quit_ends_it() -> None:
    with started() as process:
        assert process.stdin is not None
        process.stdin.write(encode("quit"))
        process.stdin.flush()
        assert process.wait(10) == 0
