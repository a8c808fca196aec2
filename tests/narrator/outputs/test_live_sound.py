"""The clock is the loudspeaker's, or that of a sound which another program makes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from narrator.errors import OutputError
from narrator.outputs.live_sound import LiveSound
from narrator.outputs.speaker import NO_SOUND_NOTICE, WallClockSpeaker

Make = Callable[..., Any]
LIMIT_S = 20.0


class Device(WallClockSpeaker):
    """A sound device; one that has lost its server takes no more sound, and whoever gives it back waits for that."""

    is_silent = False

    def __init__(self) -> None:
        super().__init__()
        self.answers = threading.Event()
        self.answers.set()
        self.is_closed = threading.Event()

    def is_stalled(self) -> bool:
        return not self.answers.is_set()

    def close(self) -> None:
        self.answers.wait(LIMIT_S)
        self.is_closed.set()


def mended(sound: LiveSound, performance: Any, is_mended: Callable[[], bool]) -> None:
    """As an output does while it plays."""
    deadline_s = time.monotonic() + LIMIT_S
    while not is_mended():
        assert time.monotonic() < deadline_s, "it did not happen in time"
        sound.mend(performance)
        time.sleep(0.01)


def test_a_sound_made_elsewhere_is_followed_from_the_moment_it_is_heard(make_performance: Make) -> None:
    own = WallClockSpeaker()
    sound = LiveSound(own, is_mute=True, offset_s=0.0)
    performance = make_performance(2.0, ())
    performance.utterance = replace(performance.utterance, heard_at_s=time.perf_counter() - 0.5)
    sound.begin(performance)
    now_s = time.perf_counter()
    assert sound.now().position_s(now_s) == pytest.approx(
        now_s - performance.utterance.heard_at_s, abs=1e-3
    )  # the clock is read twice
    performance.utterance = replace(performance.utterance, heard_at_s=None)
    sound.begin(performance)
    assert sound.now() is sound.speaker
    assert sound.now().position_s() < 0.1, "its own sound again"


def test_before_it_is_open_there_is_no_clock() -> None:
    with pytest.raises(OutputError, match="Open the output"):
        LiveSound(None, is_mute=False, offset_s=0.0).now()


def test_silence_is_told_unless_another_output_is_heard() -> None:
    told: list[str] = []
    LiveSound(WallClockSpeaker(), is_mute=False, offset_s=0.0).open(22_050, told.append)
    LiveSound(None, is_mute=True, offset_s=0.0).open(22_050, told.append)
    assert told == [NO_SOUND_NOTICE]


def test_a_sound_server_that_hangs_holds_nobody_up_and_is_heard_again_once_it_answers(
    make_performance: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrator.outputs.live_sound.MENDING_LIMIT_S", 0.1)
    hung, again, told = Device(), Device(), list[str]()
    monkeypatch.setattr("narrator.outputs.live_sound.open_speaker", lambda *_, **__: again)
    sound, performance = LiveSound(hung, is_mute=False, offset_s=0.0), make_performance(60.0, ())
    sound.open(22_050, told.append)
    sound.begin(performance)
    assert told == []
    hung.answers.clear()
    mended(sound, performance, lambda: told == [NO_SOUND_NOTICE])
    before_s = sound.now().position_s()
    assert sound.now().is_silent
    mended(sound, performance, lambda: sound.now().position_s() > before_s)
    hung.answers.set()
    mended(sound, performance, lambda: sound.now() is again)
    assert hung.is_closed.is_set()
    assert before_s < again.position_s() < before_s + LIMIT_S
    sound.close()
    assert again.is_closed.is_set()


def test_a_device_that_does_not_answer_at_first_is_taken_up_when_it_does(
    make_performance: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrator.outputs.live_sound.OPENING_LIMIT_S", 0.1)
    device, answers, told = Device(), threading.Event(), list[str]()

    def opened(*_: object, **__: object) -> Device:
        answers.wait(LIMIT_S)
        return device

    monkeypatch.setattr("narrator.outputs.live_sound.open_speaker", opened)
    sound, performance = LiveSound(None, is_mute=False, offset_s=0.0), make_performance(60.0, ())
    sound.open(22_050, told.append)
    assert told == [NO_SOUND_NOTICE]
    sound.begin(performance)
    assert sound.now().is_silent
    answers.set()
    mended(sound, performance, lambda: sound.now() is device)
    sound.close()


def test_a_device_that_comes_after_the_end_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narrator.outputs.live_sound.OPENING_LIMIT_S", 0.0)
    device, answers = Device(), threading.Event()
    monkeypatch.setattr(
        "narrator.outputs.live_sound.open_speaker", lambda *_, **__: device if answers.wait(LIMIT_S) else None
    )
    sound = LiveSound(None, is_mute=False, offset_s=0.0)
    sound.open(22_050, lambda line: None)
    sound.close()
    answers.set()
    assert device.is_closed.wait(LIMIT_S)


def test_a_sound_server_that_hangs_keeps_nobody_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narrator.outputs.live_sound.CLOSING_LIMIT_S", 0.1)
    hung = Device()
    hung.answers.clear()
    LiveSound(hung, is_mute=False, offset_s=0.0).close()
    assert not hung.is_closed.is_set()
    hung.answers.set()
    assert hung.is_closed.wait(LIMIT_S)
