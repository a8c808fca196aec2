"""A performance in, its sound begun and the clock that its pictures follow out: the loudspeaker's, or another's."""

from __future__ import annotations

import time
from collections.abc import Callable

from narrator.errors import OutputError
from narrator.outputs.speaker import NO_SOUND_NOTICE, Loudspeaker, WallClockSpeaker, open_speaker
from narrator.stages import Performance


class LiveSound:
    """What is heard of a live output, and when. A sound that another program makes is followed by the wall clock."""

    def __init__(self, speaker: Loudspeaker | None, *, is_mute: bool, offset_s: float) -> None:
        """speaker: one that is open already; is_mute: another output beside this one is heard."""
        self.is_mute = is_mute
        self.speaker = WallClockSpeaker() if is_mute else speaker
        self._offset_s = offset_s
        self._elsewhere: WallClockSpeaker | None = None
        self._rate_hz = 0

    @property
    def is_open(self) -> bool:
        """Whether there is a clock yet."""
        return self.speaker is not None

    def open(self, rate_hz: int, notify: Callable[[str], None]) -> None:
        """The sound device, or the wall clock where there is none, which is told."""
        self._rate_hz, self._notify = rate_hz, notify
        if self.speaker is None:
            self.speaker = open_speaker(rate_hz, notify, offset_s=self._offset_s)
        elif self.speaker.is_silent and not self.is_mute:
            notify(NO_SOUND_NOTICE)

    def mute(self, is_mute: bool) -> None:
        """Another output is heard from now on, or none beside this one any more."""
        if is_mute == self.is_mute:
            return
        self.close()
        self.is_mute = is_mute
        self.speaker = (
            WallClockSpeaker() if is_mute else open_speaker(self._rate_hz, self._notify, offset_s=self._offset_s)
        )

    def begin(self, performance: Performance) -> None:
        """Its sound comes after the preroll, or when the other program said it would."""
        utterance = performance.utterance
        if utterance.heard_at_s is None:
            self._elsewhere = None
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
        """A sound device that was pulled out: another one, or the wall clock, goes on from where it stopped."""
        stalled = self.now()
        if not stalled.is_stalled():
            return
        position_s = stalled.position_s()
        stalled.close()
        self.speaker = open_speaker(self._rate_hz, self._notify, offset_s=self._offset_s)
        self.speaker.start(performance.utterance.samples, performance.utterance.rate_hz, -position_s)

    def close(self) -> None:
        """Gives the device back."""
        if self.speaker is not None:
            self.speaker.close()
