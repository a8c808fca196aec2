"""A motion that was written down is drawn again as it was, on any presenter; what is none is refused in one line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narrator import assemble, settings
from narrator.cli import main
from narrator.errors import FaceError, SettingError


def rows(*chosen: tuple[str, str | float]) -> list[dict[str, float | str]]:
    request = assemble.Request(("the text given",), "Pam may move.")
    return list(assemble.motion(request, settings.load({"voice": "silent", **dict(chosen)}, {})))


def test_a_written_motion_is_drawn_again_on_another_presenter(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    arguments = ["motion", "--text", "Pam may move.", "--voice", "silent", "--seed", "4", "-o", str(file)]
    assert main(arguments) == 0
    was, again = rows(("seed", 4)), rows(("motion", str(file)), ("presenter", "joel"))
    other = rows(("seed", 9), ("presenter", "joel"))
    assert len(was) == len(again)
    for channel in ("asked_head_yaw_deg", "asked_eyelid_left", "asked_lip_height_mm"):
        old, new, fresh = (np.array([float(row[channel]) for row in one]) for one in (was, again, other))
        assert np.abs(old - new).max() < 1e-5
        assert channel != "asked_head_yaw_deg" or np.abs(old - fresh).max() > 0.01


def test_what_is_no_motion_is_refused_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"time_s": 0}\n', encoding="utf-8")
    for name in ("a.jsonl", "gone.jsonl"):
        with pytest.raises(FaceError, match="narrator motion"):
            rows(("motion", str(tmp_path / name)))
    with pytest.raises(SettingError, match="FILE.jsonl"):
        rows(("motion", "dance"))
