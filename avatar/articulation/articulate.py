"""An Utterance in, the MotionTrack of its mouth out: shapes blended, contacts guaranteed.

The recipe: score (who asks for what, when) -> curves (coarticulation) -> rest (silences) -> seal (contacts) -> the
lower lip on its jaw.
"""

from __future__ import annotations

import numpy as np

from avatar.articulation.coarticulation import curves
from avatar.articulation.contacts import sealed
from avatar.articulation.lower_lip import riding_on_jaw
from avatar.articulation.schedule import holds_for
from avatar.articulation.score import score_for
from avatar.articulation.silence import at_rest
from avatar.articulation.target import COUNT, Floats
from avatar.motion_frame import REST, MotionTrack
from narrator.flow import Delivery, Phone, Utterance

DEFAULT_EXAGGERATION = Delivery().exaggeration


def articulate(
    utterance: Utterance, fps: float, start_s: float, end_s: float, *, exaggeration: float = DEFAULT_EXAGGERATION
) -> MotionTrack:
    """The mouth of the utterance from start_s to end_s, fps frames a second; the rest of the face is at rest.

    Frame i shows the moment start_s + i / fps. exaggeration (0.8..1.6) enlarges vowels and rounding only.
    """
    times = start_s + np.arange(max(1, int(np.ceil((end_s - start_s) * fps - 1e-6)))) / fps
    values = np.tile(REST, (len(times), 1))
    values[:, :COUNT] = mouth_at(utterance.phones, times, fps, exaggeration)
    return MotionTrack(start_s, fps, phones_at(utterance.phones, times), values)


def mouth_at(phones: tuple[Phone, ...], times: Floats, fps: float, exaggeration: float) -> Floats:
    """(len(times), 12) mouth channels at evenly spaced moments."""
    if not any(phone.ipa and phone.duration_s > 0.0 for phone in phones):
        return np.tile(REST[:COUNT], (len(times), 1))
    score = score_for(phones, exaggeration)
    holds = holds_for(score, fps, float(times[0]))
    values = at_rest(curves(score, times), times, score)
    return riding_on_jaw(sealed(values, times, score, holds))


def phones_at(phones: tuple[Phone, ...], times: Floats) -> tuple[str, ...]:
    """The IPA of the sound at each of times (frames,) s; empty in silence."""
    starts = np.array([phone.start_s for phone in phones])
    places = np.searchsorted(starts, times + 1e-9, side="right") - 1
    return tuple(
        phones[place].ipa if place >= 0 and time < phones[place].end_s else ""
        for place, time in zip(places.tolist(), times.tolist(), strict=True)
    )
