"""An utterance in, a performance out: the whole motion planned, each frame drawn when asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avatar.motion_frame import MotionFrame, MotionTrack
from narrator.flow import Caption, Delivery, RgbImage, Utterance, Viewport

if TYPE_CHECKING:
    from avatar.render.presenter import Presenter
    from avatar.render.renderer import Renderer


@dataclass
class FacePerformance:
    """One utterance on one face. Follows narrator.stages.Performance."""

    utterance: Utterance
    start_s: float
    end_s: float
    track: MotionTrack
    render: Callable[[MotionFrame], RgbImage]
    captions: tuple[Caption, ...] = ()

    def draw(self, time_s: float) -> RgbImage:
        """The frame whose interval holds the moment; the array is reused by the next call of the same thread."""
        return self.render(self.track.at(time_s))


class Performer:
    """A presenter who performs utterances by rule. Follows narrator.stages.Face."""

    def __init__(self, presenter_name: str) -> None:
        """Raises FaceError when there is no such presenter."""
        from avatar.presenters.library import presenter

        self.name = presenter_name
        self.presenter: Presenter = presenter(presenter_name)
        self._renderers: dict[tuple[Viewport, int], Renderer] = {}
        self._lock = threading.Lock()

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> FacePerformance:
        """Plans mouth, then face, from the preroll to the end of the pause."""
        from avatar.articulation.articulate import articulate
        from avatar.motion.rules import move

        start_s = -delivery.preroll_s
        end_s = utterance.duration_s + utterance.sentence.pause_s
        mouth = articulate(utterance, viewport.fps, start_s, end_s, exaggeration=delivery.exaggeration)
        track = move(mouth, utterance, clock_s, delivery)
        return FacePerformance(utterance, start_s, end_s, track, lambda frame: self._renderer(viewport).draw(frame))

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float) -> RgbImage:
        """The waiting face: it breathes, blinks and keeps its lips together."""
        from avatar.motion.rules import idle

        track = idle(clock_s, 1.0 / viewport.fps, viewport.fps, delivery)
        return self._renderer(viewport).draw(track.frame(0))

    def _renderer(self, viewport: Viewport) -> Renderer:
        """This thread's renderer for the viewport; one whose thread has ended is taken over."""
        from avatar.render.renderer import Renderer

        mine = (viewport, threading.get_ident())
        with self._lock:
            if mine not in self._renderers:
                alive = {thread.ident for thread in threading.enumerate()}
                left = [key for key in self._renderers if key[0] == viewport and key[1] not in alive]
                twin = next((one for key, one in self._renderers.items() if key[0] == viewport), None)
                self._renderers[mine] = (
                    self._renderers.pop(left[0]) if left else Renderer(self.presenter, viewport, twin)
                )
            return self._renderers[mine]
