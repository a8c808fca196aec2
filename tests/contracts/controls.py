"""A session's wishes in, a Control out that a test sets by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class HandControl:
    """Follows narrator.stages.Control."""

    paused: bool = False
    interrupted: bool = False

    def is_paused(self) -> bool:
        return self.paused

    def is_interrupted(self) -> bool:
        return self.interrupted
