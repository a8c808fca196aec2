"""Two pixels in each cell, only what changed is sent, and no text of a document controls the terminal."""

from __future__ import annotations

import re

import numpy as np

from narrator.outputs.terminal_cells import CUBE, HALF_BLOCK, TerminalCells, caption_line

RED_OVER_BLUE = np.array([[[255, 0, 0]], [[0, 0, 255]]], np.uint8)


def test_the_letter_has_the_upper_pixel_and_the_ground_the_lower() -> None:
    sent = TerminalCells(true_colour=True).update(RED_OVER_BLUE)
    assert sent == f"\x1b[1;1H\x1b[38;2;255;0;0;48;2;0;0;255m{HALF_BLOCK}\x1b[0m"


def test_with_256_colours_it_takes_the_nearest_of_the_cube() -> None:
    sent = TerminalCells(true_colour=False).update(RED_OVER_BLUE)
    assert f"\x1b[38;5;{16 + 36 * 5};48;5;{16 + 5}m{HALF_BLOCK}" in sent
    assert list(CUBE) == [0, 95, 135, 175, 215, 255]


def test_only_cells_that_changed_are_sent_and_all_after_a_clearing() -> None:
    cells, picture = TerminalCells(true_colour=True), np.full((20, 30, 3), 90, np.uint8)
    assert cells.update(picture).count(HALF_BLOCK) == 300
    assert cells.update(picture) == ""
    picture[7, 4] = (200, 0, 0)
    assert re.sub(r"\x1b\[38[^m]*m", "", cells.update(picture)) == f"\x1b[4;5H{HALF_BLOCK}\x1b[0m"
    picture[7, 4] = (202, 1, 1)
    assert cells.update(picture) == "", "a change nobody sees"
    cells.forget()
    assert cells.update(picture).count(HALF_BLOCK) == 300


def test_changes_nobody_sees_never_add_up_to_one_that_is_missed() -> None:
    cells, shown = TerminalCells(true_colour=True), ""
    for grey in range(0, 200, 2):
        shown = cells.update(np.full((2, 1, 3), grey, np.uint8)) or shown
    last = int(re.findall(r"38;2;(\d+)", shown)[0])
    assert abs(last - 198) < 8


def test_the_spoken_word_is_reversed_in_the_middle_of_the_line() -> None:
    assert caption_line("one two", (4, 7), 21) == "       one \x1b[7mtwo\x1b[27m\x1b[K"


def test_a_document_cannot_send_commands_to_the_terminal() -> None:
    line = caption_line("a\x1b]0;title\x07b\x9b31mc", (0, 0), 80)
    assert line.count("\x1b") == 3, "only our own"
    assert "\x07" not in line
    assert "\x9b" not in line


def test_a_line_longer_than_the_terminal_is_cut() -> None:
    plain = re.sub(r"\x1b\[\d*[a-zA-Z]", "", caption_line("x" * 100, (90, 95), 40))
    assert plain == "x" * 40
