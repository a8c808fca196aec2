"""Performances in, a floating window with the speaking face and its sound out, in step.

Drawing is done here (live.py), showing in the window's own process (window_process.py), to which the pictures go
through shared memory and from which the presses of its buttons and its new sizes come back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from narrator.errors import Cancelled, OutputError
from narrator.flow import TRANSPARENT, Caption, RgbImage, Viewport
from narrator.outputs.caption_style import COLOURS, CaptionStyle
from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.live import LOOK_S, LiveOutput
from narrator.outputs.live_screen import COMMANDS, Listener, View
from narrator.outputs.speaker import Loudspeaker
from narrator.outputs.window_link import WindowLink
from narrator.outputs.window_messages import Message

SHAPE = 1.2
"""Height over width of a window that nobody gave a size: head and shoulders, with room for captions below the chin."""

PAINT_S = 0.005
"""From a painted picture to its pixels on the screen: X takes it over later (measured by benchmarks/loop_back)."""


@dataclass(frozen=True, slots=True)
class WindowWish:
    """What a person chose for the window."""

    size: tuple[int, int] | None = None
    """Width and height in pixels, the first time; None: as high as the picture, SHAPE times as high as wide."""
    captions: CaptionStyle = CaptionStyle()
    follows_contrast: bool = True
    """Captions take the colours of high contrast where the desktop asks for it."""
    click_through: bool = False
    """Clicks go to what lies under the window."""
    transparent: bool = False
    """Only the presenter floats, where the desktop blends windows and the face can be cut out."""
    places: Path | None = None
    """The file that remembers where the window was; None: it is not remembered."""
    remark: Callable[[Viewport], str] = lambda viewport: ""
    """What to tell the person about a view, in a line; empty for nothing."""


class WindowScreen:
    """The window's process, seen from narrator's. Follows narrator.outputs.live_screen.Screen."""

    def __init__(self, wish: WindowWish) -> None:
        self._wish = wish
        self._link: WindowLink | None = None
        self._frames: FrameBuffer | None = None
        self._opened = threading.Event()
        self._listener: Listener | None = None
        self._viewport = Viewport()
        self._captions = wish.captions
        self._blends = False
        self._is_closed_by_hand = False
        self._said: Caption | None = None
        self._remark = ""
        self.window_id = 0
        """The window's number on its desktop; 0 before it is open."""

    def load(self) -> None:
        """Starts the window's process without showing anything yet: the half second that Qt takes."""
        if self._link is None:
            self._link = WindowLink(self._hear)

    def open(self, viewport: Viewport, listener: Listener) -> None:
        """Shows the window, empty until the first picture."""
        self._listener, self._viewport = listener, viewport
        self.load()
        link = self._process()
        width, height = self._wish.size or (round(viewport.height / SHAPE / 2) * 2, viewport.height)
        link.wait_until_loaded()
        link.send(
            "open",
            width=width,
            height=height,
            size_is_chosen=self._wish.size is not None,
            framing=viewport.framing,
            caption_scale=self._captions.scale,
            click_through=self._wish.click_through,
            places=str(self._wish.places or ""),
        )
        while not self._opened.wait(LOOK_S):
            self.raise_if_gone()
        if link.notice:
            listener.notify(link.notice)

    def view(self) -> View:
        """The window's size in the screen's own pixels, its framing and its captions."""
        return View(self._viewport, self._captions)

    def show(self, picture: RgbImage, caption: Caption | None, word: int) -> int:
        """Through shared memory; a picture of another size gets another buffer."""
        height, width = picture.shape[:2]
        if self._frames is None or self._frames.size != (width, height):
            self._change_buffer(width, height)
        assert self._frames is not None
        number = self._frames.publish(picture)
        self._process().send("frame")
        if caption is not self._said:
            self._said = caption
            self._process().send("said", text=" ".join(caption.lines) if caption else "")
        return number

    def set_paused(self, paused: bool) -> None:
        """The sign and the button."""
        self._process().send("state", paused=paused)

    def notify(self, text: str) -> None:
        """One line at the top."""
        if self._link is not None:
            self._link.send("notice", text=text)

    def raise_if_gone(self) -> None:
        """After a close by hand, or the end of the process."""
        if self._is_closed_by_hand:
            raise Cancelled
        link = self._process()
        if link.is_gone:
            raise link.failure()

    def close(self) -> None:
        """Ends the process."""
        link, self._link = self._link, None
        if link is not None:
            link.close()
        if self._frames is not None:
            self._frames.remove_file()
            self._frames = None

    def _change_buffer(self, width: int, height: int) -> None:
        old = self._frames
        try:
            self._frames = FrameBuffer.create(width, height, after=old.sequence if old else 0)
        except OSError as failure:
            raise OutputError(
                "shared memory for the window's pictures", failure.strerror or str(failure), "Free some memory."
            ) from failure
        self._process().send("frames", path=str(self._frames.path), width=width, height=height)
        if old is not None:
            old.remove_file()

    def _hear(self, message: Message) -> None:
        """An answer of the window, in the link's thread."""
        kind, listener = message["kind"], self._listener
        if kind == "mapped" and self._frames is not None:
            self._frames.remove_file()
        elif kind == "opened":
            self.window_id = int(message["window"])
            self._blends = bool(message["blends"])
            self._take_view(message)
            if message["high_contrast"] and self._wish.follows_contrast:
                self._captions = replace(self._captions, colours=COLOURS["contrast"])
            self._opened.set()
        elif kind == "view":
            self._take_view(message)
        if listener is None:
            return
        if kind == "shown":
            listener.showed(int(message["sequence"]), float(message["at_s"]) + PAINT_S)
        elif kind == "command" and message.get("command") in COMMANDS:
            listener.commanded(str(message["command"]))
        elif kind == "closed":
            self._is_closed_by_hand = True
            listener.closed()
        listener.wake()

    def _take_view(self, message: Message) -> None:
        width, height = int(message["width"]), int(message["height"])
        self._viewport = replace(self._viewport, width=width, height=height, framing=str(message["framing"]))
        if self._wish.transparent and self._blends:
            self._viewport = replace(self._viewport, background=TRANSPARENT)
        self._captions = replace(self._captions, scale=float(message["caption_scale"]))
        before, self._remark = self._remark, self._wish.remark(self._viewport)
        if self._remark and self._remark != before and self._listener is not None:
            self._listener.notify(self._remark)

    def _process(self) -> WindowLink:
        if self._link is None:
            raise OutputError("an open window", "it is closed", "Open the output before playing.")
        return self._link


class Window(LiveOutput):
    """An output for people at a screen."""

    name = "window"

    def __init__(
        self,
        wish: WindowWish | None = None,
        *,
        speaker: Loudspeaker | None = None,
        is_mute: bool = False,
        sound_offset_s: float = 0.0,
    ) -> None:
        self.screen = WindowScreen(wish or WindowWish())
        super().__init__(self.screen, speaker=speaker, is_mute=is_mute, sound_offset_s=sound_offset_s)
