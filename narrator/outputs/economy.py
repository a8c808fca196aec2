"""What each picture cost in, the view that can be drawn in time out: finer and larger if it can.

A picture drawn larger than it is shown comes first to its shown size, then to three quarters and to half of it; the
screen shows it as large as before. It comes back by the same steps once there is room for the next one.
"""

from __future__ import annotations

from dataclasses import replace

from narrator.outputs.live_screen import View

SHARES = (1.0, 0.75, 0.5)
"""Of the shown width and height; at a half, a mouth of 150 shown pixels still has the 75 that read well."""
SMOOTHING = 0.1
"""Share of a picture's cost that is believed: one slow picture is a hiccup, ten are a load."""
TOO_DEAR = 0.85
"""Of a frame's time."""
CHEAP = 0.5
"""Of a frame's time, for the next larger picture."""
SETTLED_FRAMES = 45
"""Between two steps: the new size is drawn and measured before it is judged."""


class Economy:
    """Keeps the cost of a live screen's pictures within a frame's time."""

    def __init__(self, frame_s: float) -> None:
        self._frame_s = frame_s
        self._cost_s = 0.0
        self._settling = SETTLED_FRAMES
        self.step = 0
        """0 as wished; each further one is cheaper."""

    def drew(self, cost_s: float) -> None:
        """Takes note of a picture's cost: drawing, captions and handing over."""
        self._cost_s += SMOOTHING * (min(cost_s, 3 * self._frame_s) - self._cost_s)
        self._settling -= 1
        if self._settling > 0:
            return
        if self._cost_s > TOO_DEAR * self._frame_s and self.step < len(SHARES):
            self._go(1)
        elif self.step > 0 and self._cost_s * _larger(self.step) < CHEAP * self._frame_s:
            self._go(-1)

    def affordable(self, wished: View) -> View:
        """The view to draw instead of the one the screen wishes."""
        if self.step == 0:
            return wished
        share = SHARES[self.step - 1] / wished.sharpness
        if share >= 1.0:
            return wished
        viewport = replace(
            wished.viewport, width=_even(wished.viewport.width * share), height=_even(wished.viewport.height * share)
        )
        return replace(wished, viewport=viewport, sharpness=wished.sharpness * share)

    def _go(self, way: int) -> None:
        self.step += way
        self._settling = SETTLED_FRAMES


def _larger(step: int) -> float:
    """How many times as many pixels the step before has."""
    before = SHARES[step - 2] if step > 1 else 1.5
    return (before / SHARES[step - 1]) ** 2


def _even(length: float) -> int:
    return max(2, round(length / 2) * 2)
