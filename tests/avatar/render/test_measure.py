"""The ruler reads what is drawn, and agrees with what was asked."""

from __future__ import annotations

import pytest

from avatar.render.measure import Ruler
from avatar.render.presenter import Presenter
from tests.avatar.render.conftest import Pose


@pytest.fixture(scope="module")
def ruler(ada: Presenter) -> Ruler:
    return Ruler(ada)


def test_at_rest_everything_is_shut(ruler: Ruler, pose: Pose) -> None:
    read = ruler.read(pose())
    assert read["lip_height_mm"] <= 0.3
    assert read["jaw_drop_mm"] == read["incisor_gap_mm"] == read["inner_width"] == 0
    assert read["mouth_width"] == pytest.approx(1.0)


@pytest.mark.parametrize("jaw", [2.7, 5.0, 13.0])
def test_the_incisor_gap_is_the_drop_less_the_overbite(ruler: Ruler, pose: Pose, jaw: float) -> None:
    read = ruler.read(pose(jaw_drop_mm=jaw, lip_height_mm=jaw, inner_width=0.7))
    assert read["jaw_drop_mm"] == pytest.approx(jaw, abs=0.01)
    assert read["incisor_gap_mm"] == pytest.approx(jaw - 1.5, abs=0.1)


def test_lips_open_and_spread_as_asked(ruler: Ruler, pose: Pose) -> None:
    read = ruler.read(pose(lip_height_mm=7.5, inner_width=0.84, mouth_width=1.12, upper_teeth_mm=3.0, jaw_drop_mm=4.0))
    assert read["lip_height_mm"] == pytest.approx(7.5, abs=0.1)
    assert read["inner_width"] == pytest.approx(0.84, abs=0.08)
    assert read["mouth_width"] == pytest.approx(1.12, abs=0.01)
    assert read["upper_teeth_mm"] == pytest.approx(3.0, abs=0.1)


def test_a_tongue_between_the_teeth_fills_the_gap(ruler: Ruler, pose: Pose) -> None:
    between = dict(jaw_drop_mm=4.6, lip_height_mm=5.0, inner_width=0.72, upper_teeth_mm=1.5)
    out = ruler.read(pose(**between, tongue_tip_forward_mm=3.0, tongue_tip_height_mm=-1.6))
    back = ruler.read(pose(**between, tongue_tip_forward_mm=-14.0, tongue_tip_height_mm=-9.0))
    assert out["tongue_past_teeth"] >= 0.5
    assert back["tongue_past_teeth"] == 0
    assert out["tongue_visible"] > back["tongue_visible"] + 0.3
