"""Small performances of known pixels and sound for the outputs to play."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from narrator.errors import NarratorError
from narrator.flow import Caption, Phone, RgbImage, Sentence, Utterance, Viewport, Waiting, Word
from narrator.outputs.speaker import WallClockSpeaker
from narrator.outputs.window import Window, WindowWish
from tests.contracts.controls import HandControl

RATE_HZ = 22_050
BEEP_HZ = 1000.0
BEEP_S = 0.1
WORD_S = 0.3


@dataclass
class FlashAndBeep:
    """A grey picture with a moving bar that turns white while its sound beeps."""

    utterance: Utterance
    captions: tuple[Caption, ...]
    beeps_s: tuple[float, ...]
    viewport: Viewport
    start_s: float = -0.12
    drawn_s: list[float] = field(default_factory=list)

    @property
    def end_s(self) -> float:
        return self.utterance.duration_s + self.utterance.sentence.pause_s

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        if waiting is None or waiting.mouth == 0:  # performed, not on its way to rest
            self.drawn_s.append(time_s)
        view = viewport or self.viewport
        frame = int(np.floor((time_s - self.start_s) * self.viewport.fps + 1e-6))
        state_s = self.start_s + frame / self.viewport.fps
        white = any(beep <= state_s < beep + BEEP_S for beep in self.beeps_s)
        image = np.full((view.height, view.width, 3), 255 if white else 60, np.uint8)
        image[: view.height // 8, : frame % view.width] = (200, 40, 40)
        return image


def beeping_utterance(duration_s: float, beeps_s: tuple[float, ...], text: str, pause_s: float) -> Utterance:
    samples = np.zeros(round(duration_s * RATE_HZ), np.int16)
    time_s = np.arange(round(BEEP_S * RATE_HZ)) / RATE_HZ
    tone = (20_000 * np.sin(2 * np.pi * BEEP_HZ * time_s)).astype(np.int16)
    for beep in beeps_s:
        first = round(beep * RATE_HZ)
        samples[first : first + len(tone)] = tone[: len(samples) - first]
    words, char = [], 0
    for place, word in enumerate(text.split()):
        words.append(Word(word, place * WORD_S, WORD_S, char, char + len(word)))
        char += len(word) + 1
    sentence = Sentence(text, "en", pause_s=pause_s)
    return Utterance(sentence, samples, RATE_HZ, (Phone("", 0.0, duration_s),), tuple(words))


@pytest.fixture
def viewport() -> Viewport:
    return Viewport(320, 180, 30.0)


@pytest.fixture
def control() -> HandControl:
    return HandControl()


@pytest.fixture
def make_performance(viewport: Viewport) -> Callable[..., FlashAndBeep]:
    def make(
        duration_s: float = 1.0,
        beeps_s: tuple[float, ...] = (0.5,),
        text: str = "a face one can read",
        pause_s: float = 0.35,
        view: Viewport = viewport,
    ) -> FlashAndBeep:
        utterance = beeping_utterance(duration_s, beeps_s, text, pause_s)
        captions = (Caption((text,), 0.0, duration_s, utterance.words),)
        return FlashAndBeep(utterance, captions, beeps_s, view)

    return make


class RecordedSteering:
    """A session that does what the window asks, and remembers when it was asked."""

    def __init__(self, control: HandControl) -> None:
        self._control = control
        self.asked: list[tuple[str, float]] = []

    def _note(self, command: str) -> None:
        self.asked.append((command, time.perf_counter()))

    def pause(self) -> None:
        self._note("pause")
        self._control.paused = True

    def resume(self) -> None:
        self._note("resume")
        self._control.paused = False

    def stop(self) -> None:
        self._note("stop")
        self._control.interrupted = True

    def next(self) -> None:
        self._note("next")
        self._control.interrupted = True

    def previous(self) -> None:
        self._note("previous")

    def replay(self) -> None:
        self._note("replay")

    def leave(self) -> None:
        self._note("leave")
        self._control.interrupted = True

    @property
    def commands(self) -> list[str]:
        return [command for command, _ in self.asked]


REMARKABLE_WIDTH = 1000
"""Pixels; windows from here on have a remark made about them."""


class PlayingWindow:
    """A window that plays one performance in a thread, as a session would, on a real desktop."""

    def __init__(self, desktop: Any, viewport: Viewport, speaker: Any = None, wish: WindowWish | None = None) -> None:
        self.desktop = desktop
        self.control = HandControl()
        self.steering = RecordedSteering(self.control)
        given = wish or WindowWish(size=(viewport.width, viewport.height), remark=remark_on)
        self.window = Window(given, speaker=speaker or WallClockSpeaker())
        self.window.attach(self.steering)
        self.window.open(viewport, RATE_HZ)
        self.id = str(self.window.screen.window_id)
        self.positions: list[tuple[float, float]] = []
        self.ended_by: BaseException | None = None
        self._thread = threading.Thread()
        self._thread.start()

    def play(self, *performances: Any) -> None:
        self._thread = threading.Thread(target=self._play, args=performances)
        self._thread.start()
        wait_until(lambda: len(self.window.pace.offsets_s) > 0 or not self._thread.is_alive())

    def _play(self, *performances: Any) -> None:
        try:
            for performance in performances:
                for position_s in self.window.play(performance, self.control):
                    self.positions.append((time.perf_counter(), position_s))
        except NarratorError as fault:
            self.ended_by = fault

    @property
    def is_playing(self) -> bool:
        return self._thread.is_alive()

    def join(self, timeout_s: float = 10.0) -> None:
        self._thread.join(timeout_s)
        assert not self._thread.is_alive(), "the window hangs"

    def press(self, *keys: str) -> None:
        """Keys, to this window, as from a keyboard."""
        wait_until(self._takes_focus)
        self.desktop.run("xdotool", "key", *keys)

    def _takes_focus(self) -> bool:
        """Gives it the focus; X11 refuses that until the window manager has put it on the screen."""
        try:
            self.desktop.run("xdotool", "windowfocus", "--sync", self.id)
        except subprocess.CalledProcessError:
            return False
        return True

    def point(self, x: int, y: int, *actions: str) -> None:
        """The pointer, to a place in this window."""
        self.desktop.run("xdotool", "mousemove", "--window", self.id, str(x), str(y), *actions)

    def geometry(self) -> tuple[int, int, int, int]:
        """(left, top, width, height) on the screen."""
        lines = self.desktop.run("xdotool", "getwindowgeometry", "--shell", self.id).splitlines()
        values = dict(line.split("=") for line in lines)
        return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])

    def picture(self, path: Path) -> np.ndarray:
        """What the screen shows where the window is, RGB."""
        self.desktop.screenshot(path)
        left, top, width, height = self.geometry()
        return np.asarray(cv2.imread(str(path))[top : top + height, left : left + width, ::-1])

    def close(self) -> None:
        self.control.interrupted = True
        self._thread.join(5)
        self.window.close(completed=False)


def remark_on(view: Viewport) -> str:
    """What a window is told to say about its size."""
    return "large" if view.width >= REMARKABLE_WIDTH else ""


def wait_until(is_so: Callable[[], bool], limit_s: float = 5.0) -> None:
    deadline = time.perf_counter() + limit_s
    while not is_so():
        assert time.perf_counter() < deadline, "it did not come to be"
        time.sleep(0.005)


@pytest.fixture
def on_desktop(desktop: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The desktop as this process's own."""
    for key in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(key, raising=False)
    for key, value in desktop.environment.items():
        monkeypatch.setenv(key, value)
    desktop.run("xdotool", "mousemove", "2", "2")
    return desktop


@pytest.fixture
def open_window(on_desktop: Any) -> Iterator[Callable[..., PlayingWindow]]:
    """Opens windows, and closes them after the test."""
    opened: list[PlayingWindow] = []

    def open_one(viewport: Viewport, speaker: Any = None) -> PlayingWindow:
        opened.append(PlayingWindow(on_desktop, viewport, speaker))
        return opened[-1]

    yield open_one
    for window in opened:
        window.close()  # a second close does nothing
