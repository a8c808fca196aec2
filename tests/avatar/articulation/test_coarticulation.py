"""Sounds lean on their neighbours, and stay themselves: T5, T6, T7, T13 and T20 of lipreading.md 7."""

from __future__ import annotations

from importlib.resources import files
from itertools import product

import numpy as np
import pytest

from avatar.articulation.target import HIGHEST, LOWEST
from avatar.motion_frame import MOUTH_CHANNELS
from tests.avatar.articulation.checks import frame_times, read_article, t13_errors
from tests.avatar.articulation.material import VOWELS, article, chained, track_of, utterance_of, vcv
from tests.avatar.geometry import Readings, only, read_channels, read_geometry

INVENTORY = files("narrator.speech").joinpath("espeak_inventory.txt").read_text(encoding="utf-8").split()
LIP_CHANNELS = ("lip_height_mm", "mouth_width", "inner_width", "lip_protrusion_mm", "upper_teeth_mm")
MONOPHTHONGS = tuple(vowel for vowel in VOWELS if vowel not in ("eɪ", "oʊ", "aɪ", "aʊ", "ɔɪ"))
"""The end and the beginning of a diphthong differ: two of them have no single shape between."""
ROUNDED_GROUPS = (("w", "uː"), ("oʊ", "ʊ"), ("ɜː", "ɔː"), ("ɑː",), ("iː",))
"""T6: inner width grows from left to right: W UW < OW (its end) UH < ER, and AO < AA < IY."""


def at_middle(groups: list[tuple[str, ...]], place: int, share: float = 0.5) -> Readings:
    """(groups,) geometry at that share of each group's phone number place."""
    utterance, phones = chained(groups)
    track = track_of(utterance)
    times = frame_times(track)
    moments = [group[place].start_s + share * group[place].duration_s for group in phones]
    return read_geometry(only(track, [int(np.argmin(np.abs(times - moment))) for moment in moments]))


@pytest.mark.parametrize("other", ["t", "d", "n"])
def test_l_is_more_open_than_t_d_n_in_every_context(other: str) -> None:
    contexts = list(product(VOWELS, VOWELS))
    lateral = at_middle([(one, "l", two) for one, two in contexts], 1)["lip_height_mm"]
    alveolar = at_middle([(one, other, two) for one, two in contexts], 1)["lip_height_mm"]
    worst = int(np.argmin(lateral - alveolar))
    assert (lateral - alveolar)[worst] >= 1.5, contexts[worst]


def test_inner_width_orders_the_rounded_sounds() -> None:
    def width(sound: str) -> float:
        return float(at_middle([(sound,)], 0, 0.85 if sound == "oʊ" else 0.5)["inner_width"][0])

    widths = {sound: width(sound) for group in ROUNDED_GROUPS for sound in group}
    assert max(widths["w"], widths["uː"]) < min(widths["oʊ"], widths["ʊ"])
    assert max(widths["oʊ"], widths["ʊ"]) < widths["ɜː"]
    assert widths["ɔː"] < widths["ɑː"] < widths["iː"]


@pytest.mark.parametrize("consonant", ["k", "ɡ", "h", "ŋ"])
@pytest.mark.parametrize("vowel", MONOPHTHONGS)
def test_tongue_only_consonants_leave_the_lips_to_the_vowels(consonant: str, vowel: str) -> None:
    without = at_middle([("t", vowel, vowel, "t")], 1, 1.0)
    inside = at_middle([("t", vowel, consonant, vowel, "t")], 2)
    for channel in LIP_CHANNELS:
        scale = max(abs(float(without[channel][0])), 1.0 if channel.endswith("mm") else 0.1)
        assert abs(float(inside[channel][0] - without[channel][0])) <= 0.1 * scale, channel


@pytest.mark.parametrize("consonant", ["t", "d", "n", "k"])
def test_consonants_take_their_vowels_rounding(consonant: str) -> None:
    read = at_middle([("uː", consonant, "uː"), ("iː", consonant, "iː")], 1)
    assert read["mouth_width"][1] - read["mouth_width"][0] >= 0.08
    assert read["lip_protrusion_mm"][0] - read["lip_protrusion_mm"][1] >= 3.0


def test_clear_speech_tempers_the_rounding_of_consonants() -> None:
    read = at_middle([("uː", "k", "uː"), ("uː", "t", "uː")], 1)
    assert read["lip_protrusion_mm"][1] <= 0.75 * read["lip_protrusion_mm"][0]


@pytest.mark.parametrize("exaggeration", [1.0, 1.2])
def test_no_phone_of_the_article_misses_its_target_by_more_than_three_tolerances(exaggeration: float) -> None:
    errors = []
    for utterance, track, read in read_article(exaggeration):
        errors += t13_errors(utterance, track, read, exaggeration)
    worst = max(errors)
    assert worst[0] <= 3.0, worst


def test_exaggeration_enlarges_vowels_and_rounding_only() -> None:
    small, large = (track_of(vcv("ɑː", "t", "uː"), 30.0, gain) for gain in (0.8, 1.6))
    assert large.channel("lip_height_mm").max() >= 1.8 * small.channel("lip_height_mm").max()
    assert large.channel("lip_protrusion_mm").max() >= 1.3 * small.channel("lip_protrusion_mm").max()
    caps = {"jaw_drop_mm": 18, "lip_height_mm": 22, "mouth_width": 1.22, "lip_protrusion_mm": 12}
    for channel, cap in caps.items():
        assert large.channel(channel).max() <= cap + 1e-6


SPEEDS = {"jaw_drop_mm": 220.0, "lip_height_mm": 420.0, "lip_protrusion_mm": 250.0, "mouth_width": 5.0}
"""Fastest change asked for, per second: peaks of quick speech (lips about 350 mm/s, jaw 150-200) and a little over."""


@pytest.mark.parametrize("rate_wpm", [130, 200])
def test_nothing_moves_faster_than_lips_can(rate_wpm: int) -> None:
    for utterance in article(rate_wpm):
        track = track_of(utterance)
        for channel, limit in SPEEDS.items():
            speed = float(np.abs(np.diff(track.channel(channel))).max() * track.fps)
            assert speed <= limit, (channel, speed, utterance.sentence.text)


def test_values_stay_within_the_channels_ranges() -> None:
    ranges = {"jaw_drop_mm": (0, 18), "lip_height_mm": (-2.01, 22), "inner_width": (0, 1), "lip_press": (0, 1)}
    ranges |= {"lower_lip_tuck": (0, 1), "lip_flare": (0, 1), "tongue_body": (0, 1), "mouth_width": (0.62, 1.22)}
    for utterance in article(200):
        track = track_of(utterance, 30.0, 1.6)
        assert np.isfinite(track.values).all()
        for channel, (low, high) in ranges.items():
            values = track.channel(channel)
            assert low - 1e-6 <= values.min(), channel
            assert values.max() <= high + 1e-6, channel


def test_an_utterance_of_silence_is_a_mouth_at_rest() -> None:
    track = track_of(utterance_of([("", 1.0)]))
    for channel in MOUTH_CHANNELS:
        assert np.ptp(track.channel(channel)) == 0.0
    assert read_channels(track)["lip_height_mm"].max() == 0.0


def test_the_same_utterance_gives_the_same_motion() -> None:
    one, two = (track_of(vcv("iː", "v", "uː")) for _ in range(2))
    np.testing.assert_array_equal(one.values, two.values)


def test_any_sequence_of_phones_at_any_rate_stays_physical() -> None:
    random = np.random.default_rng(1)
    symbols = [*INVENTORY, "", "", "漢"]
    for _ in range(80):
        lengths = random.choice([0.0, 0.015, 0.03, 0.06, 0.09, 0.15, 0.3, 0.7], random.integers(0, 12))
        utterance = utterance_of([(symbols[random.integers(len(symbols))], float(length)) for length in lengths])
        track = track_of(
            utterance, float(random.choice([5, 20, 24, 29.97, 30, 60, 120])), float(random.uniform(0.5, 3))
        )
        assert np.isfinite(track.values).all()
        mouth = track.values[:, : len(MOUTH_CHANNELS)]
        assert (mouth >= LOWEST - 1e-4).all()
        assert (mouth <= HIGHEST + 1e-4).all()
