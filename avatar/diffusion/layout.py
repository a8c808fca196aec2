"""The motion space of the network: which channels it moves, in which units, and where they stand.

MOTION is the mouth as the articulation has it, what is to touch (CONTACTS), whether anything is said, and the face.
Gaze is in the world (0 is the viewer), not in the head; breath and shifts of weight belong to the clock, not to sound.
"""

from __future__ import annotations

from avatar.motion_frame import MOUTH_CHANNELS

VERSION = "2"
"""Of the network's inputs and outputs: weights of another one are refused."""

CONTACTS = ("lips", "tuck", "tongue", "sibilant")
"""Share of the frame for which P B M, F V, TH DH, or a sibilant is held, as avatar.articulation.target.Contact."""
SPEAKING = "speaking"
"""0 where the mouth rests in silence .. 1."""
FACE = (
    "brow_raise_left",
    "brow_raise_right",
    "brow_furrow",
    "blink",
    "cheek_raise",
    "smile",
    "look_yaw_deg",
    "look_pitch_deg",
    "head_yaw_deg",
    "head_pitch_deg",
    "head_roll_deg",
)
MOTION = (*MOUTH_CHANNELS, *CONTACTS, SPEAKING, *FACE)
PLACE = {name: i for i, name in enumerate(MOTION)}
WIDTH = len(MOTION)
MOUTH = slice(0, len(MOUTH_CHANNELS))
TOUCH = slice(len(MOUTH_CHANNELS), len(MOUTH_CHANNELS) + len(CONTACTS))
HEARD_MOUTH = slice(0, PLACE[SPEAKING] + 1)
"""What has to do with the lips: mouth, contacts, speaking."""

EMOTIONS = ("happy", "sad", "angry", "surprised", "concerned")
"""Besides neutral, which is none of them."""
WISHES = (*EMOTIONS, "liveliness")
WISH_WIDTH = len(WISHES)

TEXT = (*MOUTH_CHANNELS, "accent", "known")
"""What is known from the text: the certain mouth, 0..1 how prominent an accent is, and 1 where all this is known."""
TEXT_WIDTH = len(TEXT)

WINDOW = 100
"""Frames the network sees at once: 3.3 s."""
CONTEXT = 20
"""Of them the last ones of the window before."""
LOOK_AHEAD = 10
"""Frames at the window's end that the next window makes anew, since they could not hear what follows."""
