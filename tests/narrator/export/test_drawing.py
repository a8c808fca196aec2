"""A section is drawn whole or not at all, and moves on into the next one without a jump."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from avatar.motion_frame import CHANNELS, MotionFrame
from avatar.performer import FacePerformance
from avatar.planning import plan, rest
from narrator import assemble
from narrator.errors import NarratorError
from narrator.export import drawing
from narrator.export.drawing import TOKEN_FILE, Task, draw
from narrator.export.making import PROCESSOR, Making, parts
from narrator.export.sections import Section, sections
from narrator.flow import Block, BlockKind, Delivery, Passage, RgbImage, Utterance, Viewport, Waiting
from narrator.settings import Settings
from tests.narrator.export.conftest import QUICK

TEXT = (
    "Five of them moved the blue boat. Is my map of Rome far away? Nobody ever knew, and we do not ask. "
    "The weather was fine that year! Perhaps it never rained at all, or nobody wrote it down. "
)


class NotingFace:
    """Plans as a presenter does, and notes the motion of each frame instead of drawing it."""

    name = "noting"
    drawn_at_once = 1

    def __init__(self) -> None:
        self.seen: list[np.ndarray] = []

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> FacePerformance:
        start_s, end_s = -delivery.preroll_s, utterance.duration_s + utterance.sentence.pause_s
        track = plan(utterance, viewport.fps, start_s, end_s, clock_s, delivery)

        def resting(waiting: Waiting) -> MotionFrame:
            return rest(waiting, viewport.fps, delivery)

        return FacePerformance(utterance, start_s, end_s, track, viewport, self._note, resting)

    def _note(self, viewport: Viewport, frame: MotionFrame) -> RgbImage:
        self.seen.append(frame.values.copy())
        return np.zeros((viewport.height, viewport.width, 3), np.uint8)


def found_sections(settings: Settings) -> list[Section]:
    blocks = tuple(Block(BlockKind.PARAGRAPH, f"Part {number}. {TEXT}") for number in range(12))
    return list(sections(assemble.sentences(Passage("book", "", "en", blocks), settings)))


def task(section: Section, settings: Settings, folder: Path, token: str = "here") -> Task:
    (folder / TOKEN_FILE).write_text("here", encoding="utf-8")
    making = Making(settings)
    made_of = parts(settings.presenter, settings.background)
    return Task(making.name(section, PROCESSOR), section, making, PROCESSOR, made_of, str(folder), token)


@pytest.mark.parametrize("motion", ["rules", "diffusion"])
def test_no_pose_jumps_where_two_sections_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, motion: str) -> None:
    settings = replace(QUICK, fps=30.0, motion=motion, liveliness=1.0)
    face = NotingFace()
    monkeypatch.setattr(assemble, "face", lambda *_, **__: face)
    monkeypatch.setattr(drawing, "_own", type(drawing._own)())
    motions = []
    for section in found_sections(settings)[:2]:
        face.seen = []
        draw(task(section, settings, tmp_path))
        motions.append(np.array(face.seen))
    steps = np.max([np.abs(np.diff(one, axis=0)).max(axis=0) for one in motions], axis=0)
    share = np.where([channel.startswith("gaze") for channel in CHANNELS], 1.0, 0.5)  # eyes move in small jerks anyway
    for one, following in pairwise(motions):
        jump = np.abs(following[0] - one[-1])
        speed = np.maximum(np.abs(one[-1] - one[-2]), np.abs(following[1] - following[0]))
        allowed = np.maximum(share * steps, 2.0 * speed + 1e-3)
        too_far = [(CHANNELS[k], jump[k], allowed[k]) for k in np.flatnonzero(jump > allowed)]
        assert not too_far


def test_the_same_section_gives_the_same_bytes(tmp_path: Path) -> None:
    section = found_sections(QUICK)[0]
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    names = [draw(task(section, QUICK, folder)).name for folder in (first, second)]
    assert (first / f"{names[0]}.mov").read_bytes() == (second / f"{names[1]}.mov").read_bytes()


def test_a_worker_that_does_not_see_the_folder_sends_the_file(tmp_path: Path) -> None:
    section = found_sections(QUICK)[0]
    here = draw(task(section, QUICK, tmp_path))
    elsewhere = draw(task(section, QUICK, tmp_path, token="another machine's"))
    assert here.data is None
    assert elsewhere.data == (tmp_path / f"{here.name}.mov").read_bytes()


def test_a_fault_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(drawing.SectionWriter, "finish", break_off)
    with pytest.raises(RuntimeError, match="in the middle"):
        draw(task(found_sections(QUICK)[0], QUICK, tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [TOKEN_FILE]


def test_a_worker_with_other_parts_draws_nothing(tmp_path: Path) -> None:
    wrong = replace(task(found_sections(QUICK)[0], QUICK, tmp_path), parts="another version's")
    with pytest.raises(NarratorError, match="would draw another picture"):
        draw(wrong)


def test_burnt_captions_are_in_the_picture(tmp_path: Path) -> None:
    section = found_sections(QUICK)[0]
    burnt = replace(task(section, QUICK, tmp_path), making=Making(QUICK, burn_captions=True), name="burnt")
    plain = task(section, QUICK, tmp_path)
    assert first_pixels(burnt, tmp_path) != first_pixels(plain, tmp_path)


def first_pixels(wanted: Task, folder: Path) -> bytes:
    import av

    draw(wanted)
    with av.open(str(folder / f"{wanted.name}.mov")) as film:
        frames = list(film.decode(video=0))
    return bytes(frames[len(frames) // 4].to_ndarray().tobytes())
