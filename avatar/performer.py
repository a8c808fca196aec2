"""An utterance in, a performance out: the whole motion planned, each frame drawn when asked for."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, cast

import numpy as np

from avatar.growing_track import GrowingTrack
from avatar.motion_frame import MOUTH_CHANNELS, MotionFrame, MotionTrack
from narrator.flow import TRANSPARENT, Caption, Delivery, RgbImage, Utterance, Viewport, Waiting

if TYPE_CHECKING:
    from avatar.render.batch.gathering import Gathering
    from avatar.render.presenter import Presenter
    from avatar.render.renderer import Renderer

MOST_THREADS = 3
"""Frames drawn side by side on a processor: more would wait for a film's encoder."""
FRAMES_OF_A_CARD = 16
RENDERERS_KEPT = 8
"""Sizes and framings of the threads that draw: a film's three, a window's, a camera's, a terminal's and their next."""
UNUSED_S = 60.0
"""A size nobody asked for in this time is forgotten: one drawn under load, or before the screen's own was known."""


@dataclass
class FacePerformance:
    """One utterance on one face. Follows narrator.stages.Performance."""

    utterance: Utterance
    start_s: float
    end_s: float
    track: MotionTrack | GrowingTrack
    viewport: Viewport
    render: Callable[[Viewport, MotionFrame], RgbImage]
    rest: Callable[[Waiting], MotionFrame]
    """The waiting face at a moment of its own time line."""
    captions: tuple[Caption, ...] = ()

    def wait_for(self, time_s: float) -> None:
        """Until the motion of that moment is made, so that draw() will not wait."""
        self.track.at(time_s)

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """The frame whose interval holds the moment; the array is reused by the next call of the same thread."""
        frame = self.track.at(time_s)
        if waiting is not None:
            frame = towards_rest(frame, self.rest(waiting), waiting)
        return self.render(viewport or self.viewport, frame)


def towards_rest(frame: MotionFrame, rest: MotionFrame, waiting: Waiting) -> MotionFrame:
    """Between the two: as far as waiting says, mouth and face apart."""
    share = np.full(len(frame.values), waiting.head, np.float32)
    share[: len(MOUTH_CHANNELS)] = waiting.mouth
    phone = frame.phone if waiting.mouth < 1 else ""
    return MotionFrame(frame.time_s, phone, frame.values + share * (rest.values - frame.values))


RENDERER = "avatar.render.renderer"
_LOADING = threading.Lock()
"""Held by the one thread that loads it, also where several faces are made at once."""


class Performer:
    """A presenter who performs utterances by rule. Follows narrator.stages.Face."""

    def __init__(self, presenter_name: str, lip_colour: str = "mid-strong", *, on_a_card: bool = False) -> None:
        """on_a_card: draw on a graphics card if there is one. Raises FaceError when there is no such presenter."""
        # numba takes longest to load: it begins before all else
        threading.Thread(target=_load_renderer, name="narrator-renderer", daemon=True).start()
        from avatar.presenters.library import presenter
        from avatar.presenters.lip_colour import with_lip_colour

        self.name = presenter_name
        self.presenter: Presenter = with_lip_colour(presenter(presenter_name), lip_colour)
        self._renderers: OrderedDict[tuple[Viewport, threading.Thread], Renderer] = OrderedDict()
        self._used_at_s: dict[Viewport, float] = {}
        self._device = graphics_card() if on_a_card else None
        self._gatherings: dict[Viewport, Gathering] = {}
        self._lock = threading.Lock()

    @property
    def drawn_at_once(self) -> int:
        """A graphics card draws many frames in the time of one."""
        return FRAMES_OF_A_CARD if self._device else min(MOST_THREADS, os.cpu_count() or 1)

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> FacePerformance:
        """Plans mouth, then face, from the preroll to the end of the pause; the network goes on while it is shown."""
        from avatar.planning import begin

        start_s = -delivery.preroll_s
        end_s = utterance.duration_s + utterance.sentence.pause_s
        track = begin(utterance, viewport.fps, start_s, end_s, clock_s, delivery)
        rest = partial(_rest, viewport.fps, delivery)
        return FacePerformance(utterance, start_s, end_s, track, viewport, self._draw, rest)

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        """The waiting face: it breathes, blinks, nods now and then and keeps its lips together."""
        return self._draw(viewport, _rest(viewport.fps, delivery, Waiting(clock_s, thinking=thinking)))

    def drawn(self, viewport: Viewport, frame: MotionFrame) -> RgbImage:
        """One frame of a motion that was made elsewhere."""
        return self._draw(viewport, frame)

    def mouth_width_px(self, viewport: Viewport) -> float:
        """From corner to corner at rest, where lips and skin meet."""
        from avatar.render.camera import camera_for

        border = self.presenter.landmarks["lip_border"]
        corners = border[0, :2] - border[len(border) // 2, :2]
        return float(np.hypot(*corners)) * camera_for(viewport).pixels_per_mm

    def _draw(self, viewport: Viewport, frame: MotionFrame) -> RgbImage:
        """Whatever leaves a performer carries the mark of a synthetic face, unless letters beside it say so."""
        from avatar.render.mark import mark

        is_batched = self._device and viewport.background != TRANSPARENT  # films alone gain by it, and are opaque
        drawn = (self._gathering(viewport) if is_batched else self._renderer(viewport)).draw(frame)
        return mark(drawn) if viewport.is_marked else drawn

    def _gathering(self, viewport: Viewport) -> Gathering:
        """The viewport's share of the graphics card."""
        from avatar.render.batch.batch_renderer import BatchRenderer
        from avatar.render.batch.gathering import Gathering
        from avatar.render.renderer import Renderer

        with self._lock:
            if viewport not in self._gatherings:
                batch = BatchRenderer(Renderer(self.presenter, viewport), self._device or "cpu")
                self._gatherings[viewport] = Gathering(batch)
            return self._gatherings[viewport]

    def _renderer(self, viewport: Viewport) -> Renderer:
        """This thread's renderer for the viewport; one whose thread has ended is taken over."""
        from avatar.render.renderer import Renderer

        mine = (viewport, threading.current_thread())  # a number would soon be another thread's
        with self._lock:
            known = self._renderers.get(mine) or self._inherited(viewport)
            twin = next((one for key, one in self._renderers.items() if key[0] == viewport), None)
        made = known or Renderer(self.presenter, viewport, twin)  # a fifth of a second, in which others may draw
        with self._lock:
            self._renderers[mine] = made
            self._renderers.move_to_end(mine)
            self._used_at_s[viewport] = time.monotonic()
            self._forget_unused()
        return made

    def _inherited(self, viewport: Viewport) -> Renderer | None:
        left = [key for key in self._renderers if key[0] == viewport and not key[1].is_alive()]
        return self._renderers.pop(left[0]) if left else None

    def _forget_unused(self) -> None:
        """A window that is being resized asks for many sizes, each of them megabytes, and for none of them again."""
        while len(self._renderers) > RENDERERS_KEPT:
            self._renderers.popitem(last=False)
        now_s = time.monotonic()
        unused = [viewport for viewport, used_at_s in self._used_at_s.items() if now_s - used_at_s > UNUSED_S]
        for viewport in unused:
            del self._used_at_s[viewport]
            for key in [key for key in self._renderers if key[0] == viewport]:
                del self._renderers[key]


def _load_renderer() -> None:
    """numba makes itself ready when the first compiled function is called, which takes as long as loading it."""
    with _LOADING, _left_out("cffi", "yaml"):
        import_module(RENDERER)
        from avatar.render.jaw import smooth_between

        smooth_between(0.5, 0.0, 1.0)


@contextmanager
def _left_out(*names: str) -> Iterator[None]:
    """Modules that numba loads if it can, for kernels in C and settings in files: we have neither, they take 60 ms."""
    absent = [name for name in names if sys.modules.setdefault(name, cast(ModuleType, None)) is None]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def graphics_card() -> str | None:
    """torch's name of one that can draw, or None."""
    from avatar.render.batch.graphics_card import graphics_card as found

    return found()


def _rest(fps: float, delivery: Delivery, waiting: Waiting) -> MotionFrame:
    from avatar.planning import rest

    return rest(waiting, fps, delivery)
