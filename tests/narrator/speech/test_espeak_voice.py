"""espeak speaks every language it has, chooses by the text's language, and falls back visibly."""

from __future__ import annotations

import logging

import pytest

from narrator.errors import VoiceError
from narrator.flow import Delivery, Sentence
from narrator.speech.espeak_voice import EspeakVoice, list_voices, speakable


@pytest.fixture(scope="module")
def voice() -> EspeakVoice:
    made = EspeakVoice()
    yield made  # type: ignore[misc]
    made.close()


@pytest.mark.parametrize(
    ("language", "identifier"),
    [
        ("en", "gmw/en-US"),
        ("en-GB", "gmw/en"),
        ("en_US", "gmw/en-US"),
        ("pt-BR", "roa/pt-BR"),
        ("pt-PT", "roa/pt"),
        ("es-MX", "roa/es-419"),
        ("zh-Hans-CN", "sit/cmn"),
        ("zh-yue", "sit/yue"),
        ("no", "gmq/nb"),
        ("nn-NO", "gmq/nb"),
        ("de-AT", "gmw/de"),
        ("iw", "sem/he"),
        ("", "gmw/en-US"),
    ],
)
def test_a_language_tag_finds_its_voice(voice: EspeakVoice, language: str, identifier: str) -> None:
    assert voice._voice_for(language) == identifier


def test_an_unknown_language_is_spoken_in_english_and_said_so_once(caplog: pytest.LogCaptureFixture) -> None:
    voice = EspeakVoice()
    with caplog.at_level(logging.WARNING):
        spoken = voice.speak(Sentence("Hello.", "xx"), Delivery())
        voice.speak(Sentence("Hello.", "xx"), Delivery())
    voice.close()
    assert spoken.words
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "xx" in caplog.text


def test_a_variant_speaks_every_language() -> None:
    voice = EspeakVoice("+f2")
    assert voice._voice_for("fr") == "roa/fr+f2"
    assert voice.speak(Sentence("Bonjour.", "fr"), Delivery()).words
    voice.close()


def test_an_absent_voice_is_a_voice_error_with_a_next_step() -> None:
    voice = EspeakVoice("no-such-voice")
    with pytest.raises(VoiceError, match="narrator voice list"):
        voice.speak(Sentence("Hello.", "en"), Delivery())
    voice.close()


def test_every_listed_voice_speaks() -> None:
    infos = list_voices()
    assert len(infos) > 100
    voice = EspeakVoice()
    silent = []
    for info in infos:
        voice.name = info.name
        if len(voice.speak(Sentence("1 2 3", info.language), Delivery(rate_wpm=200)).phones) < 4:
            silent.append(info.name)
    voice.close()
    assert silent == []


def test_numbers_dates_currencies_and_symbols_are_heard(voice: EspeakVoice) -> None:
    plain = len(voice.speak(Sentence("It was", "en"), Delivery()).phones)
    for extra in ("$5.20", "3 May 1999", "50%", "№ 7", "5 °C", "x²", "½", "a@b.org", "→", "€", "=", "&", "#1"):
        spoken = voice.speak(Sentence(f"It was {extra}", "en"), Delivery())
        assert len(spoken.phones) > plain + 1, extra
        assert spoken.words[-1].text == extra.split()[-1], extra


def test_commands_become_spaces_and_positions_stay() -> None:
    assert speakable("a\x01b\ud800c\ue000d") == "a b c d"
    assert speakable("naïve 😀 東京") == "naïve 😀 東京"


def test_a_dark_l_is_seen() -> None:
    voice = EspeakVoice("gmw/en-US")
    spoken = voice.speak(Sentence("all full girls", "en"), Delivery())
    voice.close()
    assert [phone.ipa for phone in spoken.phones].count("l") == 3
