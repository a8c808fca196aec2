"""Performances in, a floating window with the speaking face and its sound out, in step.

The sound owns the clock. Drawing is done here, showing in the window's own process (window_process.py), to which the
pictures go through shared memory and from which the presses of its buttons come back.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np

from narrator.errors import Cancelled, OutputError
from narrator.flow import RgbImage, Viewport
from narrator.outputs.caption_painter import CaptionPainter
from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.frame_pace import FramePace
from narrator.outputs.speaker import NO_SOUND_NOTICE, Loudspeaker, WallClockSpeaker, open_speaker
from narrator.outputs.window_link import WindowLink
from narrator.outputs.window_messages import COMMANDS, Message
from narrator.stages import Control, Performance, Steering

_log = logging.getLogger(__name__)

LOOK_S = 0.02
"""The longest wait between two looks at control: a fifth of the 100 ms that are promised."""


class Window:
    """An output for people at a screen."""

    name = "window"

    def __init__(
        self, *, speaker: Loudspeaker | None = None, sound_offset_s: float = 0.0, caption_scale: float = 1.0
    ) -> None:
        self._speaker = speaker
        self._sound_offset_s = sound_offset_s
        self._caption_scale = caption_scale
        self._link: WindowLink | None = None
        self._frames: FrameBuffer | None = None
        self._steering: Steering | None = None
        self._news = threading.Event()
        self._opened = threading.Event()
        self._is_closed_by_hand = False
        self._paused_by_hand = False
        self._shown_paused = False
        self._published: dict[int, tuple[float, float]] = {}
        """(moment, time of publishing) of pictures whose arrival on the screen is not known yet."""
        self._last_shown_s = 0.0
        self.notices: list[str] = []
        """What was told to the person, in order."""
        self.window_id = 0
        """The window's number on its desktop; 0 before it is open."""

    def attach(self, steering: Steering) -> None:
        """Whom the buttons and keys steer; without one, pause works by itself and stop ends the narration."""
        self._steering = steering

    def load(self) -> None:
        """Starts the window's process without showing anything yet: the half second that Qt takes. Optional."""
        if self._link is None:
            self._link = WindowLink(self._hear)

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """Shows the window and opens the sound device. Raises OutputError."""
        self.load()
        link = self._window()
        self.pace = FramePace(viewport.fps)
        self._painter = CaptionPainter(viewport.width, viewport.height, self._caption_scale)
        self._canvas = np.zeros((viewport.height, viewport.width, 3), np.uint8)
        try:
            self._frames = FrameBuffer.create(viewport.width, viewport.height)
        except OSError as failure:
            raise OutputError(
                "shared memory for the window's pictures", failure.strerror or str(failure), "Free some memory."
            ) from failure
        link.wait_until_loaded()
        link.send("open", frames=str(self._frames.path), width=viewport.width, height=viewport.height)
        while not self._opened.wait(LOOK_S):
            self._raise_if_gone()
        self._frames.remove_file()
        if self._speaker is None:
            self._speaker = open_speaker(rate_hz, self._notify, offset_s=self._sound_offset_s)
        elif self._speaker.is_silent:
            self._notify(NO_SOUND_NOTICE)
        if link.notice:
            self._notify(link.notice)

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Plays it in real time, yielding the position that is heard; its pause leaves room for the next preroll."""
        speaker = self._sound()
        utterance = performance.utterance
        self._published.clear()  # a picture of the last performance that is shown only now tells nothing of this one
        self._last_shown_s = 0.0
        speaker.start(utterance.samples, utterance.rate_hz, -performance.start_s)
        if self._shown_paused:
            speaker.pause()
        end_s = max(utterance.duration_s, performance.end_s + performance.start_s)
        last = -1
        try:
            while (position_s := self._sound().position_s()) < end_s and not control.is_interrupted():
                self._raise_if_gone()
                yield position_s
                if self._holds(control):
                    self._news.wait(LOOK_S)
                    self._news.clear()
                    continue
                due = self.pace.due(performance, position_s)
                if due > last:
                    self._show(performance, due)
                    last = due
                self._replace_stalled_speaker(performance)
                self._wait(performance, last + 1)
        finally:
            self._sound().stop()

    def close(self, *, completed: bool) -> None:
        """Takes the window away and gives the sound device back."""
        link, self._link = self._link, None
        if link is not None:
            link.close()
        if self._frames is not None:
            self._frames.remove_file()
            self._frames = None
        if self._speaker is not None:
            self._speaker.close()

    def _show(self, performance: Performance, frame: int) -> None:
        """Draws a frame, waits until it is due on the screen, and hands it over."""
        assert self._frames is not None
        began_s = time.perf_counter()
        moment_s = self.pace.moment_of(performance, frame)
        np.copyto(self._canvas, performance.draw(moment_s))
        self._painter.paint(self._canvas, performance.captions, moment_s)
        self.pace.drew(time.perf_counter() - began_s)
        early_s = self.pace.until_publishing(performance, frame, self._sound().position_s())
        if 0 < early_s < LOOK_S:
            self._news.wait(early_s)
        self._publish(self._canvas, moment_s)

    def _publish(self, picture: RgbImage, moment_s: float) -> None:
        assert self._frames is not None
        began_s = time.perf_counter()
        sequence = self._frames.publish(picture)
        self._published[sequence] = (moment_s, began_s)
        self._window().send("frame")

    def _wait(self, performance: Performance, frame: int) -> None:
        """Until the next frame should be drawn or there is news; the clock is asked again after it, so none adds up."""
        rest_s = self.pace.until_due(performance, frame, self._sound().position_s())
        if rest_s > 0 and self._news.wait(min(rest_s, LOOK_S)):
            self._news.clear()

    def _holds(self, control: Control) -> bool:
        """Whether it is paused now; sound and the window's sign follow."""
        paused = control.is_paused() or self._paused_by_hand
        if paused != self._shown_paused:
            self._shown_paused = paused
            if paused:
                self._sound().pause()
            else:
                self._sound().resume()
            self._window().send("state", paused=paused)
        return paused

    def _hear(self, message: Message) -> None:
        """An answer of the window, in the link's thread."""
        kind = message["kind"]
        if kind == "shown":
            self._note_shown(int(message["sequence"]), float(message["at_s"]))
            return
        if kind == "opened":
            self.window_id = int(message["window"])
            self._opened.set()
        elif kind == "command" and message.get("command") in COMMANDS:
            self._steer(str(message["command"]))
        elif kind == "closed":
            self._is_closed_by_hand = True
            self._steer("stop")
        self._news.set()

    def _note_shown(self, sequence: int, at_s: float) -> None:
        moment_s, published_s = self._published.pop(sequence, (0.0, 0.0))
        for older in [number for number in list(self._published) if number < sequence]:
            self._published.pop(older, None)
        if published_s and self._speaker is not None and not self._shown_paused:
            self.pace.showed(at_s - published_s, moment_s, self._speaker.position_s(at_s))
            if self._last_shown_s:
                self.pace.gaps_s.append(at_s - self._last_shown_s)
        self._last_shown_s = 0.0 if self._shown_paused else at_s

    def _steer(self, command: str) -> None:
        orders: dict[str, Callable[[], None]] = {}
        if self._steering is not None:
            orders = {name: getattr(self._steering, name) for name in COMMANDS}
        elif command in ("pause", "resume"):
            self._paused_by_hand = command == "pause"
        elif command == "stop":
            self._is_closed_by_hand = True
        if command in orders:
            orders[command]()

    def _replace_stalled_speaker(self, performance: Performance) -> None:
        """A sound device that was pulled out: the wall clock goes on from where it stopped."""
        speaker = self._sound()
        if not speaker.is_stalled():
            return
        position_s = speaker.position_s()
        speaker.close()
        self._speaker = WallClockSpeaker()
        self._speaker.start(performance.utterance.samples, performance.utterance.rate_hz, -position_s)
        self._notify(NO_SOUND_NOTICE)

    def _notify(self, text: str) -> None:
        if text not in self.notices:
            self.notices.append(text)
            _log.warning("%s", text)
            self._window().send("notice", text=text)

    def _raise_if_gone(self) -> None:
        if self._is_closed_by_hand:
            raise Cancelled
        link = self._window()
        if link.is_gone:
            raise link.failure()

    def _window(self) -> WindowLink:
        if self._link is None:
            raise OutputError("an open window", "it is closed", "Open the output before playing.")
        return self._link

    def _sound(self) -> Loudspeaker:
        if self._speaker is None:
            raise OutputError("an open window", "it has no sound yet", "Open the output before playing.")
        return self._speaker
