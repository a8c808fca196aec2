"""The still face shows one grey frame for as long as something is said."""

from __future__ import annotations

import numpy as np

from avatar.still_face import GREY, StillFace
from narrator.flow import Delivery, Sentence, Utterance, Viewport

SIZE = Viewport(64, 48)


def test_it_lasts_from_the_preroll_to_the_end_of_the_pause() -> None:
    utterance = Utterance(Sentence("x", "en", pause_s=0.5), np.zeros(1000, np.int16), 1000, (), ())
    performance = StillFace().perform(utterance, Delivery(preroll_s=0.2), SIZE, 3.0)
    assert (performance.start_s, performance.end_s) == (-0.2, 1.5)


def test_every_moment_is_the_same_grey_frame() -> None:
    face = StillFace()
    utterance = Utterance(Sentence("x", "en"), np.zeros(1000, np.int16), 1000, (), ())
    performance = face.perform(utterance, Delivery(), SIZE, 0.0)
    assert performance.draw(0.0) is performance.draw(0.7) is face.rest(Delivery(), SIZE, 9.0)
    assert performance.draw(0.0).shape == (48, 64, 3)
    assert (performance.draw(0.0) == GREY).all()
