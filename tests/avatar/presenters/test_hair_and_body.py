"""Hair leaves the mouth free, hands stand out from clothes, and a signer is inside the picture, for every presenter."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.library import presenter, presenter_names
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport

MOST_VERTICES = {"skin": 3600, "ears": 750, "hair": 1500, "body": 2800}
"""Drawing's time depends on them; hands belong to the body."""
MOST_TEXTURE_BYTES = 40_000_000
LEAST_CONTRAST = {"cloth": 3.0, "wall": 1.9}
LEAST_RIM_PX = 40
"""What has more than this of its pixels beside the wall must stand out from it; hair may lie between it and skin."""


@pytest.fixture(scope="module", params=presenter_names())
def shown(request: pytest.FixtureRequest) -> Presenter:
    return presenter(request.param)


def turned(yaw_deg: float, pitch_deg: float) -> MotionFrame:
    values = REST.copy()
    values[INDEX["head_yaw_deg"]], values[INDEX["head_pitch_deg"]] = yaw_deg, pitch_deg
    return MotionFrame(0.0, "", values)


def owned(renderer: Renderer, *names: str) -> np.ndarray:
    """(height, width): which pixels belong to the parts."""
    return np.isin(renderer.owner, [layer.owner for layer in renderer.layers if layer.part.name in names])


def inside(where: np.ndarray) -> np.ndarray:
    """The same without its outline, whose colours are mixed with what is behind."""
    return cv2.erode(where.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0


def luminance(colours: np.ndarray) -> float:
    """Mean relative luminance of (n, 3) sRGB (WCAG 2.2)."""
    share = colours / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float((linear @ (0.2126, 0.7152, 0.0722)).mean())


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_it_keeps_to_its_budget(shown: Presenter) -> None:
    count = {part.name: len(part.vertices) for part in shown.parts}
    assert count["skin"] <= MOST_VERTICES["skin"]
    assert count.get("ears", 0) <= MOST_VERTICES["ears"]
    assert count["hair"] <= MOST_VERTICES["hair"]
    assert count["body"] + count["hands"] <= MOST_VERTICES["body"]
    assert sum(part.texture.shape[0] * part.texture.shape[1] * 4 for part in shown.parts) <= MOST_TEXTURE_BYTES


@pytest.mark.parametrize(("yaw_deg", "pitch_deg"), [(0, 0), (10, 0), (-10, 0), (6, -8), (-6, 8)])
def test_hair_never_covers_lips_or_chin(shown: Presenter, yaw_deg: float, pitch_deg: float) -> None:
    renderer = Renderer(shown, Viewport(480, 480))
    renderer.draw(turned(yaw_deg, pitch_deg))
    hair = owned(renderer, "hair")
    lips = [layer.attributes[:, :2] for layer in renderer.layers if layer.part.name in ("lip_upper", "lip_lower")]
    skin = next(layer for layer in renderer.layers if layer.part.name == "skin")
    chin = np.linalg.norm(skin.part.vertices - shown.landmarks["chin"], axis=1) < 8.0
    places = np.concatenate([*lips, skin.attributes[chin, :2]]).astype(int)
    assert not hair[places[:, 1], places[:, 0]].any()


@pytest.mark.parametrize("size", [(1280, 720), (720, 720), (576, 720), (406, 720)])
def test_a_signer_is_inside_the_picture(shown: Presenter, size: tuple[int, int]) -> None:
    renderer = Renderer(shown, Viewport(*size, framing="signer"))
    renderer.draw(turned(0, 0))
    person = renderer.owner > 0
    assert not person[:4].any()
    assert not person[:, :3].any()
    assert not person[:, -3:].any()
    hands = owned(renderer, "hands")
    assert hands.sum() > 0.01 * size[1] ** 2
    assert not hands[-4:].any()


def test_hands_and_head_stand_out(shown: Presenter) -> None:
    renderer = Renderer(shown, Viewport(640, 360, framing="signer"))
    image = renderer.draw(turned(0, 0))
    hands, cloth = (luminance(image[inside(owned(renderer, name))]) for name in ("hands", "body"))
    assert contrast(hands, cloth) >= LEAST_CONTRAST["cloth"]
    is_wall = renderer.owner == 0
    beside_wall = cv2.dilate(is_wall.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    for name in ("skin", "hair", "body"):
        rim = owned(renderer, name) & beside_wall
        if rim.sum() > LEAST_RIM_PX:
            assert (
                contrast(luminance(image[owned(renderer, name)]), luminance(image[is_wall])) >= LEAST_CONTRAST["wall"]
            ), name
