"""Layers blend only what lets something through, draw the nearest first and keep fine textures."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.camera import camera_for, extent_of
from avatar.render.layer import TEXELS_PER_PIXEL, in_view, nearest_first, opaque_triangles, resampled, texels_per_pixel
from avatar.render.presenter import Part, Presenter
from narrator.flow import Viewport

TWO = np.array([[0, 1, 2], [3, 4, 5]], np.int32)


def test_a_triangle_over_a_clear_texel_is_blended() -> None:
    texture = np.full((16, 16, 4), 255, np.uint8)
    texture[12, 12, 3] = 10
    uv = np.array([[0, 0], [0.3, 0], [0, 0.3], [0.7, 0.7], [0.9, 0.7], [0.7, 0.9]], np.float32)
    assert opaque_triangles(TWO, uv, texture).tolist() == [True, False]


def test_the_nearer_triangle_is_drawn_first() -> None:
    vertices = np.zeros((6, 3), np.float32)
    vertices[3:, 2] = 100
    assert nearest_first(vertices, TWO).tolist() == [[3, 4, 5], [0, 1, 2]]


@pytest.mark.parametrize(("framing", "is_shown"), [("signer", True), ("face", False)])
def test_hands_that_no_movement_brings_in_are_left_out(ada: Presenter, framing: str, is_shown: bool) -> None:
    hands = ada.part("hands")
    kept = in_view(hands, extent_of(Viewport(640, 480, framing=framing)))
    assert len(kept.triangles) == (len(hands.triangles) if is_shown else 0)


def test_what_is_kept_of_a_part_is_as_it_was(ada: Presenter) -> None:
    body = ada.part("body")
    kept = in_view(body, extent_of(Viewport(512, 512)))
    assert 0 < len(kept.triangles) < len(body.triangles)
    corners = {tuple(corner) for corner in body.vertices[body.triangles].reshape(-1, 9).tolist()}
    assert {tuple(corner) for corner in kept.vertices[kept.triangles].reshape(-1, 9).tolist()} <= corners


@pytest.mark.parametrize("size", [(512, 512), (1280, 720)])
def test_a_texture_is_about_as_fine_as_the_picture(ada: Presenter, size: tuple[int, int]) -> None:
    camera = camera_for(Viewport(*size))
    skin = ada.part("skin")
    shrunk = resampled(skin, camera)
    again = Part(skin.name, skin.material, skin.vertices, skin.triangles, skin.uv, shrunk, skin.follow)
    assert texels_per_pixel(again, camera) <= TEXELS_PER_PIXEL * 1.02


def test_a_coarse_texture_is_left_alone(ada: Presenter) -> None:
    skin = ada.part("skin")
    coarse = Part(skin.name, skin.material, skin.vertices, skin.triangles, skin.uv, skin.texture[::8, ::8], skin.follow)
    assert resampled(coarse, camera_for(Viewport())).shape[:2] == coarse.texture.shape[:2]
