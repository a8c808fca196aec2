"""`narrator export` from the outside: a real face and voice, what it prints, and how it is stopped."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import av
import pytest

from narrator.cli import STOPPED, main
from narrator.export.run import Export
from tests.narrator.export.conftest import book

TWINS = ("--voice", "silent", "--presenter", "still", "--width", "160", "--height", "160", "--fps", "20")
SMALL = ("--width", "160", "--height", "160", "--fps", "20", "--no-graphics-card")
LIMIT_S = 240.0


def export(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "narrator", "export", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, cwd=cwd)


def test_a_real_face_speaks_each_document_and_its_film_says_how_it_was_made(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Papa may bob up. Five of them moved.", encoding="utf-8")
    (tmp_path / "two.md").write_text("# On boats\n\nThe boat is blue.", encoding="utf-8")
    made = export(tmp_path, "--into", tmp_path / "films", "--jobs", 1, *SMALL)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines() == [str(tmp_path / f"films/{name}.mp4") for name in ("one", "two")]
    with av.open(str(tmp_path / "films/two.mp4")) as film:
        sound = [abs(frame.to_ndarray()).max() for frame in film.decode(audio=0)]
        assert max(sound) > 0.1
    told = subprocess.run(
        [sys.executable, "-m", "narrator", "doctor", str(tmp_path / "films/two.mp4")],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    assert "unchanged since it was made with narrator" in told.stdout


def test_what_failed_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(book(1), encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    made = export(tmp_path / "good.md", tmp_path / "bad.pdf", "--into", tmp_path / "films", *TWINS)
    assert made.returncode == 1
    assert made.stdout.splitlines() == [str(tmp_path / "films/good.mp4")]
    assert "1 document of 2 failed; the same command tries them again" in made.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_loses_only_what_was_under_way(tmp_path: Path, number: signal.Signals) -> None:
    words = "These words fill a chapter so that it is long enough for a section of its own. " * 6
    (tmp_path / "book.md").write_text(book(1, 14, words), encoding="utf-8")
    command = ["export", str(tmp_path / "book.md"), "--into", str(tmp_path / "films"), "--jobs", "1", *TWINS]
    with subprocess.Popen(
        [sys.executable, "-m", "narrator", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as first:
        deadline = time.monotonic() + LIMIT_S
        while len(list((tmp_path / "films/.sections").glob("*[!t].mov"))) < 3:
            assert time.monotonic() < deadline
            assert first.poll() is None
            time.sleep(0.02)
        first.send_signal(number)
        first.communicate(timeout=LIMIT_S)
    drawn = set((tmp_path / "films/.sections").glob("*.mov"))
    assert not list((tmp_path / "films").glob("*.mp4"))
    before = {path: path.stat().st_mtime_ns for path in drawn if ".part" not in path.name}
    made = export(tmp_path / "book.md", "--into", tmp_path / "films", "--json", *TWINS)
    assert made.returncode == 0, made.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(before) >= 3


def test_films_that_were_made_before_ctrl_c_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "book.md").write_text(book(1), encoding="utf-8")
    run = Export.run

    def interrupted(made: Export) -> None:
        run(made)
        raise KeyboardInterrupt

    monkeypatch.setattr(Export, "run", interrupted)
    command = ["export", str(tmp_path / "book.md"), "--into", str(tmp_path / "films"), "--jobs", "1", *TWINS]
    assert main(command) == STOPPED
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "films/book.mp4")]


KILLS = 4
"""At moments of a run's first seconds: SHELF_KILLS=40 tries more of them."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes to kill")
def test_a_run_that_is_killed_with_all_its_processes_at_any_moment_ends_as_one_that_was_not(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    words = "These words fill a chapter so that it is long enough for a section of its own. " * 6
    for number in range(4):
        (shelf / f"book{number}.md").write_text(book(number, 4, words), encoding="utf-8")
    began_s = time.monotonic()
    assert export(shelf, "--into", tmp_path / "undisturbed", "--jobs", 2, *TWINS).returncode == 0
    taken_s = time.monotonic() - began_s
    chance = random.Random(8)
    command = [sys.executable, "-m", "narrator", "export", str(shelf), "--into", str(tmp_path / "killed"), *TWINS]
    for _ in range(int(os.environ.get("SHELF_KILLS", KILLS))):
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as run:
            with suppress(subprocess.TimeoutExpired):
                run.wait(chance.uniform(0.1, taken_s))
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
    assert export(shelf, "--into", tmp_path / "killed", "--jobs", 2, *TWINS).returncode == 0
    assert contents(tmp_path / "killed") == contents(tmp_path / "undisturbed")


def contents(folder: Path) -> dict[str, object]:
    """Every file; of films what they hold, since no signature comes out as another one does."""
    return {
        str(path.relative_to(folder)): packets(path) if path.suffix == ".mp4" else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".json" and path.name != "names"
    }


def packets(film: Path) -> list[tuple[int, int | None, bytes]]:
    with av.open(str(film)) as opened:
        return [(packet.stream.index, packet.pts, bytes(packet)) for packet in opened.demux()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process alone")
def test_ctrl_c_pressed_again_and_again_ends_it_at_once_and_leaves_nothing_broken(tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text(book(1, 14, "These words fill a chapter. " * 16), encoding="utf-8")
    command = ["export", str(tmp_path / "book.md"), "--into", str(tmp_path / "films"), "--jobs", "1", *TWINS]
    with subprocess.Popen(
        [sys.executable, "-m", "narrator", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        deadline = time.monotonic() + LIMIT_S
        while not list((tmp_path / "films/.sections").glob("[!.]*.mov")):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        for _ in range(5):
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGINT)
            time.sleep(0.05)
        _, told = run.communicate(timeout=LIMIT_S)
    assert run.returncode == 130
    assert "Traceback" not in told
    assert export(tmp_path / "book.md", "--into", tmp_path / "films", *TWINS).returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("a.md",), "expected --into FOLDER, or one FILE.mp4"),
        (("a.md", "--into", "out", "--jobs", "0"), "whole number of at least 1"),
        (("a.md", "--into", "out", "--jobs", "9999"), "Leave --jobs out"),
        (("a.md", "--into", ""), "an empty name came"),
        (("a.md", "--into", "out", "--cluster", ""), "no address came"),
        (("nothing/*.md", "--into", "out"), "matches none"),
        (("a.md", "--into", "out", "--motion", "a.jsonl"), "Choose --motion diffusion or rules"),
        (("a.md", "--into", "out", "--cluster", "tcp://127.0.0.1:9"), "a Dask scheduler at tcp://127.0.0.1:9"),
    ],
)
def test_wrong_words_are_one_line(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    made = export(*words, cwd=tmp_path)
    assert made.returncode in (1, 2)
    assert told in made.stderr
    assert len(made.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_each_line_of_a_log_for_programs_is_an_object(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(book(1), encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    made = export(tmp_path, "--into", tmp_path / "films", "--json", *TWINS)
    events = [json.loads(line) for line in made.stderr.splitlines()]
    assert [event["event"] for event in events if event["event"] != "progress"] == ["document", "document", "end"]
    assert (events[-1]["made"], events[-1]["failed"], events[-1]["left_s"]) == (1, 1, 0.0)


def test_films_may_lie_beside_their_documents_and_nothing_there_is_lost(tmp_path: Path) -> None:
    (tmp_path / "garden.md").write_text(book(1), encoding="utf-8")
    (tmp_path / "garden.jpg").write_bytes(b"my picture")
    for _ in range(2):
        made = export(tmp_path, "--into", tmp_path, *TWINS)
        assert (made.returncode, made.stdout) == (0, f"{tmp_path / 'garden-2.mp4'}\n"), made.stderr
    assert (tmp_path / "garden.jpg").read_bytes() == b"my picture"


def test_names_of_any_letters_become_films_and_a_report(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for name in (b"-x.md", b"line\nbreak <b>.md", b"no\xff\xfeunicode.md", "語".encode() * 80 + b".md"):
        Path(os.fsdecode(os.fsencode(shelf) + b"/" + name)).write_text("Hello.", encoding="utf-8")
    os.mkfifo(shelf / "pipe.txt")
    (shelf / "ring.md").symlink_to(shelf / "ring.md")
    (shelf / "up").symlink_to(shelf)
    made = export(shelf, "--into", shelf / "films", *TWINS)
    assert made.returncode == 1, made.stderr
    assert len(made.stdout.splitlines()) == 4
    report = json.loads((shelf / "films/report.json").read_text(encoding="utf-8"))
    assert sorted(Path(one["source"]).name for one in report["documents"] if one["why"]) == ["pipe.txt", "ring.md"]
