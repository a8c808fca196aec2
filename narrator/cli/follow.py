"""`narrator follow`: a microphone or the system's sound in, a face that says it along out, until stopped."""

from __future__ import annotations

import argparse

from narrator import assemble, assemble_following
from narrator.cli import COULD_NOT, DONE
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import is_plain, say
from narrator.cli.progress import reporter
from narrator.cli.read import LOOK_S, FaultLines
from narrator.live_session import steerable

WATCHING = "the face follows {sound}, {behind} ms behind; what it says without a text is a guess. Ctrl-C ends"


def run(options: argparse.Namespace) -> int:
    """Until the window is closed or someone stops it."""
    targets = options.to or [assemble.WINDOW]
    if any(assemble.is_film(target) or target == assemble.TERMINAL for target in targets):
        options.wrong_usage("follow goes to window, camera or none: record the sound and read it to make a film")
    settings = chosen_settings(options)
    faults = FaultLines()
    with assemble_following.following(options.sound, targets, settings) as session:
        watcher = session.subscribe()
        with steerable(session, settings), reporter(is_exporting=False, plain=is_plain(options.plain)) as report:
            session.show()
            say(WATCHING.format(sound=options.sound, behind=settings.follow_behind_ms))
            while not session.state.stopped:
                if state := watcher.get(LOOK_S):
                    report(state)
                    faults.tell(state)
        faults.tell(session.state)
        return COULD_NOT if session.state.faults else DONE
