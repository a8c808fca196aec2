"""The next performance begins on a whole frame, its preroll inside the pause before it."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatar.still_face import StillFace
from narrator.flow import Delivery, Sentence, Utterance, Viewport
from narrator.outputs.film_timeline import FilmTimeline
from narrator.stages import Performance
from narrator.timeline import next_begin_s

RATE_HZ = 22050
SIZE = Viewport(64, 48)


def performance(sound_s: float, pause_s: float) -> Performance:
    samples = np.zeros(round(sound_s * RATE_HZ), np.int16)
    utterance = Utterance(Sentence("x", "en", pause_s=pause_s), samples, RATE_HZ, (), ())
    return StillFace().perform(utterance, Delivery(), SIZE, 0.0)


def test_it_begins_a_preroll_before_the_pause_ends() -> None:
    # preroll + sound 1.0 + pause 0.5 - next preroll = 1.5 s = 45 whole frames
    assert next_begin_s(performance(1.0, 0.5), 0.0, 30.0) == pytest.approx(1.5)


def test_a_pause_shorter_than_the_preroll_never_cuts_the_sound() -> None:
    assert next_begin_s(performance(1.0, 0.0), 0.0, 30.0) == pytest.approx(ceil((1.0 + Delivery().preroll_s) * 30) / 30)


@given(
    st.lists(st.tuples(st.floats(0.05, 3), st.floats(0, 1)), min_size=1, max_size=8),
    st.sampled_from([24.0, 25.0, 30.0, 60.0]),
)
def test_a_film_of_the_same_performances_has_the_same_time_line(lengths: list[tuple[float, float]], fps: float) -> None:
    film, begin_s = FilmTimeline(fps), 0.0
    for sound_s, pause_s in lengths:
        played = performance(sound_s, pause_s)
        placed = film.place(played)
        film.next_frame = film.certain_end(placed)
        # A film's sound lies one frame after what is drawn for it.
        assert placed.zero_s + played.start_s == pytest.approx(begin_s + film.frame_s, abs=1e-6)
        begin_s = next_begin_s(played, begin_s, fps)
