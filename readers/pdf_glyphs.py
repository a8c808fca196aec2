"""Nothing in; the nouns that pass between the PDF readers' parts out: glyphs, fonts, marks and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class FontStyle(NamedTuple):
    """What matters of a font to a reader."""

    is_bold: bool
    is_italic: bool
    is_monospaced: bool


@dataclass(eq=False, slots=True)
class Mark:
    """One marked-content sequence the glyph stands in; compared by identity."""

    key: tuple[int, int] | None = None
    """(object number of the form's stream or 0 for the page, MCID); None outside the structure."""
    is_artifact: bool = False
    actual_text: str | None = None
    """ActualText given in the content stream itself."""


NO_MARK = Mark()


class Glyph(NamedTuple):
    """One shown character code, in a frame where the text runs to the right and y grows upwards, in points."""

    text: str
    x0: float
    x1: float
    y: float
    """Baseline."""
    size: float
    font: FontStyle
    mark: Mark
    run: int
    """Which text-showing operator drew it: glyphs of one run are never in two columns."""


@dataclass(slots=True)
class PageGlyphs:
    """Everything drawn on one page that reading it aloud needs."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    images: int = 0
    unknown: int = 0
    """Character codes whose font does not say which character they are."""
    is_slow: bool = False
    """The time limit broke it off; what is here came before."""
    damage: str = ""
    """What broke it off, where it is damaged."""
