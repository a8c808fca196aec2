"""Threads that ask at the same time are served by one batch, each with its own picture."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from avatar.presenters.library import presenter, presenter_names
from avatar.render.batch.batch_renderer import BatchRenderer
from avatar.render.batch.gathering import Gathering
from avatar.render.renderer import Renderer
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose

ASKING = 4


@pytest.fixture(scope="module")
def batch() -> BatchRenderer:
    return BatchRenderer(Renderer(presenter(presenter_names()[0]), Viewport(96, 96)), "cpu")


def test_each_thread_gets_the_picture_it_asked_for(batch: BatchRenderer, pose: Pose) -> None:
    frames = [pose(head_yaw_deg=float(number)) for number in range(ASKING)]
    alone = batch.draw(frames)
    gathering, together = Gathering(batch), threading.Barrier(ASKING)

    def ask(number: int) -> np.ndarray:
        together.wait()
        return gathering.draw(frames[number])

    with ThreadPoolExecutor(ASKING) as threads:
        for number, image in enumerate(threads.map(ask, range(ASKING))):
            np.testing.assert_array_equal(image, alone[number])


def test_a_failure_reaches_whoever_asked_and_the_next_picture_is_drawn(batch: BatchRenderer, pose: Pose) -> None:
    gathering = Gathering(batch)
    with pytest.raises(TypeError):
        gathering.draw(None)  # type: ignore[arg-type]
    assert gathering.draw(pose()).shape == (96, 96, 3)
