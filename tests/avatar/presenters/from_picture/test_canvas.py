"""A picture is laid out in millimetres without moving it, and goes on beyond its edges out of focus."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.presenters.from_picture.canvas import beyond_mm, grid_over, out_of_focus, regrid, sample
from avatar.presenters.from_picture.pose import Pose

POSE = Pose(np.eye(3), np.zeros(3), 0.5, np.array([100.0, 80.0]))
"""Two pixels a millimetre; the camera looks at column 100, row 80."""
IMAGE = np.random.default_rng(5).integers(0, 255, (160, 200, 3), np.uint8)


def test_the_same_fineness_gives_the_same_pixels() -> None:
    left, top = POSE.plane_of_pixels(np.array([[49.5, 39.5]]))[0]
    grid = grid_over(left, top, left + 20, top - 10, POSE.mm_per_pixel)
    assert (sample(IMAGE, POSE, grid) == IMAGE[40:60, 50:90]).all()


@pytest.mark.parametrize("mm_per_pixel", [0.2, 1.0, 1.7])
def test_a_spot_stays_where_it_is_at_any_fineness(mm_per_pixel: float) -> None:
    spot = np.zeros((160, 200, 3), np.uint8)
    cv2.circle(spot, (120, 60), 8, (255, 255, 255), -1)
    grid = grid_over(-50, 40, 50, -40, mm_per_pixel)
    laid = sample(spot, POSE, grid)[..., 0].astype(float)
    middle = (grid.plane() * laid[..., None]).sum(axis=(0, 1)) / laid.sum()
    assert middle == pytest.approx(POSE.plane_of_pixels(np.array([[120.0, 60.0]]))[0], abs=0.3)


def test_a_raster_moved_to_a_finer_grid_shows_the_same_places() -> None:
    coarse, fine = grid_over(-30, 30, 30, -30, 1.0), grid_over(-10, 12, 14, -9, 0.25)
    ramp = np.clip(coarse.plane() @ (2, 3) + 127, 0, 255).astype(np.uint8)
    wanted = fine.plane() @ (2, 3) + 127
    assert np.abs(regrid(ramp, coarse, fine) - wanted).max() < 3


def test_distance_beyond_the_edge_is_positive_outside_only() -> None:
    grid = grid_over(-70, 60, 70, -60, 2.0)
    beyond, plane = beyond_mm(IMAGE.shape, POSE, grid), grid.plane()
    inside = (np.abs(plane[..., 0]) < 49) & (np.abs(plane[..., 1]) < 39)
    assert (beyond[inside] < 0).all()
    assert beyond[0, 0] == pytest.approx(np.hypot(69 - 50.25, 59 - 40.25), abs=0.5)


def test_the_farther_beyond_the_edge_the_smoother() -> None:
    grid = grid_over(-50, 40, 250, -40, 0.5)
    wide = np.tile(IMAGE, (1, 3, 1))[: grid.height, : grid.width]
    soft = out_of_focus(wide, np.tile(np.linspace(-100, 200, grid.width, dtype=np.float32), (grid.height, 1)), 0.5)
    rough = [float(soft[:, a : a + 40].std()) for a in (20, 300, 520)]
    assert (soft[:, :180] == wide[:, :180]).all()
    assert rough[0] > 2 * rough[1] > 2 * rough[2]
