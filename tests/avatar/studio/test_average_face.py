"""The stored average face is symmetric, whole, human, and what measuring gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.studio.average_face import POINTS, AverageFace, load_average_face, measure
from avatar.studio.loop_subdivision import boundary_loops

SAME_ELSEWHERE = 0.01
"""Pupil distances: video decoders and networks differ in the last digits between machines."""


@pytest.fixture(scope="module")
def average() -> AverageFace:
    return load_average_face()


def test_each_half_mirrors_the_other(average: AverageFace) -> None:
    assert (average.mirror[average.mirror] == np.arange(POINTS)).all()
    assert average.points[average.mirror] == pytest.approx(average.points * (-1, 1, 1), abs=1e-12)
    net = {tuple(sorted(t)) for t in average.triangles.tolist()}
    assert {tuple(sorted(t)) for t in average.mirror[average.triangles].tolist()} == net


def test_the_net_has_four_edges_outline_eyes_and_mouth(average: AverageFace) -> None:
    assert sorted(len(loop) for loop in boundary_loops(average.triangles)) == [16, 16, 20, 36]


def test_no_edge_is_walked_twice_the_same_way(average: AverageFace) -> None:
    t = average.triangles
    directed = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    assert len(np.unique(directed, axis=0)) == len(directed)


def test_proportions_are_human(average: AverageFace) -> None:
    mm = average.points * 63
    assert 125 < mm[454, 0] - mm[234, 0] < 145  # face width at the cheekbones
    assert 42 < mm[291, 0] - mm[61, 0] < 56  # mouth
    assert 55 < (mm[33, 1] + mm[133, 1]) / 2 - mm[13, 1] < 72  # eyes above the lips


@pytest.mark.slow
def test_measuring_the_pictures_again_gives_the_stored_face(shared_data: Path, average: AverageFace) -> None:
    again = measure(shared_data)
    assert (again.mirror == average.mirror).all()
    assert (again.triangles == average.triangles).all()
    assert np.abs(again.points - average.points).max() < SAME_ELSEWHERE
