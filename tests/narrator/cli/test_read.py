"""`narrator read` narrates to what is named, in order, and says what it wrote and what it could not."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import av
import pytest

from narrator.cli.read import FaultLines, _end
from narrator.session_state import Fault, State
from tests.desktop import Desktop, require
from tests.narrator.cli.command import QUICK, environment, narrator


def test_several_sources_are_read_in_order_and_a_bad_one_does_not_stop_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The first file.")
    (tmp_path / "b.txt").write_text("The second file.")
    result = narrator(tmp_path, "read", "a.txt", "gone.txt", "b.txt", "--to", "none", *QUICK)
    assert result.code == 1
    assert result.out == ""
    assert [line for line in result.err.splitlines() if line.startswith("1: ")] == [
        "1: The first file.",
        "1: The second file.",
    ]
    (fault,) = [line for line in result.err.splitlines() if line.startswith("narrator: ")]
    assert fault.startswith("narrator: gone.txt: expected")


def test_a_film_is_written_with_its_captions_and_named_on_standard_output(tmp_path: Path) -> None:
    result = narrator(
        tmp_path,
        "read",
        "--text",
        "Hello there.",
        "--to",
        "film.mp4",
        "--presenter",
        "still",
        "--width",
        "320",
        "--height",
        "180",
    )
    assert (result.code, result.out) == (0, "film.mp4\n")
    assert sorted(path.name for path in tmp_path.glob("film*")) == ["film.mp4", "film.vtt"]
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert {stream.type for stream in film.streams} == {"video", "audio", "subtitle"}


def test_two_films_and_nothing_at_once(tmp_path: Path) -> None:
    words = ("--to", "a.mp4", "--to", "none", "--to", "b.mp4")
    result = narrator(tmp_path, "read", "--text", "Hello.", *words, *QUICK)
    assert result.code == 0, result.err
    assert result.out == "a.mp4\nb.mp4\n"
    assert (tmp_path / "a.mp4").stat().st_size > 1000


def test_a_film_named_in_two_ways_is_one_and_a_tilde_is_home(tmp_path: Path) -> None:
    words = ("read", "--text", "Hello.", *QUICK)
    twice = narrator(tmp_path, *words, "--to", "a.mp4", "--to", "./a.mp4")
    assert (twice.code, twice.out) == (0, "a.mp4\n"), twice.err
    at_home = narrator(tmp_path, *words, "--to=~/b.mp4")
    assert (at_home.code, at_home.out) == (0, f"{tmp_path / 'b.mp4'}\n"), at_home.err


def test_a_film_that_cannot_be_written_is_one_line_and_1(tmp_path: Path) -> None:
    result = narrator(tmp_path, "read", "--text", "Hello.", "--to", "no/such/folder/film.mp4", *QUICK)
    assert result.code == 1
    assert result.out == ""
    assert [line for line in result.err.splitlines() if line.startswith("narrator: ")] == result.err.splitlines()[-1:]


def test_nothing_readable_at_all_writes_no_film(tmp_path: Path) -> None:
    result = narrator(tmp_path, "read", "gone.txt", "--to", "film.mp4", *QUICK)
    assert result.code == 1
    assert result.out == ""
    assert list(tmp_path.glob("film*")) == []


def test_no_film_is_named_where_every_sentence_was_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    fault = Fault("voice", "page", "expected a sound; it coughed. Say it again.", 0)
    for narration_s, named in ((0.0, ""), (1.5, "film.mp4\n")):
        state = State(finished=1, faults=(fault,), narration_s=narration_s)
        assert _end(state, ["film.mp4"], completed=True, faults=FaultLines()) == 1
        assert capsys.readouterr().out == named


def test_a_motion_that_was_written_for_something_else_is_told_of_once(tmp_path: Path) -> None:
    long, short = "One two three four five six seven eight. " * 3, "One two."
    for name, text in (("long", long), ("short", short)):
        made = narrator(tmp_path, "motion", "--text", text, "--voice", "silent", "-o", f"{name}.jsonl")
        assert made.code == 0, made.err
    read = ("--to", "none", *QUICK, "--plain")
    for name, text, told in (
        ("short", long, "after it the face stood still"),
        ("long", short, "its rest was not shown"),
        ("long", long, ""),
    ):
        done = narrator(tmp_path, "read", "--text", text, "--motion", f"{name}.jsonl", *read)
        lines = [line for line in done.err.splitlines() if line.startswith("narrator: ")]
        assert done.code == 0
        assert len(lines) == bool(told)
        assert told in "".join(lines)


def test_whatever_is_copied_next_is_read_until_stopped(tmp_path: Path, desktop: Desktop) -> None:
    require("xclip")
    where = {key: desktop.environment[key] for key in ("DISPLAY", "XAUTHORITY") if key in desktop.environment}
    desktop.start("sh", "-c", "printf 'Copied before.' | xclip -selection clipboard").wait(10)
    process = subprocess.Popen(
        [sys.executable, "-m", "narrator", "read", "clipboard", "--watch", "--to", "none", *QUICK],
        cwd=tmp_path,
        env=environment(tmp_path) | where,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    lines = [process.stderr.readline()]
    assert lines[0].startswith("waiting")
    rest = threading.Thread(target=lambda stderr=process.stderr: lines.extend(stderr), daemon=True)
    rest.start()
    deadline_s, number = time.monotonic() + 40, 0
    while not any(line.startswith("1: ") for line in lines) and time.monotonic() < deadline_s:
        number += 1  # the first copies may come before it looks at all
        desktop.start("sh", "-c", f"printf 'Copied afterwards, {number}.' | xclip -selection clipboard").wait(10)
        time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    rest.join(20)
    process.stderr.close()
    assert any(line.startswith("1: Copied afterwards, ") for line in lines)
    assert "before" not in "".join(lines)
    assert lines[-1] == "narrator: stopped\n"


def test_watching_a_page_is_wrong_usage(tmp_path: Path) -> None:
    assert narrator(tmp_path, "read", "page.html", "--watch", "--to", "none").code == 2


def test_a_film_never_takes_the_place_of_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "talk.vtt").write_text("My own notes.")
    result = narrator(tmp_path, "read", "talk.vtt", "--to", "./talk.mp4", *QUICK)
    assert (result.code, result.out) == (1, "")
    assert "the film would replace" in result.err
    assert (tmp_path / "talk.vtt").read_text() == "My own notes."
    assert not (tmp_path / "talk.mp4").exists()
