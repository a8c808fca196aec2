"""Settings become a delivery; a motion that there is not is refused before anything is read."""

from __future__ import annotations

from narrator.assemble_delivery import delivery
from narrator.settings import Settings


def test_settings_become_a_delivery() -> None:
    made = delivery(Settings(rate=99, exaggeration=1.4, reduced_motion=True, liveliness=0.1, seed=7))
    assert (made.rate_wpm, made.exaggeration, made.reduced_motion) == (99, 1.4, True)
    assert (made.liveliness, made.seed) == (0.1, 7)
