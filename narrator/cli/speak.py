"""`narrator speak`: lines typed in, said at once by a face that listens in between, out."""

from __future__ import annotations

import argparse
import sys
import threading

from narrator import assemble
from narrator.cli import COULD_NOT, DONE
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import is_plain, say
from narrator.cli.progress import reporter
from narrator.cli.read import LOOK_S, FaultLines
from narrator.live_session import steerable

PROMPT = "type a line and press Enter: it is said at once. Ctrl-D ends"


def run(options: argparse.Namespace) -> int:
    """Until standard input ends and the last line is said, or until someone stops it."""
    targets = options.to or [assemble.CAMERA]
    if any(assemble.is_film(target) or target == assemble.TERMINAL for target in targets):
        options.wrong_usage("speak goes to camera, window or none: a film has no listeners, this terminal no free line")
    settings = chosen_settings(options)
    session = assemble.session(assemble.Request(()), targets, settings)
    watcher, faults, is_over = session.subscribe(), FaultLines(), threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            if line.strip():
                session.enqueue(assemble.typed(line.strip(), settings))
        is_over.set()

    try:
        with steerable(session, settings), reporter(is_exporting=False, plain=is_plain(options.plain)) as report:
            session.show()
            say(PROMPT)
            threading.Thread(target=listen, name="narrator-typed", daemon=True).start()
            while not session.state.stopped and not (is_over.is_set() and session.wait_until_idle(0)):
                if state := watcher.get(LOOK_S):
                    report(state)
                    faults.tell(state)
    finally:
        session.close(completed=not session.state.stopped)
    faults.tell(session.state)
    return COULD_NOT if session.state.faults else DONE
