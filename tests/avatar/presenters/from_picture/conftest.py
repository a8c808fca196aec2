"""What these tests share: pictures of a face, and the presenters made of them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from avatar.motion_frame import REST, MotionFrame
from avatar.presenters.from_picture.faces import Face, find_faces
from avatar.presenters.from_picture.make import from_picture
from avatar.presenters.library import presenter
from avatar.render.presenter import Pixels, Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport


@pytest.fixture(scope="package")
def drawing() -> Pixels:
    """(640, 640, 3): our own Ada, drawn: a picture that is always there."""
    renderer = Renderer(presenter("ada"), Viewport(640, 640, framing="face"))
    return renderer.draw(MotionFrame(0.0, "", REST)).copy()


@pytest.fixture(scope="package")
def face(drawing: Pixels) -> Face:
    (found,) = find_faces(drawing)
    return found


@pytest.fixture(scope="package")
def made(drawing: Pixels, face: Face) -> Presenter:
    return from_picture(drawing, face, "drawn", "A drawing of a drawing")


@pytest.fixture(scope="package")
def painting(shared_data: Path) -> Pixels:
    """Raphael's veiled woman (H, W, 3), sRGB: turned by 24 degrees, with a veil."""
    image = cv2.imread(str(shared_data / "paintings" / "raphael_veiled_woman.jpg"))
    assert image is not None
    return np.ascontiguousarray(image[..., ::-1])


@pytest.fixture(scope="package")
def painted(painting: Pixels) -> Presenter:
    return from_picture(painting, None, "painted", "A painting")
