"""Sound is heard when the position says so, starts and stops without clicks, and can be done without."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from narrator.outputs import speaker as speaker_module
from narrator.outputs.speaker import FADE_S, NO_SOUND_NOTICE, Speaker, WallClockSpeaker, open_speaker

RATE_HZ = 8000
BLOCK = 80
RECORDED_HZ = 44_100


class FakeStream:
    """A device whose callback the test calls; its DAC time may be as wrong as real ones are."""

    latency = 0.04

    def __init__(self, callback: Callable[..., None], dac_latency_s: float = 0.02, **options: Any) -> None:
        self.callback, self.dac_latency_s, self.options = callback, dac_latency_s, options
        self.heard: list[np.ndarray] = []

    def start(self) -> None:
        self.started = True

    def ask(self, blocks: int = 1) -> np.ndarray:
        for _ in range(blocks):
            out = np.full((BLOCK, 1), 99, np.int16)
            moment = SimpleNamespace(outputBufferDacTime=5.0 + self.dac_latency_s, currentTime=5.0)
            self.callback(out, BLOCK, moment, None)
            self.heard.append(out[:, 0].copy())
        return self.heard[-1]

    def abort(self, ignore_errors: bool = True) -> None:
        self.closed = True

    close = abort


def opened(dac_latency_s: float = 0.02, **options: Any) -> tuple[Speaker, FakeStream]:
    made: list[FakeStream] = []

    def open_stream(**wanted: Any) -> FakeStream:
        made.append(FakeStream(dac_latency_s=dac_latency_s, **wanted))
        return made[0]

    speaker = Speaker(open_stream=open_stream, **options)
    speaker.open(RATE_HZ)
    return speaker, made[0]


def tone(duration_s: float) -> np.ndarray:
    return np.full(round(duration_s * RATE_HZ), 10_000, np.int16)


def test_silence_is_played_before_and_between_sounds() -> None:
    _, stream = opened()
    assert (stream.ask() == 0).all()


def test_the_sound_begins_after_the_delay_to_the_sample() -> None:
    speaker, stream = opened()
    speaker.start(tone(0.05), RATE_HZ, 0.0125)
    stream.ask(10)
    assert np.flatnonzero(np.concatenate(stream.heard))[0] == 100


def test_the_position_lags_what_was_handed_over_by_the_latency(monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(s=100.0)
    monkeypatch.setattr(speaker_module, "time", SimpleNamespace(perf_counter=lambda: now.s))
    speaker, stream = opened(dac_latency_s=0.02)
    speaker.start(tone(1.0), RATE_HZ, 0.0)
    stream.ask(4)
    assert speaker.position_s() == pytest.approx(-0.02)
    now.s += 0.025
    assert speaker.position_s() == pytest.approx(0.005)


@pytest.mark.parametrize("wrong_latency_s", [0.0, -5.0, 1.5])
def test_an_implausible_dac_time_is_not_believed(monkeypatch: pytest.MonkeyPatch, wrong_latency_s: float) -> None:
    monkeypatch.setattr(speaker_module, "time", SimpleNamespace(perf_counter=lambda: 100.0))
    speaker, stream = opened(dac_latency_s=wrong_latency_s)
    speaker.start(tone(1.0), RATE_HZ, 0.0)
    stream.ask()
    assert speaker.position_s() == pytest.approx(-FakeStream.latency)


def test_the_offset_of_the_person_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_module, "time", SimpleNamespace(perf_counter=lambda: 100.0))
    speaker, stream = opened(offset_s=0.2)
    speaker.start(tone(1.0), RATE_HZ, 0.0)
    stream.ask()
    assert speaker.position_s() == pytest.approx(-0.22)


def test_a_pause_fades_holds_the_position_and_goes_on_where_it_was() -> None:
    speaker, stream = opened()
    speaker.start(tone(1.0), RATE_HZ, 0.0)
    stream.ask(4)
    speaker.pause()
    stream.ask(4)
    held_s = speaker.position_s(time.perf_counter() + 1.0)
    assert held_s == pytest.approx(4 * BLOCK / RATE_HZ)
    assert (stream.heard[-1] == 0).all()
    speaker.resume()
    stream.ask(2)
    assert speaker.position_s(time.perf_counter() + 1.0) == pytest.approx(6 * BLOCK / RATE_HZ)
    steps = np.abs(np.diff(np.concatenate(stream.heard).astype(int)[BLOCK:]))
    assert steps.max() <= 10_000 / (FADE_S * RATE_HZ) + 260  # a ramp, never an edge


def test_a_stop_is_heard_within_100_ms() -> None:
    speaker, stream = opened()
    speaker.start(tone(5.0), RATE_HZ, 0.0)
    stream.ask(3)
    speaker.stop()
    stream.ask(1)
    assert (stream.ask() == 0).all()
    assert 2 * BLOCK / RATE_HZ + speaker_module.LATENCY_S < 0.1


def test_another_rate_is_resampled() -> None:
    speaker, stream = opened()
    speaker.start(np.full(16_000, 10_000, np.int16), 16_000, 0.0)
    stream.ask(120)
    heard = np.concatenate(stream.heard)
    assert np.count_nonzero(heard > 5_000) == pytest.approx(8_000, abs=50)


def test_a_device_that_asks_no_more_is_stalled(monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(s=100.0)
    monkeypatch.setattr(speaker_module, "time", SimpleNamespace(perf_counter=lambda: now.s))
    speaker, stream = opened()
    assert not speaker.is_stalled()
    speaker.start(tone(9.0), RATE_HZ, 0.0)
    stream.ask()
    now.s += 0.5
    assert not speaker.is_stalled()
    now.s += 1.0
    assert speaker.is_stalled()


def test_a_device_may_take_seconds_to_wake(monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(s=100.0)
    monkeypatch.setattr(speaker_module, "time", SimpleNamespace(perf_counter=lambda: now.s))
    speaker, _ = opened()
    speaker.start(tone(9.0), RATE_HZ, 0.0)
    now.s += 3.0
    assert not speaker.is_stalled()
    now.s += 3.0
    assert speaker.is_stalled()


def test_closing_closes_the_stream() -> None:
    speaker, stream = opened()
    speaker.close()
    assert stream.closed


def test_without_a_device_the_wall_clock_takes_over_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Speaker, rate_hz: int) -> None:
        raise OSError("no device")

    monkeypatch.setattr(Speaker, "open", refuse)
    said: list[str] = []
    assert isinstance(open_speaker(RATE_HZ, said.append), WallClockSpeaker)
    assert said == [NO_SOUND_NOTICE]


def test_the_wall_clock_starts_pauses_and_goes_on() -> None:
    now = SimpleNamespace(s=10.0)
    clock = WallClockSpeaker(lambda: now.s)
    clock.start(tone(1.0), RATE_HZ, 0.12)
    assert clock.position_s() == pytest.approx(-0.12)
    now.s += 1.0
    clock.pause()
    now.s += 5.0
    assert clock.position_s() == pytest.approx(0.88)
    clock.resume()
    now.s += 0.1
    assert clock.position_s() == pytest.approx(0.98)
    clock.stop()
    now.s += 0.1
    assert clock.position_s() == pytest.approx(0.98)


def test_a_changed_sound_is_heard_from_the_next_block_on_and_the_position_stays() -> None:
    speaker, stream = opened()
    before = tone(1.0)
    speaker.start(before, RATE_HZ, 0.0)
    stream.ask(4)
    held_s = speaker.position_s(time.perf_counter() + 1.0)
    after = before.copy()
    after[6 * BLOCK :] = 77
    speaker.replace(after, RATE_HZ)
    stream.ask(4)
    assert speaker.position_s(time.perf_counter() + 1.0) == pytest.approx(held_s + 4 * BLOCK / RATE_HZ)
    heard = np.concatenate(stream.heard)
    assert np.array_equal(heard[-8 * BLOCK : -2 * BLOCK], before[: 6 * BLOCK])
    assert (heard[-2 * BLOCK :] == 77).all()
