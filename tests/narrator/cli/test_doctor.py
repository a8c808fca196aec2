"""`narrator doctor` tells what works, mends nothing itself, and looks at films."""

from __future__ import annotations

import json
from pathlib import Path

from tests.narrator.cli.command import QUICK, narrator


def test_each_finding_works_or_names_the_line_that_mends_it(tmp_path: Path) -> None:
    findings = json.loads(narrator(tmp_path, "doctor", "--json").out)
    assert {"Python", "libraries", "voice espeak", "film codecs", "sound", "window"} <= {
        one["name"] for one in findings
    }
    assert all(one["works"] or one["mend"] for one in findings)
    assert not next(one for one in findings if one["name"] == "window")["works"]


def test_plain_lines_say_the_same(tmp_path: Path) -> None:
    result = narrator(tmp_path, "doctor", "--plain")
    assert result.code == 0, result.out
    assert "works   Python: 3." in result.out
    assert "absent  window: " in result.out


def test_a_film_is_looked_at_and_what_is_none_is_named(tmp_path: Path) -> None:
    narrator(tmp_path, "read", "--text", "Hello.", "--to", "film.mp4", *QUICK)
    (tmp_path / "text.mp4").write_text("not a film")
    assert "h264" in narrator(tmp_path, "doctor", "film.mp4").out
    broken = narrator(tmp_path, "doctor", "text.mp4")
    assert broken.code == 1
    assert "cannot be played" in broken.out
