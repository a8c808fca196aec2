"""Run by a test in its own process: a window with real sound, which tells when each flash was shown."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from conftest import FlashAndBeep, FreeControl, beeping_utterance

from narrator.flow import Viewport
from narrator.outputs.window import Window

VIEW = Viewport(640, 360, 30.0)
BEEPS_S = (0.51, 1.13, 1.77, 2.42, 3.04)
WARM_UP_S = 2.5
"""A null sink takes nothing for its first second or two."""


class NotingWindow(Window):
    """Keeps the moment and the time of every frame that was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[float, float]] = []

    def _note_shown(self, sequence: int, at_s: float) -> None:
        moment_s, _ = self._published.get(sequence, (0.0, 0.0))
        self.shown.append((moment_s, at_s))
        super()._note_shown(sequence, at_s)


def main() -> None:
    window = NotingWindow()
    window.open(VIEW, 22_050)
    time.sleep(WARM_UP_S)
    performance = FlashAndBeep(beeping_utterance(3.5, BEEPS_S, "one two", 0.3), (), BEEPS_S, VIEW)
    try:
        for _ in window.play(performance, FreeControl()):
            pass
    finally:
        window.close(completed=True)
    flashes = [min(at_s for moment_s, at_s in window.shown if moment_s >= beep) for beep in BEEPS_S]
    print(json.dumps({"notices": window.notices, "flashes_s": flashes}))


if __name__ == "__main__":
    main()
