"""An utterance and the wishes in, its whole motion out: articulation where there is a text, else the network's ears."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from avatar.articulation.articulate import articulate, phones_at
from avatar.motion.rules import idle, move
from avatar.motion.saved import SUFFIX, saved_motion
from avatar.motion.smile import out_of_the_way
from avatar.motion.text_gestures import last_shown_s, with_gestures
from avatar.motion.wishes import turned, with_emotion
from avatar.motion_frame import MotionFrame, MotionTrack
from narrator.errors import FaceError
from narrator.flow import Delivery, Utterance

if TYPE_CHECKING:
    from avatar.diffusion.generator import Generator

_log = logging.getLogger(__name__)

DIFFUSION = "diffusion"


def plan(
    utterance: Utterance, fps: float, start_s: float, end_s: float, clock_s: float, delivery: Delivery
) -> MotionTrack:
    """The motion from start_s to end_s of utterance time; clock_s is the narration's time of the first sample.

    A recording without phones is heard by the network whatever delivery.motion says: rules know text alone.
    """
    if delivery.motion.endswith(SUFFIX):
        return _saved(utterance, fps, start_s, end_s, clock_s, delivery)
    mouth = articulate(utterance, fps, start_s, end_s, exaggeration=delivery.exaggeration)
    made = None if delivery.motion != DIFFUSION and utterance.phones else _generator(needed=not utterance.phones)
    if made is None:
        track = with_emotion(move(mouth, utterance, clock_s, delivery), delivery)
    else:
        from avatar.diffusion.track import move as move_by_sound

        track = move_by_sound(made, utterance, mouth, clock_s, delivery)
    track = with_gestures(track, utterance, delivery) if delivery.text_gestures else track
    return turned(out_of_the_way(track, last_shown_s(track, utterance)), delivery)


def _generator(*, needed: bool) -> Generator | None:
    """The network; where its weights are damaged the rules take over, if they can, and a line says so."""
    from avatar.diffusion.generator import generator

    try:
        return generator()
    except FaceError as fault:
        if needed:
            raise
        _tell_once(str(fault))
        return None


@lru_cache(maxsize=8)
def _tell_once(fault: str) -> None:
    _log.warning("the rules move the face instead: %s", fault)


def rest(clock_s: float, fps: float, delivery: Delivery) -> MotionFrame:
    """The waiting face at that moment, in the mood and turned the way that is wished."""
    waiting = with_emotion(idle(clock_s, 1.0 / fps, fps, delivery), delivery)
    return turned(out_of_the_way(waiting), delivery).frame(0)


def _saved(
    utterance: Utterance, fps: float, start_s: float, end_s: float, clock_s: float, delivery: Delivery
) -> MotionTrack:
    """What was written down for this stretch of the narration, whatever is said in it now."""
    frames = max(1, int(np.ceil((end_s - start_s) * fps - 1e-6)))
    first_s = clock_s - delivery.preroll_s + start_s
    track = saved_motion(delivery.motion, first_s, fps, frames)
    times = start_s + np.arange(frames) / fps
    return MotionTrack(start_s, fps, phones_at(utterance.phones, times), track.values)
