"""Rest, think or perform in, how far the face has come to rest, and into thought, at any moment out.

A mouth that is paused closes in MOUTH_S and a head comes to rest in HEAD_S; both go back likewise, so that nothing
jumps. The waiting face's own time line is the wall clock's, so that it breathes and blinks while the narration stands.
"""

from __future__ import annotations

from narrator.flow import Waiting

HEAD_S = 0.6
"""A head that settles moves below 1 Hz, as it does while speaking (lipreading.md 3.5)."""
MOUTH_S = 0.2
"""From any shape to rest, as before a first sound (lipreading.md 7)."""
MOUTH_HURRIED_S = 0.08
"""Where the next words come at once: within the 100 ms in which a screen reader's new message has to be on the face."""
MOUTH_BACK_S = 0.1
"""Sound goes on at once after a pause, so the mouth hurries."""
THOUGHT_AFTER_S = 0.6
"""Most texts are there sooner, and nobody has to think."""
THOUGHT_S, THOUGHT_BACK_S = 0.6, 0.4
"""From attention into thought, and back: the eyes are there again as the mouth begins."""
ROUNDING_S = 1e-6
"""A reading of the clock this close to the end of a way has reached it."""


class Repose:
    """Where the face is between performing (0) and waiting (1). It begins waiting."""

    def __init__(self) -> None:
        self._rests = True
        self._since_s = 0.0
        self._head = self._mouth = 1.0
        self._closing_s = MOUTH_S
        self._thinks = False
        self._thought_since_s = 0.0
        self._thought = 0.0

    def think(self, now_s: float, *, is_wanted: bool) -> None:
        """Falls to thinking, after a while, or comes back from it."""
        if is_wanted != self._thinks:
            self._thought = self._thought_at(now_s)
            self._thinks, self._thought_since_s = is_wanted, now_s

    def thinking(self, now_s: float) -> float:
        """0 not at all .. 1 wholly."""
        return _eased(self._thought_at(now_s))

    def rest(self, now_s: float, *, hurries: bool = False) -> None:
        """Comes to rest from wherever it is; hurries: something else is to be said."""
        if not self._rests:
            self._closing_s = MOUTH_HURRIED_S if hurries else MOUTH_S
        self._turn(True, now_s)

    def perform(self, now_s: float, *, from_its_start: bool) -> None:
        """Goes back to performing; the mouth at once where the performance begins with lips at rest anyway."""
        self.think(now_s, is_wanted=False)
        self._turn(False, now_s)
        if from_its_start:
            self._mouth = 0.0

    def at(self, now_s: float) -> Waiting | None:
        """None while it performs and nothing of the rest is left."""
        head, mouth = self._now(now_s)
        if not self._rests and head == mouth == 0.0:
            return None
        return Waiting(now_s, _eased(head), _eased(mouth), self.thinking(now_s))

    def is_moving(self, now_s: float) -> bool:
        """Whether it is on its way, so that every frame counts."""
        return self._now(now_s) != ((1.0, 1.0) if self._rests else (0.0, 0.0))

    def is_hurrying(self, now_s: float) -> bool:
        """Whether the mouth is closing for something else that is to be said."""
        return self._rests and self._closing_s == MOUTH_HURRIED_S and self._now(now_s)[1] < 1.0

    def _turn(self, rests: bool, now_s: float) -> None:
        if rests != self._rests:
            self._head, self._mouth = self._now(now_s)
            self._rests, self._since_s = rests, now_s

    def _thought_at(self, now_s: float) -> float:
        gone_s = now_s - self._thought_since_s
        if self._thinks:
            return min(1.0, self._thought + max(gone_s - THOUGHT_AFTER_S, 0.0) / THOUGHT_S)
        return max(0.0, self._thought - gone_s / THOUGHT_BACK_S)

    def _now(self, now_s: float) -> tuple[float, float]:
        gone_s = now_s - self._since_s + ROUNDING_S
        if self._rests:
            return min(1.0, self._head + gone_s / HEAD_S), min(1.0, self._mouth + gone_s / self._closing_s)
        return max(0.0, self._head - gone_s / HEAD_S), max(0.0, self._mouth - gone_s / MOUTH_BACK_S)


def _eased(share: float) -> float:
    """Minimum jerk (Flash and Hogan 1985): it sets out and arrives without a jolt."""
    return share**3 * (10 - 15 * share + 6 * share**2)
