"""Raw events become contiguous phones whose closures begin where the sound stops."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.speech.espeak_process import EspeakProcess, RawEvent, RawSpeech
from narrator.speech.espeak_timing import PlacedPhone, place_phones

RATE_HZ = 1000


def placed(events: list[tuple[int, str | None]], sound: list[int]) -> list[PlacedPhone]:
    samples = np.array(sound, np.int16)
    raw = RawSpeech(samples.tobytes(), RATE_HZ, tuple(RawEvent(1, 1, at, ipa) for at, ipa in events))
    return place_phones(raw, samples)


def shape(found: list[PlacedPhone]) -> list[tuple[str, float, float]]:
    return [(p.phone.ipa, round(p.phone.start_s, 3), round(p.phone.end_s, 3)) for p in found]


def test_a_stop_begins_with_its_closure() -> None:
    sound = [5] * 100 + [0] * 50 + [5] * 50
    assert shape(placed([(0, "ˈa"), (150, "p")], sound)) == [("a", 0.0, 0.1), ("p", 0.1, 0.2)]


def test_a_vowel_leaves_the_silence_before_it_alone() -> None:
    sound = [5] * 100 + [0] * 100 + [5] * 100
    assert shape(placed([(0, "s"), (100, ""), (200, "a")], sound)) == [("s", 0, 0.1), ("", 0.1, 0.2), ("a", 0.2, 0.3)]


def test_a_long_pause_before_a_stop_stays_a_pause() -> None:
    sound = [5] * 100 + [0] * 500 + [5] * 100
    assert [ipa for ipa, _, _ in shape(placed([(0, "a"), (100, ""), (600, "p")], sound))] == ["a", "", "p"]


def test_a_tone_mark_takes_no_time() -> None:
    assert shape(placed([(0, "a"), (100, "")], [5] * 100)) == [("a", 0.0, 0.1)]


def test_a_consonant_hidden_in_a_vowel_gets_its_last_part() -> None:
    found = shape(placed([(0, "ɔː"), (200, "l"), (200, "d")], [5] * 300))
    assert [ipa for ipa, _, _ in found] == ["ɔː", "l", "d"]
    assert 0.03 <= found[1][2] - found[1][1] <= 0.1


def test_a_language_switch_is_no_phone() -> None:
    assert [ipa for ipa, _, _ in shape(placed([(0, "(en)"), (0, "a"), (100, "(ja)"), (100, "b")], [5] * 200))] == [
        "a",
        "b",
    ]


def test_stress_stays_with_the_vowel_of_a_split_name() -> None:
    found = placed([(0, "ˈɑːɹ")], [5] * 100)
    assert [(p.phone.ipa, p.phone.stress) for p in found] == [("ɑː", 2), ("ɹ", 0)]


def test_events_beyond_the_sound_are_drawn_back() -> None:
    found = shape(placed([(0, "a"), (90, "b"), (5000, "")], [5] * 100))
    assert found[-1][2] == pytest.approx(0.1)


def test_no_sound_gives_no_phones() -> None:
    assert placed([(0, "a")], []) == []


def test_sound_without_events_is_one_silence() -> None:
    assert shape(placed([], [0] * 100)) == [("", 0.0, 0.1)]


def test_in_real_speech_each_p_is_silent_from_its_start_to_its_burst() -> None:
    process = EspeakProcess()
    raw = process.speak("Happy people keep the top open.", "gmw/en-US", 130)
    process.close()
    samples = np.frombuffer(raw.pcm, np.int16)
    stops = [item.phone for item in place_phones(raw, samples) if item.phone.ipa == "p"]
    assert len(stops) >= 5
    for phone in stops:
        begin = int(round(phone.start_s * raw.rate_hz))
        assert not samples[begin + 2 : begin + int(0.04 * raw.rate_hz)].any()
