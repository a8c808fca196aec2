"""An ARPAbet name in, its articulation target out: the 40 English phones in millimetres.

The numbers are lipreading.md 2.6, moved within its tolerances (20 % or 1 mm) until they fit one jaw and one pair of
lips: the visible lower teeth follow from jaw, lips and overbite, sibilants leave the incisors at most 1.3 mm apart, and
L stays at least 2 mm more open than N, N more open than T. Mouths are narrow for W and UW, less so for OW's end and UH,
wide for AA: the corners are what an instrument, and a viewer, tells rounding by (T6).
"""

from __future__ import annotations

import numpy as np

from avatar.articulation.target import Contact, Floats, Target, glide, shape, single

# Rows: jaw drop, lip height, mouth width, inner width, protrusion, upper teeth; tongue tip (forward, height), body.
IY = shape(4.7, 7.5, 1.12, 0.84, -1.0, 3.0, tip=(-7, -3.5), body=1.0)
IH = shape(5.5, 7.4, 1.06, 0.80, 0.0, 2.5, tip=(-8, -4.5), body=0.85)
EY_START = shape(6.5, 9.0, 1.08, 0.80, -0.5, 2.5, tip=(-8, -5.5), body=0.8)
EH = shape(8.4, 10.7, 1.05, 0.78, 0.0, 2.0, tip=(-9, -7), body=0.65)
AE = shape(11.0, 13.0, 1.08, 0.80, -0.5, 2.0, tip=(-9, -9.5), body=0.4)
AA = shape(13.0, 14.0, 1.01, 0.735, 0.0, 1.0, tip=(-13, -11), body=0.0)
AH = shape(8.8, 10.5, 1.01, 0.77, 0.0, 1.4, tip=(-11, -8), body=0.35)
AX = shape(6.0, 6.2, 1.00, 0.68, 0.0, 1.0, tip=(-10, -5.5), body=0.5)
AO = shape(11.4, 10.0, 0.90, 0.55, 4.6, 0.5, tip=(-14, -9), body=0.1)
OW_START = shape(9.3, 7.0, 0.87, 0.42, 6.0, 0.0, tip=(-13, -8), body=0.25)
OW_END = shape(5.9, 4.2, 0.79, 0.32, 8.0, 0.0, tip=(-13, -5), body=0.4)
UH = shape(6.0, 4.8, 0.84, 0.36, 5.0, 0.0, tip=(-12, -5), body=0.45)
UW = shape(5.0, 3.8, 0.77, 0.28, 9.0, 0.0, tip=(-13, -4), body=0.5)
ER = shape(6.0, 5.8, 0.93, 0.55, 3.0, 1.0, tip=(-12, -2), body=0.55)
AW_END = shape(5.9, 4.3, 0.85, 0.36, 7.0, 0.0, tip=(-13, -5), body=0.4)
AY_END = shape(5.0, 8.0, 1.08, 0.80, -1.0, 2.5, tip=(-8, -4.5), body=0.9)
OY_START = shape(10.6, 9.0, 0.88, 0.48, 5.0, 0.5, tip=(-14, -9), body=0.1)

# The inner width of closed lips is what they had open: it goes with the height, and a needle's eye is no mouth.
P = shape(4.0, -2.0, 0.97, 0.68, 0.0, 0.0, press=1.0)
M = shape(4.0, -1.4, 1.00, 0.70, 0.0, 0.0, press=0.7)
F = shape(2.5, 3.0, 1.03, 0.72, -0.5, 3.05, tuck=1.0, tip=(-9, -3), body=0.5)
TH = shape(5.2, 5.5, 1.02, 0.72, 0.0, 1.5, tip=(3.8, -0.9), body=0.5)
T = shape(4.6, 5.3, 1.03, 0.72, 0.0, 2.2, tip=(-4, 4), body=0.6)
N = shape(4.8, 6.0, 1.03, 0.72, 0.0, 2.3, tip=(-4, 4), body=0.6)
L = shape(8.1, 10.7, 1.02, 0.74, 0.0, 2.0, tip=(-1, 2), body=0.45)
S = shape(2.5, 5.4, 1.06, 0.76, 0.0, 3.0, tip=(-5, 1.5), body=0.65)
SH = shape(2.6, 7.2, 0.87, 0.55, 5.0, 2.8, flare=1.0, tip=(-9, 1), body=0.7)
CH_CLOSED = shape(2.6, 6.8, 0.87, 0.55, 5.0, 2.8, flare=0.8, tip=(-5, 4), body=0.7)
R = shape(5.0, 5.2, 0.85, 0.45, 4.0, 0.8, flare=0.2, tip=(-12, 1), body=0.5)
W = shape(4.9, 3.5, 0.72, 0.26, 8.0, 0.0, tip=(-13, -4), body=0.45)
Y = shape(3.8, 7.0, 1.08, 0.80, -1.0, 3.0, tip=(-7, -3), body=1.0)
K = shape(6.0, 8.0, 1.00, 0.70, 0.0, 1.0, tip=(-14, -7), body=1.0)

# Dominance of jaw, lip opening, spreading, protrusion, tongue (lipreading.md 2.7). Lip opening is ours: consonants that
# shape the opening at all must do so in every vowel, or T, N and L cannot be told apart (T5, T12).
W_VOWEL = (1.0, 1.0, 1.0, 1.0, 0.6)
W_SPREAD = (1.0, 1.0, 0.95, 0.95, 0.6)
W_ROUND = (1.0, 1.5, 1.2, 1.2, 0.6)
W_TIGHT = (1.0, 2.5, 2.0, 2.0, 0.6)
W_SCHWA = (0.5, 0.7, 0.4, 0.4, 0.3)
W_LIPS = (0.8, 0.0, 0.4, 0.2, 0.0)
W_TUCK = (1.5, 0.3, 0.8, 0.8, 0.1)
W_TONGUE = (2.0, 6.0, 1.2, 1.2, 5.0)
W_ALVEOLAR = (1.5, 6.0, 1.2, 1.2, 3.0)
W_LATERAL = (1.5, 11.0, 1.6, 1.6, 3.0)
W_SIBILANT = (2.5, 6.0, 1.2, 1.2, 3.0)
W_FLARED = (2.5, 6.0, 3.0, 3.0, 2.0)
W_R = (1.0, 3.0, 2.0, 2.0, 2.0)
W_GLIDE_W = (1.0, 8.0, 3.0, 3.0, 0.8)
W_GLIDE_Y = (1.0, 3.0, 1.0, 0.95, 2.0)
W_VELAR = (0.2, 0.0, 0.0, 0.0, 1.0)
W_NOTHING = (0.0, 0.0, 0.0, 0.0, 0.0)
_TEMPERING = (W_TUCK, W_TONGUE, W_ALVEOLAR, W_LATERAL, W_SIBILANT)


def vowel(weights: tuple[float, ...], *shapes: Floats) -> Target:
    """A monophthong of one shape, or a glide through several."""
    return Target(single(shapes[0]) if len(shapes) == 1 else glide(*shapes), np.array(weights), vowel=True)


def consonant(
    weights: tuple[float, ...], values: Floats, contact: Contact = Contact.NONE, *, rounded: bool = False
) -> Target:
    """A consonant of one shape."""
    tempers = weights in _TEMPERING
    return Target(single(values, 0.2), np.array(weights), contact, rounded=rounded, tempers=tempers)


def _affricate() -> Target:
    return Target(glide(CH_CLOSED, SH), np.array(W_FLARED), Contact.SIBILANT, rounded=True)


ENGLISH: dict[str, Target] = {
    "IY": vowel(W_SPREAD, IY),
    "IH": vowel(W_VOWEL, IH),
    "EY": vowel(W_SPREAD, EY_START, IY),
    "EH": vowel(W_VOWEL, EH),
    "AE": vowel(W_VOWEL, AE),
    "AA": vowel(W_VOWEL, AA),
    "AH": vowel(W_VOWEL, AH),
    "AX": vowel(W_SCHWA, AX),
    "AO": vowel(W_ROUND, AO),
    "OW": vowel(W_ROUND, OW_START, OW_END),
    "UH": vowel(W_ROUND, UH),
    "UW": vowel(W_TIGHT, UW),
    "ER": vowel(W_VOWEL, ER),
    "AY": vowel(W_VOWEL, AA, AY_END),
    "AW": vowel(W_ROUND, AA, AW_END),
    "OY": vowel(W_ROUND, OY_START, IY),
    "P": consonant(W_LIPS, P, Contact.LIPS),
    "B": consonant(W_LIPS, P, Contact.LIPS),
    "M": consonant(W_LIPS, M, Contact.LIPS),
    "F": consonant(W_TUCK, F, Contact.TUCK),
    "V": consonant(W_TUCK, F, Contact.TUCK),
    "TH": consonant(W_TONGUE, TH, Contact.TONGUE),
    "DH": consonant(W_TONGUE, TH, Contact.TONGUE),
    "T": consonant(W_ALVEOLAR, T),
    "D": consonant(W_ALVEOLAR, T),
    "N": consonant(W_ALVEOLAR, N),
    "L": consonant(W_LATERAL, L),
    "S": consonant(W_SIBILANT, S, Contact.SIBILANT),
    "Z": consonant(W_SIBILANT, S, Contact.SIBILANT),
    "SH": consonant(W_FLARED, SH, Contact.SIBILANT, rounded=True),
    "ZH": consonant(W_FLARED, SH, Contact.SIBILANT, rounded=True),
    "CH": _affricate(),
    "JH": _affricate(),
    "R": consonant(W_R, R, rounded=True),
    "W": consonant(W_GLIDE_W, W, rounded=True),
    "Y": consonant(W_GLIDE_Y, Y),
    "K": consonant(W_VELAR, K),
    "G": consonant(W_VELAR, K),
    "NG": consonant(W_VELAR, K),
    "HH": consonant(W_NOTHING, K),
}
"""The 40 English phones by their ARPAbet names."""
