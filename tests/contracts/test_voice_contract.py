"""What every voice guarantees: one suite over espeak, the system's voice and the silent one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from narrator.flow import Delivery, Sentence, Utterance
from narrator.speech.espeak_voice import EspeakVoice
from narrator.speech.silent_voice import SilentVoice
from narrator.speech.system_voice import SystemVoice
from narrator.speech.word_times import is_wordlike, tokens
from narrator.stages import Voice

VOICES: dict[str, Callable[[], Voice]] = {
    "espeak": EspeakVoice,
    "espeak, a variant": lambda: EspeakVoice("+f3"),
    "espeak, by name": lambda: EspeakVoice("gmw/en"),
    "system": SystemVoice,
    "silent": SilentVoice,
}
TEXT = "Dr. Smith paid $5.20 for the big map on 3 May 1999, didn't he?"
INVENTORY = set(files("narrator.speech").joinpath("espeak_inventory.txt").read_text(encoding="utf-8").split())
"""What the articulation has targets for."""
LANGUAGES = {
    "en": TEXT,
    "de": "Heute ist ein schöner Tag, und wir gehen ins Kino.",
    "fr": "Les enfants jouent dans le jardin.",
    "es": "Mañana iremos al mercado.",
    "pt-BR": "Amanhã vamos à praia.",
    "ru": "Сегодня хорошая погода.",
    "hi": "आज मौसम अच्छा है।",
    "bn": "আজ আবহাওয়া ভালো।",
    "zh-CN": "今天天气很好，我们去公园。",
    "ja": "きょうはいいてんきです。",
    "ar": "الطقس جميل اليوم.",
    "": "No language is given.",
}
NASTY = (
    "",
    "   ",
    "?!...",
    "—",
    "😀",
    "👨‍👩‍👧 a family",
    "a < b & c > d",
    "<break time='9s'/>",
    "<speak>hello",
    "</voice>",
    "&amp; &lt;",
    "[[slnc 5000]] hello",
    "\x00\x01\x02\x1b[31m red \x7f",
    "\ud800 lone \udfff",
    "\ue000 private \uffff",
    "\u202eright to left",
    "e\u0301\u0301\u0301\u0301",
    "a" * 200,
    "1" * 60,
    "٠١٢٣ ४५६",
    "`~!@#$%^&*()_+-=[]{}\\|;':\",./<>?",
    "\u200b\u2060\ufeff",
    "ﷺ ㍿ ½ ™",
)


@pytest.fixture(scope="module", params=VOICES)
def voice(request: pytest.FixtureRequest) -> Iterator[Voice]:
    made = VOICES[request.param]()
    yield made
    made.close()


@pytest.fixture(scope="module")
def utterance(voice: Voice) -> Utterance:
    return voice.speak(Sentence(TEXT, "en"), Delivery())


def assert_whole(utterance: Utterance) -> None:
    now_s = 0.0
    for phone in utterance.phones:
        assert phone.start_s == pytest.approx(now_s, abs=1e-6)
        assert phone.duration_s > 0
        now_s = phone.end_s
    assert now_s == pytest.approx(utterance.duration_s, abs=1e-6)
    assert utterance.samples.dtype == np.int16
    assert utterance.samples.ndim == 1
    end_s = 0.0
    for word in utterance.words:
        assert utterance.sentence.text[word.start_char : word.end_char] == word.text
        assert word.start_s >= end_s - 1e-6
        assert word.duration_s >= 0
        end_s = word.end_s
    assert end_s <= utterance.duration_s + 1e-6
    assert [w.start_char for w in utterance.words] == sorted(w.start_char for w in utterance.words)


def test_phones_cover_the_sound_without_gap_or_overlap(utterance: Utterance) -> None:
    assert_whole(utterance)
    assert len([phone for phone in utterance.phones if phone.ipa]) > 30


def test_phones_are_ipa_without_stress_marks(utterance: Utterance) -> None:
    assert not any(set(phone.ipa) & set("ˈˌ()0123456789 ͡") for phone in utterance.phones)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phone_is_on_the_shipped_list(voice: Voice, language: str) -> None:
    spoken = voice.speak(Sentence(LANGUAGES[language], language), Delivery())
    assert {phone.ipa for phone in spoken.phones if phone.ipa} - INVENTORY == set()


def test_some_phone_carries_the_primary_stress(utterance: Utterance) -> None:
    assert {phone.stress for phone in utterance.phones} >= {0, 2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_text_is_timed(voice: Voice, language: str) -> None:
    spoken = voice.speak(Sentence(LANGUAGES[language], language), Delivery())
    assert_whole(spoken)
    timed = {(word.start_char, word.end_char) for word in spoken.words}
    text = spoken.sentence.text
    expected = [t for t in tokens(text) if is_wordlike(text[t.start : t.end])]
    assert expected
    assert [text[t.start : t.end] for t in expected if (t.start, t.end) not in timed] == []
    assert all(word.duration_s > 0 for word in spoken.words)


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text_is_accepted(voice: Voice, text: str) -> None:
    assert_whole(voice.speak(Sentence(text, "en"), Delivery()))


@pytest.mark.parametrize("text", ["", " \n", "?!...", "— …", "\x00\x07"])
def test_a_text_without_a_sound_is_one_silent_phone(voice: Voice, text: str) -> None:
    spoken = voice.speak(Sentence(text, "en"), Delivery())
    assert [phone.ipa for phone in spoken.phones] == [""]
    assert spoken.words == ()
    assert not spoken.samples.any()
    assert 0.05 <= spoken.duration_s <= 1.0


def test_markup_is_read_and_not_obeyed(voice: Voice) -> None:
    spoken = voice.speak(Sentence('one <break time="9s"/> two', "en"), Delivery())
    assert max(phone.duration_s for phone in spoken.phones) < 1.0
    assert [word.text for word in spoken.words][-1] == "two"


def test_the_same_sentence_gives_the_same_utterance(voice: Voice, utterance: Utterance) -> None:
    voice.speak(Sentence("Something else in between.", "en"), Delivery(rate_wpm=180))
    again = voice.speak(Sentence(TEXT, "en"), Delivery())
    assert np.array_equal(again.samples, utterance.samples)
    assert again.phones == utterance.phones
    assert again.words == utterance.words


def test_the_rate_is_followed_from_80_to_200_words_a_minute(voice: Voice) -> None:
    lengths = [voice.speak(Sentence(TEXT, "en"), Delivery(rate_wpm=rate)).duration_s for rate in (80, 130, 200)]
    assert lengths[0] > 1.3 * lengths[1]
    assert lengths[1] > 1.2 * lengths[2]


def test_the_sentence_comes_back_unchanged(voice: Voice) -> None:
    sentence = Sentence("Say\x07 this \ud800 now.", "en", pause_s=0.5, block_index=3, index=7)
    assert voice.speak(sentence, Delivery()).sentence is sentence


def test_the_name_says_which_voice_it_is(voice: Voice) -> None:
    assert isinstance(voice.name, str)


@pytest.mark.parametrize("name", VOICES)
def test_nothing_is_left_running_after_close(name: str) -> None:
    before = children()
    made = VOICES[name]()
    made.speak(Sentence("Hello.", "en"), Delivery())
    made.close()
    assert children() - before == set()


def test_close_without_speaking_is_allowed() -> None:
    for make in VOICES.values():
        make().close()


@pytest.mark.parametrize("name", ["espeak", "silent"])
def test_ten_thousand_characters_are_spoken(name: str) -> None:
    made = VOICES[name]()
    spoken = made.speak(Sentence("Hello there you. " * 600, "en"), Delivery(rate_wpm=200))
    made.close()
    assert_whole(spoken)
    assert len(spoken.words) == 1800


def children() -> set[int]:
    """Process ids of this process's children; empty where the system does not list them."""
    if not sys.platform.startswith("linux"):
        return set()
    found: set[int] = set()
    for path in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        found |= {int(child) for child in path.read_text().split()}
    return found
