"""Pictures, pointer and keys in, a frameless window on top and the commands pressed in it out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.window_controls import BUTTON_PX, BUTTONS, ControlBar
from narrator.outputs.window_face_view import FaceView

LARGEST_SHARE = 0.9
"""Of the screen, at first."""
MARGIN_PX = 24
"""From the screen's edges, at first and in its corners."""
STEP_PX = 40
"""One press of an arrow key; with Shift, FINE_STEP_PX."""
FINE_STEP_PX = 4
GROWTH = 1.15
"""One press of + or -."""
EDGE_PX = 10
"""The pointer this close to an edge resizes."""
LEAST_WIDTH_PX = len(BUTTONS) * (BUTTON_PX + 2) + 8
"""All buttons fit; a mouth of 12 % of the width is 50 px wide then, above the 40 at which reading ends."""
HIDE_AFTER_MS = 2500
NOTICE_MS = 8000

KEYS = {
    "P": "previous",
    "N": "next",
    "R": "replay",
    "Escape": "stop",
    "+": "larger",
    "=": "larger",
    "-": "smaller",
    "C": "corner",
    "Ctrl+W": "close",
    "Ctrl+Q": "close",
}
ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}


class FloatingWindow(QWidget):
    """The face, and over its top edge the buttons while the pointer or the focus is there."""

    commanded = Signal(str)
    closed = Signal()

    def __init__(self, frames: FrameBuffer, width: int, height: int) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # what the person works in keeps the focus
        self.setWindowTitle("narrator")
        self.setAccessibleName("narrator, a speaking face")
        self._shape = height / width
        self._is_paused = False
        self._view = FaceView(frames, width, height, self)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bar = ControlBar(self)
        self._bar.pressed.connect(self._obey)
        self._bar.hide()
        self._hiding = QTimer(self, singleShot=True, interval=HIDE_AFTER_MS)
        self._hiding.timeout.connect(self._hide_bar)
        self._notice_end = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._notice_end.timeout.connect(lambda: self._view.set_notice(""))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST_WIDTH_PX, round(LEAST_WIDTH_PX * self._shape))
        self._place_first(width, height)
        self._bind_keys()

    @property
    def shown(self) -> int:
        """Number of the picture on the screen."""
        return self._view.shown

    def show_newest(self) -> bool:
        """Paints the newest picture; False when it is on the screen already."""
        return self._view.show_newest()

    def set_paused(self, paused: bool) -> None:
        """Shows by sign and button whether it is paused."""
        self._is_paused = paused
        self._view.set_paused(paused)
        self._bar.set_paused(paused)

    def show_notice(self, text: str) -> None:
        """One line at the top for a while."""
        self._view.set_notice(text)
        self._notice_end.start()

    def _place_first(self, width: int, height: int) -> None:
        """As large as the picture where the screen allows, bottom right."""
        room = self.screen().availableGeometry()
        scale = min(1.0, LARGEST_SHARE * room.width() / width, LARGEST_SHARE * room.height() / height)
        self.resize(max(LEAST_WIDTH_PX, round(width * scale)), round(height * scale))
        self.move(room.right() - self.width() - MARGIN_PX, room.bottom() - self.height() - MARGIN_PX)

    def _bind_keys(self) -> None:
        for key, command in KEYS.items():
            QShortcut(QKeySequence(key), self, partial(self._obey, command))
        for key, (right, down) in ARROWS.items():
            for prefix, step in (("", STEP_PX), ("Shift+", FINE_STEP_PX)):
                way = QPoint(right * step, down * step)
                QShortcut(QKeySequence(prefix + key), self, partial(self._move_by, way))

    def _obey(self, command: str) -> None:
        if command == "close":
            self.close()
        elif command in ("larger", "smaller"):
            self._grow(GROWTH if command == "larger" else 1 / GROWTH)
        elif command == "corner":
            self._to_next_corner()
        else:
            self.commanded.emit(command)

    def _move_by(self, way: QPoint) -> None:
        """Moves, but never off the screen."""
        room = self.screen().availableGeometry()
        place = self.pos() + way
        left = min(max(place.x(), room.left()), max(room.left(), room.right() + 1 - self.width()))
        top = min(max(place.y(), room.top()), max(room.top(), room.bottom() + 1 - self.height()))
        self.move(left, top)

    def _grow(self, factor: float) -> None:
        """Changes the size about the middle, keeping the picture's shape."""
        room = self.screen().availableGeometry()
        middle = self.geometry().center()
        width = min(max(self.width() * factor, LEAST_WIDTH_PX), room.width(), room.height() / self._shape)
        self.resize(round(width), round(width * self._shape))
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self._move_by(QPoint(0, 0))

    def _to_next_corner(self) -> None:
        """Clockwise: a way to move it by single presses of a pointer (WCAG 2.5.7)."""
        room = self.screen().availableGeometry().adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        is_left = self.geometry().center().x() < room.center().x()
        is_top = self.geometry().center().y() < room.center().y()
        right, bottom = room.right() + 1 - self.width(), room.bottom() + 1 - self.height()
        self.move(right if is_top else room.left(), room.top() if is_left else bottom)

    def _edges_at(self, place: QPoint) -> Qt.Edge:
        """The edges the pointer is close to."""
        edges = Qt.Edge(0)
        inner = QRect(QPoint(0, 0), self.size()).adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        if place.x() < inner.left():
            edges |= Qt.Edge.LeftEdge
        if place.x() > inner.right():
            edges |= Qt.Edge.RightEdge
        if place.y() < inner.top():
            edges |= Qt.Edge.TopEdge
        if place.y() > inner.bottom():
            edges |= Qt.Edge.BottomEdge
        return edges

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A drag moves the window, or from its edge resizes it: the desktop itself does both."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.activateWindow()
        edges = self._edges_at(event.position().toPoint())
        handle = self.windowHandle()
        if edges:
            handle.startSystemResize(edges)
        else:
            handle.startSystemMove()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Shows the buttons, and by the pointer what a press would do."""
        self._show_bar()
        edges = self._edges_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.SizeAllCursor if not edges else Qt.CursorShape.SizeFDiagCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space pauses and goes on, wherever no button has the focus."""
        if event.key() == Qt.Key.Key_Space:
            self._obey("resume" if self._is_paused else "pause")
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802 - Qt's name
        """The first Tab shows the buttons and enters them."""
        self._show_bar()
        return super().focusNextPrevChild(forwards)

    def enterEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The buttons come with the pointer."""
        self._show_bar()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """And go a while after it."""
        self._hiding.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The face fills the window, the buttons its top edge."""
        self._view.setGeometry(self.rect())
        size = QSize(min(self._bar.sizeHint().width(), self.width()), BUTTON_PX)
        self._bar.setGeometry(QRect(QPoint((self.width() - size.width()) // 2, 4), size))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closed by the person."""
        event.accept()
        self.closed.emit()

    def _show_bar(self) -> None:
        self._bar.show()
        self._bar.raise_()
        self._hiding.start()

    def _hide_bar(self) -> None:
        if self._bar.underMouse() or self._bar.has_focus():
            self._hiding.start()
        else:
            self._bar.hide()
