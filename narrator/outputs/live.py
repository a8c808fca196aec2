"""Performances in, pictures in step with the sound out, and a face that lives on in between.

The sound owns the clock: a picture is the one that is due, repeated or dropped, and nothing sleeps to keep step. While
nothing is said (paused, or waiting for the next text) the face comes to rest and then breathes and blinks on.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

from narrator.errors import NarratorError
from narrator.flow import Viewport
from narrator.outputs.frame_pace import FramePace
from narrator.outputs.live_picture import LivePicture
from narrator.outputs.live_screen import COMMANDS, Screen
from narrator.outputs.live_sound import LiveSound
from narrator.outputs.repose import Repose
from narrator.outputs.speaker import Loudspeaker
from narrator.stages import Control, LivelyFace, Performance, Steering, WaitingFace
from narrator.timeline import yield_s

_log = logging.getLogger(__name__)

LOOK_S = 0.02
"""The longest wait between two looks at control: a fifth of the 100 ms that are promised."""
GRACE_S = 0.1
"""The next sentence follows within this; after it, the face comes to rest."""
WAITING_FRAMES = 2
"""A face that waits is drawn at every second frame: it moves slowly, and hours of it should cost little."""
SMALL_MOUTH_PX = 75.0
"""As wide as a mouth five feet away is on a screen at 60 cm (lipreading.md 3.2)."""


class LiveOutput:
    """An output that plays in real time on one screen. Follows narrator.stages.Output and SteeringOutput."""

    name = "live"

    def __init__(
        self,
        screen: Screen,
        *,
        speaker: Loudspeaker | None = None,
        is_mute: bool = False,
        sound_offset_s: float = 0.0,
    ) -> None:
        """is_mute: another output beside this one is heard already."""
        self._screen = screen
        self._sound = LiveSound(speaker, is_mute=is_mute, offset_s=sound_offset_s)
        self._steering: Steering | None = None
        self._face: WaitingFace | None = None
        self._news = threading.Event()
        self._ended = threading.Event()
        self._drawing = threading.Lock()
        """Held while a waiting face is drawn, and to begin and end performing."""
        self._waiter: threading.Thread | None = None
        self._repose = Repose()
        self._is_performing = False
        self._last: tuple[Performance, float] | None = None
        """What was shown last, and its moment: from there the face comes to rest."""
        self._left_at_s = 0.0
        self._paused_by_hand = False
        self._shown_paused = False
        self._is_small = False
        self._published: dict[int, tuple[float, float]] = {}
        """(moment, time of publishing) of pictures whose arrival on the screen is not known yet."""
        self._last_shown_s = 0.0
        self.notices: list[str] = []
        """What was told to the person, in order."""

    @property
    def is_heard(self) -> bool:
        """Whether people in the room hear it. Follows narrator.stages.HeardOutput."""
        return not self._sound.is_mute

    def attach(self, steering: Steering) -> None:
        """Whom the screen's buttons and keys steer; without one, pause works by itself and stop ends the narration."""
        self._steering = steering

    def attach_face(self, face: WaitingFace) -> None:
        """Whom to show before the first word and between two texts."""
        self._face = face

    def load(self) -> None:
        """Starts what the screen needs time for, without showing anything yet. Optional."""
        self._screen.load()

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """Opens screen and sound device. Raises OutputError."""
        self.pace = FramePace(viewport.fps)
        self._screen.open(viewport, self)
        self._picture = LivePicture(self._screen.view())
        self._sound.open(rate_hz, self.notify)
        self._mind_the_size()
        self._waiter = threading.Thread(target=self._live_on, name=f"narrator {self.name} waiting", daemon=True)
        self._waiter.start()

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Plays it in real time, yielding the position that is heard; its pause leaves room for the next preroll."""
        utterance = performance.utterance
        self._published.clear()  # a picture of the last performance that is shown only now tells nothing of this one
        self._last_shown_s = 0.0
        self._sound.begin(performance)
        if self._shown_paused:
            self._sound.now().pause()
        self._begin()
        last, position_s = -1, performance.start_s
        try:
            while (position_s := self._sound.now().position_s()) < yield_s(performance):
                if control.is_interrupted():
                    break
                self._screen.raise_if_gone()
                yield position_s
                if performance.utterance is not utterance:  # changed while it plays: another rate, another voice
                    utterance = performance.utterance
                    self._sound.now().replace(utterance.samples, utterance.rate_hz)
                if self._holds(control):
                    self._last = performance, position_s
                    self._wait_alive()
                    continue
                due = self.pace.due_after(last, performance, position_s)
                if last < 0 and (due < 0 or self._repose.is_hurrying(time.perf_counter())):
                    self._draw_waiting()  # what was said before and broken off
                elif due > last:
                    if last < 0:
                        self._take_the_stage()
                    self._show(performance, due)
                    last = due
                self._sound.mend(performance)
                self._wait(performance, last + 1)
        finally:
            self._sound.now().stop()
            self._end(performance, min(position_s, performance.end_s), was_shown=last >= 0)

    def close(self, *, completed: bool) -> None:
        """Takes the screen away and gives the sound device back."""
        self._ended.set()
        if self._waiter is not None:
            self._waiter.join()
        self._screen.close()
        self._sound.close()

    # What the screen tells, in threads of its own.

    def commanded(self, command: str) -> None:
        """A button or key was pressed."""
        orders: dict[str, Callable[[], None]] = {}
        if self._steering is not None:
            orders = {name: getattr(self._steering, name) for name in COMMANDS}
        elif command in ("pause", "resume"):
            self._paused_by_hand = command == "pause"
        if command in orders:
            orders[command]()
        self._news.set()

    def closed(self) -> None:
        """The person closed the screen: what is read ends, unless another output is left."""
        if self._steering is not None:
            self._steering.leave()
        self._news.set()

    def showed(self, number: int, at_s: float) -> None:
        """A picture came onto the screen."""
        moment_s, published_s = self._published.pop(number, (0.0, 0.0))
        for older in [published for published in list(self._published) if published < number]:
            self._published.pop(older, None)
        if published_s and self._sound.is_open and not self._shown_paused:
            self.pace.showed(at_s - published_s, moment_s, self._sound.now().position_s(at_s))
            if self._last_shown_s:
                self.pace.gaps_s.append(at_s - self._last_shown_s)
        self._last_shown_s = 0.0 if self._shown_paused else at_s

    def notify(self, text: str) -> None:
        """Told once, on the screen and in the log."""
        if text not in self.notices:
            self.notices.append(text)
            _log.warning("%s", text)
            self._screen.notify(text)

    def wake(self) -> None:
        """The screen wants another picture."""
        self._news.set()

    # Performing.

    def _begin(self) -> None:
        with self._drawing:
            self._is_performing = True

    def _take_the_stage(self) -> None:
        """The first picture of a performance: its mouth is at rest, and so is the one before it."""
        now_s = time.perf_counter()
        if not self._shown_paused:
            self._repose.perform(now_s, from_its_start=True)

    def _end(self, performance: Performance, moment_s: float, *, was_shown: bool) -> None:
        """Broken off in the middle, the mouth closes at once; after the last word something may follow."""
        now_s = time.perf_counter()
        with self._drawing:
            self._is_performing = False
            self._left_at_s = now_s
            if was_shown or self._last is None:
                self._last = performance, moment_s
            if was_shown and moment_s < performance.utterance.duration_s and not self._shown_paused:
                self._repose.rest(now_s, hurries=True)
                self._left_at_s -= GRACE_S

    def _show(self, performance: Performance, frame: int) -> None:
        """Draws a frame, waits until it is due on the screen, and hands it over."""
        began_s = time.perf_counter()
        moment_s = self.pace.moment_of(performance, frame)
        picture = self._picture.drawn(performance, moment_s, self._repose.at(began_s))
        self.pace.drew(time.perf_counter() - began_s)
        early_s = self.pace.until_publishing(performance, frame, self._sound.now().position_s())
        if 0 < early_s < LOOK_S:
            self._news.wait(early_s)
        published_s = time.perf_counter()
        number = self._screen.show(picture, self._picture.caption, self._picture.word)
        self._published[number] = (moment_s, published_s)
        self._follow_view(performance, moment_s)

    def _wait(self, performance: Performance, frame: int) -> None:
        """Until the next frame should be drawn or there is news; the clock is asked again after it, so none adds up."""
        rest_s = self.pace.until_due(performance, frame, self._sound.now().position_s())
        if rest_s > 0 and self._news.wait(min(rest_s, LOOK_S)):
            self._news.clear()

    def _holds(self, control: Control) -> bool:
        """Whether it is paused now; sound, face and the screen's sign follow."""
        paused = control.is_paused() or self._paused_by_hand
        if paused != self._shown_paused:
            self._shown_paused = paused
            if paused:
                self._sound.now().pause()
                self._repose.rest(time.perf_counter())
            else:
                self._sound.now().resume()
                self._repose.perform(time.perf_counter(), from_its_start=False)
            self._screen.set_paused(paused)
        return paused

    # Waiting.

    def _live_on(self) -> None:
        """A thread of its own: draws the waiting face whenever nothing is performed."""
        try:
            while not self._ended.wait(self.pace.frame_s):
                with self._drawing:
                    idle_s = time.perf_counter() - self._left_at_s
                    if not self._is_performing and idle_s > GRACE_S and not self._ended.is_set():
                        self._repose.rest(time.perf_counter())
                        self._draw_waiting()
        except NarratorError as fault:
            _log.info("the face waits no longer: %s", fault)

    def _wait_alive(self) -> None:
        """In a pause, in the thread that plays."""
        self._draw_waiting()
        self._news.wait(LOOK_S)
        self._news.clear()

    def _draw_waiting(self) -> None:
        """One picture of the face at rest, or on its way there; nothing where that would come too soon."""
        now_s = time.perf_counter()
        self._repose.think(now_s, is_wanted=self._face is not None and self._face.is_thinking)
        is_lively = isinstance(self._face, LivelyFace) and self._face.is_lively
        every = 1 if is_lively or self._repose.is_moving(now_s) else WAITING_FRAMES
        if now_s - self._picture.drawn_at_s < (every - 0.5) * self.pace.frame_s:
            return
        if self._last is not None and (self._is_performing or self._face is None or self._repose.is_moving(now_s)):
            picture = self._picture.drawn(*self._last, self._repose.at(now_s))
        elif self._face is not None:
            picture = self._picture.at_rest(self._face, now_s, self._repose.thinking(now_s))
        else:
            return
        self._screen.show(picture, self._picture.caption, self._picture.word)
        self._follow_view(*(self._last or (None, 0.0)))

    def _follow_view(self, performance: Performance | None, moment_s: float) -> None:
        if self._picture.follow(self.pace.economy.affordable(self._screen.view()), performance, moment_s, self._face):
            self._mind_the_size()

    def _mind_the_size(self) -> None:
        """Says so when the mouth is too small to be read, and takes it back when it is large enough again."""
        if self._face is None:
            return
        view, was_small = self._picture.view, self._is_small
        mouth_px = self._face.mouth_width_px(view.viewport) / view.sharpness
        self._is_small = 0 < mouth_px < SMALL_MOUTH_PX
        if self._is_small:
            text = f"The mouth is {mouth_px:.0f} pixels wide, and reads well from {SMALL_MOUTH_PX:.0f}: make it larger."
            self._screen.notify(text)
        elif was_small:
            self._screen.notify("")
