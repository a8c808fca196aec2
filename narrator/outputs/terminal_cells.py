"""A picture in, the bytes that turn a terminal's cells into it out: two pixels in each cell.

A cell holds "upper half block": its letter's colour is the upper pixel, its ground's the lower one. Only cells that
differ visibly from what the terminal shows are sent, so that a face goes through a slow line too.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrator.flow import RgbImage

HALF_BLOCK = "▀"
SYNTHETIC = " synthetic "
"""The mark of such a face, in letters: one of a few pixels could not be read."""
LEAST_CHANGE = 6
"""A channel that differs by less (of 255) is left as it is."""
CUBE = np.array([0, 95, 135, 175, 215, 255])
"""The six levels of the 6x6x6 colour cube, colours 16 to 231 of 256 (xterm's ctlseqs)."""

Cells = npt.NDArray[np.int16]


class TerminalCells:
    """What the terminal shows, and how to make it show something else."""

    def __init__(self, *, true_colour: bool) -> None:
        self._true_colour = true_colour
        self._shown: Cells | None = None

    def forget(self) -> None:
        """The terminal was cleared, or written over: the next picture is sent whole."""
        self._shown = None

    def update(self, picture: RgbImage) -> str:
        """Escape sequences that show picture (2 rows, columns, 3) from the top left corner on."""
        rows, columns = picture.shape[0] // 2, picture.shape[1]
        halves = picture[: 2 * rows, :, :3].reshape(rows, 2, columns, 3).swapaxes(1, 2).reshape(rows, columns, 6)
        wanted: Cells = halves.astype(np.int16)
        if not self._true_colour:
            wanted = np.abs(wanted[..., None] - CUBE).argmin(axis=-1).astype(np.int16)
        if self._shown is None or self._shown.shape != wanted.shape:
            self._shown, changed = wanted.copy(), np.ones((rows, columns), bool)
        else:
            least = LEAST_CHANGE if self._true_colour else 1
            changed = (np.abs(wanted - self._shown) >= least).any(axis=-1)
            self._shown[changed] = wanted[changed]
        return "".join(self._line(row, changed[row]) for row in np.flatnonzero(changed.any(axis=1)).tolist())

    def _line(self, row: int, changed: npt.NDArray[np.bool_]) -> str:
        assert self._shown is not None
        parts: list[str] = []
        column_after, colours = -1, ()
        for column in np.flatnonzero(changed).tolist():
            if column != column_after:
                parts.append(f"\x1b[{row + 1};{column + 1}H")
            cell = tuple(self._shown[row, column].tolist())
            if cell != colours:
                parts.append(self._colours(cell))
                colours = cell
            parts.append(HALF_BLOCK)
            column_after = column + 1
        return "".join(parts) + "\x1b[0m"

    def _colours(self, cell: tuple[int, ...]) -> str:
        if self._true_colour:
            return "\x1b[38;2;{};{};{};48;2;{};{};{}m".format(*cell)
        upper, lower = (16 + 36 * red + 6 * green + blue for red, green, blue in (cell[:3], cell[3:]))
        return f"\x1b[38;5;{upper};48;5;{lower}m"


def caption_line(text: str, marked: tuple[int, int], columns: int) -> str:
    """One line of a caption, in its middle, the characters marked[0]..marked[1] reversed; no control gets through."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)[:columns]
    first, last = (min(max(place, 0), len(clean)) for place in marked)
    indent = " " * ((columns - len(clean)) // 2)
    return f"{indent}{clean[:first]}\x1b[7m{clean[first:last]}\x1b[27m{clean[last:]}\x1b[K"
