"""What the renderer's tests share: the built-in presenter and frames made from named channels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.render.presenter import Presenter

Pose = Callable[..., MotionFrame]


@pytest.fixture(scope="session")
def ada() -> Presenter:
    """The first built-in presenter."""
    from avatar.presenters.library import presenter

    return presenter("ada")


@pytest.fixture(scope="session")
def pose() -> Pose:
    """pose(jaw_drop_mm=4, ...) is the neutral face with these channels changed."""

    def make(**channels: float) -> MotionFrame:
        values = REST.copy()
        for name, value in channels.items():
            values[INDEX[name]] = value
        return MotionFrame(0.0, "", values)

    return make
