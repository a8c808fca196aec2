"""A command such as `narrator pause` in, the running narration steered, its line of news out."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping
from typing import Any

from narrator import settings
from narrator.assemble import is_film
from narrator.cli import DONE
from narrator.cli.printing import as_json, show, show_json
from narrator.errors import NarratorError
from narrator.live_session import running_narration, running_narrations
from narrator.places import from_anywhere, whole_path

State = Mapping[str, Any]
_log = logging.getLogger(__name__)


def pause(options: argparse.Namespace) -> int:
    """Holds it; with --toggle goes on where it is held."""
    return _ask(options, "toggle" if options.toggle else "pause")


def resume(options: argparse.Namespace) -> int:
    """Goes on."""
    return _ask(options, "resume")


def next(options: argparse.Namespace) -> int:  # noqa: A001 - the command's own name
    """On by a sentence, paragraph or heading."""
    return _ask(options, "next", unit=options.unit)


def previous(options: argparse.Namespace) -> int:
    """Back by one."""
    return _ask(options, "previous", unit=options.unit)


def replay(options: argparse.Namespace) -> int:
    """The sentence again."""
    return _ask(options, "replay", slower=options.slower)


def seek(options: argparse.Namespace) -> int:
    """To a sentence and a word, counted from 1 as in the lines that `narrator read` prints."""
    return _ask(options, "seek", sentence=options.sentence - 1, word=options.word - 1)


def skip(options: argparse.Namespace) -> int:
    """The next source."""
    return _ask(options, "skip")


def stop(options: argparse.Namespace) -> int:
    """Ends it all."""
    return _ask(options, "stop")


def rate(options: argparse.Namespace) -> int:
    """Another rate from the next word on."""
    return _ask(options, "set", name="rate", value=options.value)


def change(options: argparse.Namespace) -> int:
    """Another value for a setting."""
    name = options.name.replace("-", "_")
    return _ask(options, "set", name=name, value=settings.whole(name, options.value))


def queue(options: argparse.Namespace) -> int:
    """What waits, or a change of it."""
    wanted = {None: (0, 0), "add": (1, 1000), "move": (2, 2), "remove": (1, 1)}[options.action]
    if not wanted[0] <= len(options.what) <= wanted[1]:
        options.wrong_usage("expected: queue, queue add SOURCE ..., queue move NUMBER PLACE, or queue remove NUMBER")
    numbers = [] if options.action == "add" else [_number(options, word) for word in options.what]
    with running_narration(options.id) as narration:
        if options.action == "add":
            for source in options.what:
                narration.ask("add", source=from_anywhere(source))
        elif options.action is not None:
            fields = dict(zip(("item", "place"), numbers, strict=False))
            if options.action == "move":
                fields["place"] = max(0, fields["place"] - 1)
            narration.ask(options.action, **fields)
        waiting = narration.ask("status")["state"]["waiting"]
    if options.json:
        show_json(waiting)
    else:
        for one in waiting:
            show(f"{one['id']}: {one['name']}")
    return DONE


def say(options: argparse.Namespace) -> int:
    """At once."""
    return _ask(options, "say", text=" ".join(options.words))


def outputs(options: argparse.Namespace) -> int:
    """What is open, and each kind with its state."""
    with running_narration(options.id) as narration:
        opened = narration.ask("status")["state"]["outputs"]
        kinds = narration.ask("outputs")["outputs"]
    if options.json:
        show_json({"open": opened, "outputs": kinds})
        return DONE
    for name in opened:
        show(f"open: {name}")
    for kind in kinds:
        mend = f" To mend it: {kind['mend']}" if kind["mend"] else ""
        show(f"{kind['name']}: {'can be opened' if kind['works'] else 'cannot be had'}: {kind['detail']}.{mend}")
    return DONE


def open(options: argparse.Namespace) -> int:  # noqa: A001 - the command's own name
    """One more output; a film is named from here."""
    return _ask(options, "open", target=_film_or_name(options.target))


def shut(options: argparse.Namespace) -> int:
    """One less."""
    return _ask(options, "shut", target=_film_or_name(options.target))


def outline(options: argparse.Namespace) -> int:
    """A heading a line, with the number that seek takes."""
    with running_narration(options.id) as narration:
        headings = narration.ask("outline")["headings"]
    if options.json:
        show_json(headings)
        return DONE
    for one in headings:
        at = "-" if one["sentence"] is None else one["sentence"] + 1
        show(f"{at}: {'  ' * (one['level'] - 1)}{one['text']}")
    return DONE


def export(options: argparse.Namespace) -> int:
    """Makes the film in this process, while the narration goes on in its own."""
    from narrator.cli.arguments import parser

    if not is_film(options.target):
        options.wrong_usage(f'expected a name that ends in .mp4; "{options.target}" came')
    with running_narration(options.id) as narration:
        words = narration.ask("export", target=options.target)["words"]
    made = parser().parse_args([*words, "--plain"] if options.plain else words)
    return int(made.run(made))


def status(options: argparse.Namespace) -> int:
    """Every running narration, or each change of one."""
    if options.watch:
        with running_narration(options.id) as narration:
            for line in narration.watch():
                if options.json or "state" in line:
                    show(as_json(line) if options.json else f"{narration.id}: {_told(line['state'])}", at_once=True)
        return DONE
    states = _states_of_all([options.id] if options.id else running_narrations() or [""])
    if options.json:
        show_json([{"id": number, **state} for number, state in states])
    else:
        for number, state in states:
            show(f"{number}: {_told(state)}")
    return DONE


def _state_of(number: str) -> tuple[str, State]:
    with running_narration(number) as narration:
        return narration.id, narration.ask("status")["state"]


def _states_of_all(numbers: list[str]) -> list[tuple[str, State]]:
    """One that does not answer is named, and the others are told all the same."""
    states, faults = [], []
    for number in numbers:
        try:
            states.append(_state_of(number))
        except NarratorError as fault:
            faults.append(fault)
    if not states and faults:
        raise faults[0]
    for each in faults:
        _log.warning("%s", each)
    return states


def _ask(options: argparse.Namespace, command: str, **fields: object) -> int:
    with running_narration(options.id) as narration:
        narration.ask(command, **fields)
    return DONE


def _told(state: State) -> str:
    """One line."""
    where = state["title"] or state["source"]
    parts = [_doing(state)]
    if where:
        share = "" if state["progress"] is None else f", {state['progress'] * 100:.0f} %"
        parts.append(f"{where} (sentence {state['sentence_index'] + 1}{share})")
    if state["sentence"]:
        parts.append(state["sentence"])
    return ": ".join(parts)


def _doing(state: State) -> str:
    """Its status in words; nobody hears a film that is being made."""
    outputs = state.get("outputs", ())
    is_filming = state["status"] == "speaking" and outputs and all(map(is_film, outputs))
    return "making a film" if is_filming else str(state["status"])


def _film_or_name(target: str) -> str:
    return str(whole_path(target)) if is_film(target) else target


def _number(options: argparse.Namespace, text: str) -> int:
    if not text.isdecimal():
        options.wrong_usage(f'expected a number; "{text}" came')
    return int(text)
