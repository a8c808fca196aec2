"""Shared pictures in, the newest one on the screen out, scaled to the view."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from narrator.outputs.frame_buffer import CHANNELS, FrameBuffer

SURROUND = QColor(16, 16, 16)
"""Beside a picture whose shape differs from the window's: the colour of the captions' plate."""
BADGE_PX = 48
"""Side of the sign that says "paused"."""
BADGE_MARGIN_PX = 16
NOTICE_MARGIN_PX = 12
NOTICE_TOP_PX = 60
"""Below the row of buttons."""


class FaceView(QWidget):
    """Shows pictures, a sign while paused, and one line of notice at the top: never over the mouth."""

    def __init__(self, frames: FrameBuffer, width: int, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._frames = frames
        self._picture_width, self._picture_height = width, height
        self._image: QImage | None = None
        self.shown = 0
        """Number of the picture on the screen; 0 before the first."""
        self._is_paused = False
        self._notice = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Speaking face with captions")

    def show_newest(self) -> bool:
        """Paints the newest picture at once; False when it is on the screen already."""
        sequence, pixels = self._frames.newest()
        if sequence == self.shown:
            return False
        stride = self._picture_width * CHANNELS
        self._image = QImage(pixels.data, self._picture_width, self._picture_height, stride, QImage.Format.Format_RGB32)
        self.shown = sequence
        self.repaint()
        return True

    def set_paused(self, paused: bool) -> None:
        """Shows or takes away the sign."""
        self._is_paused = paused
        self.setAccessibleDescription("paused" if paused else "speaking")
        self.update()

    def set_notice(self, text: str) -> None:
        """Shows one line, or none for an empty one."""
        self._notice = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, as large as it fits, then what lies over it."""
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(self.rect(), SURROUND)
        elif self._image.size() == self.size():
            painter.drawImage(0, 0, self._image)
        else:
            self._paint_scaled(painter, self._image)
        if self._is_paused:
            self._paint_badge(painter)
        if self._notice:
            self._paint_notice(painter)

    def _paint_scaled(self, painter: QPainter, image: QImage) -> None:
        scale = min(self.width() / image.width(), self.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        if place.size() != self.rect().toRectF().size():
            painter.fillRect(self.rect(), SURROUND)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)

    def _paint_badge(self, painter: QPainter) -> None:
        """Two upright bars on a dark plate, top left."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        plate = QRectF(BADGE_MARGIN_PX, BADGE_MARGIN_PX, BADGE_PX, BADGE_PX)
        painter.setBrush(SURROUND)
        painter.drawRoundedRect(plate, BADGE_PX / 8, BADGE_PX / 8)
        painter.setBrush(Qt.GlobalColor.white)
        for left in (0.3, 0.56):
            painter.drawRect(QRectF(plate.x() + left * BADGE_PX, plate.y() + 0.25 * BADGE_PX, 7, BADGE_PX / 2))

    def _paint_notice(self, painter: QPainter) -> None:
        room = self.rect().adjusted(NOTICE_MARGIN_PX, NOTICE_TOP_PX, -NOTICE_MARGIN_PX, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        box = painter.boundingRect(room, int(flags), self._notice)
        painter.fillRect(box.adjusted(-8, -4, 8, 4), SURROUND)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(room, int(flags), self._notice)
