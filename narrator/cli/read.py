"""`narrator read`: sources in, a narration on the outputs named out; events on standard error."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Sequence
from pathlib import Path

from narrator import assemble
from narrator.cli import COULD_NOT, DONE, STOPPED
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import is_plain, say, show
from narrator.cli.progress import reporter
from narrator.cli.requests import request
from narrator.errors import OutputError
from narrator.live_session import live_session, steerable
from narrator.places import named_path, whole_path

LOOK_S = 0.1
"""How long to wait for the next state before looking whether all is done."""

LENGTHS_APART_S, LENGTHS_APART = 2.0, 0.1
"""How much longer or shorter than what is said a saved motion may be: a pause, and a share of it."""
ANOTHER_NAME = "Choose another name with --to."


class FaultLines:
    """One line for each thing that went wrong, as soon as it is known, and once."""

    def __init__(self) -> None:
        self._told: set[object] = set()

    def tell(self, state: assemble.State) -> None:
        """The faults that were not told yet."""
        for fault in state.faults:
            if fault not in self._told:
                self._told.add(fault)
                say(f"narrator: {fault.name}: {fault.message}")


def run(options: argparse.Namespace) -> int:
    """Reads one source after the other; a bad one is named and the others go on."""
    asked = request(options)
    targets = _apart(["terminal:plain" if one == "terminal" and options.plain else one for one in options.to or []])
    films = [target for target in targets if assemble.is_film(target)]
    if options.watch:
        return _watch(options, asked, targets, films)
    _refuse_the_sources(films, asked.sources)
    settings = chosen_settings(options)
    session = live_session(asked, targets, settings, from_start=options.from_start)
    watcher, faults = session.subscribe(), FaultLines()
    completed = False
    try:
        for source in asked.sources:  # opened while what follows is imported
            session.enqueue(source)
        with (
            steerable(session, settings, stands_back=bool(films) and films == targets),
            reporter(
                is_exporting=bool(films),
                plain=is_plain(options.plain),
                is_painted_over=assemble.TERMINAL in targets,
            ) as report,
        ):
            while not session.wait_until_idle(0):
                if state := watcher.get(LOOK_S):
                    report(state)
                    faults.tell(state)
            while state := watcher.get(0):
                report(state)
        completed = not session.state.stopped
    finally:
        session.close(completed=completed)
    if completed and len(session.made_from.motions) == 1:
        _tell_of_another_length(settings.motion, session.state.narration_s)
    return _end(session.state, films, completed, faults)


def _apart(targets: list[str]) -> list[str]:
    """Each output once, also where a film is named in two ways; shells leave the home folder in --to=~/x to us."""
    chosen: dict[str | Path, str] = {}
    for target in targets:
        path = named_path(target)
        is_film = assemble.is_film(target)
        chosen.setdefault(whole_path(target) if is_film else target, str(path) if target.startswith("~") else target)
    return list(chosen.values())


def _refuse_the_sources(films: list[str], sources: Sequence[str]) -> None:
    """A film and the captions beside it take the place of what has their names: never of what is read."""
    read = {whole_path(source) for source in sources}
    for film in films:
        path = whole_path(film)
        for written in (path, path.with_suffix(".vtt")):
            if written in read:
                raise OutputError("another file than what is read", f"the film would replace {written}", ANOTHER_NAME)


def _watch(options: argparse.Namespace, asked: assemble.Request, targets: list[str], films: list[str]) -> int:
    """Reads what is copied until someone stops it."""
    if films or len(asked.sources) != 1 or asked.sources[0] not in assemble.CLIPBOARDS:
        options.wrong_usage("--watch goes with clipboard or selection alone, and with no film")
    copied = assemble.watch(asked.sources[0])
    settings = chosen_settings(options)
    session = assemble.session(asked, targets, settings)
    watcher, faults = session.subscribe(), FaultLines()

    def listen() -> None:
        for passage in copied:
            session.enqueue(passage)

    threading.Thread(target=listen, name="narrator-clipboard", daemon=True).start()
    say(f"waiting for something to be copied to the {asked.sources[0]}; stop with Ctrl-C")
    try:
        with steerable(session, settings), reporter(is_exporting=False, plain=is_plain(options.plain)) as report:
            while not session.state.stopped:
                session.wait_until_idle(0)
                if state := watcher.get(LOOK_S):
                    report(state)
                    faults.tell(state)
    finally:
        session.close(completed=False)
    return _end(session.state, [], completed=False, faults=faults)


def _tell_of_another_length(motion: str, narrated_s: float) -> None:
    """A saved motion that was written for something else."""
    motion_s = assemble.motion_end_s(motion)
    if motion_s is None or abs(motion_s - narrated_s) <= max(LENGTHS_APART_S, LENGTHS_APART * motion_s):
        return
    then = "after it the face stood still" if narrated_s > motion_s else "its rest was not shown"
    ends = f"the motion in {motion} ends at {motion_s:.1f} s, what was said at {narrated_s:.1f} s"
    say(f"narrator: {ends}: {then}. Was it written for the same words, voice and rate?")


def _end(state: assemble.State, films: list[str], completed: bool, faults: FaultLines) -> int:
    """Names what went wrong last and what was written."""
    faults.tell(state)
    lost = {fault.name for fault in state.faults if fault.part == "output"}
    is_shown = state.narration_s > 0  # nothing is, where every single sentence was left out
    for film in films:
        if completed and film not in lost and state.finished and is_shown:
            show(film)
    if films and state.stopped and not state.faults:  # by `narrator stop`, from elsewhere
        say("narrator: stopped, so there is no film")
        return STOPPED
    return COULD_NOT if state.faults else DONE
