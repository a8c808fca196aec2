"""Between texts the outputs are lent whoever is cast at that moment."""

from __future__ import annotations

import numpy as np

from avatar.still_face import StillFace
from narrator.flow import Delivery, RgbImage, Viewport
from narrator.session_orders import Orders
from narrator.session_state import StateStream, Status
from narrator.session_waiting import CastAtRest
from tests.narrator.quick_narration import SMALL, quick_cast


class White(StillFace):
    name = "white"

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        return np.full((viewport.height, viewport.width, 3), 255, np.uint8)


def test_a_change_of_face_shows_with_the_next_picture() -> None:
    orders = Orders(quick_cast())
    face = CastAtRest(orders, StateStream())
    assert face.rest(SMALL, 1.0).max() < 255
    orders.recast(face=White())
    assert face.rest(SMALL, 1.0).min() == 255
    assert face.mouth_width_px(SMALL) == 0


def test_it_thinks_while_a_source_is_opened_and_at_no_other_time() -> None:
    stream = StateStream()
    face = CastAtRest(Orders(quick_cast()), stream)
    for status in Status:
        stream.publish(status=status)
        assert face.is_thinking == (status is Status.OPENING)
