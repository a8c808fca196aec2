"""Two L*a*b* colours in, how different they look out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Colour = npt.ArrayLike


def difference(one: Colour, other: Colour) -> float:
    """CIEDE2000 between two L*a*b* colours, as Sharma, Wu and Dalal (2005) write it; 1 is just seen side by side."""
    (l1, a1, b1), (l2, a2, b2) = np.asarray(one, np.float64), np.asarray(other, np.float64)
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    c1, c2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    waves = ((1, 30, -0.17), (2, 0, 0.24), (3, -6, 0.32), (4, 63, -0.20))
    t = 1 + sum(share * np.cos(np.radians(times * mean_h - shift)) for times, shift, share in waves)
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    rotation = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7))
    rotation *= np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2))))
    lightness_part, chroma_part, hue_part = (l2 - l1) / s_l, (c2 - c1) / s_c, hue / s_h
    total = lightness_part**2 + chroma_part**2 + hue_part**2 + rotation * chroma_part * hue_part
    return float(np.sqrt(total))
