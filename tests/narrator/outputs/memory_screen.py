"""Pictures in, each kept with its time: a screen for tests of what all live outputs share."""

from __future__ import annotations

import time

import numpy as np

from narrator.errors import Cancelled
from narrator.flow import Caption, RgbImage, Viewport
from narrator.outputs.caption_style import CaptionStyle
from narrator.outputs.live_screen import Listener, View


class MemoryScreen:
    """Follows narrator.outputs.live_screen.Screen."""

    def __init__(self) -> None:
        self.wanted = View(Viewport(), CaptionStyle(0.0))
        self.pictures: list[tuple[float, RgbImage]] = []
        self.said: list[str] = []
        self.notices: list[str] = []
        self.paused: list[bool] = []
        self.is_closed = False
        self.listener: Listener | None = None

    def load(self) -> None: ...

    def open(self, viewport: Viewport, listener: Listener) -> None:
        self.wanted = View(viewport, self.wanted.captions)
        self.listener = listener

    def view(self) -> View:
        return self.wanted

    def show(self, picture: RgbImage, caption: Caption | None, word: int) -> int:
        assert not self.is_closed
        now_s = time.perf_counter()
        self.pictures.append((now_s, np.array(picture)))
        self.said.append(" ".join(caption.lines) if caption else "")
        assert self.listener is not None
        self.listener.showed(len(self.pictures), now_s)
        return len(self.pictures)

    def set_paused(self, paused: bool) -> None:
        self.paused.append(paused)

    def notify(self, text: str) -> None:
        self.notices.append(text)

    def raise_if_gone(self) -> None:
        if self.is_closed:
            raise Cancelled

    def close(self) -> None:
        self.is_closed = True
