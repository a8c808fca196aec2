"""The name of a feeling and its strength in, what it asks of brows, lids, cheeks, smile and head out.

Directions after the action units of Ekman and Friesen's facial action coding: happy 6+12, sad 1+4+15, angry 4+5+7,
surprised 1+2+5, concerned 1+4; amounts are ours (judgement) and leave the lips' shapes alone.
"""

from __future__ import annotations

NEUTRAL = "neutral"

FEELINGS: dict[str, dict[str, float]] = {
    NEUTRAL: {},
    "happy": {"smile": 0.55, "cheek_raise": 0.50, "brow_raise_left": 0.10, "brow_raise_right": 0.10},
    "sad": {
        "smile": -0.40,
        "brow_raise_left": 0.20,
        "brow_raise_right": 0.20,
        "brow_furrow": 0.40,
        "head_pitch_deg": -2.0,
        "look_pitch_deg": -1.5,
    },
    "angry": {"smile": -0.30, "brow_furrow": 0.85, "brow_raise_left": -0.45, "brow_raise_right": -0.45},
    "surprised": {"brow_raise_left": 0.80, "brow_raise_right": 0.80, "head_pitch_deg": 1.0},
    "concerned": {
        "smile": -0.15,
        "brow_furrow": 0.55,
        "brow_raise_left": 0.25,
        "brow_raise_right": 0.25,
        "head_roll_deg": 1.0,
    },
}
"""At strength 1, beside the resting tone."""
