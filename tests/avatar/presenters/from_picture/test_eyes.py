"""Eyes of a picture look where the picture's look, shut, and turn."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport


@pytest.fixture(scope="module")
def renderer(made: Presenter) -> Renderer:
    return Renderer(made, Viewport(960, 720))


def drawn(renderer: Renderer, **channels: float) -> dict[str, np.ndarray]:
    """Where each eye's parts are seen: part to (N, 2) rows and columns."""
    values = REST.copy()
    for name, value in channels.items():
        values[INDEX[name]] = value
    renderer.draw(MotionFrame(0.0, "", values))
    seen = {
        renderer.owner_name(int(owner)): np.argwhere(renderer.owner == owner) for owner in np.unique(renderer.owner)
    }
    return {name: seen.get(name, np.empty((0, 2))) for name in ("eye_left", "eye_right", "white_left", "white_right")}


@pytest.mark.parametrize("side", ["left", "right"])
def test_shut_lids_hide_eye_and_white(renderer: Renderer, side: str) -> None:
    opened, shut = drawn(renderer), drawn(renderer, eyelid_left=1, eyelid_right=1)
    before, after = (len(seen[f"eye_{side}"]) + len(seen[f"white_{side}"]) for seen in (opened, shut))
    assert after < 0.12 * before


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_iris_goes_with_the_gaze_and_the_white_stays(renderer: Renderer, side: str) -> None:
    ahead, aside = drawn(renderer), drawn(renderer, gaze_yaw_deg=15)
    moved = aside[f"eye_{side}"].mean(axis=0) - ahead[f"eye_{side}"].mean(axis=0)
    assert moved[1] > 4
    whole = [np.vstack([seen[f"eye_{side}"], seen[f"white_{side}"]]) for seen in (ahead, aside)]
    assert whole[1].mean(axis=0) == pytest.approx(whole[0].mean(axis=0), abs=1)


def test_the_margins_run_from_the_nose_outward(made: Presenter) -> None:
    skin = made.part("skin").vertices
    for side in ("left", "right"):
        for lid in ("upper", "lower"):
            across = np.abs(skin[made.indices[f"{lid}_lid_{side}"], 0])
            assert (np.diff(across) > 0).all()
        upper, lower = (skin[made.indices[f"{lid}_lid_{side}"], 1] for lid in ("upper", "lower"))
        assert (upper[3:-3] > lower[3:-3]).all()
