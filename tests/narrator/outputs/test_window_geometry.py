"""Whatever is asked of it, the window stays on the screen, large enough, and in its shape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from narrator.outputs.window_geometry import (
    LEAST,
    MARGIN_PX,
    SNAP_PX,
    corners,
    first_place,
    grown,
    inside,
    next_corner,
    snapped,
)

ROOM = QRect(0, 30, 1280, 770)
"""A screen with a bar along its top."""


@pytest.mark.parametrize("wanted", [QSize(600, 720), QSize(3840, 2160), QSize(100, 50), QSize(300, 2000)])
def test_at_first_it_is_bottom_right_and_whole(wanted: QSize) -> None:
    place = first_place(wanted, ROOM)
    assert ROOM.contains(place)
    assert place.bottom() == ROOM.bottom() - MARGIN_PX
    assert place.width() >= LEAST.width()
    assert place.height() >= LEAST.height()


def test_a_place_on_a_screen_that_has_shrunk_is_moved_onto_it() -> None:
    assert ROOM.contains(inside(QRect(3000, 2000, 600, 700), ROOM))
    assert inside(QRect(-50, -50, 5000, 5000), ROOM) == ROOM
    assert inside(QRect(100, 100, 400, 500), ROOM) == QRect(100, 100, 400, 500)


@pytest.mark.parametrize("factor", [1.15, 1 / 1.15, 50.0, 0.01])
def test_it_grows_and_shrinks_in_its_shape_within_bounds(factor: float) -> None:
    place = grown(QRect(500, 300, 500, 600), factor, ROOM)
    assert place.height() / place.width() == pytest.approx(1.2, abs=0.01)
    assert ROOM.contains(place)
    assert place.width() >= LEAST.width()


def test_four_presses_lead_through_all_corners() -> None:
    place, seen = QRect(600, 300, 400, 450), []
    for _ in range(4):
        place.moveTo(next_corner(place, ROOM))
        seen.append((place.x(), place.y()))
    assert sorted(seen) == sorted((corner.x(), corner.y()) for corner in corners(place.size(), ROOM))


def test_let_go_of_near_a_corner_it_goes_there_and_elsewhere_it_stays() -> None:
    size = QSize(400, 450)
    for corner in corners(size, ROOM):
        near = QRect(corner + QPoint(SNAP_PX - 1, 1 - SNAP_PX), size)
        assert snapped(near, ROOM) == corner
    free = QRect(QPoint(400, 200), size)
    assert snapped(free, ROOM) == free.topLeft()
