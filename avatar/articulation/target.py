"""What one speech sound asks of the mouth: shapes over its duration, how strongly, what must touch.

A Target is data. avatar/articulation/targets.py holds the table, ipa_features.py derives rows for every other symbol.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MOUTH_CHANNELS, REST

Floats = npt.NDArray[np.float64]

COUNT = len(MOUTH_CHANNELS)
JAW, HEIGHT, WIDTH, INNER, PROTRUSION, TEETH, TUCK, PRESS, FLARE, TIP_FORWARD, TIP_HEIGHT, BODY = range(COUNT)
"""Columns of a mouth shape, in the order of MOUTH_CHANNELS."""

MOUTH_REST: Floats = REST[:COUNT].astype(np.float64)
"""The mouth of the neutral face."""

LOWEST: Floats = np.array([0, -2, 0.62, 0, -2, -2, 0, 0, 0, -20, -20, 0], np.float64)
HIGHEST: Floats = np.array([18, 22, 1.22, 1, 12, 4, 1, 1, 1, 6, 8, 1], np.float64)
"""What each channel may be: motion_frame.py and the caps of lipreading.md 2.6."""

GROUP_CHANNELS: tuple[tuple[int, ...], ...] = (
    (JAW,),
    (HEIGHT, TEETH),
    (WIDTH, INNER),
    (PROTRUSION, FLARE),
    (TIP_FORWARD, TIP_HEIGHT, BODY),
)
"""Channels that wax and wane together: jaw, lip opening, lip spreading, protrusion, tongue (lipreading.md 2.7)."""
GROUPS = len(GROUP_CHANNELS)
JAW_GROUP, HEIGHT_GROUP, WIDTH_GROUP, PROTRUSION_GROUP, TONGUE_GROUP = range(GROUPS)

OWNED_WEIGHT = 0.9
"""A phone that asks at least this strongly must also get close to its target (lipreading.md 7, T13)."""


class Contact(Enum):
    """What must touch, whatever the neighbours want."""

    NONE = "none"
    LIPS = "lips"
    """P B M: the lips meet."""
    TUCK = "tuck"
    """F V: the lower lip meets the upper incisors."""
    TONGUE = "tongue"
    """TH DH: the tongue lies between the teeth."""
    SIBILANT = "sibilant"
    """S Z SH ZH CH JH: the teeth almost meet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One shape inside a phone; a diphthong has two or three."""

    at: float
    """Centre, 0..1 of the phone's duration."""
    hold: float
    """Half-length of its plateau, 0..0.5 of the phone's duration."""
    shape: Floats
    """(12,) in the order of MOUTH_CHANNELS, at gain 1."""


@dataclass(frozen=True, slots=True)
class Target:
    """All that articulation knows about one phone."""

    steps: tuple[Step, ...]
    weights: Floats
    """(5,) dominance of jaw, lip opening, spreading, protrusion, tongue; 0 takes the neighbours' shape."""
    contact: Contact = Contact.NONE
    vowel: bool = False
    """Vowels grow with exaggeration: lip opening, spreading and protrusion."""
    rounded: bool = False
    """W R SH: their protrusion grows with exaggeration too."""
    tempers: bool = False
    """T D N L S TH F: spreading and protrusion are their neighbours'; their weight there only tempers rounding, which
    would otherwise make consonants look alike beside UW [S6]."""

    @property
    def owns(self) -> npt.NDArray[np.bool_]:
        """(5,) channel groups this phone must reach."""
        owned = np.asarray(self.weights >= OWNED_WEIGHT)
        if self.tempers:
            owned[[WIDTH_GROUP, PROTRUSION_GROUP]] = False
        return owned


def shape(
    jaw: float,
    height: float,
    width: float,
    inner: float,
    protrusion: float,
    teeth: float,
    *,
    tip: tuple[float, float] = (-10.0, -5.0),
    body: float = 0.5,
    tuck: float = 0.0,
    press: float = 0.0,
    flare: float = 0.0,
) -> Floats:
    """(12,) shape; tip is (ahead of the incisors, above the upper incisors' edge) in mm."""
    return np.array(
        [jaw, height, width, inner, protrusion, teeth, tuck, press, flare, tip[0], tip[1], body], np.float64
    )


def single(values: Floats, hold: float = 0.3) -> tuple[Step, ...]:
    """One shape held round the middle of the phone."""
    return (Step(0.5, hold, values),)


def glide(*shapes: Floats) -> tuple[Step, ...]:
    """Two or three shapes, evenly placed; the first one is reached soon and the last one late."""
    places = {2: (0.28, 0.8), 3: (0.2, 0.52, 0.84)}[len(shapes)]
    return tuple(Step(at, 0.1, values) for at, values in zip(places, shapes, strict=True))
