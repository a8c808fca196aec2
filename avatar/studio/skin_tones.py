"""No input; where a face reddens, catches light and lies in shade: tables for the skin's painter.

Each entry: the middle and the widths (standard deviations) of a soft spot, mm, right side of the face (its mirror
image is painted too), and its strength, 0..1. Places follow the anatomy; strengths are by eye.
"""

from __future__ import annotations

Point = tuple[float, float, float]
Spots = tuple[tuple[Point, Point, float], ...]

BLUSH: Spots = (
    ((-42, 36, -12), (16, 12, 18), 0.40),  # cheeks
    ((-52, 44, -22), (14, 11, 18), 0.22),
    ((0, 31, 24), (9, 7, 9), 0.34),  # tip and wings of the nose
    ((-14, 28, 6), (5, 5, 6), 0.30),
    ((0, -27, 6), (13, 8, 12), 0.26),  # chin
    ((0, 12, 9), (12, 5, 8), 0.14),
    ((-70, 50, -80), (14, 34, 24), 0.5),  # ears' side
    ((0, -130, -50), (40, 22, 30), 0.22),  # chest
)
LIGHT: Spots = (
    ((-41, 47, -12), (9, 4.5, 9), 0.30),  # cheekbones
    ((0, 104, -2), (20, 12, 20), 0.22),  # forehead
    ((0, 50, 12), (2.6, 13, 12), 0.30),  # bridge and tip of the nose
    ((0, 34, 23), (3.2, 3.0, 4), 0.34),
    ((0, -29, 6), (8, 5, 8), 0.22),  # chin
    ((-7, 12, 9), (2.0, 3.5, 5), 0.22),  # ridges above the upper lip
)
HOLLOW: Spots = (((-49, 20, -22), (9, 10, 14), 0.22),)
"""Under the cheekbone, in the lid's colour."""
LID: Spots = (
    ((0, 10.5, 10), (12, 3.6, 9), 0.38),
    ((-2, 7.0, 11), (10, 2.0, 7), 0.40),
    ((-9, 7, 6), (7, 5, 9), 0.30),
)
"""Seen from the right eyeball's centre, as are the next two."""
UNDER_EYE: Spots = (
    ((4, -11, 10), (11, 4.5, 9), 0.24),
    ((14, -2, 8), (4, 7, 8), 0.14),
)
BROW_BONE: Spots = (((6, 14, 14), (10, 4, 9), 0.30),)
NOSTRIL: tuple[tuple[float, float], Point, float] = ((-6.9, 23.9), (2.7, 1.25, 2.8), 0.82)
"""Its middle as seen from the front."""
