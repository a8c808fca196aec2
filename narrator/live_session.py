"""A request and settings in, a session others can steer, which knows where it stopped, out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from narrator import assemble
from narrator.freed_memory import give_back_at_once

if TYPE_CHECKING:
    from narrator.live_preview import LivePreview
    from narrator.remote.client import Client as Client
    from narrator.session import Session
    from narrator.session_commands import Commands
    from narrator.session_places import KeepPlaces
    from narrator.settings import Settings
    from narrator.stages import Output

_log = logging.getLogger(__name__)


def live_session(
    request: assemble.Request,
    targets: Sequence[str],
    settings: Settings,
    *,
    from_start: bool = False,
    beside: Sequence[Output] = (),
    reads_ahead: bool = False,
) -> Session:
    """A session that goes on where each document was left, unless told to begin at its start. Close it.

    beside: outputs that were made elsewhere. reads_ahead: also what is not played yet is read, so that it can be shown.
    """
    if not all(map(assemble.is_film, targets)) or not targets:
        give_back_at_once()  # people listen for hours
    places = _places(request, targets, from_start=from_start)
    return assemble.session(request, targets, settings, places, beside=beside, reads_ahead=reads_ahead)


def commands(session: Session, settings: Settings, sights: LivePreview | None = None) -> Commands:
    """What may be asked of it, by this process or others; sights: where its preview was made already."""
    from narrator.live_outputs import LiveOutputs
    from narrator.live_preview import LivePreview
    from narrator.live_settings import LiveSettings
    from narrator.session_commands import Commands

    desk = LiveSettings(
        session,
        settings,
        delivery=assemble.delivery,
        viewport=assemble.viewport,
        voice=assemble.voice,
        face=assemble.face,
        check_motion=assemble.check_motion,
        offered={"voice": _voices, "presenter": _presenters},
    )
    sights = sights or LivePreview()
    sights.attach(session, lambda: desk.settings)
    outlets = LiveOutputs(lambda: desk.settings, lambda: session.state.outputs, session.made_from)
    return Commands(session, desk, outlets, sights)


def _voices() -> Iterator[tuple[str, str]]:
    for name, language, description in assemble.voices():
        yield name, " ".join(part for part in (language, description) if part)


def _presenters() -> Iterator[tuple[str, str]]:
    from narrator import presenters

    yield from ((one.name, one.title) for one in presenters.everyone())


@contextmanager
def steerable(
    session: Session, settings: Settings, known: Commands | None = None, *, stands_back: bool = False
) -> Iterator[str]:
    """While it lasts, commands from this person's other processes reach the session; by which id.

    known: the commands that this process gives too, so that all see the same settings. stands_back: it is meant by
    those who name no id only where nothing else runs.

    Where the socket cannot be made, that is told in one line, the id is empty, and the narration goes on without it.
    """
    from narrator.remote.door import open_door
    from narrator.remote.server import Server
    from narrator.session_commands import SessionStates

    try:
        door = open_door()
    except OSError as failure:
        _log.warning("other commands cannot steer this narration: %s", failure)
        yield ""
        return
    if stands_back:
        door.stand_back()
    server = Server(door, (known or commands(session, settings)).answer, SessionStates(session))
    server.start()
    try:
        yield server.id
    finally:
        server.close()


def running_narration(id_wanted: str = "") -> Client:
    """A line to the narration of that id, else to the newest. Raises NotRunning."""
    from narrator.remote.client import connect

    return connect(id_wanted)


def running_narrations() -> list[str]:
    """The ids of all that run, the newest first."""
    from narrator.remote.client import running

    return running()


def _places(request: assemble.Request, targets: Sequence[str], *, from_start: bool) -> KeepPlaces | None:
    """Kept where people read along: a film has its beginning, and what shows nothing has no reader."""
    if any(target == assemble.NONE or assemble.is_film(target) for target in targets):
        return None
    import platformdirs

    from narrator.positions import Positions, identities_of
    from narrator.session_places import KeptPlaces

    positions = Positions(platformdirs.user_state_path("narrator", appauthor=False))

    def identify(source: str) -> tuple[str, ...]:
        return identities_of(source, request.text if source in request.sources else None)

    return lambda report: KeptPlaces(positions, identify, report, from_start=from_start)
