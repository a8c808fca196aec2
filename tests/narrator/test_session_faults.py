"""What goes wrong is named in the state, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from avatar.still_face import StillFace
from narrator.errors import OutputError, SourceUnreadable, VoiceError, VoiceMissing
from narrator.flow import Block, BlockKind, Delivery, Passage, Sentence, Utterance, Viewport
from narrator.outputs.memory import MemoryOutput
from narrator.pipeline import Cast
from narrator.speech.silent_voice import SilentVoice
from narrator.stages import Control, Performance
from tests.narrator.quick_narration import SMALL, passage, quick_cast, quick_session


def test_a_bad_source_is_named_and_the_rest_goes_on() -> None:
    memory = MemoryOutput()
    session = quick_session([memory])
    session.enqueue("nowhere")
    session.enqueue(passage("Still read."))
    assert session.wait_until_idle(5)
    session.close()
    assert memory.sentences == ["Still read."]
    assert [(fault.part, fault.name) for fault in session.state.faults] == [("source", "nowhere")]


def test_a_source_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    def blocks() -> Iterator[Block]:
        yield Block(BlockKind.PARAGRAPH, "The first page.")
        raise SourceUnreadable("page 2", "it is damaged", "Get another copy.")

    memory = MemoryOutput()
    session = quick_session([memory])
    session.enqueue(Passage("half", "", "en", blocks()))
    session.enqueue(passage("The next."))
    assert session.wait_until_idle(5)
    session.close()
    assert memory.sentences == ["The first page.", "The next."]
    assert "page 2" in session.state.faults[0].message


def test_a_sentence_the_voice_fails_at_is_left_out_and_named() -> None:
    class Stumbling(SilentVoice):
        def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
            if "bad" in sentence.text:
                raise VoiceError("a sound", "it coughed", "Say it again with: narrator replay")
            return super().speak(sentence, delivery)

    memory = MemoryOutput()
    session = quick_session([memory], cast=replace(quick_cast(), voice=Stumbling()))
    session.enqueue(passage("Good one. A bad one. Good two."))
    session.enqueue(passage("A bad one. A bad one. A bad one. Never reached."))
    session.enqueue(passage("The end."))
    assert session.wait_until_idle(5)
    session.close()
    assert memory.sentences == ["Good one.", "Good two.", "The end."]
    assert [fault.part for fault in session.state.faults] == ["voice"] * 4
    assert [(fault.sentence, fault.is_rest) for fault in session.state.faults] == [
        (1, False),
        (0, False),
        (1, False),
        (2, True),
    ]
    assert session.state.faults[0].message.endswith('narrator replay. Left out: sentence 2, "A bad one."')


def test_a_voice_that_is_not_there_is_told_of_once_for_each_source() -> None:
    class Absent(SilentVoice):
        def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
            raise VoiceMissing("the name of a voice", "there is no such voice", "List them.")

    session = quick_session([MemoryOutput()], cast=replace(quick_cast(), voice=Absent()))
    session.enqueue(passage("One. Two. Three. Four."))
    session.enqueue(passage("One. Two."))
    assert session.wait_until_idle(5)
    session.close()
    assert [(fault.sentence, fault.is_rest) for fault in session.state.faults] == [(0, True), (0, True)]


def test_an_output_that_fails_is_left_out_and_the_others_go_on() -> None:
    class Broken(MemoryOutput):
        name = "broken"

        def play(self, performance: Performance, control: Control) -> Iterator[float]:
            yield -0.1
            raise OutputError("a device", "it was unplugged", "Plug it in.")

    broken, memory = Broken(), MemoryOutput()
    session = quick_session([broken, memory])
    session.enqueue(passage("Good one. Good two."))
    assert session.wait_until_idle(5)
    session.close()
    assert memory.sentences == ["Good one.", "Good two."]
    assert (broken.closed, memory.closed) == (False, True)
    assert session.state.faults[0].name == "broken"


def test_with_no_output_left_the_session_stops_and_says_why() -> None:
    class Locked(MemoryOutput):
        def open(self, viewport: Viewport, rate_hz: int) -> None:
            raise OutputError("a device", "it is locked", "Unlock it.")

    session = quick_session([Locked()])
    session.enqueue(passage("One."))
    session.enqueue(passage("Two."))
    assert session.wait_until_idle(5)
    session.close()
    assert session.state.stopped
    assert session.state.finished == 0
    assert len(session.state.faults) == 1


def test_a_fault_of_our_own_reaches_whoever_waits() -> None:
    class Wrong(StillFace):
        def perform(self, *arguments: object) -> object:  # type: ignore[override]
            raise ZeroDivisionError

    session = quick_session([MemoryOutput()], cast=Cast(SilentVoice(), Wrong(), viewport=SMALL))  # type: ignore[arg-type]
    session.enqueue(passage("One."))
    with pytest.raises(ZeroDivisionError):
        session.wait_until_idle(5)
    session.close(completed=False)
