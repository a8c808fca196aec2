"""Events come in order whatever happens; a stop is obeyed at once; the face is told what is heard and when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from narrator.errors import VoiceError
from narrator.screen_reader.manner import Manner
from narrator.screen_reader.speaking import BEGIN, END, PAUSE, STOP
from narrator.screen_reader.wording import Kind, Message
from tests.narrator.screen_reader.conversation import Conversation


@pytest.fixture
def talk() -> Iterator[Conversation]:
    made = Conversation()
    yield made
    made.end()


def text(words: str, manner: Manner = Manner(rate=100)) -> Message:  # noqa: B008 - it is frozen
    return Message(Kind.TEXT, f"<speak>{words}</speak>", manner)


LONG = text("One two three four five six seven eight nine ten. " * 20, Manner())


def test_marks_come_between_begin_and_end_and_in_order(talk: Conversation) -> None:
    talk.speaking.accept(text('One <mark name="a"/>two. <mark name="b"/>Three<mark name="c"/>'))
    talk.wait_for(END)
    assert [line for line in talk.lines if line != "700 INDEX MARK"] == [BEGIN, "700-a", "700-b", "700-c", END]


def test_a_stop_ends_sound_face_and_message_soon(talk: Conversation) -> None:
    talk.speaking.accept(LONG)
    talk.wait_for(BEGIN)
    while not talk.sound.started:
        time.sleep(0.005)
    asked_s = time.perf_counter()
    talk.speaking.break_off(STOP)
    talk.wait_for(STOP)
    assert talk.lines == [BEGIN, STOP]
    assert talk.faces.hushed == 1
    assert talk.sound.stopped_s[0] - asked_s < 0.5


def test_a_pause_is_taken_at_the_last_mark_of_the_servers_own(talk: Conversation) -> None:
    talk.speaking.accept(text('One.<mark name="__spd_0"/> <mark name="a"/>Two three four five.<mark name="__spd_1"/>'))
    talk.wait_for("700-a")
    talk.speaking.break_off(PAUSE)
    talk.wait_for(PAUSE)
    told = [line for line in talk.lines if line != "700 INDEX MARK"]
    assert told == [BEGIN, "700-__spd_0", "700-a", "700-__spd_0", PAUSE]
    assert talk.faces.hushed == 1


def test_a_pause_before_the_first_of_them_waits_for_it(talk: Conversation) -> None:
    talk.speaking.accept(text('One two three.<mark name="__spd_0"/> Four five six seven.'))
    talk.wait_for(BEGIN)
    talk.speaking.break_off(PAUSE)
    talk.wait_for(PAUSE)
    told = [line for line in talk.lines if line != "700 INDEX MARK"]
    assert told == [BEGIN, "700-__spd_0", "700-__spd_0", PAUSE]


def test_messages_that_wait_are_broken_off_with_it_and_later_ones_are_said(talk: Conversation) -> None:
    for message in (LONG, LONG, LONG):
        talk.speaking.accept(message)
    talk.speaking.break_off(STOP)
    talk.speaking.accept(text("Hello."))
    talk.wait_for(END)
    assert talk.lines == [BEGIN, STOP] * 3 + [BEGIN, END]


def test_the_face_is_told_each_sentence_with_its_phones_and_the_moment_it_is_heard(talk: Conversation) -> None:
    talk.speaking.accept(text("Mama. Papa."))
    talk.wait_for(END)
    first, second = talk.faces.shown
    assert (first["is_new"], second["is_new"]) == (True, False)
    assert "m" in [phone[0] for phone in first["phones"]]
    assert second["heard_at_s"] >= first["heard_at_s"] + first["duration_s"]
    assert first["pause_s"] == 0.0 < second["pause_s"], "it is attentive after the last one"


def test_a_spelled_m_closes_the_lips(talk: Conversation) -> None:
    talk.speaking.accept(Message(Kind.CHARACTER, "m", Manner()))
    talk.wait_for(END)
    phones = {phone[0]: phone[2] for phone in talk.faces.shown[0]["phones"]}
    assert phones["m"] >= 0.06, "in full"
    assert talk.faces.shown[0]["duration_s"] < 1.0, "briefly"


def test_the_volume_is_in_the_sound(talk: Conversation) -> None:
    for volume in (100, 0, -100):
        talk.speaking.accept(text("Hello.", Manner(rate=100, volume=volume)))
    talk.wait_for(END, 3)
    full, half, none = (np.abs(samples.astype(int)).max() for samples in talk.sound.started)
    assert half == pytest.approx(full / 2, rel=0.01)
    assert none == 0


def test_a_voice_that_fails_ends_its_message_and_no_more(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise VoiceError("a voice", "it is gone", "Choose another.")

    with monkeypatch.context() as patch:
        patch.setattr(talk.voices, "speak", fail)
        talk.speaking.accept(text("Hello."))
        talk.wait_for(END)
    talk.speaking.accept(text("Hello."))
    talk.wait_for(END, 2)
    assert talk.lines == [BEGIN, END, BEGIN, END]


def test_nothing_to_say_begins_and_ends(talk: Conversation) -> None:
    talk.speaking.accept(text(" "))
    talk.wait_for(END)
    assert talk.lines == [BEGIN, END]
