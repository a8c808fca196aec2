"""A picture's shut eye looks painted by the same hand: skin, one dark line of lashes, and nothing of the open eye."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.render.presenter import Presenter
from avatar.render.presenter_folder import load_presenter, save_presenter
from avatar.render.renderer import Renderer
from avatar.render.soundness import check
from narrator.flow import Viewport

VIEW = Viewport(960, 720, framing="face")
LIDS = ("lid_left", "lid_right")


@pytest.fixture(scope="module")
def renderer(made: Presenter) -> Renderer:
    return Renderer(made, VIEW)


@pytest.fixture(scope="module")
def painted_renderer(painted: Presenter) -> Renderer:
    return Renderer(painted, VIEW)


def shut(share: float, **channels: float) -> MotionFrame:
    values = REST.copy()
    values[[INDEX["eyelid_left"], INDEX["eyelid_right"]]] = share
    for name, value in channels.items():
        values[INDEX[name]] = value
    return MotionFrame(0.0, "", values)


def seen(renderer: Renderer, share: float, *parts: str) -> np.ndarray:
    """(H, W) where these parts are seen when the eyes are so far shut."""
    renderer.draw(shut(share))
    owners = [value for value in np.unique(renderer.owner) if renderer.owner_name(int(value)) in parts]
    return np.isin(renderer.owner, owners)


def test_an_open_eye_shows_nothing_of_its_painted_lid(made: Presenter, renderer: Renderer) -> None:
    indices = {name: value for name, value in made.indices.items() if not name.startswith("lid_skin")}
    parts = tuple(part for part in made.parts if part.name not in LIDS)
    without = Renderer(replace(made, parts=parts, indices=indices), VIEW)
    for frame in (shut(0), shut(0, gaze_yaw_deg=8, gaze_pitch_deg=-4), shut(0, head_yaw_deg=8, smile=0.5)):
        assert (renderer.draw(frame) == without.draw(frame)).all()


@pytest.mark.parametrize("source", ["renderer", "painted_renderer"])
def test_a_shut_lid_covers_the_open_eye(source: str, request: pytest.FixtureRequest) -> None:
    drawer = request.getfixturevalue(source)
    for side in ("left", "right"):
        opening = seen(drawer, 0, f"eye_{side}", f"white_{side}")
        assert seen(drawer, 1, f"lid_{side}")[opening].mean() > 0.97


@pytest.mark.parametrize("source", ["renderer", "painted_renderer"])
def test_a_shut_lid_has_the_colour_of_skin_and_no_white_in_it(source: str, request: pytest.FixtureRequest) -> None:
    drawer = request.getfixturevalue(source)
    image = drawer.draw(shut(1)).astype(float)
    for side in ("left", "right"):
        lid = seen(drawer, 1, f"lid_{side}")
        opening = seen(drawer, 0, f"eye_{side}", f"white_{side}")
        rows, columns = np.nonzero(opening)
        below = image[rows.max() + 8 : rows.max() + 14, columns.min() : columns.max()].reshape(-1, 3)
        inside = image[lid & opening]
        assert np.abs(np.median(inside, axis=0) - np.median(below, axis=0)).max() < 45
        assert inside.sum(axis=1).max() < np.quantile(below.sum(axis=1), 0.98) + 60


@pytest.mark.parametrize("side", ["left", "right"])
def test_lashes_are_one_dark_line_across_the_shut_eye(renderer: Renderer, side: str) -> None:
    light = renderer.draw(shut(1)).astype(float).sum(axis=2) / 3
    rows, columns = np.nonzero(seen(renderer, 0, f"eye_{side}", f"white_{side}"))
    width = np.ptp(columns)
    band = light[rows.min() - 4 : rows.max() + 6, columns.min() + width // 5 : columns.max() - width // 5]
    assert (np.median(band, axis=0) - band.min(axis=0) > 65).all()
    assert np.abs(np.diff(band.argmin(axis=0))).max() <= 2


def test_the_lid_comes_over_the_eye_without_a_jump(renderer: Renderer) -> None:
    about = seen(renderer, 1, *LIDS)
    steps = [renderer.draw(shut(share))[about].astype(float) for share in np.linspace(0, 1, 31)]
    changes = [np.abs(after - before).mean() for before, after in zip(steps[:-1], steps[1:], strict=True)]
    assert max(changes) < 9


def test_painted_lids_are_stored_with_the_presenter(made: Presenter, renderer: Renderer, tmp_path: Path) -> None:
    save_presenter(made, tmp_path / "stored")
    again = Renderer(load_presenter(tmp_path / "stored"), VIEW)
    assert (again.draw(shut(0.7)) == renderer.draw(shut(0.7))).all()


def test_a_lid_that_does_not_fit_its_skin_is_refused(made: Presenter) -> None:
    wrong = made.indices | {"lid_skin_left": made.indices["lid_skin_left"][:-1]}
    with pytest.raises(ValueError, match="lid_left"):
        check(replace(made, indices=wrong))
    without = tuple(part for part in made.parts if part.name != "white_right")
    with pytest.raises(ValueError, match="white_right"):
        check(replace(made, parts=without))
