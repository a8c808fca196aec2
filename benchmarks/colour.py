"""sRGB colours in, CIE L* and contrast ratios out: the yardsticks for what has to be seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Colour = npt.ArrayLike


def luminance(colour: Colour) -> float:
    """Relative luminance 0..1 of one sRGB colour (r, g, b) 0..255, by WCAG 2.2."""
    value = np.asarray(colour, np.float64) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def lightness(colour: Colour) -> float:
    """CIE L* 0..100 of one sRGB colour, D65."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio 1..21 by WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
