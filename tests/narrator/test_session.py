"""The session's promise: priorities, cancel, pause, seek, change of settings, a stream of state."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from avatar.still_face import StillFace
from narrator.flow import Delivery, Passage, Sentence, Utterance, Viewport
from narrator.outputs.memory import MemoryOutput
from narrator.session import Priority, Session, Status
from narrator.speech.silent_voice import SilentVoice
from tests.narrator.quick_narration import SMALL, SlowOutput, passage, quick_cast, quick_session, wait_for

LONG = "One two three four five six seven eight nine ten."
PROMISED_S = 0.1
SLACK_S = 0.15
"""Shared machines stall now and then; what is tested is that nothing waits for a sentence of several seconds."""


@pytest.fixture
def slow() -> SlowOutput:
    return SlowOutput()


@pytest.fixture
def running(slow: SlowOutput) -> Iterator[Session]:
    session = quick_session([slow])
    session.enqueue(passage(*[f"Number {number}. {LONG}" for number in range(20)]))
    wait_for(lambda: session.state.status is Status.SPEAKING)
    yield session
    session.close(completed=False)


def test_the_whole_recipe_runs_in_under_a_second() -> None:
    memory = MemoryOutput()
    began_s = time.monotonic()
    session = quick_session([memory])
    session.enqueue(passage("Hello there. How are you?", "Fine."))
    assert session.wait_until_idle(5)
    session.close()
    assert time.monotonic() - began_s < 1
    assert memory.sentences == ["Hello there.", "How are you?", "Fine."]
    assert memory.closed is True
    assert session.state.finished == 1


def test_pause_holds_the_position_and_resume_goes_on(running: Session, slow: SlowOutput) -> None:
    running.pause()
    wait_for(lambda: running.state.status is Status.PAUSED)
    held = slow.frame_count
    time.sleep(0.1)
    assert slow.frame_count == held
    running.resume()
    wait_for(lambda: slow.frame_count > held)


def test_stop_ends_within_100_ms_and_forgets_what_waits(running: Session, slow: SlowOutput) -> None:
    running.enqueue(passage("Never read."))
    began_s = time.monotonic()
    running.stop()
    assert running.wait_until_idle(5)
    assert time.monotonic() - began_s < PROMISED_S + SLACK_S
    assert "Never read." not in slow.sentences
    assert running.state.stopped


def test_stop_does_not_wait_for_a_source_that_does_not_answer() -> None:
    answer = threading.Event()

    def wait_for_ever(source: str) -> Passage:
        answer.wait(10)
        return passage("Too late.")

    session = quick_session([MemoryOutput()], wait_for_ever)
    session.enqueue("slow page")
    wait_for(lambda: session.state.status is Status.OPENING)
    began_s = time.monotonic()
    session.stop()
    assert session.wait_until_idle(5)
    session.close()
    assert time.monotonic() - began_s < PROMISED_S + SLACK_S
    answer.set()


def test_stop_does_not_wait_for_a_voice_that_takes_its_time() -> None:
    go_on = threading.Event()

    class Slow(SilentVoice):
        def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
            go_on.wait(10)
            return super().speak(sentence, delivery)

    session = quick_session([MemoryOutput()], cast=replace(quick_cast(), voice=Slow()))
    session.enqueue(passage("One."))
    wait_for(lambda: session.state.status is Status.OPENING)
    began_s = time.monotonic()
    session.stop()
    assert session.wait_until_idle(5)
    assert time.monotonic() - began_s < PROMISED_S + SLACK_S
    go_on.set()
    session.close()


def test_next_previous_and_replay_move_by_a_sentence(running: Session) -> None:
    running.pause()
    for command, expected in ((running.next, 1), (running.next, 2), (running.previous, 1), (running.replay, 1)):
        command()
        wait_for(lambda wanted=expected: running.state.sentence_index == wanted and running.state.position_s < 0)


def test_previous_before_the_first_stays_at_the_first(running: Session) -> None:
    running.pause()
    running.previous()
    wait_for(lambda: running.state.sentence_index == 0 and running.state.position_s < 0)


def test_seek_goes_to_a_sentence_and_a_word(running: Session) -> None:
    running.pause()
    running.seek(7, 3)
    wait_for(lambda: running.state.sentence_index == 7)
    running.resume()
    wait_for(lambda: running.state.word == "four")


def test_seek_past_the_end_ends_the_item(running: Session) -> None:
    running.seek(10_000)
    assert running.wait_until_idle(5)
    assert running.state.finished == 1


def test_skip_goes_on_with_what_waits(running: Session, slow: SlowOutput) -> None:
    running.enqueue(passage("The second document."))
    running.skip()
    assert running.wait_until_idle(5)
    assert slow.sentences[-1] == "The second document."
    assert not running.state.stopped


def test_something_more_urgent_interrupts_and_the_sentence_is_repeated(running: Session, slow: SlowOutput) -> None:
    running.seek(3)
    wait_for(lambda: running.state.sentence_index == 3)
    interrupted = running.state.sentence
    running.enqueue(passage("Battery low."), priority=Priority.SCREEN_READER)
    wait_for(lambda: "Battery low." in slow.sentences)
    wait_for(lambda: slow.sentences[-1] != "Battery low.")
    at = slow.sentences.index("Battery low.")
    assert slow.sentences[at - 1] == interrupted
    assert slow.sentences[at + 1] == interrupted


def test_a_document_that_does_not_yield_is_read_to_its_end_first() -> None:
    slow = SlowOutput()
    session = quick_session([slow])
    session.enqueue(passage("First. Second. Third."), yields=False)
    session.enqueue(passage("Another document."))
    wait_for(lambda: session.state.status is Status.SPEAKING)
    session.enqueue(passage("Battery low."), priority=Priority.SCREEN_READER)
    assert session.wait_until_idle(10)
    session.close()
    assert slow.sentences == ["First.", "Second.", "Third.", "Battery low.", "Another document."]


def test_the_picture_changes_between_two_frames_of_one_sentence() -> None:
    class White(StillFace):
        def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float):  # type: ignore[no-untyped-def]
            return super().rest(delivery, viewport, clock_s) // 2 + 127

    slow = SlowOutput()
    session = quick_session([slow])
    session.enqueue(passage(" ".join([LONG[:-1]] * 4) + "."))
    wait_for(lambda: slow.frame_count > 3)
    assert slow.last_frame is not None
    before = int(slow.last_frame[0, 0, 0])
    session.change(face=White())
    wait_for(lambda: int(slow.last_frame[0, 0, 0]) != before)
    assert len(slow.sentences) == 1
    session.close(completed=False)


def test_a_new_rate_is_heard_with_the_next_sentence(running: Session) -> None:
    spoken: list[int] = []

    class Noting(SilentVoice):
        def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
            spoken.append(delivery.rate_wpm)
            return super().speak(sentence, delivery)

    here = running.state.sentence_index
    running.change(voice=Noting(), delivery=Delivery(rate_wpm=200))
    wait_for(lambda: bool(spoken))
    assert running.state.sentence_index >= here
    assert set(spoken) == {200}


def test_the_size_of_the_picture_stays_as_it_was_opened(running: Session, slow: SlowOutput) -> None:
    running.change(viewport=Viewport(640, 480, 25.0, "mouth"))
    running.next()
    count = slow.frame_count
    wait_for(lambda: slow.frame_count > count + 3)
    assert slow.last_frame is not None
    assert slow.last_frame.shape == (SMALL.height, SMALL.width, 3)


def test_many_may_watch_and_each_sees_how_it_ends(running: Session) -> None:
    watchers = [running.subscribe() for _ in range(3)]
    running.stop()
    running.wait_until_idle(5)
    running.close(completed=False)
    ends = [list(watcher)[-1] for watcher in watchers]
    assert [state.status for state in ends] == [Status.CLOSED] * 3


def test_every_voice_it_was_given_is_closed_once() -> None:
    closed: list[str] = []

    class Counting(SilentVoice):
        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

        def close(self) -> None:
            closed.append(self.label)

    session = quick_session([MemoryOutput()], cast=replace(quick_cast(), voice=Counting("first")))
    session.enqueue(passage("One."))
    session.wait_until_idle(5)
    session.change(voice=Counting("second"))
    session.close()
    wait_for(lambda: len(closed) == 2)
    assert sorted(closed) == ["first", "second"]


@pytest.mark.parametrize("seed", range(8))
def test_random_commands_from_many_threads_never_lock_it_up(seed: int) -> None:
    slow = SlowOutput()
    session = quick_session([slow, MemoryOutput()])

    def steer(stream: random.Random) -> None:
        commands = [
            lambda: session.enqueue(
                passage(f"Document {stream.random():.3f}. {LONG}"), priority=stream.choice([0, 10, 20])
            ),
            lambda: session.enqueue("nowhere"),
            *(session.pause, session.resume, session.resume, session.next, session.previous, session.replay),
            lambda: session.seek(stream.randrange(-2, 5), stream.randrange(-1, 12)),
            lambda: session.change(delivery=Delivery(exaggeration=stream.uniform(0.8, 1.6))),
            lambda: session.change(face=StillFace()),
            *(session.skip, session.stop),
        ]
        for _ in range(40):
            stream.choice(commands)()
            time.sleep(stream.uniform(0, 0.004))

    threads = [threading.Thread(target=steer, args=(random.Random(seed * 10 + number),)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    session.resume()
    session.stop()
    assert session.wait_until_idle(10)
    session.enqueue(passage("It still speaks."))
    assert session.wait_until_idle(10)
    session.close()
    assert slow.sentences[-1] == "It still speaks."
