"""The settings' descriptions in, the parser of every command out; its code is imported when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TypeAlias

from narrator import __version__, settings
from narrator.errors import SettingError

SPEECH = ("voice", "rate", "language", "announce_lists", "fetch_time_limit_s")
"""The settings that decide what is said and when; the others only change the picture or its sound."""
TEXT = ("language", "fetch_time_limit_s")

SOURCE = "an address, a file (.html .pdf .txt .md), - for standard input, clipboard, or selection"
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="narrator",
        description="Reads a page, a PDF or the clipboard aloud with a face one can lip-read.",
        epilog="narrator COMMAND --help explains a command. "
        "Exit codes: 0 done, 1 it could not, 2 wrong usage, 130 stopped.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"narrator {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_read(commands)
    _add_text(commands)
    _add_phones(commands)
    _add_motion(commands)
    _add_lists(commands)
    _add_settings(commands)
    _add_doctor(commands)
    return top


def chosen_settings(options: argparse.Namespace) -> settings.Settings:
    """The settings in force, with those given on the command line."""
    given = {name: getattr(options, name) for name in settings.names() if getattr(options, name, None) is not None}
    return settings.load(given)


def _command(commands: Commands, name: str, help_line: str, run: str) -> argparse.ArgumentParser:
    module, function = run.split(":")

    def start(options: argparse.Namespace) -> int:
        return int(getattr(import_module(f"narrator.cli.{module}"), function)(options))

    made = commands.add_parser(
        name, help=help_line, description=f"{help_line[0].upper()}{help_line[1:]}.", allow_abbrev=False
    )
    made.add_argument("--plain", action="store_true", help="one line per event, no colours or bars")
    made.set_defaults(run=start)
    return made


def _add_read(commands: Commands) -> None:
    read = _command(commands, "read", "read sources aloud with a face", "read:run")
    _add_source(read, several=True)
    read.add_argument(
        "--to",
        action="append",
        type=_target,
        metavar="OUTPUT",
        help="window, none or FILE.mp4; may be given more than once (default: window)",
    )
    read.add_argument("--watch", action="store_true", help="with clipboard or selection: read whatever is copied next")
    _add_settings_options(read, settings.names())


def _add_text(commands: Commands) -> None:
    text = _command(commands, "text", "show what would be read", "text:run")
    _add_source(text)
    _add_json(text)
    _add_settings_options(text, TEXT)


def _add_phones(commands: Commands) -> None:
    phones = _command(commands, "phones", "show the timed speech sounds and words", "phones:run")
    _add_source(phones)
    _add_json(phones)
    _add_settings_options(phones, SPEECH)


def _add_motion(commands: Commands) -> None:
    motion = _command(commands, "motion", "write the face's geometry, one JSON object per video frame", "motion:run")
    _add_source(motion)
    motion.add_argument("-o", "--output", required=True, metavar="FILE.jsonl", help="where to; - for standard output")
    _add_settings_options(motion, settings.names())


def _add_lists(commands: Commands) -> None:
    presenter = commands.add_parser("presenter", help="list or show the faces").add_subparsers(
        metavar="ACTION", required=True
    )
    _add_json(_command(presenter, "list", "name every face", "lists:presenters"))
    show = _command(presenter, "show", "tell about one face", "lists:presenter")
    show.add_argument("name", metavar="NAME")
    _add_json(show)
    voice = commands.add_parser("voice", help="list the voices").add_subparsers(metavar="ACTION", required=True)
    _add_json(_command(voice, "list", "name every voice", "lists:voices"))


def _add_settings(commands: Commands) -> None:
    actions = commands.add_parser("settings", help="show or change what is remembered").add_subparsers(
        metavar="ACTION", required=True
    )
    _add_json(_command(actions, "show", "show every setting with its value and meaning", "settings_commands:show_all"))
    _command(actions, "where", "show where the settings file is", "settings_commands:where")
    change = _command(actions, "set", "remember a setting", "settings_commands:change")
    change.add_argument("name", choices=settings.names(), metavar="NAME", help=", ".join(settings.names()))
    change.add_argument("value", metavar="VALUE")


def _add_doctor(commands: Commands) -> None:
    doctor = _command(commands, "doctor", "tell what works on this machine and how to mend the rest", "doctor:run")
    doctor.add_argument("file", nargs="?", metavar="FILE", help="also look at this film")
    _add_json(doctor)


def _add_source(command: argparse.ArgumentParser, *, several: bool = False) -> None:
    command.add_argument("source", nargs="*" if several else "?", metavar="SOURCE", help=SOURCE)
    command.add_argument("--text", metavar="WORDS", help="read these words instead of a SOURCE")
    command.add_argument(
        "--password",
        metavar="WORD",
        help="of an encrypted PDF; or set NARRATOR_PDF_PASSWORD",
    )
    command.set_defaults(wrong_usage=command.error)


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as JSON")


def _add_settings_options(command: argparse.ArgumentParser, names: Iterable[str]) -> None:
    """One option for each setting, described by the setting itself."""
    group = command.add_argument_group("settings (narrator settings set remembers them)")
    for name in names:
        flag, meaning = f"--{name.replace('_', '-')}", settings.meaning(name).replace("%", "%%")
        if settings.is_switch(name):
            group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=meaning)
            continue
        group.add_argument(
            flag,
            type=_value_of(name),
            choices=settings.choices(name) or None,
            metavar=settings.unit(name) or None,
            help=meaning,
        )


def _value_of(name: str) -> Callable[[str], settings.Value]:
    def parse(text: str) -> settings.Value:
        try:
            return settings.parse(name, text)
        except SettingError as fault:
            raise argparse.ArgumentTypeError(str(fault)) from None

    return parse


def _target(text: str) -> str:
    from narrator import assemble

    if text in (assemble.WINDOW, assemble.NONE) or assemble.is_film(text):
        return text
    raise argparse.ArgumentTypeError(f'expected window, none or FILE.mp4; "{text}" came')
