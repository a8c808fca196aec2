"""Every symbol gets a target; what nobody knows is logged and stays open: T19 of lipreading.md 7."""

from __future__ import annotations

import logging
from importlib.resources import files

import numpy as np
import pytest

from avatar.articulation.lookup import parts_for
from avatar.articulation.target import HEIGHT, PROTRUSION, Contact
from avatar.articulation.targets import ENGLISH
from tests.avatar.articulation.material import track_of, utterance_of

INVENTORY = files("narrator.speech").joinpath("espeak_inventory.txt").read_text(encoding="utf-8").split()


def test_the_forty_english_phones_have_rows_of_their_own() -> None:
    assert len(ENGLISH) == 40


@pytest.mark.parametrize("ipa", INVENTORY)
def test_every_phone_espeak_emits_is_known(ipa: str, caplog: pytest.LogCaptureFixture) -> None:
    parts_for.cache_clear()
    with caplog.at_level(logging.WARNING):
        parts = parts_for(ipa)
    assert not caplog.records, caplog.text
    assert sum(share for share, _ in parts) == pytest.approx(1.0)
    assert all(np.isfinite(step.shape).all() for _, target in parts for step in target.steps)


@pytest.mark.parametrize("ipa", ["Ω", "7", "漢", "\U0001f600", "Q%", "", "ʰ", "\ufffd"])
def test_what_nobody_knows_stays_open(ipa: str) -> None:
    ((_, target),) = parts_for(ipa)
    assert target.contact is Contact.NONE
    assert 3.0 <= target.steps[0].shape[HEIGHT] <= 10.0


def test_an_unknown_symbol_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    parts_for.cache_clear()
    with caplog.at_level(logging.WARNING):
        parts_for("漢")
    assert "漢" in caplog.text


def test_an_unknown_symbol_neither_closes_nor_freezes_the_mouth() -> None:
    track = track_of(utterance_of([("ɑː", 0.15), ("漢", 0.15), ("uː", 0.15)]))
    heights = track.channel("lip_height_mm")[4:17]
    assert heights.min() >= 1.2
    assert np.ptp(heights) > 1.0


@pytest.mark.parametrize(
    ("ipa", "contact"),
    [
        ("pʰ", Contact.LIPS), ("bʲ", Contact.LIPS), ("m̩", Contact.LIPS), ("k͡p", Contact.LIPS), ("ɓ", Contact.LIPS),
        ("ʘ", Contact.LIPS), ("ɱ", Contact.TUCK), ("ʋ", Contact.TUCK), ("fʲ", Contact.TUCK), ("θ", Contact.TONGUE),
        ("ts", Contact.SIBILANT), ("tʃʰ", Contact.SIBILANT), ("dʑ", Contact.SIBILANT), ("ʂ", Contact.SIBILANT),
        ("ǃ", Contact.NONE), ("qʼ", Contact.NONE), ("ɬ", Contact.NONE), ("t̪", Contact.NONE), ("ħ", Contact.NONE),
    ],
)  # fmt: skip
def test_consonants_of_other_languages_touch_what_theirs_touch(ipa: str, contact: Contact) -> None:
    assert parts_for(ipa)[-1][1].contact is contact


@pytest.mark.parametrize(("round_vowel", "spread_vowel"), [("y", "i"), ("ø", "e"), ("œ", "ɛ"), ("u", "ɯ"), ("ɔ̃", "ɛ̃")])
def test_rounded_vowels_are_rounded(round_vowel: str, spread_vowel: str) -> None:
    rounded = parts_for(round_vowel)[0][1].steps[0].shape
    spread = parts_for(spread_vowel)[0][1].steps[0].shape
    assert rounded[PROTRUSION] >= spread[PROTRUSION] + 3.0


def test_labialised_consonants_round_the_lips() -> None:
    assert parts_for("kʷ")[0][1].steps[0].shape[PROTRUSION] >= 5.0
    assert parts_for("k")[0][1].weights[3] == 0.0


def test_pf_is_two_contacts_in_order() -> None:
    assert [target.contact for _, target in parts_for("pf")] == [Contact.LIPS, Contact.TUCK]
