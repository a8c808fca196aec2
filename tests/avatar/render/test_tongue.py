"""The tongue's tip goes where its channels say, and is a tip."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.tongue import ALONG, AROUND, cavity_mesh, pose_cavity, pose_tongue, tongue_mesh
from tests.avatar.render.conftest import Pose


@pytest.mark.parametrize(("forward", "height"), [(3.0, -1.5), (-4.0, 4.0), (-12.0, -6.0)])
def test_the_tip_lies_where_it_is_asked_to(pose: Pose, forward: float, height: float) -> None:
    tip = pose_tongue(pose(tongue_tip_forward_mm=forward, tongue_tip_height_mm=height), 0.0)[-1]
    assert tip[2] == pytest.approx(forward, abs=1.0)
    assert tip[1] == pytest.approx(height, abs=1.0)


def test_a_high_body_lies_above_a_low_one(pose: Pose) -> None:
    high, low = (pose_tongue(pose(tongue_body=body), 0.0)[:-1] for body in (1.0, 0.0))
    assert high[:, 1].mean() > low[:, 1].mean() + 3


def test_meshes_name_only_vertices_that_exist(pose: Pose) -> None:
    assert tongue_mesh()[0].max() < len(pose_tongue(pose(), 0.0))
    assert cavity_mesh()[0].max() < len(pose_cavity(pose(), 0.0))


def test_the_room_behind_the_teeth_grows_with_the_jaw(pose: Pose) -> None:
    shut, open_ = (pose_cavity(pose(jaw_drop_mm=drop), 0.0)[:, 1].min() for drop in (0.0, 15.0))
    assert open_ == pytest.approx(shut - 15.0)


def test_a_raised_tip_stays_behind_the_upper_teeth(pose: Pose) -> None:
    tip = pose_tongue(pose(tongue_tip_forward_mm=2.0, tongue_tip_height_mm=2.0), 0.0)[-1]
    assert tip[2] < -3.0


def test_a_tongue_ends_in_a_tip(pose: Pose) -> None:
    stations = pose_tongue(pose(tongue_tip_forward_mm=3.0, tongue_tip_height_mm=-1.6), 0.0)[:-1].reshape(
        ALONG, AROUND, 3
    )
    tip_z = stations[-1, :, 2].max()
    width = np.ptp(stations[..., 0], axis=1)
    last_mm, before = width[-1], np.interp(tip_z - 8.0, stations[:, :, 2].mean(axis=1), width)
    assert last_mm < 0.4 * before
