"""Sound reaches the server in time, whole, and no further ahead than a stop may lag."""

from __future__ import annotations

import io
import time

import numpy as np

from narrator.screen_reader.reports import Reports, next_report
from narrator.screen_reader.sounding import AHEAD_S, CHUNK_S, DeviceSound, ServerSound

RATE_HZ = 1000
SAMPLES = np.ones(RATE_HZ, np.int16)


def sent_s(told: io.BytesIO) -> float:
    told.seek(0)
    sent = 0
    while (report := next_report(told)) is not None:
        sent += len(report.sound) // 2
    return sent / RATE_HZ


def test_the_first_chunk_waits_for_its_moment_and_the_rest_is_only_a_little_ahead() -> None:
    told = io.BytesIO()
    sound = ServerSound(Reports(told))
    sound.start(SAMPLES, RATE_HZ, heard_at_s=10.0, number=1)
    begin_s = 10.0 - sound.latency_s
    sound.feed(begin_s - 0.001)
    assert sent_s(told) == 0
    for gone_s in (0.0, 0.1, 0.5):
        sound.feed(begin_s + gone_s)
        assert gone_s < sent_s(told) <= gone_s + AHEAD_S + CHUNK_S
    sound.feed(begin_s + 2.0)
    assert sent_s(told) == 1.0, "whole"


def test_a_stop_sends_no_more() -> None:
    told = io.BytesIO()
    sound = ServerSound(Reports(told))
    sound.start(SAMPLES, RATE_HZ, heard_at_s=10.0, number=1)
    sound.feed(10.0)
    before_s = sent_s(told)
    sound.stop()
    sound.feed(11.0)
    assert sent_s(told) == before_s


def test_without_a_server_or_a_device_there_is_silence_and_no_fault() -> None:
    sound = DeviceSound()
    for _ in range(2):
        sound.start(SAMPLES, RATE_HZ, time.perf_counter(), 1)
        sound.feed(0.0)
        sound.stop()
    sound.close()
    sound.close()
