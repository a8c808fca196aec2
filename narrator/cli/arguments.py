"""The settings' descriptions in, the parser of every command out; its code is imported when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import NoReturn, TypeAlias

from narrator import __version__, settings
from narrator.cli.steering_arguments import add_steering
from narrator.errors import SettingError

SPEECH = ("voice", "rate", "language", "announce_lists", "fetch_time_limit_s")
"""The settings that decide what is said and when; the others only change the picture or its sound."""
TEXT = ("language", "fetch_time_limit_s")

MISSING = "the following arguments are required"
"""How argparse begins to say that a command's own command is not there."""
SOURCE = "an address, a file (.html .pdf .txt .md .wav .mp3 ...), - for standard input, clipboard, or selection"
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line, each command for itself."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Ends with 2 at what it does not know; argparse would have the top parser tell of it."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}{self._near(unknown[0])}")
        return known, unknown

    def _near(self, unknown: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(unknown.partition("=")[0], self._option_string_actions, 1)
        return f" (is {near[0]} meant?)" if near and unknown.startswith("--") else ""

    def error(self, message: str) -> NoReturn:
        """Ends with 2; what a command lacks is named with what there is to choose from."""
        actions = self._subparsers._group_actions[0].choices if self._subparsers else None
        if actions and message.startswith(MISSING):
            message = f"expected one of {', '.join(actions)}"
        self.exit(2, f"{self.prog}: {message}. {self.prog} --help says more.\n")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top: argparse.ArgumentParser = _Parser(
        prog="narrator",
        description="Reads a page, a PDF or the clipboard aloud with a face one can lip-read.",
        epilog="narrator COMMAND --help explains a command. "
        "Exit codes: 0 done, 1 it could not, 2 wrong usage, 130 stopped.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"narrator {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_read(commands)
    _add_speak(commands)
    _add_follow(commands)
    _add_panel(commands)
    _add_text(commands)
    _add_phones(commands)
    _add_motion(commands)
    _add_export(commands)
    _add_presenters(commands)
    _add_lists(commands)
    add_steering(commands, _command, _add_json)
    _add_settings(commands)
    _add_screen_reader(commands)
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


def _add_speak(commands: Commands) -> None:
    speak = _command(commands, "speak", "say each line that is typed, as in a meeting", "speak:run")
    _add_to(speak, "camera, window or none", "camera")
    speak.set_defaults(wrong_usage=speak.error)
    _add_settings_options(speak, settings.names())


def _add_follow(commands: Commands) -> None:
    follow = _command(commands, "follow", "let the face say along what a microphone hears", "follow:run")
    follow.add_argument(
        "sound",
        nargs="?",
        default="microphone",
        metavar="SOUND",
        help="microphone, system (what the loudspeakers play), or a sound device's name (default: microphone)",
    )
    _add_to(follow, "window, camera or none", "window")
    follow.set_defaults(wrong_usage=follow.error)
    _add_settings_options(follow, settings.names())


def _add_read(commands: Commands) -> None:
    read = _command(commands, "read", "read sources aloud with a face", "read:run")
    _add_source(read, several=True)
    _add_to(read, "window, camera, terminal, none or FILE.mp4", "window")
    read.add_argument("--watch", action="store_true", help="with clipboard or selection: read whatever is copied next")
    read.add_argument(
        "--from-start", action="store_true", help="begin each document at its beginning, not where it was left"
    )
    _add_settings_options(read, settings.names())


def _add_panel(commands: Commands) -> None:
    panel = _command(
        commands, "panel", "everything from one screen of the terminal, by key, pointer or name", "panel:run"
    )
    panel.add_argument("source", nargs="*", metavar="SOURCE", help=f"{SOURCE}; none: what was left last time, held")
    _add_to(panel, "window, camera, none or FILE.mp4", "window")
    panel.add_argument(
        "--attach", nargs="?", const="", metavar="ID", help="show and steer a narration that runs already"
    )
    panel.add_argument("--from-start", action="store_true", help="begin each document at its beginning")
    panel.add_argument("--password", metavar="WORD", help="of an encrypted PDF; or set NARRATOR_PDF_PASSWORD")
    panel.set_defaults(wrong_usage=panel.error)
    _add_settings_options(panel, settings.names())


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


def _add_export(commands: Commands) -> None:
    export = _command(commands, "export", "make films of many documents, or one of the running narration", "export:run")
    export.add_argument(
        "source",
        nargs="+",
        metavar="SOURCE",
        help="files, folders, patterns in quotes, addresses, files of addresses, or @FILE with a source on each line; "
        "without --into: the FILE.mp4 for what a running narration reads and what waits there",
    )
    export.add_argument("--into", metavar="FOLDER", help="where the films go, with a page that plays them")
    export.add_argument(
        "--jobs", type=_count, metavar="N", help="processes of this machine (default: one for each core)"
    )
    export.add_argument("--cluster", metavar="ADDRESS", help="draw on a Dask scheduler's workers, as tcp://host:8786")
    export.add_argument("--burn-captions", action="store_true", help="captions in the picture too, for simple players")
    export.add_argument("--password", metavar="WORD", help="of encrypted PDFs; or set NARRATOR_PDF_PASSWORD")
    export.add_argument("--id", default="", metavar="ID", help="which running narration (default: the only one)")
    _add_json(export)
    export.set_defaults(wrong_usage=export.error)
    _add_settings_options(export, settings.names())


def _count(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f'expected a whole number of at least 1; "{text}" came')


def _add_lists(commands: Commands) -> None:
    voice = commands.add_parser("voice", help="list the voices").add_subparsers(metavar="ACTION", required=True)
    _add_json(_command(voice, "list", "name every voice", "lists:voices"))


def _add_presenters(commands: Commands) -> None:
    actions = commands.add_parser("presenter", help="list, show, add or remove faces").add_subparsers(
        metavar="ACTION", required=True
    )
    _add_json(_command(actions, "list", "name every face", "presenters:show_all"))
    show = _command(actions, "show", "tell about one face", "presenters:show_one")
    show.add_argument("name", metavar="NAME")
    _add_json(show)
    add = _command(actions, "add", "make a face of a picture, or take one out of a pack", "presenters:add")
    add.add_argument("picture", metavar="PICTURE", help="an image with one face in it, or a pack (.zip)")
    add.add_argument("--name", metavar="N", help="what to call it (default: after the file)")
    add.add_argument("--face", type=int, metavar="K", help="which of several faces, counted from the left")
    add.add_argument("--consent", metavar="TEXT", help="whose picture it is and how they agreed; asked for otherwise")
    add.add_argument("--replace", action="store_true", help="take the place of one with the same name")
    remove = _command(actions, "remove", "take a face of your own away", "presenters:remove")
    remove.add_argument("name", metavar="NAME")
    export = _command(actions, "export", "write a face of your own as a pack", "presenters:export")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", metavar="FILE.zip")


def _add_settings(commands: Commands) -> None:
    actions = commands.add_parser("settings", help="show or change what is remembered").add_subparsers(
        metavar="ACTION", required=True
    )
    _add_json(_command(actions, "show", "show every setting with its value and meaning", "settings_commands:show_all"))
    _command(actions, "where", "show where the settings file is", "settings_commands:where")
    change = _command(actions, "set", "remember a setting", "settings_commands:change")
    change.add_argument("name", choices=settings.names(), metavar="NAME", help=", ".join(settings.names()))
    change.add_argument("value", metavar="VALUE")


def _add_screen_reader(commands: Commands) -> None:
    actions = commands.add_parser(
        "screen-reader", help="have what the screen reader says on the face: install, remove, status"
    ).add_subparsers(metavar="ACTION", required=True)
    _command(actions, "install", "make narrator a voice of Speech Dispatcher, for this user", "screen_reader:install")
    _command(actions, "remove", "take it away again", "screen_reader:remove")
    _add_json(_command(actions, "status", "tell whether it is heard, and what mends it", "screen_reader:status"))


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


def _add_to(command: argparse.ArgumentParser, choices: str, default: str) -> None:
    help_line = f"{choices}; may be given more than once (default: {default})"
    command.add_argument("--to", action="append", type=_target, metavar="OUTPUT", help=help_line)


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

    if text in (*assemble.LIVE, assemble.NONE) or assemble.is_film(text):
        return text
    raise argparse.ArgumentTypeError(f'expected window, camera, terminal, none or FILE.mp4; "{text}" came')
