"""The table of lipreading.md 2.6 as it stands there: what a phone's error is measured against."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

COLUMNS = (
    "jaw_drop_mm",
    "lip_height_mm",
    "mouth_width",
    "inner_width",
    "lip_protrusion_mm",
    "upper_teeth_mm",
    "lower_teeth_mm",
)
NAN = float("nan")
"""A figure the table leaves open, or that the phone takes from its neighbours (weight <= 0.3 in 2.7)."""

Row = tuple[float, float, float, float, float, float, float]

CONSONANTS: dict[str, Row] = {
    "p": (4, -2, NAN, 0, NAN, 0, 0),
    "m": (4, -1, NAN, 0, NAN, 0, 0),
    "f": (2.5, 2.5, NAN, NAN, NAN, 2.5, 0),
    "θ": (5, 4.5, NAN, NAN, NAN, 1.5, 1),
    "t": (5, 6, NAN, NAN, NAN, 2.5, 1),
    "n": (5, 6.5, NAN, NAN, NAN, 2.5, 1),
    "l": (7, 9, NAN, NAN, NAN, 2, 0.5),
    "s": (3.5, 5, NAN, NAN, NAN, 3, 2),
    "ʃ": (4, 8, 0.87, 0.55, 5, 3, 2),
    "ɹ": (5, 5.5, 0.90, 0.50, 3, 1, 0),
    "w": (4, 2.5, 0.78, 0.26, 8, 0, 0),
    "j": (3.5, 7, 1.08, 0.80, -1, 3, 1),
}
"""One phone for each distinct row; SAME_ROW has the others."""
SAME_ROW = {"b": "p", "v": "f", "ð": "θ", "d": "t", "z": "s", "ʒ": "ʃ", "tʃ": "ʃ", "dʒ": "ʃ"}

VOWELS: dict[str, tuple[Row, ...]] = {
    "iː": ((4, 7.5, 1.12, 0.84, -1, 3, 1),),
    "ɪ": ((5.5, 8, 1.06, 0.80, 0, 2.5, 1),),
    "eɪ": ((6, 9, 1.08, 0.80, -0.5, 2.5, 1), (4, 7.5, 1.12, 0.84, -1, 3, 1)),
    "ɛ": ((8, 10, 1.05, 0.78, 0, 2, 1),),
    "æ": ((11, 13, 1.08, 0.80, -0.5, 2, 2),),
    "ɑː": ((13, 14, 0.98, 0.70, 0, 1, 1),),
    "ʌ": ((8, 9.5, 0.99, 0.70, 0, 1, 0.5),),
    "ə": ((5, 6.5, NAN, NAN, NAN, 1, NAN),),
    "ɔː": ((10, 10, 0.88, 0.55, 4, 0.5, NAN),),
    "oʊ": ((8, 7, 0.84, 0.42, 6, 0, 0), (5, 4, 0.80, 0.30, 8, 0, 0)),
    "ʊ": ((5, 5.5, 0.88, 0.42, 5, 0, 0),),
    "uː": ((4, 3.5, 0.80, 0.28, 9, 0, 0),),
    "ɜː": ((5, 6, 0.91, 0.52, 3, 1, 0),),
    "aɪ": ((13, 14, 0.98, NAN, 0, 1, 1), (5, 8, 1.08, NAN, -1, 2.5, 1)),
    "aʊ": ((13, 14, 0.98, NAN, 0, 1, 0), (5, 4, 0.82, NAN, 7, 0, 0)),
    "ɔɪ": ((10, 9, 0.86, NAN, 5, 0.5, 0), (4, 7.5, 1.08, NAN, -1, 2.5, 0)),
}
ALIASES = {"i": "iː", "u": "uː", "ɐ": "ʌ", "ᵻ": "ɪ", "ɚ": "ɜː", "ɝ": "ɜː", "ɔ": "ɔː", "ɑ": "ɑː"}
CLOSENESS = ("lip_height_mm", "mouth_width", "lip_protrusion_mm")


def wanted(ipa: str, gain: float) -> npt.NDArray[np.float64] | None:
    """(steps, 7) the figures of that phone at that gain; None where the table has no row (K G NG HH)."""
    ipa = ALIASES.get(ipa, ipa)
    if ipa in VOWELS:
        rows = np.array(VOWELS[ipa])
        rows[:, 6] += (gain - 1) * rows[:, 1]  # with the jaw where it is, wider lips bare more of the lower teeth
        rows[:, 1] *= gain
        rows[:, 2] = 1 + gain * (rows[:, 2] - 1)
        rows[:, 4] *= gain
        return rows
    row = CONSONANTS.get(SAME_ROW.get(ipa, ipa))
    if row is None:
        return None
    rows = np.array([row], float)
    if ipa in ("ɹ", "w", "ʃ", "ʒ", "tʃ", "dʒ"):
        rows[:, 4] *= gain
    return rows


def tolerances(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """20 % or 1 mm, whichever is larger; widths, being shares, 20 % (0.1 where the target is 0)."""
    found = np.maximum(0.2 * np.abs(rows), 1.0)
    found[:, 2:4] = np.maximum(0.2 * np.abs(rows[:, 2:4]), 0.1)
    return found
