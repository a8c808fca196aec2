"""The cut-out holds the whole mouth, also of a face that is long or turned."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.face_mesh import PUPILS, Sighting
from benchmarks.lip_sight import CROP_HEIGHT, INNER_RING, NOSE_BASE, cut_out


@pytest.mark.parametrize(("nose_base", "lower_lip"), [(0.72, 1.35), (0.95, 1.6), (1.08, 1.75)])
def test_the_lower_lip_lies_in_the_cut_out_however_long_the_face(nose_base: float, lower_lip: float) -> None:
    points = np.zeros((478, 2))
    points[:, 0] = 640
    points[list(PUPILS)] = (550, 200), (730, 200)
    points[NOSE_BASE, 1] = 200 + 180 * nose_base
    points[list(INNER_RING), 1] = 200 + 180 * lower_lip
    _, ring = cut_out(np.zeros((720, 1280, 3), np.uint8), Sighting(0.0, 0.0, 0.0, points))
    assert ring[:, 1].min() > 0
    assert ring[:, 1].max() < CROP_HEIGHT
