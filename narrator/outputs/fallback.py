"""Two outputs in, one out: the first, and where it cannot be opened or fails, the second."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from narrator.errors import OutputError
from narrator.flow import Viewport
from narrator.stages import Control, LivingOutput, Output, Performance, Steering, SteeringOutput, WaitingFace

_log = logging.getLogger(__name__)


class WithFallback:
    """Follows narrator.stages.Output; the second is made only when it is needed."""

    def __init__(self, first: Output, make_second: Callable[[], Output]) -> None:
        self._now = first
        self._make_second: Callable[[], Output] | None = make_second
        self._steering: Steering | None = None
        self._face: WaitingFace | None = None
        self._opened_with = (Viewport(), 0)

    @property
    def name(self) -> str:
        """Of the one in use."""
        return self._now.name

    def attach(self, steering: Steering) -> None:
        """Handed to the one in use."""
        self._steering = steering

    def attach_face(self, face: WaitingFace) -> None:
        """Handed to the one in use."""
        self._face = face

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """Opens the first, else, once that has been told, the second. Raises OutputError where both fail."""
        self._opened_with = (viewport, rate_hz)
        try:
            self._open()
        except OutputError as fault:
            self._fall_back(fault)

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """On the one in use; one that fails meanwhile hands over, and the sentence begins anew."""
        try:
            yield from self._now.play(performance, control)
        except OutputError as fault:
            self._fall_back(fault)
            yield from self._now.play(performance, control)

    def close(self, *, completed: bool) -> None:
        """Closes the one in use."""
        self._now.close(completed=completed)

    def _open(self) -> None:
        if self._steering is not None and isinstance(self._now, SteeringOutput):
            self._now.attach(self._steering)
        if self._face is not None and isinstance(self._now, LivingOutput):
            self._now.attach_face(self._face)
        self._now.open(*self._opened_with)

    def _fall_back(self, fault: OutputError) -> None:
        """Raises the fault where there is nothing to fall back on."""
        make, self._make_second = self._make_second, None
        if make is None:
            raise fault
        _log.warning("%s: %s", self._now.name, fault)
        self._now.close(completed=False)
        try:
            self._now = make()
        except OutputError:
            raise fault from None
        self._open()
