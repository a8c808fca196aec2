"""English that nobody wrote down is read, its phones lie where they sound, and the rest is left to the ears."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from avatar.diffusion.track import at_16_khz
from avatar.listening import speech_model
from avatar.listening.features import FEATURES
from avatar.listening.fitting import PARTS, fit
from avatar.listening.hearing import hear
from avatar.listening.layout import KIND, NAMES
from avatar.listening.pronunciation import ways_to_say
from avatar.listening.recognition import LONGEST_S, can_recognise, recognised, stretches
from avatar.listening.spectra import LOOKS_HZ, RATE_HZ, Doubles, Floats, look_count
from avatar.listening.speech_model import STATES, states_of, without_rumble
from avatar.listening.weights import WEIGHTS, WITH_STATES, best_listener, listener
from avatar.listening.words import vocabulary, words_in
from avatar.planning import plan
from avatar.training.figures import Closures, closures, spoken_stretches
from avatar.training.labelled import labelled_speech
from avatar.training.rivals import by_rules
from narrator.errors import FaceError
from narrator.flow import Delivery, Sentence, Utterance
from narrator.speech.espeak_voice import EspeakVoice

ENGLISH = "The children are playing outside in the garden because the weather is finally beautiful today."
GERMAN = "Die Sonne scheint heute über dem ganzen Land, und viele Menschen gehen am Nachmittag im Park spazieren."


@pytest.fixture(scope="module")
def voice() -> Iterator[EspeakVoice]:
    voice = EspeakVoice()
    yield voice
    voice.close()


@pytest.fixture(scope="module")
def english(voice: EspeakVoice) -> Utterance:
    return voice.speak(Sentence(ENGLISH, "en"), Delivery(rate_wpm=150))


def evidence_of(said: list[tuple[str, int]]) -> Doubles:
    """Of kinds of sound and how many looks each lasts."""
    kinds = [KIND[name] for name, looks in said for _ in range(looks)]
    evidence = np.full((len(kinds), len(NAMES)), -3.0)
    evidence[np.arange(len(kinds)), kinds] = 0.0
    return evidence


def test_the_words_of_a_known_voice_are_read(english: Utterance) -> None:
    read = words_in(without_rumble(at_16_khz(english)))
    assert read.words == tuple(ENGLISH.lower().rstrip(".").split())
    assert read.surety > 0.7


def test_every_piece_of_a_word_is_known_by_its_number() -> None:
    assert len(vocabulary()) == 32_768
    assert b"\xe2\x96\x81the" in vocabulary()


def test_phones_cover_the_sound_and_lips_close_where_it_was_said(english: Utterance) -> None:
    signal = at_16_khz(english)
    phones = recognised(best_listener(), signal)
    assert phones[0].start_s == 0.0
    assert phones[-1].end_s == pytest.approx(len(signal) / RATE_HZ)
    assert all(one.end_s == pytest.approx(two.start_s) for one, two in zip(phones, phones[1:], strict=False))
    true = [0.5 * (p.start_s + p.end_s) for p in english.phones if p.ipa in ("p", "b", "m")]
    found = [0.5 * (p.start_s + p.end_s) for p in phones if p.ipa in ("p", "b", "m")]
    assert [min(abs(one - other) for other in found) < 0.06 for one in true].count(True) >= len(true) - 1
    assert {phone.stress for phone in phones} == {0, 2}


def test_a_recording_that_can_be_read_is_moved_as_its_text_would_be(english: Utterance) -> None:
    unknown = replace(english, phones=(), words=())
    track = plan(unknown, 30.0, -0.2, unknown.duration_s + 0.3, 0.0, Delivery())
    assert "ɡ" in track.phones
    shut = track.channel("lip_height_mm") <= 0.3
    times = track.start_s + np.arange(len(track)) / 30
    for phone in english.phones:
        if phone.ipa in ("p", "b"):
            assert shut[(times > phone.start_s - 0.06) & (times < phone.end_s + 0.06)].any()


def test_another_language_is_left_to_the_ears(voice: EspeakVoice) -> None:
    said = voice.speak(Sentence(GERMAN, "de"), Delivery())
    assert recognised(best_listener(), at_16_khz(said)) == ()


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.3, 3.0])
def test_silence_and_noise_say_nothing(seconds: float) -> None:
    noise = 0.02 * np.random.default_rng(0).standard_normal(round(seconds * RATE_HZ))
    assert recognised(best_listener(), np.zeros(round(seconds * RATE_HZ), np.float32)) == ()
    assert recognised(best_listener(), noise.astype(np.float32)) == ()


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05, 1.0, 4.01, 6.5, 9.0])
def test_there_are_states_for_every_look_whatever_the_length(seconds: float) -> None:
    sound = (0.1 * np.random.default_rng(1).standard_normal(round(seconds * RATE_HZ))).astype(np.float32)
    states = states_of(sound)
    assert states.shape == (look_count(len(sound)), STATES)
    assert (np.abs(states).max(axis=1, initial=0.0) > 0.1).all()


def test_phones_are_fitted_where_they_sound_and_what_is_no_word_is_told() -> None:
    said = [("silence", 20), ("hum", 8), ("open", 10), ("front", 6), ("silence", 15), ("open", 12), ("hum", 12)]
    fitted = fit(evidence_of(said), [(("m", "æ", "n"),)])
    known = [(one.ipa, one.first, one.last) for one in fitted if one.ipa]
    assert known == [("m", 20, 28), ("æ", 28, 38), ("n", 38, 44)]
    assert [(one.first, one.last) for one in fitted if not one.is_known] == [(59, 83)]


def test_the_way_of_saying_that_sounds_is_chosen_and_an_unknown_word_fits_anything() -> None:
    said = [("tongue", 6), ("spread", 8), ("sibilant", 9), ("back", 6), ("open", 9), ("front", 7)]
    fitted = fit(evidence_of(said), [(("ð", "ə"), ("ð", "i")), (), (("k", "æ", "t"),)])
    assert [one.ipa for one in fitted if one.ipa] == ["ð", "i", "k", "æ", "t"]
    assert [one.last - one.first for one in fitted if not one.is_known] == [9]


def test_more_words_than_there_is_time_for_are_not_fitted() -> None:
    assert fit(evidence_of([("open", 3 * PARTS - 1)]), [(("k", "æ", "t"),)]) == []


def test_words_are_said_as_the_dictionary_has_them_or_put_together() -> None:
    assert ("m", "æ", "p") in ways_to_say("map")
    assert ("d", "ɑ", "ɡ", "z") in ways_to_say("dog's") or ("d", "ɔ", "ɡ", "z") in ways_to_say("dog's")
    assert ways_to_say("moonbeam")
    assert ways_to_say("mr") == ways_to_say("mister")
    assert ways_to_say("1984") == ()


def test_a_long_recording_is_read_in_stretches_cut_in_its_pauses() -> None:
    silence = np.zeros(round(40 * LOOKS_HZ), np.float32)
    silence[880:940] = silence[1500:1510] = 1.0
    cuts = list(stretches(silence))
    assert cuts[0][0] == 0
    assert cuts[-1][1] == len(silence)
    assert all(one[1] == two[0] for one, two in zip(cuts, cuts[1:], strict=False))
    assert max(last - first for first, last in cuts) <= LONGEST_S * LOOKS_HZ
    assert 880 <= cuts[0][1] < 940


def test_without_the_package_the_plain_ears_hear_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(speech_model, "PACKAGE", "no_such_package")
    best_listener.cache_clear()
    try:
        with caplog.at_level(logging.INFO):
            plain = best_listener()
    finally:
        best_listener.cache_clear()
    assert plain.width == FEATURES
    assert not can_recognise(plain)
    assert "without a speech model" in caplog.text


def test_a_damaged_model_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "damaged.ort").write_bytes(b"nothing")
    monkeypatch.setattr(speech_model, "model_file", lambda name: tmp_path / name)
    with pytest.raises(FaceError, match="pip install") as told:
        speech_model.session("damaged.ort")
    assert "\n" not in str(told.value)


def test_both_ears_ship_and_each_hears_with_what_it_was_taught(english: Utterance) -> None:
    signal: Floats = at_16_khz(english)
    for file, width in ((WEIGHTS, FEATURES), (WITH_STATES, FEATURES + STATES)):
        ears = listener(file)
        assert ears.width == width
        assert np.allclose(hear(ears, signal).kinds.sum(axis=1), 1, atol=1e-3)
        assert file.stat().st_size < 5_000_000


def test_in_recorded_english_the_lips_close_with_the_labels(shared_data: Path) -> None:
    counted = Closures(0, 0, 0, 0.0)
    for one in labelled_speech(shared_data / "labelled_speech"):
        track = by_rules(replace(one.unknown, phones=recognised(best_listener(), at_16_khz(one.unknown))))
        spoken = spoken_stretches([(p.start_s, p.end_s) for p in one.known.phones if p.ipa])
        counted += closures(track, one.closures, spoken)
    assert counted.recall >= 0.85
    assert counted.false_per_minute <= 4
