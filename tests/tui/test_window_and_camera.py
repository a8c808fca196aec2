"""A real window and a camera's twin are opened and shut from the panel while the face speaks in both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.widgets import Button

from narrator import assemble_outputs
from narrator.outputs import camera_state
from narrator.outputs.camera import Camera, CameraWish
from narrator.outputs.camera_state import CameraState
from narrator.outputs.speaker import WallClockSpeaker
from narrator.session import Status
from narrator.settings import Settings
from tests.narrator.outputs.conftest import on_desktop as on_desktop
from tests.narrator.outputs.test_camera import frames_of
from tests.narrator.outputs.test_camera import recorded as recorded
from tests.tui.panel_world import World
from tests.tui.test_app import home as home
from tests.tui.test_app import reading
from tui.outputs_view import OutputRow

ENOUGH = 20
"""Frames, two thirds of a second of them."""


@pytest.fixture
def camera(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that writes down what a meeting would see."""
    wish = CameraWish(backend="recording", module="tests.narrator.outputs.recording_camera")

    def made(settings: Settings) -> Camera:
        return Camera(wish, speaker=WallClockSpeaker())

    monkeypatch.setattr(camera_state, "camera_state", lambda: CameraState(True, "a recording one"))
    monkeypatch.setattr(assemble_outputs, "_camera", made)
    return recorded


async def press_button(world: World, kind: str, label: str) -> None:
    """Of that output, once it is there and says so."""

    def found() -> Button | None:
        rows = [row for row in world.panel.query(OutputRow) if row.kind == kind and row.is_mounted]
        buttons = [button for row in rows for button in row.query(Button) if str(button.label) == label]
        return next((button for button in buttons if not button.disabled), None)

    await world.until(lambda: found() is not None)
    button = found()
    assert button is not None
    button.press()


def windows(desktop: Any) -> list[str]:
    """The ids of narrator's, on the desktop."""
    tree = desktop.run("xwininfo", "-root", "-tree")
    return [line.split()[0] for line in tree.splitlines() if '"narrator"' in line]


def test_both_show_the_face_while_the_panel_steers_it(on_desktop: Any, camera: Path, tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await reading(world, "book")
        await world.press("f3")
        await press_button(world, "window", "Open")
        await world.until(lambda: "window" in world.session.state.outputs and windows(on_desktop) != [])
        await press_button(world, "camera", "Open")
        await world.until(lambda: "camera" in world.session.state.outputs and len(frames_of(camera)) > ENOUGH)
        await world.press("space")
        await world.until(lambda: world.session.state.status is Status.PAUSED)
        before = len(frames_of(camera))
        await world.until(lambda: len(frames_of(camera)) > before + ENOUGH)  # a meeting's stream never dries up
        shot = on_desktop.screenshot(tmp_path / "desktop.png")
        assert len(np.unique(picture(shot).reshape(-1, 3), axis=0)) > 2
        await world.press("space")
        await press_button(world, "window", "Shut")
        await world.until(lambda: "window" not in world.session.state.outputs and windows(on_desktop) == [])
        await press_button(world, "camera", "Shut")
        await world.until(lambda: "camera" not in world.session.state.outputs)
        assert world.session.state.status in (Status.SPEAKING, Status.IDLE)

    World().run(story, (120, 50))


def picture(path: Path) -> Any:
    import cv2

    read = cv2.imread(str(path))
    assert read is not None
    return read
