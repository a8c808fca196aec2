"""Pictures, pointer and keys in, a frameless window on top and the commands pressed in it out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QMoveEvent,
    QResizeEvent,
    QScreen,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QWidget

from narrator.outputs.window_controls import BUTTON_PX, ControlBar, SignButton
from narrator.outputs.window_face_view import FaceView
from narrator.outputs.window_geometry import LEAST, edges_at, first_place, grown, inside, next_corner, snapped
from narrator.outputs.window_places import WindowPlaces

STEP_PX = 40
"""One press of an arrow key; with Shift, FINE_STEP_PX."""
FINE_STEP_PX = 4
GROWTH = 1.15
"""One press of + or -."""
HIDE_AFTER_MS = 2500
NOTICE_MS = 8000
SETTLED_MS = 120
"""A size or place that has not changed for this long is the one that is meant."""
LET_GO_MS = 500
"""Without a move for this long, a drag is taken to have ended; where it has not, its next move goes on from there."""
CAPTION_SCALES = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
"""Up to 200 % (WCAG 1.4.4)."""
FRAMINGS = ("face", "signer", "mouth")

KEYS = {
    "P": "previous",
    "N": "next",
    "R": "replay",
    "Escape": "stop",
    "F": "framing",
    "+": "larger",
    "=": "larger",
    "-": "smaller",
    "Ctrl++": "captions_larger",
    "Ctrl+=": "captions_larger",
    "Ctrl+-": "captions_smaller",
    "C": "corner",
    "T": "through",
    "Ctrl+W": "close",
    "Ctrl+Q": "close",
}
ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
ON_TOP = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class FloatingWindow(QWidget):
    """The face, and over its top edge the buttons while the pointer or the focus is there."""

    commanded = Signal(str)
    view_changed = Signal()
    closed = Signal()

    def __init__(
        self,
        size: QSize,
        places: WindowPlaces,
        *,
        size_is_chosen: bool = True,
        framing: str = FRAMINGS[0],
        caption_scale: float = 1.0,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window | ON_TOP)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # what the person works in keeps the focus
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle("narrator")
        self.setAccessibleName("narrator, a speaking face")
        self.framing, self.caption_scale = framing, caption_scale
        self._places = places
        self._is_paused = self._is_dragged = False
        self._pressed_at: QPoint | None = None
        self.view = FaceView(self)
        self.view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bar = ControlBar(self)
        self._bar.pressed.connect(self._obey)
        self._bar.hide()
        self._handle: Handle | None = None
        self._hiding = QTimer(self, singleShot=True, interval=HIDE_AFTER_MS)
        self._hiding.timeout.connect(self._hide_bar)
        self._notice_end = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._notice_end.timeout.connect(lambda: self.view.set_notice(""))
        self._letting_go = QTimer(self, singleShot=True, interval=LET_GO_MS)
        self._letting_go.timeout.connect(self._end_drag)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self._settle)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST)
        self._place_first(size, size_is_chosen)
        self._bind_keys(self)

    @property
    def drawn_size(self) -> QSize:
        """In the screen's own pixels."""
        return (self.size().toSizeF() * self.devicePixelRatioF()).toSize()

    def set_paused(self, paused: bool) -> None:
        """Shows by sign and button whether it is paused."""
        self._is_paused = paused
        self.view.set_paused(paused)
        self._bar.set_paused(paused)

    def show_notice(self, text: str) -> None:
        """One line at the top for a while."""
        self.view.set_notice(text)
        self._notice_end.start()

    def set_click_through(self, on: bool) -> None:
        """Clicks go to what lies below. Qt then gives this window no keys either: a button at its corner takes both."""
        had_focus = self.isActiveWindow() or (self._handle is not None and self._handle.isActiveWindow())
        self.windowHandle().setFlag(Qt.WindowType.WindowTransparentForInput, on)
        if on and self._handle is None:
            self._handle = Handle()
            self._handle.button.clicked.connect(partial(self.set_click_through, False))
            self._bind_keys(self._handle)
            self._handle.beside(self.geometry())
            self._handle.show()
            self._bar.hide()
        elif not on and self._handle is not None:
            self._handle.deleteLater()
            self._handle = None
        if had_focus:
            (self._handle or self).activateWindow()

    def _place_first(self, size: QSize, is_chosen: bool) -> None:
        """Where it was last time, unless a size was chosen, else bottom right."""
        screens = {_name_of(screen): screen for screen in self.screen().virtualSiblings()}
        screen = screens.get(self._places.last_screen, self.screen())
        room, last = screen.availableGeometry(), self._places.recall(_name_of(screen))
        self.setGeometry(inside(QRect(*last), room) if last and not is_chosen else first_place(size, room))

    def _bind_keys(self, where: QWidget) -> None:
        for key, command in KEYS.items():
            QShortcut(QKeySequence(key), where, partial(self._obey, command))
        for key, (right, down) in ARROWS.items():
            for prefix, step in (("", STEP_PX), ("Shift+", FINE_STEP_PX)):
                way = QPoint(right * step, down * step)
                QShortcut(QKeySequence(prefix + key), where, partial(self._move_by, way))

    def _obey(self, command: str) -> None:
        room = self.screen().availableGeometry()
        if command == "close":
            self.close()
        elif command in ("larger", "smaller"):
            self.setGeometry(grown(self.geometry(), GROWTH if command == "larger" else 1 / GROWTH, room))
        elif command == "corner":
            self.move(next_corner(self.geometry(), room))
        elif command == "framing":
            self.framing = FRAMINGS[(FRAMINGS.index(self.framing) + 1) % len(FRAMINGS)]
            self.view_changed.emit()
        elif command in ("captions_larger", "captions_smaller"):
            self._scale_captions(1 if command == "captions_larger" else -1)
        elif command == "through":
            self.set_click_through(self._handle is None)
        else:
            self.commanded.emit(command)

    def _scale_captions(self, way: int) -> None:
        nearest = min(range(len(CAPTION_SCALES)), key=lambda i: abs(CAPTION_SCALES[i] - self.caption_scale))
        self.caption_scale = CAPTION_SCALES[min(max(nearest + way, 0), len(CAPTION_SCALES) - 1)]
        self.view_changed.emit()

    def _move_by(self, way: QPoint) -> None:
        self.move(inside(self.geometry().translated(way), self.screen().availableGeometry()).topLeft())

    def _settle(self) -> None:
        """The new place is remembered, the new size drawn."""
        place = self.geometry()
        self._places.remember(_name_of(self.screen()), (place.x(), place.y(), place.width(), place.height()))
        self.view_changed.emit()

    def _end_drag(self) -> None:
        """The desktop has the pointer for the whole of a drag, so only the rest after it can be felt."""
        self._is_dragged = False
        self.move(snapped(self.geometry(), self.screen().availableGeometry()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click gives the window the focus; a drag begins when the pointer has moved."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.activateWindow()
        self._pressed_at = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """It was a click."""
        self._pressed_at = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Shows the buttons, and by the pointer what a press would do; drags while the button is held."""
        self._show_bar()
        pointer = event.position().toPoint()
        if self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (pointer - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
                self._drag(self._pressed_at)
            return
        edges = edges_at(self.size(), pointer)
        self.setCursor(Qt.CursorShape.SizeAllCursor if not edges else Qt.CursorShape.SizeFDiagCursor)

    def _drag(self, pressed_at: QPoint) -> None:
        """Moves the window, or from its edge resizes it: the desktop itself does both.

        Not at the press: a desktop that is asked when the button is up again follows the pointer until the next click.
        """
        self._pressed_at = None
        edges = edges_at(self.size(), pressed_at)
        if edges:
            self.windowHandle().startSystemResize(edges)
        else:
            self._is_dragged = True
            self.windowHandle().startSystemMove()

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
        self.view.setGeometry(self.rect())
        self._bar.arrange(self.width())
        self._settling.start()

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        """The handle goes with it."""
        if self._handle is not None:
            self._handle.beside(self.geometry())
        if self._is_dragged:
            self._letting_go.start()
        self._settling.start()

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


def _name_of(screen: QScreen) -> str:
    """Its connector and size: another monitor on the same socket is another screen."""
    return f"{screen.name()} {screen.size().width()}x{screen.size().height()}"


class Handle(QWidget):
    """A button that floats at the face's corner while clicks go through it: the way back."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window | ON_TOP)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("narrator: take clicks again")
        self.setFixedSize(BUTTON_PX, BUTTON_PX)
        self.button = SignButton("through", "Take clicks again (T)", self)
        self.button.setFocus()

    def beside(self, face: QRect) -> None:
        """At its top right corner."""
        self.move(face.right() + 1 - self.width(), face.top())
