"""A talking video becomes a training pair: right where the truth is known, resumed, and refused in one line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from avatar.diffusion.layout import MOTION, PLACE
from avatar.motion.saved import saved_motion
from avatar.motion_frame import MotionTrack
from avatar.planning import plan
from avatar.presenters.library import presenter
from avatar.render.renderer import Renderer
from avatar.training.extraction.calibrate import ANGLES
from avatar.training.extraction.extract import PART, extract
from avatar.training.extraction.film import check, sound_of
from avatar.training.listening_examples import CLOSED, NOT_CLOSED, restored
from avatar.training.progress import Bar
from avatar.training.storage import read_shard
from narrator.errors import SourceRefused
from narrator.flow import Delivery, Sentence, Utterance, Viewport, Waiting
from narrator.outputs.film_tracks import develop
from narrator.outputs.mp4_writer import Mp4Writer
from narrator.speech.espeak_voice import EspeakVoice

TEXT = "Bob may leave above a wide open window; whom do you move so far?"
FPS, SIZE, BEFORE_S = 30, (640, 480), 0.4
HEAD_DEG, LEAST_R = 2.0, 0.9


def quiet(_done: int, _of: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def said() -> Utterance:
    voice = EspeakVoice()
    try:
        return voice.speak(Sentence(TEXT, "en"), Delivery())
    finally:
        voice.close()


@pytest.fixture(scope="module")
def track(said: Utterance) -> MotionTrack:
    delivery = Delivery(liveliness=1.0, emotion="surprised", emotion_strength=0.3, motion="rules")
    return plan(said, FPS, -BEFORE_S, said.duration_s + BEFORE_S, 40.0, delivery)


def film_of(file: Path, pictures: list[npt.NDArray[np.uint8]], samples: npt.NDArray[np.int16], rate_hz: int) -> Path:
    height, width = pictures[0].shape[:2]
    writer = Mp4Writer(file, (width, height), Fraction(FPS), rate_hz, "")
    for number, picture in enumerate(pictures):
        blank = writer.blank()
        develop(picture, blank)
        first, last = (round(place * rate_hz / FPS) for place in (number, number + 1))
        piece = np.zeros(last - first, np.int16)
        piece[: len(samples[first:last])] = samples[first:last]
        writer.write(blank, piece, [])
    writer.finish()
    return file


@pytest.fixture(scope="module")
def film(said: Utterance, track: MotionTrack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    renderer = Renderer(presenter("joel"), Viewport(width=SIZE[0], height=SIZE[1]))
    pictures = [renderer.draw(frame).copy() for frame in track]
    samples = np.pad(said.samples, (round(BEFORE_S * said.rate_hz), 0))
    return film_of(tmp_path_factory.mktemp("film") / "joel.mp4", pictures, samples, said.rate_hz)


@pytest.fixture(scope="module")
def into(film: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pairs")
    extract(film, folder, quiet)
    return folder


@pytest.fixture(scope="module")
def motion(into: Path) -> npt.NDArray[np.float32]:
    return next(read_shard(next(into.glob("pairs_*.npz")))).motion


def agreement(found: npt.NDArray[np.float32], true: npt.NDArray[np.float32]) -> float:
    frames = min(len(found), len(true))
    return float(np.corrcoef(found[:frames], true[:frames])[0, 1])


@pytest.mark.parametrize("channel", ["jaw_drop_mm", "lip_height_mm", "mouth_width", "brow_raise_left"])
def test_what_was_drawn_is_measured(channel: str, motion: npt.NDArray[np.float32], track: MotionTrack) -> None:
    assert agreement(motion[:, PLACE[channel]], track.channel(channel)) >= LEAST_R


@pytest.mark.parametrize("channel", ANGLES)
def test_the_heads_angles_are_right_within_two_degrees(
    channel: str, motion: npt.NDArray[np.float32], track: MotionTrack
) -> None:
    frames = min(len(motion), len(track))
    true = track.channel(channel)[:frames]
    off = motion[:frames, PLACE[channel]] - (true - np.median(true))
    assert np.abs(off).max() <= HEAD_DEG


def test_lips_that_touch_are_known_to_and_what_no_camera_tells_is_unknown(
    motion: npt.NDArray[np.float32], track: MotionTrack, into: Path
) -> None:
    frames = min(len(motion), len(track))
    pressed = track.channel("lip_press")[:frames] > 0.9
    wide = track.channel("lip_height_mm")[:frames] > 5
    lips = motion[:frames, PLACE["lips"]]
    assert np.nanmin(lips[pressed]) == 1.0
    assert np.nanmax(lips[wide]) == 0.0
    assert np.isnan(motion[:, [PLACE[name] for name in ("tongue", "tuck", "tongue_body", "smile")]]).all()
    assert motion.shape[1] == len(MOTION)
    example = restored(next(into.glob("listening_*.npz")))[0]
    assert {CLOSED, NOT_CLOSED} <= set(example.kinds.tolist())


def test_the_measured_motion_can_be_drawn_again(into: Path, motion: npt.NDArray[np.float32]) -> None:
    again = saved_motion(str(into / "joel.jsonl"), 0.0, FPS, len(motion))
    assert agreement(again.channel("lip_height_mm"), motion[:, PLACE["lip_height_mm"]]) > 0.99


def test_a_film_that_was_cut_off_goes_on_with_what_was_measured(film: Path, into: Path, tmp_path: Path) -> None:
    whole = next(into.glob("pairs_*.npz"))
    number = int(whole.stem.split("_")[1])
    part = tmp_path / PART.format(number)
    told: list[int] = []

    def cut_off(done: int, _of: int) -> None:
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract(film, tmp_path, cut_off)
    assert list(part.glob("readings_*.npz"))
    assert not list(tmp_path.glob("pairs_*"))
    again = extract(film, tmp_path, quiet)
    assert not part.exists()
    assert np.array_equal(next(read_shard(again)).motion, next(read_shard(whole)).motion, equal_nan=True)
    assert extract(film, tmp_path, quiet) == again


def test_real_talkers_open_with_their_voice_and_shut_for_b(shared_data: Path, tmp_path: Path) -> None:
    pair = next(read_shard(extract(shared_data / "talking_video" / "bbaf2n.mpg", tmp_path, quiet)))
    height = pair.motion[:, PLACE["lip_height_mm"]]
    assert np.isfinite(height).all()
    assert 6.0 < height.max() < 25.0
    assert (pair.motion[:, PLACE["lips"]] == 1.0).sum() >= 5
    assert agreement(height, pair.motion[:, PLACE["jaw_drop_mm"]]) > 0.5
    rows = (tmp_path / "bbaf2n.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(rows[0])["time_s"] == 0.0
    assert len(rows) == len(height)


def speckled(width: int = 320) -> npt.NDArray[np.uint8]:
    return np.random.default_rng(1).integers(0, 255, (240, width, 3), np.uint8)


def hum() -> npt.NDArray[np.int16]:
    return (8000 * np.sin(np.arange(48_000) / 10)).astype(np.int16)


def test_a_film_without_a_face_is_refused_in_a_line(tmp_path: Path) -> None:
    file = film_of(tmp_path / "wall.mp4", [speckled()] * 40, hum(), 24_000)
    with pytest.raises(SourceRefused, match="a face to measure"):
        extract(file, tmp_path / "into", quiet)


def test_two_people_are_refused_in_a_line(tmp_path: Path) -> None:
    renderer = Renderer(presenter("ada"), Viewport(width=320, height=240))
    one = renderer.draw(plan_at_rest()).copy()
    file = film_of(tmp_path / "two.mp4", [np.concatenate([one, one], axis=1)] * 40, hum(), 24_000)
    with pytest.raises(SourceRefused, match="one face"):
        extract(file, tmp_path / "into", quiet)


def test_a_face_of_a_few_pixels_is_refused_in_a_line(tmp_path: Path) -> None:
    import cv2

    renderer = Renderer(presenter("ada"), Viewport(width=320, height=240))
    small = cv2.resize(renderer.draw(plan_at_rest()), (64, 48), interpolation=cv2.INTER_AREA)
    with pytest.raises(SourceRefused, match="pixels apart|a face to measure"):
        extract(
            film_of(tmp_path / "small.mp4", [np.ascontiguousarray(small)] * 40, hum(), 24_000), tmp_path / "into", quiet
        )


def plan_at_rest():  # type: ignore[no-untyped-def]
    from avatar.planning import rest

    return rest(Waiting(1.0, is_alert=False), FPS, Delivery(reduced_motion=True))


def test_silence_short_films_and_other_files_are_refused_in_a_line(film: Path, tmp_path: Path) -> None:
    mute = film_of(tmp_path / "mute.mp4", [speckled()] * 40, np.zeros(48_000, np.int16), 24_000)
    with pytest.raises(SourceRefused, match="somebody is heard"):
        sound_of(mute)
    short = film_of(tmp_path / "short.mp4", [speckled()] * 6, hum(), 24_000)
    with pytest.raises(SourceRefused, match="lasts 0.2 s"):
        check(short)
    text = tmp_path / "notes.mp4"
    text.write_text("no film")
    for file in (text, tmp_path / "nowhere.mp4"):
        with pytest.raises(SourceRefused, match="a film"):
            check(file)


def test_progress_is_plain_lines_where_there_is_no_screen(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    with Bar("clip.mp4", "frames", sys.stderr) as bar:
        for done in range(0, 101, 10):
            bar.tell(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].startswith("clip.mp4 [##############################] 100 of 100 frames")
    assert len(lines) == 2
