"""A lip's texture and the skin of its picture in, the texture with lips that can be told from that skin out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.colour_difference import difference
from avatar.presenters.from_picture.faces import Face
from avatar.presenters.from_picture.tone import colourfulness, lab_of, patches, skin_colour
from avatar.render.jaw import smooth_step
from avatar.render.lips import INNER_EDGE, ROWS

Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]

BESIDE_MOUTH = (216, 212), (436, 432)
"""FaceMesh's points about 10 mm outside the mouth's corners, the viewer's left and right."""
LIP_OVER_SKIN, MOST_CHANGE = (-18.0, 20.0), (-12.0, 18.0, -6.0)
"""L* a*: lips less dark and less red than this over the skin are made so, by so much (L* a* b*) at most."""
TOLD_APART, DEEPER = 19.0, (-7.0, 5.2, -8.7)
"""Lips less different (CIEDE2000) from the skin beside the mouth become deeper and turn from orange to red, by so much
at most: in brown varnish or in shade, lips may be as strong as others and still not be seen."""
FADE = (0.3, 0.03)
"""The change grows over these shares of the lip's height and length: no edge is drawn."""


def lip_red(texture: Pixels) -> Doubles:
    """(3,) median sRGB of a lip's red; texture (H, W, 3), v from the red border over all rows of lips.py."""
    edge = int(texture.shape[0] * INNER_EDGE / (ROWS - 1))
    red = texture[int(0.3 * edge) : int(0.85 * edge), texture.shape[1] // 5 : -texture.shape[1] // 5]
    return np.asarray(np.median(red.reshape(-1, 3), axis=0), np.float64)


def readable_lips(textures: dict[str, Pixels], image: Pixels, face: Face) -> dict[str, Pixels]:
    """Both lips' textures by name, each (H, W, 3), set off from the skin enough to be read.

    Lips as strong as LIP_OVER_SKIN stay as they are; fainter ones come nearer to that, by MOST_CHANGE at most.
    """
    own = {name: lab_of(lip_red(texture)) for name, texture in textures.items()}
    changes = {name: _stronger(lip, image, face) for name, lip in own.items()}
    deeper = _deeper(np.mean([own[name] + changes[name] for name in own], axis=0), image, face)
    middle = np.mean([lip[0] for lip in own.values()])
    return {name: _changed(each, changes[name] + deeper * own[name][0] / middle) for name, each in textures.items()}


def _stronger(lip: Doubles, image: Pixels, face: Face) -> Doubles:
    """(3,) L* a* b* by which a lip of that colour is made darker and redder."""
    skin = skin_colour(image, face)
    missing = (np.array(LIP_OVER_SKIN) - (lip - lab_of(skin))[:2]) / np.array(MOST_CHANGE[:2])
    darker, redder = np.clip(missing, 0, 1)
    change = np.array(MOST_CHANGE) * (darker, redder, (darker + redder) / 2)
    change[1:] *= colourfulness(skin)
    return np.asarray(change, np.float64)


def _deeper(lips: Doubles, image: Pixels, face: Face) -> Doubles:
    """(3,) L* a* b* by which lips of that colour are set off from the skin beside the mouth."""
    sides = [lab_of(np.mean(found, axis=0)) for side in BESIDE_MOUTH if (found := patches(image, face, side))]
    most = np.array(DEEPER)
    most[1:] *= colourfulness(skin_colour(image, face))
    for share in np.linspace(0, 1, 21):
        if all(difference(lips + share * most, side) >= TOLD_APART for side in sides):
            break
    return np.asarray(share * most, np.float64)


def _changed(texture: Pixels, change: Doubles) -> Pixels:
    """A lip's texture with its colour moved by L* a* b*: less towards border, corners and in shade."""
    v = np.linspace(0, (ROWS - 1) / INNER_EDGE, texture.shape[0])[:, None]
    u = np.linspace(0, 1, texture.shape[1])[None]
    share = smooth_step(v, 0.0, FADE[0]) * smooth_step(np.minimum(u, 1 - u), 0.0, FADE[1])
    own = cv2.cvtColor(texture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    # What lies in shade has less colour: a corner of the mouth is no red patch.
    share = share * np.clip(own[..., 0] / max(lab_of(lip_red(texture))[0], 1.0), 0.0, 1.0)
    moved = cv2.cvtColor((own + change * share[..., None]).astype(np.float32), cv2.COLOR_LAB2RGB)
    return np.asarray(np.clip(moved * 255 + 0.5, 0, 255), np.uint8)
