"""No input; the words in which a presenter is described: shape, skin, hair, clothes, colours.

Every presenter is one Person (ada.py and its neighbours); avatar/studio/assemble draws whoever is described. Colours
are sRGB, 0..255; places are mm in presenter.py's coordinates, right half only where both sides are alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Colour = tuple[float, float, float]
Point = tuple[float, float, float]
Flat = tuple[float, float]
"""x and y as seen from the front, mm."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the face's landmarks lie."""

    targets: dict[int, Point]
    """FaceMesh's number of a landmark to its place."""
    lip_line: tuple[Point, ...]
    """Where the closed lips meet, from the middle to the corner."""
    eye_centre: Point
    eye_radius: float
    jaw_pivot: Point
    """Axis of the jaw's joints: 13 mm before the ear canal, at the height of the tragus."""
    neck_pivot: Point
    """Where the skull turns on the spine (atlas)."""


@dataclass(frozen=True, slots=True)
class SkinPalette:
    """Colours of a skin."""

    base: Colour
    forehead: Colour
    blush: Colour
    light: Colour
    shadow: Colour
    """What light skin goes to in creases: red-brown, never grey."""
    lid: Colour
    under_eye: Colour
    wet: Colour
    """Lid margins and the inner corners of the eyes."""
    lip: Colour
    liner: Colour


@dataclass(frozen=True, slots=True)
class Marks:
    """What living has left on the skin."""

    age: float = 0.2
    """Depth of folds and lines: 0 a child's .. 1 at eighty."""
    pores: float = 1.0
    freckles: int = 0
    """How many, on nose and cheeks and a few elsewhere."""
    spots: int = 3
    """Small moles and flecks."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Irises, lids and lashes."""

    iris_outer: Colour
    iris_inner: Colour
    sclera: Colour = (230, 221, 214)
    fold_mm: float = 4.4
    """Height of the upper lid's fold above the lashes; a monolid's lies close to them."""
    fold_ends: tuple[float, float] = (0.10, 0.88)
    """Where on an arch (0 and 1 its feet) the fold begins at the nose and ends outside."""
    lashes: float = 1.0
    """Length and number."""
    liner: float = 1.0
    """How dark the lashes' roots look, 0..1."""


@dataclass(frozen=True, slots=True)
class Brows:
    """The right brow, from the nose outward."""

    colour: Colour
    spine: tuple[Flat, ...]
    half_width_mm: tuple[float, ...]
    """At each point of the spine."""


@dataclass(frozen=True, slots=True)
class Hair:
    """What grows on the head; avatar/studio/hair_styles.py knows the styles."""

    style: str
    dark: Colour
    light: Colour
    scalp: Colour
    hairline: tuple[Flat, ...]
    """From the right temple over the forehead to the left one."""
    parting_x: float
    """Hair sweeps away from here to both sides."""
    gloss: float = 1.0
    """Strength of its highlights."""


@dataclass(frozen=True, slots=True)
class Clothes:
    """What covers the body; avatar/studio/clothing.py knows the styles."""

    style: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Build:
    """Neck, shoulders and chest against the measures of avatar/studio/torso.py."""

    neck: float = 1.0
    """Factor of the neck's width and depth."""
    shoulders: float = 1.0
    """Factor of the shoulders' width."""
    bust_mm: float = 15.0
    arms: float = 1.0
    """Factor of the sleeves' thickness."""
    hands: float = 0.84
    """Factor of the hands' size; see avatar/studio/hand_shape.py."""


@dataclass(frozen=True, slots=True)
class Person:
    """One presenter, described."""

    name: str
    title: str
    """One line for people: who this is meant to be, and that it is drawn, not photographed."""
    shape: Shape
    skin: SkinPalette
    marks: Marks
    eyes: Eyes
    brows: Brows
    hair: Hair
    clothes: Clothes
    build: Build = field(default_factory=Build)
    colours: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """As in Presenter.colours."""
