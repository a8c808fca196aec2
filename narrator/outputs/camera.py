"""Performances in, a virtual camera and a virtual microphone for meetings out, in step.

Drawing is done here (live.py), sending in a process of its own (camera_process.py), started again when it dies.
While nothing is said the face listens: it breathes, blinks and looks at the others.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from narrator.errors import OutputError
from narrator.flow import TRANSPARENT, Caption, RgbImage, Viewport
from narrator.outputs.camera_state import camera_error, camera_state
from narrator.outputs.caption_style import CaptionStyle
from narrator.outputs.child_link import ChildLink
from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.live import LOOK_S, LiveOutput
from narrator.outputs.live_screen import Listener, View
from narrator.outputs.speaker import Loudspeaker
from narrator.outputs.virtual_microphone import VirtualMicrophone
from narrator.outputs.window_messages import Message

_log = logging.getLogger(__name__)

WIDTH, HEIGHT = 1280, 720
"""What others settled on; larger ones hang some meeting programs (libraries.md 3.1)."""
FPS = 30.0
MODULE = "narrator.outputs.camera_process"
RESTARTS, RESTARTS_WITHIN_S = 3, 60.0
"""A camera that dies more often than this is broken."""
OPEN_LIMIT_S = 20.0


@dataclass(frozen=True, slots=True)
class CameraWish:
    """What a person chose for the camera."""

    captions: CaptionStyle = CaptionStyle(0.0)
    """None painted by default: many meeting programs write their own."""
    device: str = ""
    """As /dev/video2; empty takes the one called Narrator, else the first."""
    backend: str = ""
    """Of pyvirtualcam; empty takes the system's."""
    module: str = MODULE
    """What is run as the camera's process."""


class CameraScreen:
    """The camera's process, seen from narrator's. Follows narrator.outputs.live_screen.Screen."""

    def __init__(self, wish: CameraWish) -> None:
        self._wish = wish
        self._link: ChildLink | None = None
        self._frames: FrameBuffer | None = None
        self._listener: Listener | None = None
        self._viewport = Viewport(WIDTH, HEIGHT, FPS)
        self._opened = threading.Event()
        self._failure: OutputError | None = None
        self._deaths: deque[float] = deque(maxlen=RESTARTS)
        self.device = ""
        """What other programs see it as, once it is open."""

    def load(self) -> None:
        """Starts the process."""
        if self._link is None:
            self._link = ChildLink(self._wish.module, self._hear)

    def open(self, viewport: Viewport, listener: Listener) -> None:
        """Opens the camera; its size and rate are the same whatever else is written."""
        self._listener = listener
        background = "own" if viewport.background == TRANSPARENT else viewport.background
        self._viewport = replace(viewport, width=WIDTH, height=HEIGHT, fps=FPS, background=background)
        try:
            self._frames = FrameBuffer.create(WIDTH, HEIGHT)
        except OSError as failure:
            raise OutputError(
                "shared memory for the camera's pictures", failure.strerror or str(failure), "Free some memory."
            ) from failure
        self._start()
        listener.notify(f"Camera: {self.device}. Choose it in your meeting, which lists it only while narrator runs.")

    def view(self) -> View:
        """Always the same."""
        return View(self._viewport, self._wish.captions)

    def show(self, picture: RgbImage, caption: Caption | None, word: int) -> int:
        """Through shared memory; enlarged where a busy machine could only draw it smaller (economy.py)."""
        import cv2

        assert self._frames is not None
        if picture.shape[:2] != (HEIGHT, WIDTH):
            picture = np.asarray(cv2.resize(picture, (WIDTH, HEIGHT)), np.uint8)
        number = self._frames.publish(picture)
        if self._link is not None:
            self._link.send("frame")
        return number

    def set_paused(self, paused: bool) -> None:
        """A meeting need not know."""

    def notify(self, text: str) -> None:
        """A meeting need not read it; the log has it."""

    def raise_if_gone(self) -> None:
        """Starts a process that died again; raises OutputError when that helps no more."""
        if self._link is None:
            raise OutputError("an open camera", "it is closed", "Open the output before playing.")
        if not self._link.is_gone:
            return
        now_s = time.monotonic()
        if len(self._deaths) == RESTARTS and now_s - self._deaths[0] < RESTARTS_WITHIN_S:
            raise self._failure or camera_error("camera", f"its process ended {RESTARTS} times")
        self._deaths.append(now_s)
        _log.warning("the camera's process ended and is started again")
        self._link.close()
        self._link = None
        self._start()

    def close(self) -> None:
        """Ends the process; the camera goes with it."""
        link, self._link = self._link, None
        if link is not None:
            link.close()
        if self._frames is not None:
            self._frames.remove_file()
            self._frames = None

    def _start(self) -> None:
        assert self._frames is not None
        self._opened.clear()
        self._failure = None
        self.load()
        link = self._link
        assert link is not None
        link.wait_until_loaded()
        device = self._wish.device or ("" if self._wish.backend else camera_state().device)
        link.send(
            "open",
            frames=str(self._frames.path),
            width=WIDTH,
            height=HEIGHT,
            fps=FPS,
            device=device,
            backend=self._wish.backend,
        )
        until_s = time.monotonic() + OPEN_LIMIT_S
        while not self._opened.wait(LOOK_S):
            if self._failure is not None or link.is_gone or time.monotonic() > until_s:
                raise self._failure or camera_error("camera", link.last_words)

    def _hear(self, message: Message) -> None:
        """An answer of the process, in the link's thread."""
        kind = message["kind"]
        if kind == "opened":
            self.device = str(message["device"])
            self._opened.set()
        elif kind == "failed":
            self._failure = camera_error(str(message["reason"]), str(message["detail"]))
        elif kind == "shown" and self._listener is not None:
            self._listener.showed(int(message["sequence"]), float(message["at_s"]))


class Camera(LiveOutput):
    """An output for meetings: its sound goes to a microphone that the meeting can choose."""

    name = "camera"

    def __init__(
        self,
        wish: CameraWish | None = None,
        *,
        speaker: Loudspeaker | None = None,
        microphone: VirtualMicrophone | None = None,
        sound_offset_s: float = 0.0,
    ) -> None:
        self.screen = CameraScreen(wish or CameraWish())
        super().__init__(self.screen, speaker=speaker, sound_offset_s=sound_offset_s)
        self._microphone = microphone

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """The microphone first, so that the sound finds it."""
        if self._microphone is not None:
            self._microphone.open(self.notify)
            with self._microphone.as_default():
                super().open(viewport, rate_hz)
        else:
            super().open(viewport, rate_hz)

    def close(self, *, completed: bool) -> None:
        """Camera and microphone go."""
        super().close(completed=completed)
        if self._microphone is not None:
            self._microphone.close()
