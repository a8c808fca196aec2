"""Every setting is an option, described once; the parser knows every command of this version."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

from narrator import settings
from narrator.cli.arguments import SPEECH, TEXT, chosen_settings, parser

NOT_SETTINGS = {"source", "text", "password", "to", "watch", "plain", "json", "output", "help", "from_start"}


def commands() -> dict[str, argparse.ArgumentParser]:
    (action,) = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    return dict(action.choices)


def settings_of(command: str) -> set[str]:
    return {action.dest for action in commands()[command]._actions} - NOT_SETTINGS


def test_the_options_of_read_and_motion_are_the_settings() -> None:
    assert settings_of("read") == set(settings.names())
    assert settings_of("motion") == set(settings.names())


def test_the_options_of_phones_and_text_are_those_settings_that_change_them() -> None:
    assert settings_of("phones") == set(SPEECH)
    assert settings_of("text") == set(TEXT)
    assert set(SPEECH) | set(TEXT) <= set(settings.names())


def test_the_commands_are_those_of_this_version() -> None:
    steering = (
        {"pause", "resume", "next", "previous", "replay", "seek", "skip", "stop"}
        | {
            "rate",
            "change",
            "queue",
            "status",
        }
        | {"say", "outputs", "open", "shut", "outline", "export"}
    )
    others = {"read", "speak", "panel", "text", "phones", "motion", "presenter", "voice", "settings", "doctor"}
    assert set(commands()) == steering | others | {"screen-reader", "follow"}


def test_every_command_has_a_help_line_and_plain() -> None:
    for name, command in commands().items():
        if name not in ("presenter", "screen-reader", "voice", "settings"):
            assert command.description
            assert "--plain" in command.format_help()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["read", "page.html", "--rat", "3"], "narrator read: unrecognized arguments: --rat 3 (is --rate meant?)."),
        (["export", "shelf", "-o", "x"], "narrator export: unrecognized arguments: -o x. narrator export --help"),
        (["voice", "list", "--zzz"], "narrator voice list: unrecognized arguments: --zzz. narrator voice list --help"),
    ],
)
def test_what_a_command_does_not_know_is_told_by_that_command(
    words: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parser().parse_args(words)
    assert capsys.readouterr().err.startswith(line)


def test_what_is_not_given_comes_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATOR_RATE", "99")
    options = parser().parse_args(["read", "x", "--exaggeration", "1.5", "--reduced-motion"])
    chosen = chosen_settings(options)
    assert (chosen.rate, chosen.exaggeration, chosen.reduced_motion) == (99, 1.5, True)
    assert chosen_settings(parser().parse_args(["read", "x", "--no-reduced-motion"])).reduced_motion is False


def test_outputs_may_be_named_more_than_once() -> None:
    options = parser().parse_args(["read", "x", "--to", "window", "--to", "Film.MP4"])
    assert options.to == ["window", "Film.MP4"]


def test_numbers_below_zero_are_values_not_options() -> None:
    assert parser().parse_args(["read", "x", "--audio-offset-ms", "-40"]).audio_offset_ms == -40


@pytest.mark.parametrize("words", [["--rate", "300"], ["--framing", "feet"], ["--fps", "abc"], ["--to", "film.avi"]])
def test_a_wrong_value_is_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["read", "x", *words])
    assert ended.value.code == 2
    assert words[0] in capsys.readouterr().err


def test_building_the_parser_loads_no_part() -> None:
    code = (
        "import sys; from narrator.cli.arguments import parser; parser(); "
        "print([name for name in sys.modules if name.split('.')[0] in ('numpy', 'avatar', 'readers', 'rich')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
