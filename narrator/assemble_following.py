"""A live sound's name and settings in, a session whose face follows it out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from narrator import assemble
from narrator.errors import FaceError

if TYPE_CHECKING:
    from narrator.session import Session
    from narrator.settings import Settings


@contextmanager
def following(sound: str, targets: Sequence[str], settings: Settings) -> Iterator[Session]:
    """A session whose face follows a live sound while it lasts. Raises SourceRefused where no such sound comes in."""
    from avatar.diffusion.generator import generator
    from avatar.diffusion.live import LiveMotion
    from avatar.following_face import FollowingFace
    from avatar.listening.weights import listener
    from avatar.performer import Performer
    from narrator.microphone import Microphone

    performer = assemble.face(settings.presenter, settings.lip_colour)
    if not isinstance(performer, Performer):
        raise FaceError("a face that moves", f'"{settings.presenter}" stands still', "Choose another --presenter.")
    motion = LiveMotion(generator(), listener(), assemble.delivery(settings), settings.fps)
    shown = FollowingFace(performer, motion, settings.follow_behind_ms / 1000)
    microphone = Microphone(sound)
    ears = threading.Thread(target=shown.follow, args=(microphone.blocks(),), name="narrator ears", daemon=True)
    ears.start()
    made = assemble.session(assemble.Request(()), targets, settings, shown=shown)
    try:
        yield made
    finally:
        microphone.close()
        ears.join()
        made.close(completed=False)
