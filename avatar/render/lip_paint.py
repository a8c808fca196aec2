"""A lip's colour and the skin round it in, the lip's texture out.

u runs along the lip from the viewer's left corner to the right one, v from the red border over the vermilion to the
inner edge and on into the mouth.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.jaw import smooth_step
from avatar.render.lips import INNER_EDGE, ROWS

Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

COLUMNS, TEXTURE_ROWS = 512, 120
EDGE_ROW = int(round((TEXTURE_ROWS - 1) * INNER_EDGE / (ROWS - 1)))
"""The texture's row at the inner edge."""
BORDER_BLEND = 0.20
"""Share of the vermilion over which the skin's colour passes into the lip's."""
CORNER_BLEND = 0.14
"""Share of the lip's length over which its colour fades towards a corner."""
CORNER_SHADOW = 0.12
INSIDE = (112, 44, 50)
"""Wet inner side of the lips, sRGB."""
DEEP_INSIDE = 0.25
"""How much of that is left of a picture's lip where it ends in the mouth (judgement)."""
CREASES, CREASE_DEPTH = 150, 0.075
"""Fine furrows, most of them in the middle, and how dark one is."""


def lip_texture(colour: Colour, skin: Doubles, inside: Colour = INSIDE) -> Pixels:
    """(TEXTURE_ROWS, COLUMNS, 4) sRGB; skin (columns, 3) is the skin's colour along the border."""
    v = _rows(TEXTURE_ROWS)
    return _with_inside(_into_skin(_painted(colour), skin, v), v, inside)


def lent_texture(own: Pixels, inside: Colour = INSIDE) -> Pixels:
    """(h, w, 4) sRGB: a presenter's own lip, v over all rows of lips.py, with the inside of a lip behind its edge.

    The inside darkens inward: a picture's own light is in its texture.
    """
    v = _rows(own.shape[0])
    dark = 1 - (1 - DEEP_INSIDE) * smooth_step(v, 1.0, float(v.max()))
    return _with_inside(own[..., :3].astype(np.float64), v, np.asarray(inside, float) * dark)


def _rows(number: int) -> Doubles:
    """(number, 1, 1): 0 at the border, 1 at the inner edge."""
    v: Doubles = np.linspace(0, ROWS - 1, number)[:, None, None] / INNER_EDGE
    return v


def _with_inside(lip: Doubles, v: Doubles, inside: Colour | Doubles) -> Pixels:
    into_mouth = smooth_step(v, 1.0, 1.2)
    pixels = lip * (1 - into_mouth) + np.asarray(inside, float) * into_mouth
    return np.dstack([np.clip(pixels, 0, 255), np.full(pixels.shape[:2], 255.0)]).astype(np.uint8)


@lru_cache(maxsize=1)
def _painted(colour: Colour) -> Doubles:
    """(TEXTURE_ROWS, COLUMNS, 3): mottled, creased, a little deeper towards the inner edge; the same for both lips."""
    v = np.clip(_rows(TEXTURE_ROWS), 0, 1)
    random = np.random.default_rng(7)
    mottle = cv2.GaussianBlur(random.normal(0, 1, (TEXTURE_ROWS, COLUMNS)), (0, 0), 9.0)
    mottle = mottle / mottle.std() * 0.012
    light = (1 + mottle - _creases(random))[..., None] * (1.05 - 0.13 * v**2)
    # A crease is redder than its ridges, not greyer.
    painted: Doubles = np.asarray(colour, np.float64) * np.concatenate([light, light**1.25, light**1.2], axis=-1)
    return painted


def _creases(random: np.random.Generator) -> Doubles:
    """(TEXTURE_ROWS, COLUMNS) 0..: short curved furrows from the inner edge towards the border, and fewer back."""
    field = np.zeros((TEXTURE_ROWS, COLUMNS), np.float32)
    for _ in range(CREASES):
        place = np.clip(random.normal(0.5, 0.21), 0.06, 0.94)
        start, length = random.uniform(0.15, 0.75), random.uniform(0.2, 0.6)
        way = np.linspace(0, 1, 8)
        # Furrows fan outward from the middle of the mouth and waver.
        lean = (place - 0.5) * random.uniform(20, 70) + random.normal(0, 5)
        across = place * COLUMNS - lean * way + random.normal(0, 2.0) * np.sin(2.5 * way)
        down = (start + length * way) * EDGE_ROW
        line = np.stack([across, down], axis=-1)
        stroke = np.zeros_like(field)
        points = np.round(line * 8).astype(np.int32).reshape(1, -1, 2)
        cv2.polylines(stroke, [points], False, float(random.uniform(0.3, 1)), 1 + int(random.integers(2)), 16, 3)
        field = np.maximum(field, stroke)
    soft = cv2.GaussianBlur(field, (0, 0), 1.3)
    fade = smooth_step(np.linspace(0, TEXTURE_ROWS / EDGE_ROW, TEXTURE_ROWS), 0.1, 0.4)[:, None]
    creases: Doubles = CREASE_DEPTH * soft.astype(np.float64) * fade
    return creases


def _into_skin(lip: Doubles, skin: Doubles, v: Doubles) -> Doubles:
    """The lip with a soft border, and corners that end softly in a small shadow."""
    u = np.linspace(0, len(skin) - 1, COLUMNS)
    border = np.stack([np.interp(u, np.arange(len(skin)), skin[:, k]) for k in range(3)], axis=-1)[None]
    from_corner = np.minimum(u, len(skin) - 1 - u)[None, :, None] / (len(skin) - 1)
    into_lip = smooth_step(v, 0.0, BORDER_BLEND) * smooth_step(from_corner, 0.0, CORNER_BLEND)
    shadow = 1 - CORNER_SHADOW * np.exp(-((from_corner / CORNER_BLEND * 1.3) ** 2)) * smooth_step(v, 0.0, 0.5)
    soft: Doubles = (border * (1 - into_lip) + lip * into_lip) * shadow
    return soft
