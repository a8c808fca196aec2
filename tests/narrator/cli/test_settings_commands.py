"""`narrator settings` shows, remembers and says where."""

from __future__ import annotations

import json
from pathlib import Path

from narrator import settings
from tests.narrator.cli.command import narrator


def test_what_is_set_is_shown_and_used(tmp_path: Path) -> None:
    assert narrator(tmp_path, "settings", "set", "rate", "99").code == 0
    assert narrator(tmp_path, "settings", "set", "reduced_motion", "on").code == 0
    shown = json.loads(narrator(tmp_path, "settings", "show", "--json").out)
    assert (shown["rate"], shown["reduced_motion"]) == (99, True)
    assert "rate = 99" in narrator(tmp_path, "settings", "show").out.splitlines()


def test_every_setting_is_shown_with_its_meaning(tmp_path: Path) -> None:
    out = narrator(tmp_path, "settings", "show").out
    assert all(f"{name} = " in out and settings.meaning(name) in out for name in settings.names())


def test_where_names_the_file_that_set_writes(tmp_path: Path) -> None:
    file = Path(narrator(tmp_path, "settings", "where").out.strip())
    assert not file.exists()
    narrator(tmp_path, "settings", "set", "seed", "7")
    assert "seed = 7" in file.read_text()


def test_a_wrong_value_changes_nothing(tmp_path: Path) -> None:
    refused = narrator(tmp_path, "settings", "set", "rate", "9999")
    assert refused.code == 1
    assert len(refused.err.splitlines()) == 1
    assert not Path(narrator(tmp_path, "settings", "where").out.strip()).exists()


def test_a_motion_that_is_none_is_not_remembered(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n")
    for motion, way_out in (("dance", "rules, diffusion or FILE.jsonl"), ("bad.jsonl", "diffusion or rules")):
        refused = narrator(tmp_path, "settings", "set", "motion", motion)
        assert refused.code == 1
        assert way_out in refused.err
        assert len(refused.err.splitlines()) == 1
    assert not Path(narrator(tmp_path, "settings", "where").out.strip()).exists()
