"""One measured thing: its figure, and the yardstick of the same run it is compared with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table."""

    name: str
    figure: float
    unit: str
    yardstick: str
    """What it is compared with, in words and with its own figure."""
    ratio: float | None
    """Figure over yardstick, or as the yardstick says; None where there is nothing to compare with."""
