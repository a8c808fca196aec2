"""Reports come in order whatever happens; a stop is obeyed at once; the face is told what is heard and when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from narrator.errors import VoiceError
from narrator.screen_reader.manner import Manner
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
    talk.say(text('One <mark name="a"/>two. <mark name="b"/>Three<mark name="c"/>'))
    talk.wait_for("1 ended")
    assert talk.told == ["1 begun", "1 mark a", "1 heard", "1 mark b", "1 mark c", "1 heard", "1 ended"]


def test_a_stop_ends_sound_and_face_soon_and_nothing_is_reported_after_it(talk: Conversation) -> None:
    number = talk.say(LONG)
    talk.wait_for("1 begun")
    while not talk.sound.started:
        time.sleep(0.005)
    asked_s = time.perf_counter()
    talk.speaking.stop(number)
    talk.say(text("Hello."))
    talk.wait_for("2 ended")
    assert talk.told == ["1 begun", "2 begun", "2 heard", "2 ended"]
    assert talk.faces.hushed == 1
    assert talk.sound.stopped_s[0] - asked_s < 0.5


def test_a_pause_is_taken_at_the_last_mark_of_the_servers_own(talk: Conversation) -> None:
    talk.say(text('One.<mark name="__spd_0"/> <mark name="a"/>Two three four five.<mark name="__spd_1"/>'))
    talk.wait_for("1 mark a")
    talk.speaking.pause(1)
    talk.wait_for("1 paused")
    assert talk.told == ["1 begun", "1 mark __spd_0", "1 heard", "1 mark a", "1 paused"]
    assert talk.faces.hushed == 1


def test_a_pause_before_the_first_of_them_waits_for_it(talk: Conversation) -> None:
    talk.say(text('One two three.<mark name="__spd_0"/> Four five six seven.'))
    talk.wait_for("1 begun")
    talk.speaking.pause(1)
    talk.wait_for("1 paused")
    assert talk.told == ["1 begun", "1 mark __spd_0", "1 paused"]


def test_what_was_heard_before_is_not_said_again(talk: Conversation) -> None:
    talk.say(text('One.<mark name="__spd_0"/> Two <mark name="a"/>three.'), heard=1, own_mark="__spd_0")
    talk.wait_for("1 ended")
    assert talk.told == ["1 begun", "1 mark a", "1 heard", "1 ended"]
    assert [line["text"] for line in talk.faces.shown] == ["Two three."]


def test_of_a_thousand_messages_that_were_broken_off_none_is_made_before_the_next_one(talk: Conversation) -> None:
    """Else the sentences of the ones before would be waited for: what a held key sends."""
    made: list[str] = []
    speak = talk.voices.speak
    talk.voices.speak = lambda words, manner: made.append(words) or speak(words, manner)  # type: ignore[method-assign]
    for number in range(1000):
        talk.say(text(f"Line {number}."))
        talk.speaking.stop(number + 1)
    talk.say(text("Hello."))
    talk.wait_for("1001 ended")
    assert made[-1] == "Hello."
    assert len(made) < 1000
    assert talk.told[-3:] == ["1001 begun", "1001 heard", "1001 ended"]


def test_the_face_is_told_each_sentence_with_its_phones_and_the_moment_it_is_heard(talk: Conversation) -> None:
    talk.say(text("Mama. Papa."))
    talk.wait_for("1 ended")
    first, second = talk.faces.shown
    assert (first["is_new"], second["is_new"]) == (True, False)
    assert "m" in [phone[0] for phone in first["phones"]]
    assert second["heard_at_s"] >= first["heard_at_s"] + first["duration_s"]
    assert first["pause_s"] == 0.0 < second["pause_s"], "it is attentive after the last one"


def test_a_spelled_m_closes_the_lips(talk: Conversation) -> None:
    talk.say(Message(Kind.CHARACTER, "m", Manner()))
    talk.wait_for("1 ended")
    phones = {phone[0]: phone[2] for phone in talk.faces.shown[0]["phones"]}
    assert phones["m"] >= 0.06, "in full"
    assert talk.faces.shown[0]["duration_s"] < 1.0, "briefly"


def test_the_volume_is_in_the_sound(talk: Conversation) -> None:
    for volume in (100, 0, -100):
        talk.say(text("Hello.", Manner(rate=100, volume=volume)))
    talk.wait_for("3 ended")
    full, half, none = (np.abs(samples.astype(int)).max() for samples in talk.sound.started)
    assert half == pytest.approx(full / 2, rel=0.01)
    assert none == 0


def test_a_sentence_that_no_voice_can_say_costs_no_more_than_itself(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = talk.voices.speak

    def fail(words: str, manner: Manner) -> Any:
        if words.startswith("Hello"):
            raise VoiceError("a voice", "it is gone", "Choose another.")
        return speak(words, manner)

    monkeypatch.setattr(talk.voices, "speak", fail)
    talk.say(text('Hello <mark name="a"/>there. Goodbye.'))
    talk.wait_for("1 ended")
    assert talk.told == ["1 begun", "1 mark a", "1 heard", "1 heard", "1 ended"]


def test_a_fault_of_ours_ends_its_message_and_no_more(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(talk.faces, "show", lambda *_, **__: 1 / 0)
        talk.say(text("Hello."))
        talk.wait_for("1 ended")
    talk.say(text("Hello."))
    talk.wait_for("2 ended")


def test_nothing_to_say_ends(talk: Conversation) -> None:
    talk.say(text(" "))
    talk.wait_for("1 ended")
    assert talk.told == ["1 ended"]
