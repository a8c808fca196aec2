"""The midline of frames in, the contacts a viewer can see out: teeth on lip, tongue between teeth, closed teeth, L.

Measured in colour on decoded frames (benchmarks/mouth_colour.py), wherever FaceMesh says that the lips are.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.mouth_colour import DARK, FLESH, Layers, Run

TEETH_SHOWN_MM = 1.5
TOUCHING_MM = 0.5
"""Darkness between two things that touch."""
LIP_EDGE_MM = 2.8
"""FaceMesh's lower lip within this of the teeth's edge: it is off by up to 2.5 mm, and a tongue takes 3 or more."""
TONGUE_SHARE = 0.30
TONGUE_GAP_MM, CLOSED_GAP_MM = LIP_EDGE_MM, 1.5
"""TH: below the upper teeth there is at least so much room; S Z SH CH: the rows are at most so far apart."""
BOTH_ROWS_MM = 4.0
"""More than the upper teeth alone show in any consonant."""
UNDERSIDE_MM, UNDERSIDE_SHARE = 3.0, 0.6
"""L: so much tongue below the upper teeth, and this share of the opening there."""

Seen = Callable[[Layers], bool]


def tuck(midline: Layers) -> bool:
    """F V: the upper teeth shown, the lower lip on their edge, no lower teeth."""
    if len(midline.teeth) != 1:
        return False
    edge = midline.teeth[0]
    dark_mm = midline.between(DARK, edge.bottom_mm, edge.bottom_mm + 2.0)
    is_at_lip = abs(midline.opening_mm - edge.bottom_mm) <= LIP_EDGE_MM
    return edge.length_mm >= TEETH_SHOWN_MM and dark_mm <= TOUCHING_MM and is_at_lip


def tongue_out(midline: Layers) -> bool:
    """TH: tongue fills 30 % of the gap below the upper teeth, or of the whole opening where lips hide them."""
    top_mm, bottom_mm = _gap(midline)
    if bottom_mm - top_mm < TONGUE_GAP_MM:
        return False
    return midline.between(FLESH, top_mm, bottom_mm) >= TONGUE_SHARE * (bottom_mm - top_mm)


def closed_teeth(midline: Layers) -> bool:
    """S Z SH CH: both rows shown, at most 1.5 mm apart; or one band of both, too near to part them."""
    rows = midline.teeth
    if len(rows) == 1:
        return rows[0].length_mm >= BOTH_ROWS_MM
    return len(rows) == 2 and rows[1].top_mm - rows[0].bottom_mm <= CLOSED_GAP_MM


def underside(midline: Layers) -> bool:
    """L: tongue from the upper teeth's edge downward over most of the opening."""
    top_mm, bottom_mm = _gap(midline)
    tongue_mm = midline.between(FLESH, top_mm, bottom_mm)
    dark_above_mm = midline.between(DARK, top_mm, top_mm + 2 * TOUCHING_MM)
    is_most = tongue_mm >= UNDERSIDE_SHARE * (bottom_mm - top_mm)
    return tongue_mm >= UNDERSIDE_MM and is_most and dark_above_mm <= TOUCHING_MM


CONTACTS: dict[str, tuple[Seen, tuple[str, ...]]] = {
    "F V: teeth on the lower lip": (tuck, ("f", "v")),
    "TH: tongue between the teeth": (tongue_out, ("θ", "ð")),
    "S Z SH CH: closed teeth": (closed_teeth, ("s", "z", "ʃ", "ʒ", "tʃ", "dʒ")),
    "L: the tongue's underside": (underside, ("l",)),
}
"""What must be seen, how it is seen, and in which sounds."""


def _gap(midline: Layers) -> tuple[float, float]:
    """(top, bottom) mm of what lies between the upper teeth and the lower teeth, or the lips where teeth are hidden."""
    rows = midline.teeth
    upper: Run | None = rows[0] if rows and rows[0].top_mm < midline.opening_mm / 2 else None
    lower: Run | None = rows[-1] if rows and rows[-1] is not upper else None
    top_mm = upper.bottom_mm if upper else 0.0
    return top_mm, lower.top_mm if lower else max(midline.opening_mm, top_mm)
