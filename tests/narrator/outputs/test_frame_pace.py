"""The frame that is due is drawn early enough to be seen when the sound asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from avatar.performer import Performer
from narrator.flow import Delivery, Sentence, Viewport
from narrator.outputs.frame_pace import FramePace
from narrator.speech.espeak_voice import EspeakVoice

Make = Callable[..., Any]


def play(pace: FramePace, performance: Any, draw_s: float, show_s: float) -> list[tuple[int, float]]:
    """A window with these costs, simulated: (frame, offset of the sound behind it) of each frame shown."""
    now_s, last, shown = performance.start_s, -1, []
    while now_s < performance.end_s:
        frame = pace.due_after(last, performance, now_s)
        if frame > last:
            now_s += draw_s
            pace.drew(draw_s)
            now_s += max(0.0, pace.until_publishing(performance, frame, now_s))
            moment_s = pace.moment_of(performance, frame)
            pace.showed(show_s, moment_s, now_s + show_s)
            shown.append((frame, moment_s - now_s - show_s))
            last = frame
        now_s += max(0.001, pace.until_due(performance, last + 1, now_s))
    return shown


@pytest.mark.parametrize(("draw_s", "show_s"), [(0.001, 0.001), (0.012, 0.004), (0.025, 0.015)])
def test_each_frame_comes_on_time_whatever_drawing_and_showing_cost(
    make_performance: Make, draw_s: float, show_s: float
) -> None:
    shown = play(FramePace(30.0), make_performance(4.0), draw_s, show_s)[15:]
    offsets = [offset for _, offset in shown]
    assert min(offsets) >= 0.028
    assert max(offsets) <= 0.040
    assert [frame for frame, _ in shown] == list(range(shown[0][0], shown[-1][0] + 1))


def test_drawing_that_takes_longer_than_a_frame_drops_frames_and_stays_in_step(make_performance: Make) -> None:
    shown = play(FramePace(30.0), make_performance(6.0), 0.05, 0.004)[20:]
    frames = [frame for frame, _ in shown]
    assert len(frames) < 0.75 * (frames[-1] - frames[0])
    assert all(-0.02 <= offset <= 0.04 for _, offset in shown)


def test_a_hiccup_of_the_machine_is_not_planned_with(make_performance: Make) -> None:
    pace = FramePace(30.0)
    performance = make_performance()
    before = pace.until_due(performance, 30, 0.0)
    pace.drew(5.0)
    assert before - pace.until_due(performance, 30, 0.0) < 0.05


@pytest.mark.parametrize("draw_s", [0.045, 0.07, 0.09])
def test_a_machine_that_can_only_draw_20_frames_a_second_or_fewer_still_shows_every_closure(draw_s: float) -> None:
    """T10 of the lip-reading goals: the frame in which lips close is never the one that is dropped."""
    voice = EspeakVoice("")
    sentence = Sentence("Bob put a big pump by the map, and Pam bumped my baby's top bib.", "en")
    utterance = voice.speak(sentence, Delivery(rate_wpm=200))
    voice.close()
    performance = Performer("ada").perform(utterance, Delivery(rate_wpm=200), Viewport(320, 180, 30.0), 0.0)
    pace = FramePace(30.0)
    shown = [pace.moment_of(performance, frame) for frame, _ in play(pace, performance, draw_s, 0.005)]
    assert len(shown) / (performance.end_s - performance.start_s) < 1 / draw_s
    closed_s = [moment_s for moment_s in shown if performance.track.at(moment_s)["lip_height_mm"] <= 0.3]
    closures = [phone for phone in utterance.phones if phone.ipa[:1] in ("p", "b", "m")]
    missed = [
        phone
        for phone in closures
        if not any(phone.start_s - 0.05 <= moment_s <= phone.end_s + 0.05 for moment_s in closed_s)
    ]
    assert len(closures) >= 15
    assert not missed
