"""The clock is the loudspeaker's, or that of a sound which another program makes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from narrator.errors import OutputError
from narrator.outputs.live_sound import LiveSound
from narrator.outputs.speaker import NO_SOUND_NOTICE, WallClockSpeaker

Make = Callable[..., Any]


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
