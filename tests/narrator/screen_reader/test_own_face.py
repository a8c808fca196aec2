"""A face of its own is opened once, again after a crash but ever more seldom, and ends when it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from narrator.screen_reader import own_face as module
from narrator.screen_reader.own_face import LATEST_AGAIN_S, SOONEST_AGAIN_S, OwnFace
from narrator.settings import Settings
from tests.narrator.quick_narration import wait_for

LIMIT_S = 30.0
LIVES = "import sys; open(__file__ + '.wish', 'w').write(sys.stdin.readline()); sys.stdin.read()"
CRASHES = "raise SystemExit(3)"
HANGS = "import time; time.sleep(1000)"


class Clock:
    """Stands still until it is told otherwise."""

    now_s = 1000.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    monkeypatch.setattr(module, "PROGRAM", "quick_face")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return made


@pytest.fixture
def face(clock: Clock) -> Iterator[OwnFace]:
    made = OwnFace(Settings())
    yield made
    made.end()


def ended(face: OwnFace) -> None:
    process = face._process
    assert process is not None
    process.wait(LIMIT_S)


def test_it_is_opened_once_with_the_settings_and_ends_when_told_to(face: OwnFace, tmp_path: Path) -> None:
    (tmp_path / "quick_face.py").write_text(LIVES)
    assert face.id == ""
    face.open()
    first = face.id
    face.open()
    assert face.id == first != ""
    wish = tmp_path / "quick_face.py.wish"
    wait_for(lambda: wish.exists() and wish.read_text().endswith("\n"), LIMIT_S)
    assert json.loads(wish.read_text())["targets"] == ["window"]
    assert json.loads(wish.read_text())["settings"]["rate"] == Settings().rate
    process = face._process
    face.end()
    assert face.id == ""
    assert process is not None
    assert process.returncode == 0, "gently"


def test_after_a_crash_it_is_opened_again_but_ever_more_seldom(face: OwnFace, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "quick_face.py").write_text(CRASHES)
    again_s = SOONEST_AGAIN_S
    for _ in range(4):
        face.open()
        ended(face)
        crashed = face.id
        clock.now_s += again_s - 0.5
        face.open()
        assert face.id == crashed, f"not within {again_s} s"
        clock.now_s += 0.6
        again_s *= 2
    face.open()
    ended(face)
    clock.now_s += LATEST_AGAIN_S + 1.0
    face.open()
    ended(face)
    crashed = face.id
    clock.now_s += SOONEST_AGAIN_S + 0.1
    face.open()
    assert face.id != crashed, "one that lived long is missed at once"
    ended(face)


def test_one_that_hangs_is_killed(face: OwnFace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "END_LIMIT_S", 0.2)
    (tmp_path / "quick_face.py").write_text(HANGS)
    face.open()
    process = face._process
    face.end()
    assert process is not None
    assert process.returncode == -9
