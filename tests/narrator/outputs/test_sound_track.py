"""Sound comes out where it was laid, silence elsewhere, in any helpings."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from narrator.outputs.sound_track import SoundTrack


def ones(count: int) -> np.ndarray:
    return np.ones(count, np.int16)


def test_silence_where_nothing_was_laid() -> None:
    assert list(SoundTrack().take(3)) == [0, 0, 0]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_helpings_of_any_size_join_to_the_same_sound(helpings: list[int]) -> None:
    track = SoundTrack()
    track.place(ones(5), 3)
    track.place(2 * ones(4), 20)
    whole = np.zeros(sum(helpings), np.int16)
    expected = np.concatenate([np.zeros(3), np.ones(5), np.zeros(12), 2 * np.ones(4), np.zeros(500)])
    taken = [track.take(until) for until in np.cumsum(helpings)]
    whole = np.concatenate(taken)
    assert (whole == expected[: len(whole)]).all()


def test_what_comes_too_late_loses_its_beginning() -> None:
    track = SoundTrack()
    track.take(4)
    track.place(np.arange(1, 7, dtype=np.int16), 2)
    assert list(track.take(9)) == [3, 4, 5, 6, 0]


def test_a_cut_leaves_silence() -> None:
    track = SoundTrack()
    track.place(ones(10), 0)
    track.take(4)
    track.cut()
    assert not track.take(10).any()
