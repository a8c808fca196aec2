"""A wish as a line of JSON in, a narration for a panel out: it ends with the panel, unless it is told to go on.

Run as `python -m narrator.held_process` by the panel (tui/held_narration), which steers it through its socket like any
other command: so nothing that is drawn, spoken or fetched here can keep the panel from answering a key.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from narrator import assemble
from narrator.errors import NarratorError, OutputError
from narrator.live_session import commands, live_session, steerable
from narrator.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrator.live_preview import LivePreview

GO_ON = "go on"
"""The line after which it does not end with the panel, but when nothing is left to read."""
_log = logging.getLogger(__name__)


class _Lines(logging.Handler):
    """What our parts have to say, for the panel."""

    def emit(self, record: logging.LogRecord) -> None:
        """From any thread."""
        _tell({"line": record.getMessage()})


def main() -> int:
    """Until the panel ends, or until all is read."""
    from narrator.live_preview import LivePreview

    wish: dict[str, Any] = json.loads(sys.stdin.readline())
    logging.getLogger().handlers[:] = [_Lines(logging.WARNING)]
    settings, sights = Settings(**wish["settings"]), LivePreview()
    try:
        session = _opened(wish, settings, sights)
    except NarratorError as fault:
        _tell({"error": [fault.expected, fault.came, fault.next_step]})
        return 1
    goes_on = False
    try:
        with steerable(session, settings, commands(session, settings, sights)) as number:
            _tell({"id": number})
            goes_on = sys.stdin.readline().strip() == GO_ON
            if goes_on:
                _let_go()
                session.wait_until_idle()
    finally:
        session.close(completed=goes_on)
    return 0


def _opened(wish: Mapping[str, Any], settings: Settings, sights: LivePreview) -> assemble.Session:
    """With the sources in its queue; held, where they are what was read last time."""
    request = assemble.Request(tuple(wish["sources"]), password=wish["password"])
    targets = [target for target in wish["targets"] if target != assemble.NONE]
    how: dict[str, Any] = {"from_start": wish["from_start"], "reads_ahead": True}
    try:
        session = live_session(request, targets, settings, beside=[sights.output(settings)], **how)
    except OutputError as fault:
        _log.warning("%s", fault)
        session = live_session(request, [], settings, beside=[sights.output(settings)], **how)
    if wish["is_held"]:
        session.pause()
        _log.warning("Held where it was left; space goes on.")
    session.show()
    for source in request.sources:
        session.enqueue(source)
    return session


def _let_go() -> None:
    """Of the panel's terminal."""
    logging.getLogger().handlers[:] = [logging.NullHandler()]
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _tell(line: Mapping[str, Any]) -> None:
    try:
        sys.stdout.buffer.write(f"{json.dumps(line)}\n".encode())
        sys.stdout.buffer.flush()
    except OSError:  # the panel has gone, and stdin will say so
        return


if __name__ == "__main__":
    sys.exit(main())
