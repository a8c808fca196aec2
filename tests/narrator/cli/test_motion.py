"""`narrator motion` writes one JSON object per video frame, with the names of the design."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from narrator.flow import Delivery
from tests.narrator.cli.command import environment, narrator

NAMES = {
    *("time_s", "phone", "jaw_drop_mm", "incisor_gap_mm", "lip_height_mm", "mouth_width", "inner_width"),
    *("lip_protrusion_mm", "lower_lip_to_teeth_mm", "upper_teeth_mm", "lower_teeth_mm", "tongue_tip_forward_mm"),
    *("tongue_tip_height_mm", "tongue_visible", "brow_raise_left", "brow_raise_right", "brow_furrow", "eyelid_left"),
    *("eyelid_right", "smile", "gaze_yaw_deg", "gaze_pitch_deg", "head_yaw_deg", "head_pitch_deg", "head_roll_deg"),
}


def rows_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_frame_has_every_reading_at_a_steady_pace(tmp_path: Path) -> None:
    result = narrator(tmp_path, "motion", "--text", "Papa came. He sat.", "-o", "-", "--fps", "25")
    assert result.code == 0, result.err
    rows = rows_of(result.out)
    assert all(set(row) >= NAMES for row in rows)
    times = [float(str(row["time_s"])) for row in rows]
    assert times[0] == pytest.approx(-Delivery().preroll_s)
    assert all(after - before == pytest.approx(0.04, abs=1e-5) for before, after in zip(times, times[1:], strict=False))


def test_lips_are_closed_in_every_p_of_the_phones_on_the_same_time_line(tmp_path: Path) -> None:
    text = "Papa came up. He sat by a map."
    rows = rows_of(narrator(tmp_path, "motion", "--text", text, "-o", "-").out)
    phones = json.loads(narrator(tmp_path, "phones", "--text", text, "--json").out)["phones"]
    closed = [phone for phone in phones if phone["ipa"] in ("p", "b", "m")]
    assert len(closed) >= 4
    for phone in closed:
        end_s = phone["start_s"] + phone["duration_s"]
        during = [
            float(str(row["lip_height_mm"]))
            for row in rows
            if phone["start_s"] - 0.02 <= float(str(row["time_s"])) < end_s
        ]
        assert min(during) <= 0.3, phone


def test_the_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    assert narrator(tmp_path, "motion", "--text", "Hello.", "-o", "m.jsonl").code == 0
    assert [path.name for path in tmp_path.glob("m*")] == ["m.jsonl"]
    assert rows_of((tmp_path / "m.jsonl").read_text())


def test_a_folder_that_is_not_there_and_a_face_that_stands_still_are_one_line_each(tmp_path: Path) -> None:
    for words in (("-o", "no/m.jsonl"), ("-o", "-", "--presenter", "still")):
        result = narrator(tmp_path, "motion", "--text", "Hello.", *words)
        assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)


@pytest.mark.parametrize("target", [".", "..", "", "/"])
def test_a_folder_instead_of_a_file_is_one_line(tmp_path: Path, target: str) -> None:
    result = narrator(tmp_path, "motion", "--text", "Hello.", "-o", target)
    assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a device that is always full")
    for target in ("/dev/full", "-"):
        command = [sys.executable, "-m", "narrator", "motion", "--text", "Hello.", "-o", target]
        with open("/dev/full", "w") as full:
            done = subprocess.run(command, env=environment(tmp_path), stdout=full, stderr=subprocess.PIPE, text=True)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr


def test_the_page_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Hello.")
    result = narrator(tmp_path, "motion", "page.txt", "-o", "./page.txt")
    assert (result.code, len(result.err.splitlines())) == (1, 1)
    assert (tmp_path / "page.txt").read_text() == "Hello."
