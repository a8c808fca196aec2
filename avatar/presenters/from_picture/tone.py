"""A picture and its face in, the colours of the mouth as they would be in that picture out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import Face
from avatar.render.mouth import COLOURS

Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

SKIN = (50, 280, 205, 425, 101, 330, 151, 9)
"""FaceMesh's points on cheeks and forehead, where nothing but skin is."""
PATCH_SHARE = 0.03
"""Half the side of the patch looked at, in widths of the face."""
STUDIO_SKIN = (229.0, 182.0, 158.0)
"""Skin in the light that the renderer's own colours are meant for (avatar/studio)."""
LUMA = np.array([0.299, 0.587, 0.114])
GAIN = (0.45, 1.1)
SHARE = {"tooth": 0.5}
"""How much of the picture's light a part takes, as a power; teeth less, so that they can be read."""
USUAL_SHARE = 0.8
LIGHTNESS = {"tooth": (86.0, 96.0), "tongue": (56.0, 60.0), "cavity": (17.5, 19.5)}
"""L* of a part in any picture's light: what cannot be read is not there. Drawn, a tooth is 3 darker, a tongue in its
shade 4, which is 80 and more, 45 to 60 and 15 to 25, the marks of lipreading.md 3.3."""
ROOM_UNDER_LIP = (0.45, 0.7)
"""But the room is never lighter than so much of the lips' L*, in a picture in grey and in one in colour: in a dark one
it would be a lamp, and in grey nothing but its darkness tells it from the lips."""
INSIDE_OF_LIP = (0.80, 0.62, 0.62)
"""The wet inner side of a lip over the colour of its red."""


def mouth_colours(image: Pixels, face: Face, lip: Doubles) -> dict[str, Colour]:
    """sRGB by the names of avatar/render/mouth.COLOURS; image (H, W, 3), lip (3,) the lower lip's sRGB."""
    skin = skin_colour(image, face)
    studio = np.array(STUDIO_SKIN)
    # A drawing in grey gets grey teeth: what has less colour than skin has takes colour from all.
    colourful = colourfulness(skin)
    gain = np.clip(skin / np.maximum(_faded(studio, colourful), 1.0), *GAIN)
    fitted = {
        name: _faded(np.array(base, float), colourful) * gain ** SHARE.get(name, USUAL_SHARE)
        for name, base in COLOURS.items()
    }
    for name, (least, most) in LIGHTNESS.items():
        own = lab_of(fitted[name])
        fitted[name] = _srgb_of(np.array([np.clip(own[0], least, most), *own[1:]]))
    room, most = lab_of(fitted["cavity"]), np.interp(colourful, (0, 1), ROOM_UNDER_LIP) * lab_of(lip)[0]
    fitted["cavity"] = _srgb_of(np.array([min(room[0], most), *room[1:]]))
    fitted["lip"] = lip
    fitted["lip_inside"] = lip * _faded(np.array(INSIDE_OF_LIP), colourful)
    return {name: _rounded(colour) for name, colour in fitted.items()}


def skin_colour(image: Pixels, face: Face) -> Doubles:
    """(3,) sRGB of cheeks and forehead."""
    return np.asarray(np.mean(patches(image, face, SKIN) or [np.array(STUDIO_SKIN)], axis=0), np.float64)


def patches(image: Pixels, face: Face, points: tuple[int, ...]) -> list[Doubles]:
    """The median colour (3,) round each of FaceMesh's points that lies in the picture."""
    half = max(int(PATCH_SHARE * face.width_px), 1)
    found = []
    for x, y in face.points[list(points), :2].round().astype(int):
        patch = image[max(y - half, 0) : max(y + half + 1, 0), max(x - half, 0) : max(x + half + 1, 0)]
        if patch.size:
            found.append(np.median(patch.reshape(-1, 3), axis=0))
    return found


def colourfulness(skin: Doubles) -> float:
    """0 a picture in grey .. 1 one as colourful as life: how much colour skin has."""
    studio = np.array(STUDIO_SKIN)
    return float(min(np.ptp(skin) / max(skin.max(), 1.0) / (np.ptp(studio) / studio.max()), 1.0))


def lab_of(colour: Doubles) -> Doubles:
    """L* a* b* (3,) of sRGB 0..255."""
    pixel = (colour / 255).astype(np.float32).reshape(1, 1, 3)
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_RGB2LAB).reshape(3), np.float64)


def _srgb_of(lab: Doubles) -> Doubles:
    pixel = lab.astype(np.float32).reshape(1, 1, 3)
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_LAB2RGB).reshape(3), np.float64) * 255


def _faded(colour: Doubles, colourful: float) -> Doubles:
    grey = float(colour @ LUMA)
    faded: Doubles = grey + (colour - grey) * colourful
    return faded


def _rounded(colour: Doubles) -> Colour:
    red, green, blue = (int(round(value)) for value in np.clip(colour, 0, 255))
    return red, green, blue
