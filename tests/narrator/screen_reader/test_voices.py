"""Rate, pitch, language and kind of voice are heard; a voice that is not there is no silence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from narrator.screen_reader.manner import Manner
from narrator.screen_reader.voices import Voices

TEXT = "Five of them moved the blue boat."


@pytest.fixture(scope="module")
def voices() -> Iterator[Voices]:
    made = Voices(130)
    made.start()
    yield made
    made.close()


def test_a_faster_rate_is_shorter(voices: Voices) -> None:
    slow, usual, fast = (voices.speak(TEXT, Manner(rate=rate)).duration_s for rate in (-100, 0, 100))
    assert slow > 1.4 * usual > 2.0 * fast


def test_pitch_kind_and_language_change_the_sound_and_one_engine_has_them_all(voices: Voices) -> None:
    manners = (
        Manner(),
        Manner(pitch=60),
        Manner(kind="female1"),
        Manner(language="de"),
        Manner(voice="French (France)"),
    )
    sounds = [voices.speak(TEXT, manner).samples for manner in manners]
    assert len({sound.tobytes() for sound in sounds}) == len(manners)
    assert np.array_equal(voices.speak(TEXT, Manner()).samples, sounds[0])


def test_a_voice_that_is_not_there_is_no_silence(voices: Voices) -> None:
    assert voices.speak(TEXT, Manner(voice="nobody", language="xx-nowhere")).samples.any()
