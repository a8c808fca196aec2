"""An ear lies beside the head between brow and base of the nose, round above and below."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.presenters.library import presenter
from avatar.render.presenter import Part, Presenter

HEAD_SIDE_MM = 73.0
MIDDLE_OF_LOBE_MM = 9.0


@pytest.fixture(scope="module", params=["joel", "vera"])
def shown(request: pytest.FixtureRequest) -> Presenter:
    return presenter(request.param)


def ears(shown: Presenter) -> Part:
    return next(part for part in shown.parts if part.name == "ears")


def test_ears_end_at_the_base_of_the_nose_and_reach_no_higher_than_the_brows(shown: Presenter) -> None:
    y = ears(shown).vertices[:, 1]
    nose = float(shown.landmarks["nose_base"][0, 1])
    assert y.min() == pytest.approx(nose, abs=6)
    assert y.max() < 92


def test_ears_stand_out_by_less_than_a_handles_width(shown: Presenter) -> None:
    assert np.abs(ears(shown).vertices[:, 0]).max() < HEAD_SIDE_MM + 17


def test_a_lobe_is_round_from_the_front(shown: Presenter) -> None:
    points = ears(shown).vertices
    right = points[points[:, 0] < 0]
    widths = [
        float(np.ptp(right[np.abs(right[:, 1] - right[:, 1].min() - up) < 1.0, 0])) for up in (1.0, MIDDLE_OF_LOBE_MM)
    ]
    assert widths[0] < 0.75 * widths[1]
