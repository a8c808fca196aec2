"""The words given on the command line in, a Passage of them out."""

from __future__ import annotations

from narrator.flow import Passage
from readers.plain_text import passage_of_text

NAME = "text"


class LiteralTextReader:
    """Reads the text itself: the source is what is to be said."""

    def can_read(self, source: str) -> bool:
        """Any text can be said; open_source asks this reader only for --text."""
        return bool(source.strip())

    def read(self, source: str) -> Passage:
        """One block for each paragraph."""
        return passage_of_text(source, NAME)
