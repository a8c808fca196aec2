"""A new voice, rate or face in, the sentence that plays gone on with in that way out."""

from __future__ import annotations

from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass

from narrator.captions import with_captions
from narrator.errors import FaceError, VoiceError
from narrator.performance_edits import DISSOLVE_S, LivePerformance, common_word
from narrator.pipeline import Cast
from narrator.stages import Performance

AHEAD_S = 0.3
"""A sound changes no sooner than this: an output may have taken that much already (its device, a film beside it)."""
PICTURE_AHEAD_S = DISSOLVE_S
"""A picture may change sooner; what is shown by then is drawn already."""


@dataclass(frozen=True, slots=True)
class _Retold:
    """The sentence performed anew, for the rest of it."""

    performance: Performance
    at_s: float
    after_at_s: float


class MidSentence:
    """Follows, while one sentence plays, the cast that people ask for. Its worker's thread uses it."""

    def __init__(self, live: LivePerformance, cast: Cast, studio: Executor, sound_s: float) -> None:
        """cast is how it is performed now; sound_s is when, on the narration's time line, its sound begins."""
        self._live = live
        self._studio = studio
        self._sound_s = sound_s
        self._position_s = live.start_s
        self.cast = cast
        """How the rest of the sentence, and all after it, is performed."""
        self._asked = cast
        self._retelling: Future[_Retold | None] | None = None

    @property
    def is_settled(self) -> bool:
        """Nothing that was asked for is still being prepared."""
        return self._retelling is None

    @property
    def is_ready(self) -> bool:
        """follow() has nothing to wait for."""
        return self._retelling is None or self._retelling.done()

    def wait(self, limit_s: float) -> None:
        """Until it is ready, or for so long."""
        if self._retelling is not None:
            wait([self._retelling], timeout=limit_s)

    def ask(self, cast: Cast) -> None:
        """Prepares the rest of the sentence in another way; once the last change is done."""
        if self._retelling is None and cast != self._asked:
            self._asked = cast
            self._retelling = self._studio.submit(self._retell, cast)

    def follow(self, position_s: float) -> bool:
        """Called at each position; True once a change that was asked for is made, or left to the next sentence.

        Raises VoiceError or FaceError where the new cast cannot perform; the sentence then goes on as before.
        """
        self._position_s = position_s
        if self._retelling is None or not self._retelling.done():
            return False
        done, self._retelling = self._retelling, None
        try:
            retold = done.result()
        except (VoiceError, FaceError):
            self._asked = self.cast
            raise
        if retold is not None:
            self._go_on(retold)
        self.cast = self._asked
        return True

    def _retell(self, cast: Cast) -> _Retold | None:
        """In the studio. None where too little is left of the sentence."""
        said = self._live.utterance
        same_sound = cast.voice is self.cast.voice and cast.delivery.rate_wpm == self.cast.delivery.rate_wpm
        utterance = said if same_sound else cast.voice.speak(said.sentence, cast.delivery)
        if same_sound:
            at_s = after_at_s = self._position_s + PICTURE_AHEAD_S
        else:
            moments = common_word(said, utterance, self._position_s + AHEAD_S)
            if moments is None:
                return None
            at_s, after_at_s = moments
        clock_s = self._sound_s + at_s - after_at_s
        performed = cast.show(utterance, clock_s)
        _wait_for(performed, after_at_s + AHEAD_S)
        return _Retold(with_captions(performed), at_s, after_at_s)

    def _go_on(self, retold: _Retold) -> None:
        """Splices it in, at a later word where preparing took too long for the one that was meant."""
        if retold.performance.utterance is self._live.utterance:
            at_s = max(retold.at_s, self._position_s + PICTURE_AHEAD_S)
            self._live.splice(retold.performance, at_s, at_s)
            return
        earliest_s = max(retold.at_s, self._position_s + AHEAD_S)
        moments = common_word(self._live.utterance, retold.performance.utterance, earliest_s)
        if moments is not None:
            self._live.splice(retold.performance, *moments)


def _wait_for(performance: Performance, moment_s: float) -> None:
    """Until a face that goes on planning while it is shown has planned so far: else its pictures would stand still."""
    wait_for = getattr(performance, "wait_for", None)
    if wait_for is not None:
        wait_for(moment_s)
