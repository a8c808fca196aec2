"""The command as a whole: exit codes, one line per fault, results apart, Ctrl-C anywhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from narrator import cli
from tests.narrator.cli.command import QUICK, environment, narrator

LONG_TEXT = " ".join(f"This is sentence number {number}, and it is not short." for number in range(400))


def test_both_ways_of_starting_it_answer(tmp_path: Path) -> None:
    import narrator as package

    assert narrator(tmp_path, "--version").out.strip() == f"narrator {package.__version__}"
    script = Path(sys.executable).with_name("narrator")
    if script.exists():
        done = subprocess.run([script, "--version"], capture_output=True, text=True, env=environment(tmp_path))
        assert done.stdout.strip() == f"narrator {package.__version__}"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("sing",),
        ("read",),
        ("read", "--text", "x", "page.html"),
        ("read", "x", "--to", "y.avi"),
        ("read", "x", "--ra", "100"),
    ]
    + [("read", "x", "--rate", "20"), ("text", "a", "b"), ("motion", "x"), ("settings", "set", "volume", "3")],
)
def test_wrong_usage_ends_with_2_and_nothing_on_standard_output(tmp_path: Path, words: tuple[str, ...]) -> None:
    result = narrator(tmp_path, *words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("narrator")
    assert result.err.endswith("--help says more.\n")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("command", ["text", "phones", "read"])
def test_a_source_that_is_not_there_is_one_line_and_1(tmp_path: Path, command: str) -> None:
    words = ("--to", "none", *QUICK) if command == "read" else ()
    result = narrator(tmp_path, command, "missing.txt", *words)
    assert result.code == 1
    assert result.out == ""
    assert len(result.err.splitlines()) == 1
    assert "missing.txt" in result.err


def test_without_a_display_and_an_output_it_says_what_to_do(tmp_path: Path) -> None:
    result = narrator(tmp_path, "read", "--text", "Hello.")
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert "--to" in result.err


def test_a_broken_settings_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".config" / "narrator").mkdir(parents=True)
    (tmp_path / ".config" / "narrator" / "settings.toml").write_text("volume = 11\n")
    result = narrator(tmp_path, "phones", "--text", "Hello.")
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert "volume" in result.err


def test_an_unknown_environment_variable_of_ours_is_one_line(tmp_path: Path) -> None:
    result = narrator(tmp_path, "phones", "--text", "Hello.", NARRATOR_VOLUME="11")
    assert result.code == 1
    assert len(result.err.splitlines()) == 1


def test_a_reader_of_our_output_may_leave_early(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("\n\n".join(f"Paragraph {n}. {LONG_TEXT[:2000]}" for n in range(300)))
    process = subprocess.Popen(
        [sys.executable, "-m", "narrator", "text", "long.txt"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(20) == 0


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["film", "motion", "phones"])
def test_ctrl_c_leaves_no_half_file_and_no_traceback(tmp_path: Path, command: str, which: signal.Signals) -> None:
    if os.name != "posix":
        pytest.skip("only on Linux and macOS can a test press Ctrl-C")
    (tmp_path / "long.txt").write_text(LONG_TEXT)
    words = {
        "film": ("read", "long.txt", "--to", "film.mp4", "--to", "none", "--presenter", "still"),
        "motion": ("motion", "long.txt", "-o", "motion.jsonl"),
        "phones": ("phones", "long.txt", "--json"),
    }[command]
    process = subprocess.Popen(
        [sys.executable, "-m", "narrator", *words],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # What runs under nohup ignores SIGHUP, and so would its children.
        preexec_fn=lambda: signal.signal(which, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 10
    while command != "phones" and not list(tmp_path.glob("*.part*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(1.0)
    os.killpg(process.pid, which)  # as a terminal does it: to every process of the group
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert err.splitlines()[-1] == "narrator: stopped"
    assert [path.name for path in tmp_path.iterdir() if path.name not in (".config", ".cache")] == ["long.txt"]
    assert out == ""


def test_json_results_are_json_and_nothing_else(tmp_path: Path) -> None:
    for words in (
        ("text", "--text", "Hello."),
        ("phones", "--text", "Hello."),
        ("voice", "list"),
        ("presenter", "list"),
    ):
        result = narrator(tmp_path, *words, "--json")
        assert result.code == 0, result.err
        json.loads(result.out)


@pytest.mark.parametrize("letters", ["ascii", "latin-1"])
def test_letters_that_the_terminal_lacks_are_spelt_out(tmp_path: Path, letters: str) -> None:
    shown = narrator(tmp_path, "text", "--text", "Good \u4e16\u754c", PYTHONIOENCODING=letters)
    assert (shown.code, shown.out, shown.err) == (0, "Good \\u4e16\\u754c\n", "")
    asked = ("phones", "--text", "Caf\u00e9 \u4e16", "--json")
    assert json.loads(narrator(tmp_path, *asked, PYTHONIOENCODING=letters).out) == json.loads(
        narrator(tmp_path, *asked, PYTHONIOENCODING="utf-8").out
    )


def test_a_full_disk_behind_standard_output_is_one_line_and_1(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a device that is always full")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "narrator", "settings", "show"],
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "No space left" in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(tmp_path: Path, closed: str) -> None:
    if os.name != "posix":
        pytest.skip("this shell is one of Linux and macOS")
    for words, code in (("text --text Hello.", 0), ("text missing.txt", 1), ("text -", 1)):
        done = subprocess.run(
            ["sh", "-c", f'"{sys.executable}" -m narrator {words} {closed}'],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
        assert code == 0 or done.stdout == ""


def test_nobody_reading_the_events_does_not_end_a_narration(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("this shell is one of Linux and macOS")
    words = f"read --text Hello. --to film.mp4 {' '.join(QUICK)}"
    command = f'"{sys.executable}" -m narrator {words} 2>&1 >film.name | true'
    subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment(tmp_path), check=True, timeout=30)
    assert (tmp_path / "film.name").read_text() == "film.mp4\n"
    assert (tmp_path / "film.mp4").exists()


def interrupted_in_a_library(_options: object) -> int:
    """As Ctrl-C inside a compiled library, which turns every exception into its own."""
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise OSError("the picture breaks off") from None
    return 0


def failing(_options: object) -> int:
    raise KeyError("nobody foresaw this")


def test_an_interruption_that_a_library_took_for_a_fault_is_still_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("narrator.cli.settings_commands.where", interrupted_in_a_library)
    with default_signals():
        assert cli.main(["settings", "where"]) == 130
    assert capsys.readouterr().err == "narrator: stopped\n"


def test_a_fault_that_nobody_foresaw_is_one_line_that_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("narrator.cli.settings_commands.where", failing)
    with default_signals():
        assert cli.main(["settings", "where"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "nobody foresaw this" in line
    assert "python -X dev -m narrator" in line


def test_a_thread_still_in_a_library_cannot_spoil_the_end(tmp_path: Path) -> None:
    code = """
import atexit, sys, threading, time
from narrator import cli
print("started", flush=True)
atexit.register(print, "tidied")
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
sys.argv = ["narrator", "text", "missing.txt"]
cli.run()
print("Python went on to its own end")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, timeout=20
    )
    assert (done.returncode, done.stdout) == (1, "started\ntidied\n"), done.stderr


def test_a_crash_in_a_compiled_library_is_not_silent(tmp_path: Path) -> None:
    code = "import signal; from narrator import cli; cli.main = lambda: signal.raise_signal(signal.SIGSEGV); cli.run()"
    done = subprocess.run([sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True)
    assert done.returncode != 0
    assert "Segmentation fault" in done.stderr


def interrupted_twice(_options: object) -> int:
    """As an impatient person: Ctrl-C, and again while the outputs are closed."""
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.raise_signal(signal.SIGINT)
        print("closed")
    return 0


def test_a_second_ctrl_c_does_not_cut_the_closing_short(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("narrator.cli.settings_commands.where", interrupted_twice)
    with default_signals():
        assert cli.main(["settings", "where"]) == 130
    assert capsys.readouterr().out == "closed\n"


@contextmanager
def default_signals() -> Iterator[None]:
    """The signals as a fresh process has them; the test's own afterwards."""
    fresh = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in fresh.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
