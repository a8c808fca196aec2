"""An utterance and the wishes in, its whole motion out: articulation where there is a text, else the network's ears."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from avatar.articulation.articulate import articulate, phones_at
from avatar.growing_track import GrowingTrack, Stages
from avatar.motion.rules import idle, move
from avatar.motion.saved import saved_motion
from avatar.motion.smile import out_of_the_way
from avatar.motion.text_gestures import with_gestures
from avatar.motion.thinking import thoughtful
from avatar.motion.timeline import last_shown_s
from avatar.motion.waiting import waiting_face
from avatar.motion.wishes import turned, with_emotion
from avatar.motion_frame import MotionFrame, MotionTrack
from narrator.errors import FaceError
from narrator.flow import Delivery, Utterance, Waiting
from narrator.places import MOTION_SUFFIX

if TYPE_CHECKING:
    from avatar.diffusion.generator import Generator

_log = logging.getLogger(__name__)

DIFFUSION = "diffusion"
LEAD_S = 0.6
"""Of every utterance moves by rule: the network goes on from there (diffusion/layout.py: CONTEXT)."""


def plan(
    utterance: Utterance, fps: float, start_s: float, end_s: float, clock_s: float, delivery: Delivery
) -> MotionTrack:
    """The motion from start_s to end_s of utterance time; clock_s is the narration's time of the first sample.

    A recording without phones is heard by the network whatever delivery.motion says: rules know text alone.
    """
    *_, (_, track) = _stages(utterance, fps, start_s, end_s, clock_s, delivery)
    return track


def begin(
    utterance: Utterance, fps: float, start_s: float, end_s: float, clock_s: float, delivery: Delivery
) -> GrowingTrack:
    """The same motion, shown before it is whole: what the network makes follows while the first frames are shown."""
    return GrowingTrack(_stages(utterance, fps, start_s, end_s, clock_s, delivery))


def _stages(
    utterance: Utterance, fps: float, start_s: float, end_s: float, clock_s: float, delivery: Delivery
) -> Stages:
    if delivery.motion.endswith(MOTION_SUFFIX):
        saved = _saved(utterance, fps, start_s, end_s, clock_s, delivery)
        yield len(saved), saved
        return
    mouth = articulate(utterance, fps, start_s, end_s, exaggeration=delivery.exaggeration)
    for settled, face in _faces(utterance, mouth, clock_s, delivery):
        track = with_gestures(face, utterance, delivery) if delivery.text_gestures else face
        yield settled, turned(out_of_the_way(track, last_shown_s(track, utterance)), delivery)


def _faces(utterance: Utterance, mouth: MotionTrack, clock_s: float, delivery: Delivery) -> Stages:
    if not utterance.phones:
        from avatar.diffusion.track import hear

        yield len(mouth), hear(_generator(), utterance, mouth, clock_s, delivery)
        return
    base = with_emotion(move(mouth, utterance, clock_s, delivery), delivery)
    if delivery.motion == DIFFUSION and any(phone.ipa for phone in utterance.phones):
        yield min(round(LEAD_S * base.fps), len(base)), base  # shown while the network is loaded
        from avatar.diffusion.track import grow

        try:
            yield from grow(_generator(), utterance, base, clock_s, delivery)
            return
        except FaceError as fault:  # its weights are damaged: the rules go on
            _tell_once(str(fault))
    yield len(base), base


def _generator() -> Generator:
    from avatar.diffusion.generator import generator

    return generator()


@lru_cache(maxsize=8)
def _tell_once(fault: str) -> None:
    _log.warning("the rules move the face instead: %s", fault)


def rest(waiting: Waiting, fps: float, delivery: Delivery) -> MotionFrame:
    """The waiting face at that moment, in the mood and turned the way that is wished.

    One that is not alert is where an utterance that begins then would begin.
    """
    clock_s = waiting.clock_s
    face = (waiting_face if waiting.is_alert else idle)(clock_s, 1.0 / fps, fps, delivery)
    moved = with_emotion(thoughtful(face, clock_s, waiting.thinking, delivery), delivery)
    return turned(out_of_the_way(moved), delivery).frame(0)


def _saved(
    utterance: Utterance, fps: float, start_s: float, end_s: float, clock_s: float, delivery: Delivery
) -> MotionTrack:
    """What was written down for this stretch of the narration, whatever is said in it now."""
    frames = max(1, int(np.ceil((end_s - start_s) * fps - 1e-6)))
    first_s = clock_s - delivery.preroll_s + start_s
    track = saved_motion(delivery.motion, first_s, fps, frames)
    times = start_s + np.arange(frames) / fps
    return MotionTrack(start_s, fps, phones_at(utterance.phones, times), track.values)
