"""A presenter, a viewport and a wish in, what stands behind the person out: its own wall, a colour, a picture, nothing.

Wishes: own, blurred, transparent, a colour (a name of CSS or #rrggbb), a picture's file, blurred:FILE.
"""

from __future__ import annotations

import os
import warnings
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.camera import camera_for
from avatar.render.presenter import Plate, Presenter
from narrator.errors import SettingError
from narrator.flow import TRANSPARENT, RgbImage, Viewport
from narrator.places import named_path

Pixels = npt.NDArray[np.uint8]

OWN, BLURRED = "own", "blurred"
BLUR_SHARE = 1 / 28
"""How far a blurred background is out of focus (standard deviation), of the picture's height."""
BLUR_SHRINK = 4
"""Blurred pictures are blurred at this fraction of their size: nobody sees the difference."""
LARGEST_PX = 120_000_000
"""More pixels than any camera makes: known from the file's header, before anything is decoded."""


def background(presenter: Presenter, viewport: Viewport) -> Pixels:
    """(height, width, 4): opaque, or clear all over where viewport.background is "transparent". Raises SettingError."""
    size = (viewport.height, viewport.width)
    if viewport.background == TRANSPARENT:
        return np.zeros((*size, 4), np.uint8)
    seen = _wished(presenter, viewport)
    wall: Pixels = cv2.cvtColor(seen, cv2.COLOR_RGB2RGBA).astype(np.uint8)
    return wall


def check(wish: str) -> None:
    """Raises SettingError where a background is no wish, or its file no picture."""
    kind, _, rest = wish.partition(":")
    if wish not in (OWN, BLURRED, TRANSPARENT) and _colour(wish) is None:
        _picture(rest if kind == BLURRED and rest else wish)


def _wished(presenter: Presenter, viewport: Viewport) -> RgbImage:
    wish = viewport.background
    kind, _, rest = wish.partition(":")
    is_own = wish in (OWN, BLURRED)
    if not is_own and (colour := _colour(wish)) is not None:
        return np.full((viewport.height, viewport.width, 3), colour, np.uint8)
    seen = _own(presenter, viewport) if is_own else _fitted(rest if kind == BLURRED else wish, viewport)
    return _out_of_focus(seen) if kind == BLURRED else seen


def _colour(wish: str) -> tuple[int, int, int] | None:
    """sRGB of a colour's name or #rrggbb; None where it is neither."""
    from PIL import ImageColor

    try:
        return ImageColor.getrgb(wish.strip())[:3]
    except ValueError:
        return None


def _fitted(name: str, viewport: Viewport) -> RgbImage:
    """(height, width, 3): the picture, as large as covers the viewport, its middle in the middle."""
    picture = _picture(name)
    scale = max(viewport.width / picture.shape[1], viewport.height / picture.shape[0])
    size = [
        max(round(side * scale), least)
        for side, least in zip(picture.shape[1::-1], (viewport.width, viewport.height), strict=True)
    ]
    laid = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (size[0] - viewport.width) // 2, (size[1] - viewport.height) // 2
    return np.ascontiguousarray(laid[top : top + viewport.height, left : left + viewport.width]).astype(np.uint8)


@lru_cache(maxsize=2)
def _picture(name: str) -> RgbImage:
    """(h, w, 3) sRGB, turned upright. Raises SettingError in one line for what is no picture."""
    from PIL import Image, ImageOps

    wishes = "a background: own, blurred, transparent, a colour such as navy or #204060, or a picture's file"
    path = named_path(name)
    if not os.path.isfile(path):
        raise SettingError(
            wishes, f'"{name}" is none of these, nor is there such a file', "Choose one with --background."
        )
    too_large = SettingError("a picture of at most 120 million pixels", f"{path} has more", "Save it smaller.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit follows
            opened = Image.open(path)
        with opened as image:
            if image.width * image.height > LARGEST_PX:
                raise too_large
            upright = ImageOps.exif_transpose(image)
            picture: RgbImage = np.array(upright.convert("RGB"), np.uint8)
    except Image.DecompressionBombError:  # Pillow's limit, of 179 million
        raise too_large from None
    except (OSError, ValueError, SyntaxError, ArithmeticError) as fault:
        raise SettingError(wishes, f"{path} is no picture that can be read ({fault})", "Choose another file.") from None
    return picture


def _out_of_focus(picture: RgbImage) -> RgbImage:
    height, width = picture.shape[:2]
    small = cv2.resize(
        picture, (max(width // BLUR_SHRINK, 1), max(height // BLUR_SHRINK, 1)), interpolation=cv2.INTER_AREA
    )
    soft = cv2.GaussianBlur(small, (0, 0), max(height * BLUR_SHARE / BLUR_SHRINK, 0.5))
    whole: RgbImage = cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    return whole


def _own(presenter: Presenter, viewport: Viewport) -> RgbImage:
    """(height, width, 3): the presenter's own plate, or a plain wall, a little lighter behind the head."""
    if presenter.plate:
        return _plate(presenter.plate, viewport)
    top = np.asarray(presenter.colours.get("background_top", (206, 214, 222)), np.float32)
    bottom = np.asarray(presenter.colours.get("background_bottom", (164, 176, 188)), np.float32)
    x = (np.arange(viewport.width, dtype=np.float32) / viewport.width - 0.5) * viewport.width / viewport.height
    y = np.arange(viewport.height, dtype=np.float32)[:, None] / viewport.height - 0.42
    t = np.minimum(np.sqrt(x * x + y * y) / 0.95, 1)
    t *= np.sqrt(t)
    noise = np.random.default_rng(1).uniform(0, 1, t.shape).astype(np.float32)
    channels = [np.clip(top[k] + (bottom[k] - top[k]) * t + noise, 0, 255).astype(np.uint8) for k in range(3)]
    wall: RgbImage = cv2.merge(channels)
    return wall


def _plate(plate: Plate, viewport: Viewport) -> RgbImage:
    """(height, width, 3): the plate where the camera sees it; beyond its edges they are repeated."""
    camera = camera_for(viewport)
    scale = plate.mm_per_pixel * camera.pixels_per_mm
    left = camera.middle_x + plate.left_mm * camera.pixels_per_mm
    top = camera.middle_y - plate.top_mm * camera.pixels_per_mm
    # Pixel centres lie half a pixel in.
    to_view = np.array([[scale, 0, left + (scale - 1) / 2], [0, scale, top + (scale - 1) / 2]])
    pixels = plate.pixels
    if scale < 1:
        shrunk = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        rest = np.array([pixels.shape[1] / shrunk.shape[1], pixels.shape[0] / shrunk.shape[0]]) * scale
        to_view = np.array([[rest[0], 0, left + (rest[0] - 1) / 2], [0, rest[1], top + (rest[1] - 1) / 2]])
        pixels = shrunk
    size = (viewport.width, viewport.height)
    seen: RgbImage = cv2.warpAffine(pixels, to_view, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return seen


def straight_alpha(canvas: Pixels) -> None:
    """(H, W, 4) drawn on clear black, in place: colours undimmed where a pixel is half clear."""
    alpha = canvas[..., 3]
    partly = (alpha > 0) & (alpha < 255)
    colours = canvas[partly, :3].astype(np.uint16) * 255 // alpha[partly][:, None]
    canvas[partly, :3] = np.minimum(colours, 255)
