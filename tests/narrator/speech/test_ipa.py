"""espeak's phoneme names become plain IPA, and the shipped list holds all that can come out."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import narrator.speech.ipa
from narrator.speech.espeak_process import EspeakProcess
from narrator.speech.ipa import is_vowel, tidy

INVENTORY = Path(narrator.speech.ipa.__file__).with_name("espeak_inventory.txt").read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize(
    ("name", "phones", "stress"),
    [
        ("ˈoʊ", ("oʊ",), 2),
        ("ˌɛ", ("ɛ",), 1),
        ("aɪə", ("aɪə",), 0),
        ("tʃ", ("tʃ",), 0),
        ("əl", ("ə", "l"), 0),
        ("ˈɑːɹ", ("ɑː", "ɹ"), 2),
        ("n̩", ("n\u0329",), 0),
        ("ᵻ", ("ᵻ",), 0),
        ("ɚ", ("ɚ",), 0),
        ("s.", ("ʂ",), 0),
        ("ˈi.", ("ɨ",), 2),
        ("t͡s", ("ts",), 0),
        ("tʃ`", ("tʃʼ",), 0),
        ('u"ː', ("ʉː",), 0),
        ("inɡ", ("i", "ŋ"), 0),
        ("ɔ̃", ("ɔ\u0303",), 0),
        ("ç", ("ç",), 0),
        ("", ("",), 0),
        ("(en)", (), 0),
        ("(en-us-n", (), 0),
        ("1", (), 0),
        ("ː", (), 0),
    ],
)
def test_names_become_plain_ipa(name: str, phones: tuple[str, ...], stress: int) -> None:
    assert tidy(name) == (phones, stress)


@given(st.text(alphabet='abdeg:`^[]"#-_.?123ˈˌːʰʲɑəɪʊʃʒŋn̩͡(){}ÿ⁊', max_size=8))
def test_any_name_gives_phones_without_marks(name: str) -> None:
    for phone in tidy(name)[0]:
        assert not set(phone) & set("ˈˌ0123456789`^[]#-_.? ")
        assert phone == "" or unicodedata.category(phone[0]) in ("Ll", "Lo", "Lm")


def test_the_shipped_list_is_in_the_form_that_comes_out() -> None:
    for ipa in INVENTORY[:-1]:
        assert tidy(ipa)[0] == (ipa,), ipa


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        (
            "gmw/en-US",
            "The quick brown fox jumps over the lazy dog, measures a little fire hour; pure joy, that singer!",
        ),
        ("gmw/en", "The quick brown fox jumps over the lazy dog; near there, poor bird, go home."),
        ("gmw/de", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich, ich auch."),
        ("roa/fr", "Portez ce vieux whisky au juge blond qui fume un bon vin brun."),
        ("sit/cmn", "我能吞下玻璃而不伤身体。他是四十岁的日本人。"),
        ("sem/ar", "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر"),
        ("zle/ru", "Съешь же ещё этих мягких французских булок, да выпей чаю."),
        ("inc/hi", "ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का सर्वनाश करने वाले।"),
        ("jpx/ja", "いろはにほへと ちりぬるを わかよたれそ つねならむ"),
        ("roa/pt-BR", "Luís argüia à Júlia que brações, fé, chá, óxido, pôr, zângão eram palavras do português."),
    ],
)
def test_what_a_voice_says_is_on_the_list(voice: str, text: str) -> None:
    process = EspeakProcess()
    raw = process.speak(text, voice, 200)
    process.close()
    said = {phone for event in raw.events if event.ipa for phone in tidy(event.ipa)[0] if phone}
    assert len(said) > 10
    assert said - set(INVENTORY) == set()


def test_vowels_are_told_from_consonants() -> None:
    assert [ipa for ipa in ("aɪ", "ɚ", "y", "n", "tʃ", "j", "") if is_vowel(ipa)] == ["aɪ", "ɚ", "y"]
