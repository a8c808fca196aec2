"""A meeting gets 30 whole pictures a second from a process that is started again when it dies."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatar.performer import Performer
from narrator.captions import with_captions
from narrator.errors import OutputError
from narrator.flow import Delivery, Sentence, Viewport
from narrator.outputs.camera import HEIGHT, RESTARTS, WIDTH, Camera, CameraWish
from narrator.outputs.speaker import WallClockSpeaker
from narrator.speech.silent_voice import SilentVoice
from tests.contracts.controls import HandControl
from tests.narrator.outputs.test_live import AtRest

WISH = CameraWish(backend="recording", module="tests.narrator.outputs.recording_camera")
ATTEMPTS = 8
Make = Callable[..., Any]


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECORDED", str(tmp_path))
    return tmp_path


def lines_of(recorded: Path) -> list[dict[str, Any]]:
    path = recorded / "frames.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def frames_of(recorded: Path) -> list[dict[str, Any]]:
    return [line for line in lines_of(recorded) if "at_s" in line]


@pytest.fixture
def camera(recorded: Path) -> Iterator[Camera]:
    made = Camera(WISH, speaker=WallClockSpeaker())
    made.open(Viewport(640, 360, 30.0), 22_050)
    yield made
    made.close(completed=False)


def wait_until(is_so: Callable[[], bool], limit_s: float = 10.0) -> None:
    until_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < until_s
        time.sleep(0.01)


def test_it_is_1280_by_720_at_30_whatever_else_is_written(camera: Camera, recorded: Path) -> None:
    wait_until(lambda: bool(lines_of(recorded)))
    assert lines_of(recorded)[0] == {"width": 1280, "height": 720, "fps": 30.0, "format": "raw "}
    assert (WIDTH, HEIGHT) == (1280, 720)


def test_what_is_drawn_arrives_whole_and_in_its_colours(camera: Camera, recorded: Path, make_performance: Make) -> None:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    chart = np.dstack([columns * 255 // WIDTH, rows * 255 // HEIGHT, (rows + columns) % 256]).astype(np.uint8)
    performance = make_performance(1.0, ())
    performance.draw = lambda *_: chart
    list(camera.play(performance, HandControl()))
    camera.close(completed=True)
    assert np.array_equal(np.load(recorded / "newest.npy"), chart)


def test_a_picture_that_a_busy_machine_drew_smaller_is_sent_at_full_size(camera: Camera, recorded: Path) -> None:
    camera.screen.show(np.full((HEIGHT // 2, WIDTH // 2, 3), (10, 200, 90), np.uint8), None, -1)
    wait_until(lambda: bool(frames_of(recorded)))
    camera.close(completed=True)
    assert (np.load(recorded / "newest.npy") == (10, 200, 90)).all()


def test_30_frames_a_second_99_of_100_within_50_ms_in_order(recorded: Path, make_performance: Make) -> None:
    """Again, up to ATTEMPTS times, where other programs may have taken the machine."""
    slowest_s = 1.0
    for _ in range(ATTEMPTS):
        (recorded / "frames.jsonl").unlink(missing_ok=True)
        camera = Camera(WISH, speaker=WallClockSpeaker())
        camera.open(Viewport(), 22_050)
        performance = make_performance(4.0, (), view=Viewport(WIDTH, HEIGHT, 30.0))
        began_s = time.perf_counter()
        list(camera.play(performance, HandControl()))
        ended_s = time.perf_counter()
        camera.close(completed=True)
        frames = [frame for frame in frames_of(recorded) if began_s + 0.3 < frame["at_s"] < ended_s]
        gaps_s = np.diff([frame["at_s"] for frame in frames])
        red = [frame["marks"][0] for frame in frames]
        assert red == sorted(red), "the bar grows from frame to frame"
        slowest_s = float(np.percentile(gaps_s, 99))
        if slowest_s <= 0.050 and np.mean(gaps_s) == pytest.approx(1 / 30, abs=0.002):
            break
    assert slowest_s <= 0.050
    assert np.mean(gaps_s) == pytest.approx(1 / 30, abs=0.002)


def test_a_meeting_sees_a_calm_person_while_nothing_is_said(recorded: Path) -> None:
    camera = Camera(WISH, speaker=WallClockSpeaker())
    camera.attach_face(AtRest(Performer("ada")))
    camera.open(Viewport(), 22_050)
    wait_until(lambda: len(frames_of(recorded)) > 70)
    camera.close(completed=True)
    frames = frames_of(recorded)
    gone_s = frames[-1]["at_s"] - frames[0]["at_s"]
    assert len(frames) / gone_s > 20
    different = {tuple(frame["marks"]) for frame in frames}
    assert len(different) > 0.2 * len(frames), "not a frozen picture"


def test_a_process_that_dies_is_started_again(camera: Camera, recorded: Path, make_performance: Make) -> None:
    playing = threading.Thread(target=lambda: list(camera.play(make_performance(4.0, ()), HandControl())))
    playing.start()
    wait_until(lambda: len(frames_of(recorded)) > 10)
    assert camera.screen._link is not None
    os.kill(camera.screen._link._process.pid, signal.SIGKILL)
    before = len(frames_of(recorded))
    wait_until(lambda: len(frames_of(recorded)) > before + 20)
    playing.join(10)
    assert not playing.is_alive()


def test_one_that_dies_again_and_again_is_an_error_that_names_the_window(
    camera: Camera, make_performance: Make
) -> None:
    def play_while_it_is_killed() -> None:
        for _ in camera.play(make_performance(60.0, ()), HandControl()):
            assert camera.screen._link is not None
            camera.screen._link._process.kill()
            camera.screen._link._process.wait()
            time.sleep(0.05)

    with pytest.raises(OutputError, match="the window takes its place"):
        play_while_it_is_killed()
    assert len(camera.screen._deaths) == RESTARTS


def test_a_driver_that_refuses_is_told_in_one_line(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMERA_FAULT", "[Errno 13] Permission denied: '/dev/video0'")
    camera = Camera(WISH, speaker=WallClockSpeaker())
    with pytest.raises(OutputError, match="usermod -aG video"):
        camera.open(Viewport(), 22_050)
    camera.close(completed=False)


def test_captions_are_painted_only_where_they_are_wished(recorded: Path) -> None:
    from narrator.outputs.caption_style import CaptionStyle

    face = Performer("ada")
    utterance = SilentVoice().speak(Sentence("One two.", "en"), Delivery())
    performance = with_captions(face.perform(utterance, Delivery(), Viewport(), 0.0))
    darkest = []
    for style in (CaptionStyle(0.0), CaptionStyle(1.0)):
        camera = Camera(CameraWish(style, backend=WISH.backend, module=WISH.module), speaker=WallClockSpeaker())
        camera.open(Viewport(), 22_050)
        for position_s in camera.play(performance, HandControl()):
            if position_s > 0.5:
                break
        camera.close(completed=True)
        band = np.load(recorded / "newest.npy")[600:700, 560:720]
        darkest.append((band == 16).all(axis=2).mean())
    assert darkest[0] < 0.02 < 0.2 < darkest[1]
