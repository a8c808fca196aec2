"""Pictures come in order, several are drawn at a time, and what is not wanted is forgotten."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from narrator.outputs.drawn_ahead import WAITING, DrawnAhead
from narrator.outputs.film_tracks import Planes


class Blanks:
    """Counts the pictures that are out."""

    def __init__(self) -> None:
        self.out = 0

    def take(self) -> Planes:
        self.out += 1
        return np.zeros((1, 1), np.uint8)

    def give_back(self, picture: Planes) -> None:
        self.out -= 1


def its_number(frame: int, into: Planes) -> None:
    into.fill(frame)


def test_pictures_come_in_order() -> None:
    ahead, blanks = DrawnAhead(2), Blanks()
    shown = [int(ahead.picture(range(frame, 9), its_number, blanks.take)[0, 0]) for frame in range(9)]
    assert shown == list(range(9))
    assert blanks.out == 9
    ahead.close()


def test_two_threads_draw_at_one_time() -> None:
    ahead, both = DrawnAhead(2), threading.Barrier(2, timeout=30)

    def together(frame: int, into: Planes) -> None:
        both.wait()
        its_number(frame, into)

    assert ahead.picture(range(2), together, Blanks().take)[0, 0] == 0
    ahead.close()


def test_a_face_that_draws_alone_draws_nothing_before_it_is_asked_to() -> None:
    ahead, asked = DrawnAhead(1), []

    def noted(frame: int, into: Planes) -> None:
        asked.append(frame)
        its_number(frame, into)

    ahead.picture(range(5), noted, Blanks().take)
    assert asked == [0]
    ahead.close()


def test_what_was_drawn_ahead_is_forgotten_and_its_pictures_come_back() -> None:
    ahead, blanks = DrawnAhead(2), Blanks()
    ahead.picture(range(9), its_number, blanks.take)
    assert blanks.out == 2 + WAITING
    ahead.forget(blanks.give_back)
    assert blanks.out == 1
    assert ahead.picture(range(40, 50), its_number, blanks.take)[0, 0] == 40
    ahead.close()


def test_a_fault_in_drawing_is_the_callers() -> None:
    ahead, blanks = DrawnAhead(2), Blanks()

    def broken(frame: int, into: Planes) -> None:
        raise ValueError("no such face")

    with pytest.raises(ValueError, match="no such face"):
        ahead.picture(range(3), broken, blanks.take)
    ahead.forget(blanks.give_back)
    assert blanks.out == 0
    ahead.close()
