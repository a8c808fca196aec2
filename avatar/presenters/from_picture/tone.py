"""A picture and its face in, the colours of the mouth as they would be in that picture out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import Face
from avatar.render.jaw import smooth_step
from avatar.render.lips import INNER_EDGE, ROWS
from avatar.render.mouth import COLOURS

Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

SKIN = (50, 280, 205, 425, 101, 330, 151, 9)
"""FaceMesh's points on cheeks and forehead, where nothing but skin is."""
LOWER_LIP = (17, 84, 314, 85, 315, 16)
PATCH_SHARE = 0.03
"""Half the side of the patch looked at, in widths of the face."""
STUDIO_SKIN = (229.0, 182.0, 158.0)
"""Skin in the light that the renderer's own colours are meant for (avatar/studio)."""
LUMA = np.array([0.299, 0.587, 0.114])
GAIN = (0.45, 1.1)
DARKER = {"tongue": 0.88, "cavity": 0.85}
"""Most pictures have deeper shadows than the renderer's own light; in its light a tongue is taken for a lip."""
TONGUE_UNDER_LIP = 1.0
"""L* by which a tongue is darker than the lips at least: between two things alike no edge is seen."""
MOST_DARKENED = 0.6
"""But no further than this: a tongue is not darkness."""
SHARE = {"tooth": 0.5}
"""How much of the picture's light a part takes, as a power; teeth less, so that they can be read."""
USUAL_SHARE = 0.8
LIP_OVER_SKIN, MOST_CHANGE = (-18.0, 20.0), (-12.0, 18.0, -6.0)
"""L* a*: lips less dark and less red than this over the skin are made so, by so much (L* a* b*) at most."""
FADE = (0.3, 0.03)
"""The change grows over these shares of the lip's height and length: no edge is drawn."""
INSIDE_OF_LIP = 0.55
"""The wet inner side of a lip over the colour of its red."""


def mouth_colours(image: Pixels, face: Face) -> dict[str, Colour]:
    """sRGB by the names of avatar/render/mouth.COLOURS; image (H, W, 3)."""
    skin, lip = _colour(image, face, SKIN), _colour(image, face, LOWER_LIP)
    studio = np.array(STUDIO_SKIN)
    # A drawing in grey gets grey teeth: what has less colour than skin has takes colour from all.
    colourful = _colourful(skin)
    gain = np.clip(skin / np.maximum(_faded(studio, colourful), 1.0), *GAIN)
    fitted = {
        name: _faded(np.array(base, float), colourful) * gain ** SHARE.get(name, USUAL_SHARE)
        for name, base in COLOURS.items()
    }
    for name, factor in DARKER.items():
        fitted[name] *= factor
    # sRGB and L* scale nearly alike.
    share = (_lab(lip)[0] - TONGUE_UNDER_LIP) / max(_lab(fitted["tongue"])[0], 1.0)
    fitted["tongue"] *= np.clip(share, MOST_DARKENED, 1.0)
    fitted["lip"] = lip
    fitted["lip_inside"] = (fitted["lip_inside"] + INSIDE_OF_LIP * lip) / 2
    return {name: _rounded(colour) for name, colour in fitted.items()}


def readable_lip(texture: Pixels, image: Pixels, face: Face) -> Pixels:
    """A lip's texture (H, W, 3), v from the red border over all rows of lips.py, set off from skin enough to be read.

    Lips as strong as LIP_OVER_SKIN stay as they are; fainter ones come nearer to that, by MOST_CHANGE at most.
    """
    edge = int(texture.shape[0] * INNER_EDGE / (ROWS - 1))
    red = texture[int(0.3 * edge) : int(0.85 * edge), texture.shape[1] // 5 : -texture.shape[1] // 5]
    skin, lip = _lab(_colour(image, face, SKIN)), _lab(np.median(red.reshape(-1, 3), axis=0))
    missing = (np.array(LIP_OVER_SKIN) - (lip - skin)[:2]) / np.array(MOST_CHANGE[:2])
    darker, redder = np.clip(missing, 0, 1)
    change = np.array(MOST_CHANGE) * (darker, redder, (darker + redder) / 2)
    change[1:] *= _colourful(_colour(image, face, SKIN))
    v = np.linspace(0, (ROWS - 1) / INNER_EDGE, texture.shape[0])[:, None]
    u = np.linspace(0, 1, texture.shape[1])[None]
    share = smooth_step(v, 0.0, FADE[0]) * smooth_step(np.minimum(u, 1 - u), 0.0, FADE[1])
    own = cv2.cvtColor(texture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    # What lies in shade has less colour: a corner of the mouth is no red patch.
    share = share * np.sqrt(np.clip(own[..., 0] / max(lip[0], 1.0), 0.0, 1.0))
    stronger = cv2.cvtColor((own + change * share[..., None]).astype(np.float32), cv2.COLOR_LAB2RGB)
    return np.asarray(np.clip(stronger * 255 + 0.5, 0, 255), np.uint8)


def _lab(colour: Doubles) -> Doubles:
    """L* a* b*."""
    pixel = (colour / 255).astype(np.float32).reshape(1, 1, 3)
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_RGB2LAB).reshape(3), np.float64)


def _colourful(skin: Doubles) -> float:
    """0 a picture in grey .. 1 one as colourful as life: how much colour skin has."""
    studio = np.array(STUDIO_SKIN)
    return float(min(np.ptp(skin) / max(skin.max(), 1.0) / (np.ptp(studio) / studio.max()), 1.0))


def _colour(image: Pixels, face: Face, points: tuple[int, ...]) -> Doubles:
    """(3,): the mean over the points of the median round each."""
    half = max(int(PATCH_SHARE * face.width_px), 1)
    found = []
    for x, y in face.points[list(points), :2].round().astype(int):
        patch = image[max(y - half, 0) : y + half + 1, max(x - half, 0) : x + half + 1]
        if patch.size:
            found.append(np.median(patch.reshape(-1, 3), axis=0))
    return np.mean(found, axis=0) if found else np.array(STUDIO_SKIN)


def _faded(colour: Doubles, colourful: float) -> Doubles:
    grey = float(colour @ LUMA)
    faded: Doubles = grey + (colour - grey) * colourful
    return faded


def _rounded(colour: Doubles) -> Colour:
    red, green, blue = (int(round(value)) for value in np.clip(colour, 0, 255))
    return red, green, blue
