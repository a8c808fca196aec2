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


def test_a_films_credentials_are_read_back_and_a_changed_byte_is_told(tmp_path: Path) -> None:
    narrator(tmp_path, "read", "--text", "Hello.", "--to", "film.mp4", *QUICK)
    told = narrator(tmp_path, "doctor", "film.mp4")
    assert told.code == 0
    assert "works   credentials: valid: unchanged since it was made with narrator" in told.out
    film = tmp_path / "film.mp4"
    whole = film.read_bytes()
    film.write_bytes(whole[:-900] + bytes([whole[-900] ^ 1]) + whole[-899:])
    changed = narrator(tmp_path, "doctor", "film.mp4", "--json")
    assert changed.code == 1
    credentials = json.loads(changed.out)[1]
    assert (credentials["works"], credentials["facts"]["state"]) == (False, "tampered")
    assert credentials["facts"]["presenter"] == "still"


def test_a_film_that_cannot_be_signed_is_written_all_the_same(tmp_path: Path) -> None:
    (tmp_path / ".local" / "share").mkdir(parents=True)
    (tmp_path / ".local" / "share" / "narrator").write_text("in the way of the folder for the key")
    done = narrator(tmp_path, "read", "--text", "Hello.", "--to", "film.mp4", *QUICK)
    assert (done.code, done.out) == (0, "film.mp4\n")
    assert done.err.count("the film has no Content Credentials") == 1
    assert sorted(path.name for path in tmp_path.glob("film*")) == ["film.mp4", "film.vtt"]
    assert "absent  credentials: absent" in narrator(tmp_path, "doctor", "film.mp4").out


def test_a_film_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = narrator(tmp_path, "doctor", "mine.mp4")
    assert (result.code, result.out) == (1, "")
    assert "there is none at mine.mp4" in result.err
    assert result.err.count("\n") == 1
