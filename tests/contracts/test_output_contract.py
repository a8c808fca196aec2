"""What every output guarantees (narrator/stages.py: Output)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from avatar.still_face import StillFace
from narrator.captions import with_captions
from narrator.flow import Delivery, Sentence, Viewport
from narrator.speech.silent_voice import SilentVoice
from narrator.stages import Output, Performance
from tests.best_of import best_of
from tests.contracts.controls import HandControl
from tests.contracts.implementations import OUTPUTS

SMALL = Viewport(320, 180, 30.0)
STEP_S = 0.1
"""Ten yields a second."""
PROMISED_S = 0.1


def performance(text: str) -> Performance:
    utterance = SilentVoice().speak(Sentence(text, "en"), Delivery())
    return with_captions(StillFace().perform(utterance, Delivery(), SMALL, 0.0))


@pytest.fixture(params=list(OUTPUTS))
def output(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Output]:
    """Open; closed as completed at the end unless the test did so."""
    case = OUTPUTS[request.param]
    if case.needs_desktop:
        desktop = request.getfixturevalue("desktop")
        for key, value in desktop.environment.items():
            monkeypatch.setenv(key, value)
    made = case.make(tmp_path)
    made.open(SMALL, SilentVoice().speak(Sentence("a", "en"), Delivery()).rate_hz)
    yield made
    made.close(completed=False)
    assert list(tmp_path.iterdir()) == [], "with completed=False nothing half-made is left behind"


def test_positions_rise_in_steps_of_at_most_a_tenth_of_a_second(output: Output) -> None:
    played = performance("One two three four.")
    positions = list(output.play(played, HandControl()))
    assert positions == sorted(positions)
    assert positions[0] <= played.start_s + STEP_S
    assert positions[-1] >= played.utterance.duration_s - STEP_S
    gaps = [after - before for before, after in zip(positions, positions[1:], strict=False)]
    assert sorted(gaps)[int(0.95 * len(gaps))] <= STEP_S


def test_any_number_may_be_played_one_after_the_other(output: Output) -> None:
    for text in ("One.", "Two.", "Three."):
        assert list(output.play(performance(text), HandControl()))


def test_a_pause_holds_the_position_and_keeps_yielding(output: Output) -> None:
    control = HandControl()
    playing = output.play(performance("One two three four five six seven eight."), control)
    for _ in range(3):
        next(playing)
    control.paused = True
    positions, moments_s = [], [time.monotonic()]
    for _ in range(8):
        positions.append(next(playing))
        moments_s.append(time.monotonic())
    assert positions[-1] - positions[2] < 0.05
    assert np.median(np.diff(moments_s)) < STEP_S
    control.paused = False
    held = positions[-1]
    assert max(position for position, _ in zip(playing, range(20), strict=False)) > held


def test_an_interruption_ends_it_within_100_ms(output: Output) -> None:
    def ended_after_s() -> float:
        control = HandControl()
        playing = output.play(performance("One two three four five six seven eight."), control)
        next(playing)
        control.interrupted = True
        began_s = time.monotonic()
        assert len(list(playing)) <= 3
        return time.monotonic() - began_s

    assert best_of(ended_after_s, PROMISED_S) < PROMISED_S


def test_an_interruption_ends_it_while_paused(output: Output) -> None:
    def ended_after_s() -> float:
        control = HandControl(paused=True)
        playing = output.play(performance("One two three."), control)
        next(playing)
        control.interrupted = True
        began_s = time.monotonic()
        list(playing)
        return time.monotonic() - began_s

    assert best_of(ended_after_s, PROMISED_S) < PROMISED_S


def test_the_consumer_may_leave_at_any_time_and_play_something_else(output: Output) -> None:
    for count in (0, 1, 5):
        playing = output.play(performance("One two three."), HandControl())
        for _ in range(count):
            next(playing)
        playing.close()  # type: ignore[attr-defined]
    assert list(output.play(performance("Four."), HandControl()))


def test_it_may_be_closed_without_having_played(output: Output) -> None:
    assert output.name


@pytest.mark.parametrize("name", OUTPUTS)
def test_it_may_be_closed_without_having_been_opened(name: str, tmp_path: Path) -> None:
    OUTPUTS[name].make(tmp_path).close(completed=False)
    assert list(tmp_path.iterdir()) == []
