"""The window plays in step with the sound, obeys within 100 ms, and never hangs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from narrator.errors import Cancelled, OutputError
from narrator.flow import Viewport
from narrator.outputs.speaker import NO_SOUND_NOTICE, WallClockSpeaker
from narrator.outputs.window import Window

Make = Callable[..., Any]
Open = Callable[..., Any]
PROMISED_S = 0.1
ATTEMPTS = 4
MEDIUM = Viewport(854, 480, 30.0)


def shares(values_s: Any, *percents: float) -> list[float]:
    return [float(value) for value in np.percentile(np.array(values_s), percents)]


def test_sound_is_0_to_40_ms_behind_the_picture(open_window: Open, make_performance: Make) -> None:
    least, most = measured_undisturbed(
        open_window,
        lambda: make_performance(3.0, (0.5,), view=MEDIUM),
        lambda pace: shares(pace.offsets_s, 5, 95),
        lambda least, most: least >= 0.0 and most <= 0.040 and most - least <= 0.020,
    )
    assert least >= 0.0
    assert most <= 0.040
    assert most - least <= 0.020


def test_99_of_100_frames_come_within_50_ms_of_the_one_before(open_window: Open, make_performance: Make) -> None:
    median, slowest = measured_undisturbed(
        open_window,
        lambda: make_performance(4.0, (), view=MEDIUM),
        lambda pace: shares(pace.gaps_s, 50, 99),
        lambda median, slowest: slowest <= 0.050,
    )
    assert slowest <= 0.050
    assert median == pytest.approx(1 / 30, abs=0.002)


def measured_undisturbed(
    open_window: Open, make: Callable[[], Any], measure: Callable[[Any], list[float]], is_met: Callable[..., bool]
) -> list[float]:
    """What is measured while playing; again, up to ATTEMPTS times, where other programs may have taken the machine."""
    measured: list[float] = []
    for _ in range(ATTEMPTS):
        window = open_window(MEDIUM)
        window.play(make())
        window.join()
        assert len(window.window.pace.offsets_s) > 30
        measured = measure(window.window.pace)
        window.close()
        if is_met(*measured):
            break
    return measured


def test_nearly_every_frame_is_drawn_once_in_order(open_window: Open, make_performance: Make) -> None:
    window = open_window(MEDIUM)
    performance = make_performance(3.0, (), view=MEDIUM)
    window.play(performance)
    window.join()
    frames = np.round((np.array(performance.drawn_s) - performance.start_s) * MEDIUM.fps).astype(int)
    assert (np.diff(frames) > 0).all()
    assert len(frames) >= 0.9 * 3.35 * MEDIUM.fps


def test_a_slow_face_drops_frames_and_stays_in_step(open_window: Open, make_performance: Make) -> None:
    window = open_window(MEDIUM)
    performance = make_performance(3.0, (), view=MEDIUM)
    quick = performance.draw

    def slow(time_s: float) -> Any:
        time.sleep(0.045)
        return quick(time_s)

    performance.draw = slow
    window.play(performance)
    window.join()
    assert 50 <= len(performance.drawn_s) <= 80
    offsets_s = np.array(window.window.pace.offsets_s)[10:]
    assert -0.020 <= np.median(offsets_s) <= 0.080


def test_the_pause_key_holds_picture_and_sound_within_100_ms(open_window: Open, make_performance: Make) -> None:
    speaker = WallClockSpeaker()
    window = open_window(MEDIUM, speaker)
    window.play(make_performance(20.0, (), view=MEDIUM))
    window.press("space")
    pressed_s = time.perf_counter()  # xdotool has returned: the key was pressed before
    time.sleep(PROMISED_S)
    held_s = speaker.position_s()
    assert window.steering.asked[0][0] == "pause"
    assert window.steering.asked[0][1] - pressed_s < PROMISED_S
    time.sleep(0.2)
    assert speaker.position_s() == held_s
    window.press("space")
    time.sleep(0.3)
    assert window.steering.commands == ["pause", "resume"]
    assert speaker.position_s() > held_s


def test_pause_asked_of_the_session_is_obeyed_within_100_ms(open_window: Open, make_performance: Make) -> None:
    speaker = WallClockSpeaker()
    window = open_window(MEDIUM, speaker)
    performance = make_performance(20.0, (), view=MEDIUM)
    window.play(performance)
    window.control.paused = True
    time.sleep(PROMISED_S)
    held_s, drawn = speaker.position_s(), len(performance.drawn_s)
    time.sleep(0.2)
    assert (speaker.position_s(), len(performance.drawn_s)) == (held_s, drawn)


def test_an_interruption_ends_it_within_100_ms(open_window: Open, make_performance: Make) -> None:
    window = open_window(MEDIUM)
    window.play(make_performance(20.0, (), view=MEDIUM))
    asked_s = time.perf_counter()
    window.control.interrupted = True
    window.join()
    assert time.perf_counter() - asked_s < PROMISED_S


def test_positions_come_at_least_ten_times_a_second(open_window: Open, make_performance: Make) -> None:
    window = open_window(MEDIUM)
    window.play(make_performance(2.0, (), view=MEDIUM))
    window.join()
    moments_s = np.array([moment_s for moment_s, _ in window.positions])
    assert np.diff(moments_s).max() <= PROMISED_S
    assert (np.diff([position_s for _, position_s in window.positions]) >= 0).all()


def test_a_window_closed_by_the_person_ends_the_narration(open_window: Open, make_performance: Make) -> None:
    window = open_window(MEDIUM)
    window.play(make_performance(20.0, (), view=MEDIUM))
    window.press("alt+F4")  # openbox asks the window to close, as every window manager does
    window.join(3)
    assert window.steering.commands == ["stop"]
    assert isinstance(window.ended_by, Cancelled) or window.ended_by is None


def test_a_killed_window_is_an_error_and_no_hang(open_window: Open, make_performance: Make) -> None:
    window = open_window(MEDIUM)
    window.play(make_performance(20.0, (), view=MEDIUM))
    os.kill(window.window._link._process.pid, signal.SIGKILL)
    window.join(3)
    assert isinstance(window.ended_by, OutputError)
    assert "--to" in str(window.ended_by)


def test_without_a_sound_device_it_says_so_once(open_window: Open, make_performance: Make) -> None:
    window = open_window(MEDIUM)
    window.play(make_performance(0.3, (), view=MEDIUM), make_performance(0.3, (), view=MEDIUM))
    window.join()
    assert window.window.notices == [NO_SOUND_NOTICE]


def test_a_device_that_is_pulled_out_is_replaced_by_the_wall_clock(open_window: Open, make_performance: Make) -> None:
    class PulledOut(WallClockSpeaker):
        is_silent = False

        def is_stalled(self) -> bool:
            return self.position_s() > 0.3

    window = open_window(MEDIUM, PulledOut())
    window.play(make_performance(1.0, (), view=MEDIUM))
    window.join()
    assert window.ended_by is None
    assert window.window.notices == [NO_SOUND_NOTICE]
    assert window.positions[-1][1] > 1.0


def test_without_a_screen_the_error_names_a_film(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(key, raising=False)
    window = Window(speaker=WallClockSpeaker())
    with pytest.raises(OutputError, match="--to FILE.mp4"):
        window.open(MEDIUM, 22_050)
    window.close(completed=False)


def test_a_display_that_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    window = Window(speaker=WallClockSpeaker())
    with pytest.raises(OutputError):
        window.open(MEDIUM, 22_050)
    window.close(completed=False)
