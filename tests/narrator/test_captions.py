"""Captions are at most two lines of 42 characters, cover the sentence, and know where each word is."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avatar.still_face import StillFace
from narrator.captions import LINE_LENGTH, SHORTEST_S, captions, with_captions
from narrator.flow import Caption, Delivery, Sentence, Utterance, Viewport, Word

RATE_HZ = 1000
WORD_S = 0.4
PAUSE_S = 0.35

LONG = (
    "The committee, which had met for three days without reaching any agreement, decided at last to send the whole "
    "matter back to the lower house; nobody was pleased, but everybody went home before the snow came."
)
GERMAN = "Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft tagte gestern."
CHINESE = (
    "人工智能正在改变我们的生活方式，从语音助手到自动驾驶汽车，它已经无处不在。科学家们认为，未来十年将会有更大的突破。"
)
THAI = "กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทยเป็นศูนย์กลางการปกครองการศึกษา"


def utterance(text: str, word_s: float = WORD_S, pattern: str = r"\S+") -> Utterance:
    words = tuple(
        Word(match.group(), number * word_s, word_s, match.start(), match.end())
        for number, match in enumerate(re.finditer(pattern, text))
    )
    samples = np.zeros(round(max(1, len(words)) * word_s * RATE_HZ), np.int16)
    return Utterance(Sentence(text, "en", pause_s=PAUSE_S), samples, RATE_HZ, (), words)


def shown(written: tuple[Caption, ...]) -> str:
    return "".join("".join(caption.lines) for caption in written)


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("text", [LONG, GERMAN, CHINESE, THAI, "Yes.", "x" * 500, "a " * 300, "«Ça va?» — dit-il…"])
def test_every_line_fits_and_nothing_is_lost(text: str) -> None:
    written = captions(utterance(text))
    assert all(0 < len(line) <= LINE_LENGTH for caption in written for line in caption.lines)
    assert all(1 <= len(caption.lines) <= 2 for caption in written)
    assert without_spaces(shown(written)) == without_spaces(text)


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_keeps_the_promises(text: str) -> None:
    spoken = utterance(text)
    written = captions(spoken)
    assert without_spaces(shown(written)) == without_spaces(text)
    for caption in written:
        assert 1 <= len(caption.lines) <= 2
        assert all(len(line) <= LINE_LENGTH for line in caption.lines)
        joined = "\n".join(caption.lines)
        for word in caption.words:
            assert 0 <= word.start_char < word.end_char <= len(joined)
            assert without_spaces(joined[word.start_char : word.end_char]) in without_spaces(text)


def test_captions_follow_each_other_without_a_gap_to_the_end_of_the_pause() -> None:
    spoken = utterance(LONG)
    written = captions(spoken)
    assert written[0].start_s == 0
    assert written[-1].end_s == pytest.approx(spoken.duration_s + PAUSE_S)
    assert all(before.end_s == after.start_s for before, after in zip(written, written[1:], strict=False))


def test_each_stays_a_second_where_the_sentence_allows_it() -> None:
    for word_s in (0.15, 0.3, 0.5):
        assert all(caption.end_s - caption.start_s >= SHORTEST_S for caption in captions(utterance(LONG, word_s)))


def test_words_point_at_themselves_in_the_joined_lines() -> None:
    spoken = utterance(LONG)
    pointed = [
        "\n".join(caption.lines)[word.start_char : word.end_char]
        for caption in captions(spoken)
        for word in caption.words
    ]
    assert pointed == [word.text for word in spoken.words]


def test_a_caption_begins_with_its_first_word() -> None:
    for caption in captions(utterance(LONG))[1:]:
        assert caption.start_s == caption.words[0].start_s


def test_it_cuts_at_punctuation_where_it_can() -> None:
    first = captions(
        utterance("He opened the old door very slowly and with great care, and then he went down into the cold cellar.")
    )
    assert first[0].lines[-1].endswith("care,")


@pytest.mark.parametrize("start", range(18, 44))
def test_an_abbreviation_stays_with_what_follows(start: int) -> None:
    before = ("word " * 20)[:start].strip()
    text = f"{before} z. B. Katzen und Hunde, die dem alten Dr. Meier in der kleinen Stadt gehören."
    ends = [line for caption in captions(utterance(text)) for line in caption.lines]
    assert not any(line.endswith((" z.", " B.", " Dr.")) for line in ends)


def test_two_lines_are_about_equally_long() -> None:
    (only,) = captions(utterance("The quick brown fox jumps over the lazy dogs of London."))
    assert len(only.lines) == 2
    assert abs(len(only.lines[0]) - len(only.lines[1])) <= 8


def test_chinese_lines_are_half_as_many_signs_and_never_begin_with_a_comma() -> None:
    written = captions(utterance(CHINESE, pattern=r"[\u4e00-\u9fff]{2}"))
    lines = [line for caption in written for line in caption.lines]
    assert all(len(line) <= LINE_LENGTH // 2 for line in lines)
    assert not [line for line in lines if line[0] in "，。"]
    assert all(caption.words for caption in written)


def test_a_word_too_long_for_a_line_is_broken_and_both_parts_are_timed() -> None:
    spoken = utterance("x" * 200, word_s=4.0)
    written = captions(spoken)
    assert len(written) == 3
    times = [word.start_s for caption in written for word in caption.words]
    assert times == sorted(times)
    assert sum(word.duration_s for caption in written for word in caption.words) == pytest.approx(4.0)


def test_a_sentence_without_timed_words_is_still_shown() -> None:
    silent = replace(utterance(LONG), words=())
    written = captions(silent)
    assert without_spaces(shown(written)) == without_spaces(LONG)
    starts = [caption.start_s for caption in written]
    assert starts == sorted(set(starts))


def test_no_text_no_captions() -> None:
    assert captions(utterance("")) == ()
    assert captions(utterance("  \n ")) == ()


def test_a_face_that_writes_its_own_captions_keeps_them() -> None:
    bare = StillFace().perform(utterance("Hello."), Delivery(), Viewport(64, 48), 0.0)
    own = replace(bare, captions=(Caption(("mine",), 0, 1, ()),))
    assert with_captions(own) is own
    assert with_captions(bare).captions[0].lines == ("Hello.",)
    assert with_captions(bare).draw(0.0) is bare.draw(0.0)
