"""Films whose lips are known in; the lip tests find what is wrong with them and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.contacts_seen import CONTACTS
from benchmarks.lip_tests import ROUNDING_TARGETS, closures, follows, laterals, leaks, rounding
from benchmarks.lip_texts import CONSONANT_GROUPS, TEXTS, VOWEL_GROUPS
from benchmarks.lip_watch import Watched
from benchmarks.mouth_colour import KINDS
from benchmarks.rounding_seen import judged
from narrator.flow import Delivery, Phone, Sentence
from narrator.speech.espeak_voice import EspeakVoice

PHONES = (Phone("æ", 0.0, 0.3), Phone("p", 0.3, 0.1), Phone("f", 0.4, 0.1), Phone("iː", 0.5, 0.5))
TIMES = np.arange(-6, 36) / 30


def watched(gap: np.ndarray, is_sealed: np.ndarray | None = None, lip_height_mm: np.ndarray | None = None) -> Watched:
    flags = np.zeros(len(gap), bool)
    asked = {"time_s": TIMES, "lip_height_mm": gap * 63 if lip_height_mm is None else lip_height_mm}
    contacts, lightness = dict.fromkeys(CONTACTS, flags), dict.fromkeys(KINDS, gap)
    return Watched(
        gap, gap, gap, flags if is_sealed is None else is_sealed, contacts, lightness, phones=PHONES, asked=asked
    )


@pytest.fixture
def gap() -> np.ndarray:
    """Shut in silence and at P, on the teeth at F, open elsewhere."""
    open_ = np.where((TIMES < -0.15) | (TIMES > 1.1), 0.0, 0.1)
    open_[(TIMES >= 0.29) & (TIMES <= 0.41)] = 0.01
    open_[(TIMES > 0.41) & (TIMES < 0.5)] = 0.018
    return open_


def test_a_good_film_has_no_failures(gap: np.ndarray) -> None:
    assert closures(watched(gap)).total == 1
    assert not closures(watched(gap)).failures
    assert leaks(watched(gap)).total > 20
    assert not leaks(watched(gap)).failures


def test_a_closure_of_one_frame_is_missed(gap: np.ndarray) -> None:
    gap[(TIMES >= 0.2) & (TIMES <= 0.41)] = 0.1
    gap[np.argmin(np.abs(TIMES - 0.35))] = 0.01
    assert len(closures(watched(gap)).failures) == 1


def test_lips_that_meet_in_a_vowel_leak(gap: np.ndarray) -> None:
    gap[np.argmin(np.abs(TIMES - 0.8))] = 0.019
    (failure,) = leaks(watched(gap)).failures
    assert failure.startswith("iː at 0.80 s")


def test_f_may_be_narrow_but_not_sealed(gap: np.ndarray) -> None:
    sealed = np.abs(TIMES - 0.5) < 0.02
    assert leaks(watched(gap, sealed)).failures


def test_a_face_that_is_not_found_is_no_pass(gap: np.ndarray) -> None:
    gap[TIMES > 0.2] = np.nan
    assert closures(watched(gap)).failures
    assert leaks(watched(gap)).failures


def test_the_lag_is_found_and_the_worst_sound_named(gap: np.ndarray) -> None:
    wave = 10 + 3 * np.sin(TIMES * 20) + np.sin(TIMES * 7)
    late = np.roll(wave, 2) / 63
    found = follows(watched(gap, lip_height_mm=wave), wave, late)
    assert found.lag_frames == 2
    assert found.correlation < 0.9
    assert follows(watched(gap, lip_height_mm=wave), wave, wave / 63).correlation == pytest.approx(1.0)


def test_l_has_to_open_wider_in_every_context() -> None:
    gaps = {("iː", sound, "æ"): value for sound, value in (("l", 0.14), ("t", 0.10), ("d", 0.10), ("n", 0.13))}
    assert laterals(gaps).failures == ["iː l æ over n: 0.6 mm"]


def test_rounding_is_judged_where_targets_differ_enough() -> None:
    seen = dict(ROUNDING_TARGETS)
    assert not rounding(seen).failures
    seen["uː"] = seen["oʊ"] + 0.01  # their targets differ by 0.02 only
    assert not rounding(seen).failures
    seen["ɑː"] = seen["iː"] + 0.01
    assert len(rounding(seen).failures) == 1
    seen["ɑː"] = float("nan")
    assert len(rounding(seen).failures) == 7


def test_one_frame_that_strays_does_not_decide_how_wide_a_sound_is_seen() -> None:
    widths = np.tile(np.array(list(ROUNDING_TARGETS.values())), (5, 1))
    widths[3, 0] = 0.9
    found = judged(widths)
    assert not found.outcome.failures
    assert found.closest == ("ʊ", "ɜː")
    assert found.apart == pytest.approx(0.1)
    assert found.strays > 0.05
    widths[:, list(ROUNDING_TARGETS).index("ɔː")] = 0.75
    assert judged(widths).outcome.failures == ["ɔː 0.750 < ɑː 0.700"]
    assert judged(widths).closest == ("ɔː", "ɑː")


def test_the_texts_hold_every_sound_that_is_judged() -> None:
    voice = EspeakVoice()
    try:
        said = {p.ipa for text in TEXTS.values() for p in voice.speak(Sentence(text, "en"), Delivery()).phones}
    finally:
        voice.close()
    wanted = set(CONSONANT_GROUPS) | set(VOWEL_GROUPS) | {"j", "k", "ɡ", "ŋ", "h", "eɪ", "aɪ", "aʊ", "ɔɪ", "oʊ", "ə"}
    assert not wanted - said
