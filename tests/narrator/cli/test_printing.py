"""Results go to standard output, events to standard error, one line each."""

from __future__ import annotations

import json

import pytest

from narrator.cli import printing


def test_an_event_is_one_line_of_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    printing.say("a fault\nin two lines")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "a fault in two lines\n")


def test_a_name_that_would_steer_the_terminal_is_shown_and_words_of_any_script_stay(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printing.say("\x1b[31mred.html, क्\u200dष")
    assert capsys.readouterr().err == "\ufffd[31mred.html, क्\u200dष\n"


@pytest.mark.parametrize(("terminal", "no_colour", "is_terminal", "plain"), [
    ("xterm", "", True, False), ("dumb", "", True, True), ("xterm", "1", True, True), ("xterm", "", False, True),
])  # fmt: skip
def test_it_is_plain_without_a_clever_terminal(
    monkeypatch: pytest.MonkeyPatch, terminal: str, no_colour: str, is_terminal: bool, plain: bool
) -> None:
    monkeypatch.setenv("TERM", terminal)
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)
    assert printing.is_plain(False) is plain
    assert printing.is_plain(True)


def test_a_streamed_list_is_json_even_when_it_breaks_off(capsys: pytest.CaptureFixture[str]) -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield {"text": "ä"}
        yield {"text": "b"}
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any will do
        printing.show_json_stream({"title": "t"}, "blocks", rows())
    assert json.loads(capsys.readouterr().out) == {"title": "t", "blocks": [{"text": "ä"}, {"text": "b"}]}
    printing.show_json_stream({}, "blocks", [])
    assert json.loads(capsys.readouterr().out) == {"blocks": []}
