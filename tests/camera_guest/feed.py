"""In the guest: frames in a folder in, each through the product's own camera to /dev/video0 out."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import cv2
import numpy as np

from narrator.flow import Viewport
from narrator.outputs import camera, child_link

FPS = 4.0
"""The last picture is sent again so often: an emulated reader takes a tenth of a second and more for each."""
SHOWN_S = 0.7
"""How long each picture stays, at least: emulation is slow, and every one of them must be seen by the reader."""
READING = Path("/tmp/reading")
"""There once the other program reads; the first picture stays until then."""
PATIENCE_S = 120.0


class Waiter:
    """Follows narrator.outputs.live_screen.Listener."""

    def __init__(self) -> None:
        self.shown = 0
        self.news = threading.Event()

    def commanded(self, command: str) -> None: ...
    def closed(self) -> None: ...
    def wake(self) -> None: ...

    def notify(self, text: str) -> None:
        print(f"feed: {text}", flush=True)

    def showed(self, number: int, at_s: float) -> None:
        self.shown = number
        self.news.set()


def main(folder: Path) -> None:
    waiter = Waiter()
    camera.FPS, camera.OPEN_LIMIT_S, child_link.START_LIMIT_S = FPS, PATIENCE_S, PATIENCE_S
    screen = camera.CameraScreen(camera.CameraWish())
    screen.open(Viewport(), waiter)
    print(f"feed: device {screen.device}", flush=True)
    for path in sorted(folder.glob("*.png")):
        picture = np.ascontiguousarray(cv2.imread(str(path))[..., ::-1])
        number = screen.show(picture, None, -1)
        until_s = time.monotonic() + PATIENCE_S
        while waiter.shown < number and time.monotonic() < until_s:
            waiter.news.wait(0.1)
            waiter.news.clear()
        screen.raise_if_gone()
        while not READING.exists():
            time.sleep(0.1)
        time.sleep(SHOWN_S)
    screen.close()
    print("feed: done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
