"""The silent voice times phones by the text alone."""

from __future__ import annotations

from narrator.flow import Delivery, Sentence
from narrator.speech.silent_voice import SilentVoice


def test_the_sound_is_digital_silence() -> None:
    assert not SilentVoice().speak(Sentence("Hello there.", "en"), Delivery()).samples.any()


def test_letters_become_the_phones_they_often_stand_for() -> None:
    spoken = SilentVoice().speak(Sentence("bat", "en"), Delivery())
    assert [phone.ipa for phone in spoken.phones] == ["b", "æ", "t", ""]


def test_a_word_of_five_letters_lasts_as_long_as_the_rate_says() -> None:
    spoken = SilentVoice().speak(Sentence("hello", "en"), Delivery(rate_wpm=120))
    assert abs(spoken.words[0].duration_s - 0.5) < 1e-9
