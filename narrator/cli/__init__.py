"""Command-line words in, an exit code out: 0 done, 1 it could not, 2 wrong usage, 130 stopped."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

DONE = 0
COULD_NOT = 1
STOPPED = 130
"""128 + SIGINT, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command."""
    from narrator.errors import NarratorError

    _end_on_terminate()
    try:
        from narrator.cli.arguments import parser

        options = parser().parse_args(arguments)
        _log_to_standard_error()
        return int(options.run(options))
    except NarratorError as fault:
        print(f"narrator: {fault}", file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        print("narrator: stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read our output has enough: not a fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _log_to_standard_error() -> None:
    """What parts have to say besides their results, a line each."""
    import logging

    logging.basicConfig(format="narrator: %(message)s", level=logging.WARNING, stream=sys.stderr)


def _end_on_terminate() -> None:
    """SIGTERM ends a command as Ctrl-C does: outputs closed, no half files."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
