"""Words in another script go to a voice that knows it, and Japanese is spoken in kana."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.flow import Delivery, Sentence
from narrator.speech.espeak_voice import EspeakVoice
from narrator.speech.spoken_text import stretches


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The word мир means peace.", "en", [("The word ", "en"), ("мир ", "ru"), ("means peace.", "en")]),
        ("Слово peace значит мир.", "ru", [("Слово peace значит мир.", "ru")]),
        ("我用iPhone。", "zh", [("我用iPhone。", "zh")]),
        ("α and Δt", "en", [("α and Δt", "en")]),
        ("Greek: καλημέρα!", "en", [("Greek: ", "en"), ("καλημέρα!", "el")]),
        ("مرحبا", "en", [("مرحبا", "ar")]),
        ("12 ½ €", "en", [("12 ½ €", "en")]),
        ("", "en", []),
        ("Сербия", "sr-Cyrl", [("Сербия", "sr-Cyrl")]),
    ],
)
def test_a_text_is_cut_where_its_script_changes(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert [(part.text, part.language) for part in stretches(text, language) if part.text] == expected


@given(st.text(alphabet="ab мир東京かな。, αβγδ1", max_size=30), st.sampled_from(["en", "ru", "zh", "el"]))
def test_no_character_is_lost_between_stretches(text: str, language: str) -> None:
    parts = [part for part in stretches(text, language) if part.language != "ja"]
    assert all(part.text == "".join(text[i] for i in part.origin) for part in parts)
    if len(parts) == len(stretches(text, language)):
        assert "".join(part.text for part in parts) == text


def test_kanji_are_rewritten_in_kana_and_point_back() -> None:
    (part,) = stretches("東京タワーは高いです。", "ja")
    assert part.text.replace(" ", "") == "とうきょうたわーわたかいです。"
    assert len(part.origin) == len(part.text)
    assert part.origin[part.text.index("た")] == 2
    assert list(part.origin) == sorted(part.origin)


def test_kana_alone_stays_as_it_is() -> None:
    assert [part.text for part in stretches("これはひらがな", "ja")] == ["これはひらがな"]


def test_the_greeting_stays_a_greeting_when_it_stands_alone() -> None:
    assert stretches("今日は", "ja")[0].text == "こんにちは"
    assert stretches("今日は晴れ", "ja")[0].text.startswith("きょうわ")


def test_a_foreign_word_is_heard_in_its_own_sounds_and_marked_in_its_place() -> None:
    voice = EspeakVoice()
    spoken = voice.speak(Sentence("The word мир means peace.", "en"), Delivery())
    voice.close()
    word = spoken.words[2]
    assert word.text == "мир"
    sounds = [p.ipa for p in spoken.phones if word.start_s - 1e-6 <= p.start_s < word.end_s - 1e-6]
    assert sounds == ["mʲ", "i", "r"]


def test_a_voice_chosen_by_name_speaks_all_of_the_text() -> None:
    voice = EspeakVoice("gmw/de")
    spoken = voice.speak(Sentence("Das Wort мир heißt Frieden.", "de"), Delivery())
    voice.close()
    assert [word.text for word in spoken.words] == ["Das", "Wort", "мир", "heißt", "Frieden"]
