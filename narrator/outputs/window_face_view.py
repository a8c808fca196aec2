"""Shared pictures in, the newest one on the screen out, what lies under the window showing round it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from narrator.outputs.frame_buffer import CHANNELS, FrameBuffer

SURROUND = QColor(16, 16, 16)
"""Under the sign and the notice."""
BADGE_PX = 48
"""Side of the sign that says "paused"."""
BADGE_MARGIN_PX = 16
NOTICE_MARGIN_PX = 12
NOTICE_TOP_PX = 12


class FaceView(QWidget):
    """Shows pictures, a sign while paused, and one line of notice at the top: never over the mouth."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._frames: FrameBuffer | None = None
        self._image: QImage | None = None
        self.shown = 0
        """Number of the picture on the screen; 0 before the first."""
        self._is_paused = False
        self._notice = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Speaking face with captions")

    def take_from(self, frames: FrameBuffer) -> None:
        """From now on the pictures come from there; the one that is shown stays until the first of them."""
        if self._image is not None:
            self._image = self._image.copy()  # its memory belongs to the old buffer
        self._frames = frames

    def show_newest(self) -> bool:
        """Paints the newest picture at once; False when it is on the screen already."""
        if self._frames is None:
            return False
        sequence, pixels = self._frames.newest()
        if sequence == self.shown:
            return False
        width, height = self._frames.size
        stride = width * CHANNELS
        self._image = QImage(pixels.data, width, height, stride, QImage.Format.Format_ARGB32_Premultiplied)
        self.shown = sequence
        self.repaint()
        return True

    def set_said(self, text: str) -> None:
        """What the captions say, for those who have the screen read to them or turned into braille."""
        self.setAccessibleDescription(text)

    def set_paused(self, paused: bool) -> None:
        """Shows or takes away the sign."""
        self._is_paused = paused
        self.setAccessibleName("Paused face" if paused else "Speaking face with captions")
        self.update()

    def set_notice(self, text: str) -> None:
        """Shows one line, or none for an empty one."""
        self._notice = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, as large as it fits, then what lies over it."""
        painter = QPainter(self)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        if self._image is None:
            painter.fillRect(self.rect(), Qt.GlobalColor.transparent)
        elif self._image.size() == (self.size() * self.devicePixelRatioF()):
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(0, 0, self._image)
        else:
            self._paint_scaled(painter, self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if self._is_paused:
            self._paint_badge(painter)
        if self._notice:
            self._paint_notice(painter)

    def _paint_scaled(self, painter: QPainter, image: QImage) -> None:
        """Until the face has been drawn in the new size."""
        scale = min(self.width() / image.width(), self.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.fillRect(self.rect(), Qt.GlobalColor.transparent)
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
        room = self.rect().adjusted(NOTICE_MARGIN_PX + BADGE_PX, NOTICE_TOP_PX, -NOTICE_MARGIN_PX, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        box = self.fontMetrics().boundingRect(room, int(flags), self._notice)
        painter.fillRect(box.adjusted(-8, -4, 8, 4), SURROUND)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(room, int(flags), self._notice)
