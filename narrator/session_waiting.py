"""The session's orders in, whoever is cast at the moment, at rest, out: what outputs show in between."""

from __future__ import annotations

from narrator.flow import RgbImage, Viewport
from narrator.session_orders import Orders
from narrator.session_state import StateStream, Status
from narrator.stages import LivelyFace


class CastAtRest:
    """Follows narrator.stages.WaitingFace; another presenter or another wish shows with the next picture."""

    def __init__(self, orders: Orders, stream: StateStream) -> None:
        self._orders, self._stream = orders, stream

    def rest(self, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        """The face of the cast in force."""
        cast = self._orders.cast
        return cast.face.rest(cast.delivery, viewport, clock_s, thinking)

    @property
    def is_thinking(self) -> bool:
        """Whether a source is being opened."""
        return self._stream.state.status is Status.OPENING

    @property
    def is_lively(self) -> bool:
        """Whether it follows a live sound. Follows narrator.stages.LivelyFace."""
        face = self._orders.cast.face
        return isinstance(face, LivelyFace) and face.is_lively

    def mouth_width_px(self, viewport: Viewport) -> float:
        """Of the face of the cast in force."""
        return self._orders.cast.face.mouth_width_px(viewport)
