"""A motion that was written down is drawn again as it was, on any presenter; what is none is refused in one line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatar.motion import saved
from avatar.motion.saved import asked, saved_motion, whole_motion
from avatar.motion_frame import CHANNELS, REST
from narrator import assemble, settings
from narrator.cli import main
from narrator.errors import FaceError, SettingError

TEXT = "Pam may move."


def rows(*chosen: tuple[str, str | float]) -> list[dict[str, float | str]]:
    request = assemble.Request(("the text given",), TEXT)
    return list(assemble.motion(request, settings.load({"voice": "silent", **dict(chosen)}, {})))


def resting(frames: int = 30) -> list[dict[str, Any]]:
    return [{"time_s": round(-0.2 + i / 30, 6), "phone": "", **asked(REST)} for i in range(frames)]


def written(file: Path, frames: list[dict[str, Any]]) -> str:
    file.write_text("".join(json.dumps(frame) + "\n" for frame in frames), encoding="utf-8")
    return str(file)


def changed(place: int, **channels: object) -> str:
    """The lines of a face at rest with one frame changed."""
    frames = resting()
    frames[place] = {**frames[place], **channels}
    return "".join(json.dumps(frame) + "\n" for frame in frames)


def test_a_written_motion_is_drawn_again_on_another_presenter(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    arguments = ["motion", "--text", TEXT, "--voice", "silent", "--seed", "4", "-o", str(file)]
    assert main(arguments) == 0
    was, again = rows(("seed", 4)), rows(("motion", str(file)), ("presenter", "joel"))
    other = rows(("seed", 9), ("presenter", "joel"))
    assert len(was) == len(again)
    for channel in ("asked_head_yaw_deg", "asked_eyelid_left", "asked_lip_height_mm"):
        old, new, fresh = (np.array([float(row[channel]) for row in one]) for one in (was, again, other))
        assert np.abs(old - new).max() < 1e-5
        assert channel != "asked_head_yaw_deg" or np.abs(old - fresh).max() > 0.01


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_a_face_asked_for_all_it_can_do_is_within_the_limits(tmp_path: Path, way: float) -> None:
    turned = {"pose_yaw": 15.0, "pose_pitch": 10.0, "pose_roll": 10.0, "gaze_yaw": -25.0, "gaze_pitch": -20.0}
    strongest = {"emotion_strength": 1.0, "exaggeration": 1.6, "liveliness": 1.0, "guidance_sound": 3.0}
    wishes = {"emotion": "angry", **strongest, **{name: way * angle for name, angle in turned.items()}}
    file = written(tmp_path / "a.jsonl", list(rows(*wishes.items())))  # type: ignore[arg-type]
    assert len(whole_motion(file)) > 30


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ('{"time_s": 0}\n', "line 1: asked_jaw_drop_mm is missing"),
        ("no JSON at all\n", "line 1: it is no JSON"),
        ("[1, 2]\n", "line 1: a frame is missing"),
        ("[" * 50_000 + "\n", "line 1: it is no JSON"),
        ("[" * 70_000 + "\n", "line 1 is longer than 65,536 bytes"),
        (changed(3, asked_jaw_drop_mm=float("nan")), "line 4: asked_jaw_drop_mm is not finite"),
        (changed(3, asked_smile=1e300), "line 4: asked_smile is 1e+300, which is not within -1 and 1"),
        (changed(3, asked_smile=10**400), "line 4: a number is too large"),
        (changed(3, asked_jaw_drop_mm=40), "line 4: asked_jaw_drop_mm is 40, which is not within 0 and 18"),
        (changed(3, asked_head_yaw_deg="0.5"), "line 4: asked_head_yaw_deg is no number"),
        (changed(3, asked_eyelid_left=True), "line 4: asked_eyelid_left is no number"),
        (changed(3, time_s=-0.5), "line 4: its time, -0.5 s, is not after that of the frame before"),
        (changed(29, time_s=7.0), "line 30: its time, 7 s, is out of step"),
        (changed(29, time_s=float("inf")), "line 30: time_s is not finite"),
    ],
)
def test_what_is_no_motion_is_refused_in_one_line_that_names_the_place(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(FaceError) as fault:
        whole_motion(str(tmp_path / "a.jsonl"))
    line = str(fault.value)
    assert named in line
    assert "narrator motion" in line
    assert len(line) < 500 + len(str(tmp_path))


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def endless(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(saved.MOST_BYTES + (1 << 20))


def letters(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00" * 100)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (folder, "it is a folder"),
        (pipe, "it is no plain file"),
        (device, "it is no plain file"),
        (endless, "it has 1025 MiB, more than 1024"),
        (letters, "line 1: it is no JSON"),
    ],
)
def test_only_plain_files_of_a_size_that_is_read_soon_are_opened(
    tmp_path: Path, make: Callable[[Path], None], named: str
) -> None:
    make(tmp_path / "a.jsonl")
    with pytest.raises(FaceError, match=named):
        whole_motion(str(tmp_path / "a.jsonl"))


def test_a_missing_file_and_a_motion_that_there_is_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaceError, match="there is no"):
        rows(("motion", str(tmp_path / "gone.jsonl")))
    with pytest.raises(SettingError, match="FILE.jsonl"):
        rows(("motion", "dance"))


def test_frames_are_held_at_both_ends_and_kept_when_the_file_goes(tmp_path: Path) -> None:
    frames = resting()
    frames[-1]["asked_smile"] = 0.5
    file = written(tmp_path / "a.jsonl", frames)
    whole_motion(file)
    (tmp_path / "a.jsonl").unlink()
    shown = saved_motion(file, -2.0, 30.0, 150)
    smile = shown.values[:, CHANNELS.index("smile")]
    assert smile[0] == REST[CHANNELS.index("smile")]
    assert smile[-1] == 0.5


def test_a_file_that_was_written_anew_is_read_anew_when_it_is_asked_for(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", resting())
    before = whole_motion(file)
    assert whole_motion(file) is before
    written(tmp_path / "a.jsonl", resting(40))
    assert len(whole_motion(file)) == 40
