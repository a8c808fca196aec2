"""`narrator follow`: a face for a live sound, until its outputs are closed; without the sound, one line says so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from narrator import assemble, assemble_following
from narrator.errors import FaceError
from narrator.settings import Settings
from tests.narrator.cli.command import narrator

SMALL = Settings(width=160, height=160)
UNTIL_S = 30.0


class FakeMicrophone:
    """A second of hiss, then nothing until it is closed."""

    made: list[FakeMicrophone]

    def __init__(self, name: str) -> None:
        self.name, self.is_closed = name, False

    def blocks(self) -> Iterator[tuple[Any, float]]:
        for _ in range(50):
            yield np.full(320, 0.01, np.float32), time.perf_counter()
        while not self.is_closed:
            time.sleep(0.01)

    def close(self) -> None:
        self.is_closed = True


def test_the_face_of_the_session_follows_the_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[FakeMicrophone] = []

    def microphone(name: str) -> FakeMicrophone:
        made.append(FakeMicrophone(name))
        return made[-1]

    monkeypatch.setattr("narrator.microphone.Microphone", microphone)
    with assemble_following.following("system", [assemble.NONE], SMALL) as session:
        session.show()
        until_s = time.monotonic() + UNTIL_S
        while not session.state.status and time.monotonic() < until_s:
            time.sleep(0.01)
    assert [(one.name, one.is_closed) for one in made] == [("system", True)]


def test_a_face_that_stands_still_cannot_follow() -> None:
    with (
        pytest.raises(FaceError, match="--presenter"),
        assemble_following.following("system", ["none"], Settings(presenter="still")),
    ):
        pass


def test_without_such_a_sound_one_line_says_what_to_do(tmp_path: Path) -> None:
    done = narrator(tmp_path, "follow", "a device that nobody has", "--to", "none", "--plain")
    assert done.code == 1
    assert "narrator follow microphone, system" in done.err
    assert "Traceback" not in done.err


def test_a_film_is_refused(tmp_path: Path) -> None:
    assert narrator(tmp_path, "follow", "--to", "film.mp4").code == 2
