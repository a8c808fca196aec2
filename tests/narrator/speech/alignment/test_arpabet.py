"""Every phone of espeak's English has an ARPAbet spelling, and so has most of what else it can say."""

from __future__ import annotations

from pathlib import Path

import pytest

import narrator.speech.ipa
from narrator.speech.alignment.arpabet import to_arpabet

MODEL = set(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905
)
INVENTORY = Path(narrator.speech.ipa.__file__).with_name("espeak_inventory.txt").read_text(encoding="utf-8").split()


@pytest.mark.parametrize(
    ("ipa", "phones"),
    [
        ("p", "P"),
        ("oʊ", "OW"),
        ("aɪə", "AY AH"),
        ("aɪɚ", "AY ER"),
        ("ɜː", "ER"),
        ("ᵻ", "IH"),
        ("n\u0329", "AH N"),
        ("ɾ", "D"),
        ("iə", "IY AH"),
        ("ts", "T S"),
    ],
)
def test_english_phones_are_spelled(ipa: str, phones: str) -> None:
    assert to_arpabet(ipa) == tuple(phones.split())


def test_only_phones_of_the_model_come_out() -> None:
    assert {phone for ipa in INVENTORY for phone in to_arpabet(ipa)} <= MODEL


def test_nearly_everything_espeak_says_can_be_spelled() -> None:
    assert len([ipa for ipa in INVENTORY if not to_arpabet(ipa)]) <= 0.05 * len(INVENTORY)


@pytest.mark.parametrize("ipa", ["", "?", "ǃ"])
def test_the_unknown_has_no_spelling(ipa: str) -> None:
    assert to_arpabet(ipa) == ()
