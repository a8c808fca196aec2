"""An IPA symbol in, its articulation targets out, for every symbol there is; unknown ones are logged.

English phones come from the table, all others from their phonetic features, symbols that mean nothing get a neutral
open mouth: nothing is ever without a target (lipreading.md 7, T19).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby

import numpy as np

from avatar.articulation import targets as table
from avatar.articulation.ipa_features import Sound, sounds_in
from avatar.articulation.target import (
    INNER,
    PROTRUSION,
    PROTRUSION_GROUP,
    WIDTH,
    WIDTH_GROUP,
    Contact,
    Floats,
    Step,
    Target,
    shape,
)

log = logging.getLogger(__name__)

Part = tuple[float, Target]
"""Share of the phone's duration, and the target for that stretch."""

IPA: dict[str, str] = {
    "i": "IY", "ɪ": "IH", "ᵻ": "IH", "eɪ": "EY", "ɛ": "EH", "æ": "AE", "ɑ": "AA", "ʌ": "AH", "ɐ": "AH", "ə": "AX",
    "ɔ": "AO", "oʊ": "OW", "əʊ": "OW", "ʊ": "UH", "u": "UW", "ɜ": "ER", "ɝ": "ER", "ɚ": "ER", "aɪ": "AY", "aʊ": "AW",
    "ɔɪ": "OY", "p": "P", "b": "B", "m": "M", "f": "F", "v": "V", "θ": "TH", "ð": "DH", "t": "T", "d": "D", "n": "N",
    "l": "L", "s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH", "tʃ": "CH", "dʒ": "JH", "ɹ": "R", "w": "W", "j": "Y",
    "k": "K", "ɡ": "G", "g": "G", "ŋ": "NG", "h": "HH", "ɾ": "D", "ʔ": "HH", "ɫ": "L", "ʍ": "W", "ʤ": "JH", "ʧ": "CH",
    "r̝": "ZH", "r̝̊": "SH",
}  # fmt: skip
"""The English phones as espeak and dictionaries write them, lengths and marks left out."""

# The corners of the vowel chart; everything between is interpolated. Rows as in targets.py.
_CLOSE_BACK_SPREAD = shape(4.7, 6.5, 1.03, 0.74, 0.0, 2.0, tip=(-11, -4), body=0.6)
_CLOSE_FRONT_ROUND = shape(4.3, 3.8, 0.82, 0.30, 8.0, 0.5, tip=(-8, -3.5), body=1.0)
_OPEN_FRONT_ROUND = shape(9.0, 9.5, 0.92, 0.60, 4.0, 0.5, tip=(-9, -8), body=0.35)
_OPEN_BACK_ROUND = shape(10.5, 10.5, 0.90, 0.58, 3.5, 0.5, tip=(-14, -9.5), body=0.05)
_SPREAD_CHART = ((table.IY, _CLOSE_BACK_SPREAD), (table.AE, table.AA))
_ROUND_CHART = ((_CLOSE_FRONT_ROUND, table.UW), (_OPEN_FRONT_ROUND, _OPEN_BACK_ROUND))
_TIGHT_HEIGHT = 0.1
"""Rounded vowels closer than this pucker as tightly, and for as long, as UW."""
_SCHWA_HEIGHT = 0.5

_BILABIAL_FRICATIVE = shape(4.0, 1.7, 1.0, 0.45, 0.5, 0.0)
_LABIAL_PALATAL = shape(4.0, 2.7, 0.80, 0.25, 7.5, 0.3, tip=(-8, -3.5), body=1.0)
_PALATAL_FRICATIVE = shape(2.8, 6.4, 0.98, 0.66, 2.0, 2.8, flare=0.4, tip=(-8, 0), body=0.9)
_PALATAL_WEIGHTS = np.array([0.5, 0.3, 0.4, 0.4, 2.0])
_LIP_SHAPE = [WIDTH, INNER, PROTRUSION]
"""What a secondary articulation changes of a consonant."""
_LABIALISED = np.array([0.82, 0.32, 6.0])
"""Mouth width, inner width, protrusion of a consonant said with rounded lips; between R and W."""

_CONSONANT_ROWS: dict[str, Callable[[], Target]] = {
    "bilabial stop": lambda: table.ENGLISH["P"],
    "bilabial nasal": lambda: table.ENGLISH["M"],
    "bilabial fricative": lambda: table.consonant(table.W_GLIDE_Y, _BILABIAL_FRICATIVE),
    "labiodental": lambda: table.ENGLISH["F"],
    "dental fricative": lambda: table.ENGLISH["TH"],
    "alveolar stop": lambda: table.ENGLISH["T"],
    "alveolar nasal": lambda: table.ENGLISH["N"],
    "lateral": lambda: table.ENGLISH["L"],
    "alveolar sibilant": lambda: table.ENGLISH["S"],
    "postalveolar sibilant": lambda: table.ENGLISH["SH"],
    "postalveolar affricate": lambda: table.ENGLISH["CH"],
    "palatal sibilant": lambda: table.consonant(table.W_SIBILANT, _PALATAL_FRICATIVE, Contact.SIBILANT),
    "palatal affricate": lambda: table.consonant(table.W_SIBILANT, _PALATAL_FRICATIVE, Contact.SIBILANT),
    "rhotic approximant": lambda: table.ENGLISH["R"],
    "palatal approximant": lambda: table.ENGLISH["Y"],
    "palatal": lambda: Target(table.ENGLISH["Y"].steps, _PALATAL_WEIGHTS),
    "labial-palatal": lambda: table.consonant(table.W_GLIDE_W, _LABIAL_PALATAL, rounded=True),
    "labial-velar": lambda: table.ENGLISH["W"],
    "velar": lambda: table.ENGLISH["K"],
    "glottal": lambda: table.ENGLISH["HH"],
}

NEUTRAL = Target(table.ENGLISH["AX"].steps, np.array(table.W_SCHWA), vowel=True)
"""For what nobody knows: lips a little open, yielding to both neighbours."""


@lru_cache(maxsize=4096)
def parts_for(ipa: str) -> tuple[Part, ...]:
    """The targets of one phone, in order; never empty. Logs a symbol it does not know, once."""
    plain = "".join(mark for mark in ipa if mark not in "ˈˌːˑ")
    if plain in IPA:
        return ((1.0, table.ENGLISH[IPA[plain]]),)
    sounds, unknown = sounds_in(ipa)
    if unknown:
        log.warning("no articulation is known for %r in the phone %r; the mouth stays neutrally open", unknown, ipa)
    targets = [
        target
        for is_vowel, run in groupby(sounds, key=lambda sound: sound.vowel is not None)
        for target in (_vowel_targets(tuple(run)) if is_vowel else [_consonant_target(sound) for sound in run])
    ]
    if not targets:
        return ((1.0, NEUTRAL),)
    shares = np.array([2.0 if target.vowel else 1.0 for target in targets])
    return tuple(zip((shares / shares.sum()).tolist(), targets, strict=True))


def _vowel_targets(sounds: tuple[Sound, ...]) -> list[Target]:
    """One target for a run of vowels; runs longer than a triphthong are cut into several."""
    limit = 3
    found = []
    for first in range(0, len(sounds), limit):
        run = sounds[first : first + limit]
        weights = np.max([_vowel_weights(sound) for sound in run], axis=0)
        found.append(table.vowel(tuple(weights.tolist()), *(_vowel_shape(sound) for sound in run)))
    return found


def _vowel_shape(sound: Sound) -> Floats:
    height, front, rounded = sound.vowel or (_SCHWA_HEIGHT, 0.5, False)
    plain = IPA.get(sound.letter)
    if plain is not None:
        values = table.ENGLISH[plain].steps[0].shape
    else:
        values = _on_chart(height, front, rounded=rounded)
        if sound.rounded and not rounded:  # Japanese ɯᵝ: drawn together, not pushed out
            values = (values + _on_chart(height, front, rounded=True)) / 2
    return np.asarray((values + table.ER) / 2 if sound.rhotic and plain != "ER" else values)


def _on_chart(height: float, front: float, *, rounded: bool) -> Floats:
    (close_front, close_back), (open_front, open_back) = _ROUND_CHART if rounded else _SPREAD_CHART
    close = front * close_front + (1 - front) * close_back
    opened = front * open_front + (1 - front) * open_back
    return np.asarray((1 - height) * close + height * opened)


def _vowel_weights(sound: Sound) -> Floats:
    height, front, rounded = sound.vowel or (_SCHWA_HEIGHT, 0.5, False)
    if sound.letter == "ə":
        return np.array(table.W_SCHWA)
    if rounded:
        return np.array(table.W_TIGHT if height <= _TIGHT_HEIGHT else table.W_ROUND)
    return np.array(table.W_SPREAD if front > _SCHWA_HEIGHT and height < _SCHWA_HEIGHT else table.W_VOWEL)


def _consonant_target(sound: Sound) -> Target:
    target = _CONSONANT_ROWS[sound.consonant]()
    if not (sound.rounded or sound.spread) or target.contact is Contact.LIPS:
        return target
    weights = target.weights.copy()
    steps = []
    for step in target.steps:
        values = step.shape.copy()
        if sound.rounded:
            values[_LIP_SHAPE] = _LABIALISED
            weights[[WIDTH_GROUP, PROTRUSION_GROUP]] = table.W_GLIDE_W[WIDTH_GROUP]
        else:
            values[_LIP_SHAPE] = table.Y[_LIP_SHAPE]
            weights[[WIDTH_GROUP, PROTRUSION_GROUP]] = np.maximum(weights[[WIDTH_GROUP, PROTRUSION_GROUP]], 0.5)
        steps.append(Step(step.at, step.hold, values))
    return Target(tuple(steps), weights, target.contact, rounded=sound.rounded, tempers=not sound.rounded)
