"""The session's orders in, whoever is cast at the moment, at rest, out: what outputs show in between."""

from __future__ import annotations

from narrator.flow import RgbImage, Viewport
from narrator.session_orders import Orders


class CastAtRest:
    """Follows narrator.stages.WaitingFace; another presenter or another wish shows with the next picture."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def rest(self, viewport: Viewport, clock_s: float) -> RgbImage:
        """The face of the cast in force."""
        cast = self._orders.cast
        return cast.face.rest(cast.delivery, viewport, clock_s)

    def mouth_width_px(self, viewport: Viewport) -> float:
        """Of the face of the cast in force."""
        return self._orders.cast.face.mouth_width_px(viewport)
