"""Messages and shared pictures in, a virtual camera that other programs see out: a process of its own.

Run as python -m narrator.outputs.camera_process; it ends with its standard input. pyvirtualcam (GPL-2.0-only, an
optional extra) is imported here and nowhere else. A picture goes out as soon as it comes; where none comes, the last
one again, so that a meeting's stream never dries up.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.window_messages import Message, encode, receive

PATIENCE = 1.25
"""Frame periods to wait for a new picture before the last one is sent again."""


class CameraProcess:
    """One open camera."""

    def __init__(self) -> None:
        self._news = threading.Event()
        self._ended = threading.Event()

    def run(self) -> int:
        """Takes messages until narrator goes away; 1 where the camera could not be opened or failed."""
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stream:
            say("loaded")
            message = receive(stream)
            if message is None or message["kind"] != "open":
                return 0
            threading.Thread(target=self._read, args=(stream,), daemon=True).start()
            try:
                self._serve(message)
            except ImportError as fault:
                say("failed", reason="library", detail=str(fault))
            except (RuntimeError, OSError, ValueError) as fault:  # what pyvirtualcam and its drivers raise
                say("failed", reason="camera", detail=" ".join(str(fault).split()))
            else:
                return 0
            return 1

    def _read(self, stream: Any) -> None:
        while (message := receive(stream)) is not None and message["kind"] != "quit":
            self._news.set()
        self._ended.set()
        self._news.set()

    def _serve(self, message: Message) -> None:
        import cv2
        import pyvirtualcam

        width, height, fps = int(message["width"]), int(message["height"]), float(message["fps"])
        frames = FrameBuffer(Path(message["frames"]), width, height)
        chosen = {key: message[key] for key in ("device", "backend") if message[key]}
        with pyvirtualcam.Camera(width, height, fps, fmt=pyvirtualcam.PixelFormat.RGB, **chosen) as camera:
            say("opened", device=camera.device, backend=camera.backend)
            picture = np.zeros((height, width, 3), np.uint8)
            sent = 0
            while not self._ended.is_set():
                self._news.wait(PATIENCE / fps)
                self._news.clear()
                number, pixels = frames.newest()
                if number == 0:
                    continue
                if number != sent:
                    cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB, dst=picture)
                camera.send(picture)
                if number != sent:
                    sent = number
                    say("shown", sequence=number, at_s=time.perf_counter())


def say(kind: str, **fields: object) -> None:
    """One message to narrator; nothing where it has gone, which the end of standard input tells too."""
    try:
        sys.stdout.buffer.write(encode(kind, **fields))
        sys.stdout.buffer.flush()
    except OSError:
        return


def main() -> int:
    """Until narrator goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is narrator's to answer; this process ends with it
    return CameraProcess().run()


if __name__ == "__main__":
    raise SystemExit(main())
