"""Performances in, small pictures of the face with their sound out, for whoever paints them in cells.

A mark of a few pixels could not be read: whoever paints them writes SYNTHETIC over them, in letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from narrator.flow import Caption, RgbImage, Viewport
from narrator.outputs.caption_style import CaptionStyle
from narrator.outputs.live import LiveOutput
from narrator.outputs.live_screen import Listener, View
from narrator.outputs.speaker import Loudspeaker

FPS = 10.0
"""A terminal over a slow line shows no more."""
SHARPNESS = 3
"""Drawn three times as large and averaged, as in narrator/outputs/terminal."""
LEAST_PX = 24

Show = Callable[[RgbImage], None]
Size = Callable[[], tuple[int, int]]
"""(columns, half rows) there is room for; (0, 0) while nobody looks."""


class PreviewScreen:
    """Follows narrator.outputs.live_screen.Screen."""

    def __init__(self, show: Show, size: Size) -> None:
        self._show = show
        self._size = size
        self._viewport = Viewport()
        self._numbers = 0

    def load(self) -> None:
        """Nothing takes time here."""

    def open(self, viewport: Viewport, listener: Listener) -> None:
        """Pictures may come."""
        self._viewport = viewport

    def view(self) -> View:
        """As many pixels as there is room for; the least there are while nobody looks."""
        columns, half_rows = self._size()
        width, height = max(columns, LEAST_PX), max(half_rows, LEAST_PX)
        width, height = width + width % 2, height + height % 2
        seen = replace(self._viewport, width=SHARPNESS * width, height=SHARPNESS * height, is_marked=False)
        return View(seen, CaptionStyle(0.0), SHARPNESS)

    def show(self, picture: RgbImage, caption: Caption | None, word: int) -> int:
        """Smaller, and on to whoever paints it."""
        import cv2

        self._numbers += 1
        if all(self._size()):
            size = (picture.shape[1] // SHARPNESS, picture.shape[0] // SHARPNESS)
            self._show(cv2.resize(picture[..., :3], size, interpolation=cv2.INTER_AREA))
        return self._numbers

    def set_paused(self, paused: bool) -> None:
        """Whoever paints it knows."""

    def notify(self, text: str) -> None:
        """The log has it."""

    def raise_if_gone(self) -> None:
        """It stays as long as the narration."""

    def close(self) -> None:
        """No more pictures."""


class Preview(LiveOutput):
    """An output of few pictures a second."""

    name = "preview"

    def __init__(
        self, show: Show, size: Size, *, speaker: Loudspeaker | None = None, sound_offset_s: float = 0.0
    ) -> None:
        super().__init__(PreviewScreen(show, size), speaker=speaker, sound_offset_s=sound_offset_s)

    def give_way(self, is_other_heard: bool) -> None:
        """Silent, on the wall clock, while another output is heard. Follows narrator.stages.YieldingOutput."""
        self._sound.mute(is_other_heard)

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """As any live output, but at most FPS pictures a second."""
        super().open(replace(viewport, fps=min(viewport.fps, FPS)), rate_hz)
