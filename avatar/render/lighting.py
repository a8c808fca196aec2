"""A material's name in, its light table out: what every direction of a surface does to its colour.

The design is a portrait's: a large soft key light a little above the camera, a fill from below so that nothing in
the mouth is in shadow (lipreading.md 3.3: lit from the front, no shadow over the mouth), and a faint rim from behind
that sets hair and shoulders off the background. Tables are indexed by the normal's x and y in view space.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LIGHT_TABLE_SIDE = 64
"""Light tables are LIGHT_TABLE_SIDE x LIGHT_TABLE_SIDE over normal x and y in -1..1."""

KEY_DIRECTION = (-0.28, 0.42, 0.86)
FILL_DIRECTION = (0.45, -0.25, 0.86)
KEY_COLOUR = np.array([1.0, 0.975, 0.94])
FILL_COLOUR = np.array([0.93, 0.96, 1.0])


@dataclass(frozen=True, slots=True)
class Surface:
    """How a material takes the light; fractions of the texture's colour unless said otherwise (judgement)."""

    ambient: float
    key: float
    fill: float
    wrap: float
    """0 a hard terminator .. 1 light reaching all round, as it does through skin."""
    gloss: float
    """Highlight strength, 0..1 of white."""
    sharpness: float
    """Blinn-Phong exponent of the highlight."""
    rim: float = 0.0
    """Light from behind at grazing angles, 0..1 of white."""
    blood: float = 0.0
    """0..1: red that comes through where the light falls off (subsurface scattering)."""


SURFACES = {
    "skin": Surface(0.40, 0.56, 0.18, 0.45, 0.10, 14, 0.05, 0.35),
    "lip": Surface(0.46, 0.50, 0.18, 0.40, 0.26, 32, 0.0, 0.25),
    "tooth": Surface(0.66, 0.28, 0.12, 0.50, 0.11, 36),
    "gum": Surface(0.55, 0.38, 0.12, 0.50, 0.25, 30),
    "tongue": Surface(0.69, 0.36, 0.14, 0.60, 0.14, 22),
    "cavity": Surface(0.80, 0.20, 0.10, 0.50, 0.00, 10),
    "eye": Surface(0.62, 0.34, 0.12, 0.60, 0.0, 10),
    "hair": Surface(0.42, 0.50, 0.16, 0.30, 0.10, 10, 0.10),
    "cloth": Surface(0.44, 0.50, 0.14, 0.30, 0.02, 6, 0.06),
    "lash": Surface(0.9, 0.1, 0.0, 0.5, 0.0, 10),
    "picture": Surface(0.62, 0.38, 0.10, 0.60, 0.0, 10),
}
COLOURLESS = ("picture",)
"""Materials whose light is grey: a picture's own light has a colour already."""


def light_table(material: str) -> Floats:
    """(LIGHT_TABLE_SIDE, LIGHT_TABLE_SIDE, 4) float32, row by normal y, column by normal x.

    Three factors of the texture's sRGB colour, then the highlight, 0..255, to be added. KeyError for other names.
    """
    surface = SURFACES[material]
    axis = (np.arange(LIGHT_TABLE_SIDE) + 0.5) / LIGHT_TABLE_SIDE * 2 - 1
    nx, ny = np.meshgrid(axis, axis)
    nz = np.sqrt(np.clip(1 - nx**2 - ny**2, 0, 1))
    key = _wrapped(nx, ny, nz, KEY_DIRECTION, surface.wrap)
    fill = _wrapped(nx, ny, nz, FILL_DIRECTION, surface.wrap)
    grazing = (1 - nz) ** 3
    diffuse = (
        surface.ambient + (surface.key * key)[..., None] * KEY_COLOUR + (surface.fill * fill)[..., None] * FILL_COLOUR
    )
    # Skin that turns from the light goes red before it goes dark: blue and green are absorbed first.
    falloff = np.clip(1 - key, 0, 1) * surface.blood
    diffuse *= 1 - falloff[..., None] * np.array([0.0, 0.16, 0.20])
    half = np.asarray(KEY_DIRECTION) + (0, 0, 1)
    half = half / np.linalg.norm(half)
    highlight = np.clip(nx * half[0] + ny * half[1] + nz * half[2], 0, 1) ** surface.sharpness
    specular = 255 * (surface.gloss * highlight + surface.rim * grazing)
    if material in COLOURLESS:
        diffuse[:] = diffuse.mean(axis=-1, keepdims=True)
    return np.dstack([diffuse, specular]).astype(np.float32)


def _wrapped(
    nx: npt.NDArray[np.float64],
    ny: npt.NDArray[np.float64],
    nz: npt.NDArray[np.float64],
    direction: tuple[float, float, float],
    wrap: float,
) -> npt.NDArray[np.float64]:
    """Lambert's cosine, let round the corner by wrap: (n.l + w) / (1 + w), Green, GPU Gems (2004), chapter 16."""
    x, y, z = np.asarray(direction) / np.linalg.norm(direction)
    lit: npt.NDArray[np.float64] = np.clip((nx * x + ny * y + nz * z + wrap) / (1 + wrap), 0, 1)
    return lit
