"""Pictures come in order, several are drawn at a time, and what is not wanted is forgotten."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from narrator.flow import RgbImage
from narrator.outputs.drawn_ahead import WAITING, DrawnAhead


class Blanks:
    """Counts the pictures that are out."""

    def __init__(self) -> None:
        self.out = 0

    def take(self) -> RgbImage:
        self.out += 1
        return np.zeros((1, 1, 3), np.uint8)

    def give_back(self, picture: RgbImage) -> None:
        self.out -= 1


def of_frame(frame: int) -> RgbImage:
    return np.full((1, 1, 3), frame, np.uint8)


def test_pictures_come_in_order() -> None:
    ahead, blanks = DrawnAhead(2), Blanks()
    shown = [int(ahead.picture(range(frame, 9), of_frame, blanks.take)[0, 0, 0]) for frame in range(9)]
    assert shown == list(range(9))
    assert blanks.out == 9
    ahead.close()


def test_two_threads_draw_at_one_time() -> None:
    ahead, both = DrawnAhead(2), threading.Barrier(2, timeout=30)

    def together(frame: int) -> RgbImage:
        both.wait()
        return of_frame(frame)

    assert ahead.picture(range(2), together, Blanks().take)[0, 0, 0] == 0
    ahead.close()


def test_a_face_that_draws_alone_draws_nothing_before_it_is_asked_to() -> None:
    ahead, asked = DrawnAhead(1), []

    def noted(frame: int) -> RgbImage:
        asked.append(frame)
        return of_frame(frame)

    ahead.picture(range(5), noted, Blanks().take)
    assert asked == [0]
    ahead.close()


def test_what_was_drawn_ahead_is_forgotten_and_its_pictures_come_back() -> None:
    ahead, blanks = DrawnAhead(2), Blanks()
    ahead.picture(range(9), of_frame, blanks.take)
    assert blanks.out == 2 + WAITING
    ahead.forget(blanks.give_back)
    assert blanks.out == 1
    assert ahead.picture(range(40, 50), of_frame, blanks.take)[0, 0, 0] == 40
    ahead.close()


def test_a_fault_in_drawing_is_the_callers() -> None:
    ahead, blanks = DrawnAhead(2), Blanks()

    def broken(frame: int) -> RgbImage:
        raise ValueError("no such face")

    with pytest.raises(ValueError, match="no such face"):
        ahead.picture(range(3), broken, blanks.take)
    ahead.forget(blanks.give_back)
    assert blanks.out == 0
    ahead.close()
