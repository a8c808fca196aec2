"""pocketsphinx aligns English in a worker of its own, and is killed when too slow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from narrator.flow import Delivery, Sentence, Utterance
from narrator.speech.alignment.features import RATE_HZ
from narrator.speech.alignment.resample import resample
from narrator.speech.alignment.sphinx import Sphinx, group_by_word
from narrator.speech.espeak_voice import EspeakVoice


@pytest.fixture(scope="module")
def sphinx() -> Iterator[Sphinx]:
    made = Sphinx()
    yield made
    made.close()


@pytest.fixture(scope="module")
def utterance() -> Utterance:
    voice = EspeakVoice()
    spoken = voice.speak(Sentence("Happy people, on the mat, paid $5.20.", "en"), Delivery())
    voice.close()
    return spoken


def test_words_and_silences_cut_the_phones_into_groups(utterance: Utterance) -> None:
    groups = group_by_word(utterance)
    assert sum(groups, []) == [i for i, phone in enumerate(utterance.phones) if phone.ipa]
    assert len(groups) >= 6


def test_every_phone_gets_an_onset_near_its_own(sphinx: Sphinx, utterance: Utterance) -> None:
    onsets = sphinx.onsets(utterance, resample(utterance.samples, utterance.rate_hz, RATE_HZ))
    truth = np.array([phone.start_s for phone in utterance.phones if phone.ipa])
    assert onsets is not None
    assert len(onsets) == len(truth)
    assert np.median(np.abs(onsets - truth)) < 0.02


def test_words_outside_any_dictionary_are_aligned(sphinx: Sphinx) -> None:
    voice = EspeakVoice()
    spoken = voice.speak(Sentence("Zorblax frimbled Qwyjibo.", "en"), Delivery())
    voice.close()
    assert sphinx.onsets(spoken, resample(spoken.samples, spoken.rate_hz, RATE_HZ)) is not None


def test_sound_too_short_for_the_text_is_refused(sphinx: Sphinx, utterance: Utterance) -> None:
    assert sphinx.onsets(utterance, np.zeros(100)) is None
    whole = resample(utterance.samples, utterance.rate_hz, RATE_HZ)
    assert sphinx.onsets(utterance, whole) is not None
