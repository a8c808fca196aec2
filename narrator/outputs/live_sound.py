"""A performance in, its sound begun and the clock that its pictures follow out: the loudspeaker's, or another's."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, wait

from narrator.background import in_background
from narrator.errors import OutputError
from narrator.outputs.speaker import NO_SOUND_NOTICE, Loudspeaker, WallClockSpeaker, open_speaker
from narrator.stages import Performance

OPENING_LIMIT_S = 5.0
"""Some devices take seconds to wake; one whose sound server hangs never answers, and nobody should wait for it."""
MENDING_LIMIT_S = 2.0
CLOSING_LIMIT_S = 1.0


class LiveSound:
    """What is heard of a live output, and when. A sound that another program makes is followed by the wall clock."""

    def __init__(self, speaker: Loudspeaker | None, *, is_mute: bool, offset_s: float) -> None:
        """speaker: one that is open already; is_mute: another output beside this one is heard."""
        self.is_mute = is_mute
        self.speaker = WallClockSpeaker() if is_mute else speaker
        self._offset_s = offset_s
        self._elsewhere: WallClockSpeaker | None = None
        self._rate_hz = 0
        self._coming: Future[Loudspeaker] | None = None
        """A device that is being opened, in a thread of its own."""
        self._asked_at_s = 0.0

    @property
    def is_open(self) -> bool:
        """Whether there is a clock yet."""
        return self.speaker is not None

    def open(self, rate_hz: int, notify: Callable[[str], None]) -> None:
        """The sound device, or the wall clock where there is none, which is told."""
        self._rate_hz, self._notify = rate_hz, notify
        if self.speaker is None:
            self.speaker = self._opened()
        elif self.speaker.is_silent and not self.is_mute:
            notify(NO_SOUND_NOTICE)

    def mute(self, is_mute: bool) -> None:
        """Another output is heard from now on, or none beside this one any more."""
        if is_mute == self.is_mute:
            return
        self.close()
        self.is_mute = is_mute
        self.speaker = WallClockSpeaker() if is_mute else self._opened()

    def begin(self, performance: Performance) -> None:
        """Its sound comes after the preroll, or when the other program said it would."""
        utterance = performance.utterance
        if utterance.heard_at_s is None:
            self._elsewhere = None
            self._take_up(performance)
            self.now().start(utterance.samples, utterance.rate_hz, -performance.start_s)
        else:
            self._elsewhere = WallClockSpeaker()
            delay_s = utterance.heard_at_s + self._offset_s - time.perf_counter()
            self._elsewhere.start(utterance.samples, utterance.rate_hz, delay_s)

    def now(self) -> Loudspeaker:
        """What keeps the time. Raises OutputError before open()."""
        current = self._elsewhere or self.speaker
        if current is None:
            raise OutputError("an open output", "it has no sound yet", "Open the output before playing.")
        return current

    def mend(self, performance: Performance) -> None:
        """A sound device that was pulled out: the wall clock goes on from where it stopped, and then another device."""
        if self._elsewhere is not None:
            return
        self._take_up(performance)
        stalled = self.now()
        if self._coming is None and stalled.is_stalled():
            self.speaker = _begun(WallClockSpeaker(), performance, stalled.position_s())
            self._ask(leaving=stalled)

    def close(self) -> None:
        """Gives the device back; to a sound server that hangs, when it answers again."""
        coming, self._coming = self._coming, None
        if coming is not None:
            coming.add_done_callback(lambda opened: opened.result().close())
        if self.speaker is not None and not self.speaker.is_silent:
            wait([in_background(self.speaker.close, "narrator-sound")], CLOSING_LIMIT_S)

    def _opened(self) -> Loudspeaker:
        """The device; the wall clock where there is none, or none that answers in time: it is taken up once it does."""
        self._ask()
        assert self._coming is not None
        try:
            opened = self._coming.result(OPENING_LIMIT_S)
        except TimeoutError:
            self._notify(NO_SOUND_NOTICE)
            return WallClockSpeaker()
        self._coming = None
        return opened

    def _ask(self, leaving: Loudspeaker | None = None) -> None:
        """For the default device, after leaving another one. A sound server that hangs keeps whoever asks it."""

        def exchanged() -> Loudspeaker:
            if leaving is not None:
                leaving.close()
            return open_speaker(self._rate_hz, self._notify, offset_s=self._offset_s)

        self._asked_at_s = time.perf_counter()
        self._coming = in_background(exchanged, "narrator-sound")

    def _take_up(self, performance: Performance) -> None:
        """The device that was asked for, if it has come; the wall clock has kept its place."""
        if self._coming is None:
            return
        if self._coming.done():
            opened, self._coming = self._coming.result(), None
            if not opened.is_silent:
                self.speaker = _begun(opened, performance, self.now().position_s())
        elif time.perf_counter() - self._asked_at_s > MENDING_LIMIT_S:
            self._notify(NO_SOUND_NOTICE)  # once


def _begun(speaker: Loudspeaker, performance: Performance, position_s: float) -> Loudspeaker:
    speaker.start(performance.utterance.samples, performance.utterance.rate_hz, -position_s)
    return speaker
