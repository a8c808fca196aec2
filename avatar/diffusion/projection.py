"""What the ears make of a mouth in, a mouth that keeps the articulation's promises out.

Where the text is known the articulation's own mouth takes its place. Where it is not, the contacts that the network
hears become holds of the articulation's schedule, pauses become its silences, and its own sealing makes both certain:
lips that close stay closed for two frames, others are clearly open, silence is closed, the jaw keeps its caps.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from avatar.articulation.contacts import sealed
from avatar.articulation.lower_lip import riding_on_jaw
from avatar.articulation.schedule import holds_for
from avatar.articulation.score import JAW_SHARE, SILENCE_MIN_S, Score, Segment
from avatar.articulation.silence import PREPARE_S, SETTLE_S, at_rest
from avatar.articulation.target import COUNT, GROUPS, HEIGHT, HIGHEST, INNER, JAW, LOWEST, PRESS, PROTRUSION, TUCK
from avatar.articulation.target import Floats as Doubles
from avatar.articulation.targets import ENGLISH
from avatar.diffusion.layout import CONTACTS, MOUTH, PLACE, SPEAKING
from avatar.diffusion.sound import FRAME_HZ, Floats

TARGETS = dict(zip(CONTACTS, ("P", "F", "TH", "S"), strict=True))
"""Which sound stands for each contact."""
HEARD = {"lips": 0.45, "tuck": 0.45, "tongue": 0.45, "sibilant": 0.45}
"""Share from which a contact counts as heard at its strongest frame."""
MEAN_TO_MOVE = 1.2
"""Ears give the mean of what a mouth may do, which moves less than any mouth; measured on held-out voices."""
APART_FRAMES = 3
"""Two contacts of one kind are at least this far apart; nearer peaks are one."""
EDGE_SHARE = 0.6
"""Of that share, where a contact begins and ends."""
FARTHEST = 3
"""Frames from its peak to its end: no closure of speech lasts longer than 0.22 s; what does is a pause."""
SPOKEN = 0.5
"""Speaking counts from here."""
SETTLING, PREPARING = round(SETTLE_S * FRAME_HZ), round(PREPARE_S * FRAME_HZ)
"""Frames of a pause before and after the mouth is at rest in it, which is what the network is taught."""


def contacts_heard(motion: Floats) -> list[tuple[str, float, float]]:
    """(contact, start, end) in seconds of frame 0, in order, none overlapping; the surer of two rivals wins."""
    found = []
    for name in CONTACTS:
        share = motion[:, PLACE[name]]
        for peak in peaks(share, HEARD[name]):
            edge = EDGE_SHARE * HEARD[name]
            low = high = peak
            while low > max(peak - FARTHEST, 0) and share[low - 1] >= edge:
                low -= 1
            while high < min(peak + FARTHEST, len(share) - 1) and share[high + 1] >= edge:
                high += 1
            found.append((float(share[peak]), name, (low - 0.5) / FRAME_HZ, (high + 0.5) / FRAME_HZ))
    kept: list[tuple[str, float, float]] = []
    for _, name, start, end in sorted(found, reverse=True):
        if all(end <= other_start or start >= other_end for _, other_start, other_end in kept):
            kept.append((name, start, end))
    return sorted(kept, key=lambda one: one[1])


def peaks(share: Floats, least: float) -> list[int]:
    """Frames that are no lower than those APART_FRAMES round them, and at least that high; the strongest first."""
    chosen: list[int] = []
    for place in np.argsort(-share, kind="stable"):
        if share[place] < least:
            break
        if all(abs(int(place) - other) >= APART_FRAMES for other in chosen):
            chosen.append(int(place))
    return chosen


def silences_heard(motion: Floats, is_silent: npt.NDArray[np.bool_]) -> list[tuple[float, float]]:
    """(start, end) of pauses of at least SILENCE_MIN_S: where the network hears nobody, and where nothing sounds."""
    quiet = is_silent.copy()
    for first, last in runs(motion[:, PLACE[SPEAKING]] < SPOKEN):
        quiet[max(first - SETTLING, 0) : last + PREPARING] = True
    found = []
    for first, last in runs(quiet):
        start = -np.inf if first == 0 else first / FRAME_HZ
        end = np.inf if last == len(quiet) else last / FRAME_HZ
        if end - start >= SILENCE_MIN_S:
            found.append((start, end))
    return found


def runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """(first, one past the last) of every stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def heard_score(motion: Floats, is_silent: npt.NDArray[np.bool_]) -> Score:
    """What the articulation needs to seal a mouth whose text nobody knows."""
    silences = silences_heard(motion, is_silent)
    segments = tuple(
        Segment(ENGLISH[TARGETS[name]], start, end)
        for name, start, end in contacts_heard(motion)
        if not any(low <= 0.5 * (start + end) <= high for low, high in silences)
    )
    nothing = np.zeros(0)
    return Score(
        segments=segments,
        silences=tuple(silences),
        centres=nothing,
        holds=nothing,
        durations=nothing,
        shapes=np.zeros((0, COUNT)),
        weights=np.zeros((0, GROUPS)),
        owned=np.zeros((0, GROUPS), bool),
        tempers=np.zeros(0, bool),
    )


def projected(mouth: Floats, score: Score, times: Doubles, fps: float) -> Doubles:
    """(frames, COUNT) the nearest mouth that keeps the promises of the score."""
    values = np.clip(mouth.astype(np.float64), LOWEST, HIGHEST)
    values[:, [TUCK, PRESS]] = 0.0  # belong to contacts alone
    values[:, INNER] = np.maximum(values[:, INNER], 0.2)
    return riding_on_jaw(sealed(at_rest(values, times, score), times, score, holds_for(score, fps, float(times[0]))))


def wide(mouth: Floats, gain: float) -> Floats:
    """The mouth at a gain over the one that is taught: lip height and protrusion grow, the jaw a little."""
    grown, gain = mouth.copy(), gain * MEAN_TO_MOVE
    extra = (gain - 1.0) * np.maximum(mouth[:, HEIGHT], 0.0)
    grown[:, HEIGHT] += extra
    grown[:, JAW] += JAW_SHARE * extra
    grown[:, PROTRUSION] *= gain
    return grown


def sealed_by_ear(heard: Floats, is_silent: npt.NDArray[np.bool_]) -> Floats:
    """(frames, mouth, contacts and speaking) as the ears have them, with the mouth sealed, at FRAME_HZ."""
    sealed_mouth = heard.copy()
    times = np.arange(len(heard)) / FRAME_HZ
    sealed_mouth[:, MOUTH] = projected(wide(heard[:, MOUTH], 1.0), heard_score(heard, is_silent), times, FRAME_HZ)
    return sealed_mouth
