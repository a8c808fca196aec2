"""The window's process does what messages say, and ends with the process that started it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

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


def answer(process: subprocess.Popen[bytes], kind: str) -> dict[str, Any]:
    """The next message of that kind."""
    assert process.stdout is not None
    while (message := receive(process.stdout)) is not None:
        if message["kind"] == kind:
            return message
    raise AssertionError(f"it ended without saying {kind}")


def test_it_shows_what_is_published_and_says_when() -> None:
    frames = FrameBuffer.create(640, 360)
    with started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert receive(process.stdout) == {"kind": "loaded"}
        asked = {"width": 640, "height": 360, "size_is_chosen": True, "framing": "face", "caption_scale": 1.0}
        process.stdin.write(encode("open", **asked, click_through=False, places=""))
        process.stdin.flush()
        opened = answer(process, "opened")
        assert opened["platform"] == "offscreen"
        assert (opened["width"], opened["height"], opened["framing"]) == (640, 360, "face")
        sequence = frames.publish(np.zeros((360, 640, 3), np.uint8))
        process.stdin.write(encode("frames", path=str(frames.path), width=640, height=360))
        process.stdin.write(encode("state", paused=True) + encode("notice", text="hello") + encode("frame"))
        process.stdin.flush()
        assert answer(process, "mapped")
        assert answer(process, "shown")["sequence"] == sequence
        process.stdin.close()  # narrator has gone
        assert process.wait(5) == 0
    frames.remove_file()


def test_a_request_to_quit_ends_it() -> None:
    with started() as process:
        assert process.stdin is not None
        process.stdin.write(encode("quit"))
        process.stdin.flush()
        assert process.wait(10) == 0


def test_hours_of_messages_do_not_wear_it_out() -> None:
    """PySide6 6.12.0 lost a reference to None with each call: some 5,000 pictures later Python ended in an abort."""
    with started() as process:
        assert process.stdin is not None
        asked = {"width": 160, "height": 160, "size_is_chosen": True, "framing": "face", "caption_scale": 1.0}
        process.stdin.write(encode("open", **asked, click_through=False, places=""))
        process.stdin.write(encode("state", paused=False) * 20_000 + encode("quit"))
        process.stdin.flush()
        process.stdin.close()
        answer(process, "opened")
        assert process.wait(20) == 0
