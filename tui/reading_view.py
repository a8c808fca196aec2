"""Sentences and the word being said in, a page that keeps that word in view out; any word of it can be gone to."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.page import Line, Piece, Told, laid_out, word_at, words

WIDEST = 88
"""Cells; longer lines lose the eye on its way back."""
HANDS_OFF_S = 8.0
"""For so long after the person moved about, the page does not follow the voice."""
Span = tuple[int, int]


class ReadingView(ScrollView, can_focus=True):
    """What is being read. Arrows move a cursor from word to word, Enter or a click goes there."""

    HELP = (
        "The text that is read, with the spoken word marked and kept in view. Arrows move the cursor by word and by "
        "line, Enter speaks on from it, and so does a click on any word. Escape goes back to the spoken word."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move_words(-1)", "word back", show=False, id="cursor.left"),
        Binding("right", "move_words(1)", "word on", show=False, id="cursor.right"),
        Binding("up", "move_lines(-1)", "line up", show=False, id="cursor.up"),
        Binding("down", "move_lines(1)", "line down", show=False, id="cursor.down"),
        Binding("enter", "go", "read from here", show=False, id="cursor.go"),
        Binding("escape", "follow", "back to the spoken word", show=False, id="cursor.follow"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reading--heading",
        "reading--sentence",
        "reading--word",
        "reading--cursor",
    }
    DEFAULT_CSS = """
    ReadingView {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .reading--heading { text-style: bold; color: $primary; background: $background; }
        & > .reading--sentence { color: $foreground; background: $panel; }
        & > .reading--word { text-style: bold underline; color: $background; background: $primary; }
        & > .reading--cursor { text-style: reverse; }
    }
    """

    @dataclass
    class WentTo(Message):
        """A word was chosen; both counted from 0."""

        sentence: int
        word: int

    def __init__(self, welcome: Callable[[int], Sequence[str]] = lambda _width: (), *, id: str | None = None) -> None:
        """welcome: the lines of so many cells that are shown while there is nothing to read."""
        super().__init__(id=id)
        self._welcome = welcome
        self._sentences: Sequence[Told] = ()
        self._lines: list[Line] = []
        self._rows_of: dict[int, tuple[int, int]] = {}
        """Sentence -> its first and its last row."""
        self._spoken = -1
        self._span: Span | None = None
        self._cursor: tuple[int, int] | None = None
        """(row, place in the row's words)"""
        self._left_alone_s = 0.0

    def show_sentences(self, sentences: Sequence[Told]) -> None:
        """These, instead of those before; the place on the page stays with the spoken word, the cursor on its own."""
        self._sentences = sentences
        self._lay_out()

    def mark(self, sentence: int, span: Span | None) -> None:
        """The sentence and the word being said."""
        if (sentence, span) == (self._spoken, self._span):
            return
        before, self._spoken, self._span = self._spoken, sentence, span
        if time.monotonic() > self._left_alone_s:
            self._keep_in_view()
        for one in {before, sentence}:
            if rows := self._rows_of.get(one):
                self.refresh_lines(rows[0], rows[1] - rows[0] + 1)

    def action_follow(self) -> None:
        """Back to the spoken word, without the cursor."""
        self._cursor, self._left_alone_s = None, 0.0
        self._keep_in_view()
        self.refresh()

    def action_move_words(self, by: int) -> None:
        """The cursor by a word, over the ends of lines."""
        places = self._places()
        if not places:
            return
        at = self._cursor or self._spoken_place()
        beginning = places.index(at) if at in places else 0
        self._put_cursor(places[min(max(0, beginning + by), len(places) - 1)])

    def action_move_lines(self, by: int) -> None:
        """The cursor by a line, past empty ones."""
        row, place = self._cursor or self._spoken_place() or (0, 0)
        row += by
        while 0 <= row < len(self._lines) and not self._row_words(row):
            row += by
        if 0 <= row < len(self._lines):
            self._put_cursor((row, min(place, len(self._row_words(row)) - 1)))

    def action_go(self) -> None:
        """Reads on from the cursor."""
        if (chosen := self._chosen()) is not None:
            self._go(*chosen)

    def on_click(self, event: Click) -> None:
        """Reads on from the word under the pointer."""
        row = event.y + self.scroll_offset.y
        if not 0 <= row < len(self._lines):
            return
        column = event.x - self._indent()
        for piece in self._lines[row]:
            if piece.column <= column < piece.column + cell_len(piece.text):
                self._go(piece.told, piece.start + _chars_in(piece.text, column - piece.column))

    def on_resize(self, event: Resize) -> None:
        """The lines are broken anew."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One row of the page."""
        row = y + self.scroll_offset.y
        width = self.size.width
        if not self._lines:
            lines = self._welcome(width)
            text = lines[y] if y < len(lines) else ""
            return Strip([Segment(text, self.rich_style)]).adjust_cell_length(width, self.rich_style)
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        segments = [Segment(" " * self._indent(), self.rich_style)]
        column = 0
        for piece in self._lines[row]:
            if piece.column > column:
                segments.append(Segment(" " * (piece.column - column), self.rich_style))
            segments += self._painted(piece, row)
            column = piece.column + cell_len(piece.text)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _painted(self, piece: Piece, row: int) -> list[Segment]:
        ground = self._style("heading") if piece.told.is_heading else self.rich_style
        spans: list[tuple[Span, Style]] = []
        if piece.told.index == self._spoken:
            ground = ground + self._style("sentence")
            if self._span is not None:
                spans.append((self._span, self._style("word")))
        if self._cursor is not None and self._cursor[0] == row:
            chosen, span = self._row_words(row)[self._cursor[1]]
            if chosen is piece:
                spans.append((span, self._style("cursor")))
        cuts = {piece.start, piece.end}
        for (first, last), _ in spans:
            cuts |= {cut for cut in (first, last) if piece.start < cut < piece.end}
        ends = sorted(cuts)
        segments = []
        for start, end in zip(ends, ends[1:], strict=False):
            style = ground
            for (first, last), over in spans:
                style = style + over if first <= start and end <= last else style
            segments.append(Segment(piece.told.text[start:end], style))
        return segments

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"reading--{name}", partial=True)

    def _chosen(self) -> tuple[Told, int] | None:
        """The sentence, and in it the first character, of the word under the cursor."""
        if self._cursor is None:
            return None
        row, place = self._cursor
        piece, (start, _) = self._row_words(row)[place]
        return piece.told, start

    def _place_of(self, sentence: int, char: int) -> tuple[int, int] | None:
        first, last = self._rows_of.get(sentence, (0, -1))
        for row in range(first, last + 1):
            for place, (piece, (start, _)) in enumerate(self._row_words(row)):
                if (piece.told.index, start) == (sentence, char):
                    return row, place
        return None

    def _lay_out(self) -> None:
        chosen = self._chosen()
        width = min(WIDEST, max(1, self.size.width - 2 - 2 * (self.size.width > 30)))
        self._lines = laid_out(self._sentences, width)
        self._rows_of = {}
        for row, line in enumerate(self._lines):
            for piece in line:
                self._rows_of[piece.told.index] = (self._rows_of.get(piece.told.index, (row, row))[0], row)
        self.virtual_size = Size(self.size.width, len(self._lines))
        self._cursor = self._place_of(chosen[0].index, chosen[1]) if chosen else None
        self._keep_in_view()
        self.refresh()

    def _indent(self) -> int:
        widest = min(WIDEST, max(1, self.size.width - 2))
        return max(0, (self.size.width - widest) // 2)

    def _row_words(self, row: int) -> list[tuple[Piece, Span]]:
        return [
            (piece, (start, end))
            for piece in self._lines[row]
            for start, end in words(piece.told.text)
            if piece.start <= start < piece.end
        ]

    def _places(self) -> list[tuple[int, int]]:
        """Near what is seen: a long document has a hundred thousand words."""
        at = self._cursor or self._spoken_place() or (self.scroll_offset.y, 0)
        first, last = max(0, at[0] - 3), min(len(self._lines), at[0] + 4)
        return [(row, place) for row in range(first, last) for place in range(len(self._row_words(row)))]

    def _spoken_place(self) -> tuple[int, int] | None:
        row = self._spoken_row()
        if row is None:
            return None
        found = self._row_words(row)
        at = self._span[0] if self._span else 0
        mine = [place for place, (piece, span) in enumerate(found) if piece.told.index == self._spoken]
        return row, next((place for place in mine if found[place][1][1] > at), mine[0] if mine else 0)

    def _spoken_row(self) -> int | None:
        rows = self._rows_of.get(self._spoken)
        if rows is None:
            return None
        char = self._span[0] if self._span else 0
        begun = [
            row
            for row in range(rows[0], rows[1] + 1)
            for piece in self._lines[row]
            if piece.told.index == self._spoken and piece.start <= char
        ]
        return begun[-1] if begun else rows[0]

    def _keep_in_view(self) -> None:
        row = self._spoken_row()
        height = self.size.height
        if row is None or height < 1:
            return
        top = self.scroll_offset.y
        if not top + height // 5 <= row < top + height - max(1, height // 4):
            self.scroll_to(y=max(0, row - height // 3), animate=False, force=True)

    def _put_cursor(self, place: tuple[int, int]) -> None:
        self._cursor, self._left_alone_s = place, time.monotonic() + HANDS_OFF_S
        row, top, height = place[0], self.scroll_offset.y, self.size.height
        if not top <= row < top + height:
            self.scroll_to(y=row - (0 if row < top else height - 1), animate=False, force=True)
        self.refresh()

    def _go(self, told: Told, char: int) -> None:
        self._cursor, self._left_alone_s = None, 0.0
        self.post_message(self.WentTo(told.index, word_at(told.text, char)))
        self.refresh()


def _chars_in(text: str, cells: int) -> int:
    """How many characters stand before that cell."""
    count = 0
    while count < len(text) and cell_len(text[: count + 1]) <= cells:
        count += 1
    return count
