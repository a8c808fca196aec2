"""A press of a button in, a command's name out: buttons that are drawn, named and reachable by keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

BUTTON_PX = 44
"""WCAG 2.5.8 asks for 24, advises 44."""
SIGN = 0.42
"""Size of the sign on a button."""
PLATE = QColor(16, 16, 16)
PLATE_UNDER_POINTER = QColor(70, 70, 70)
FOCUS = QColor(255, 214, 64)
FOCUS_WIDTH_PX = 3
GAP_PX, TOP_PX = 2, 4
"""Between buttons, and above them."""

BUTTONS = (
    ("previous", "Previous sentence (P)"),
    ("replay", "Repeat this sentence (R)"),
    ("pause", "Pause (Space)"),
    ("next", "Next sentence (N)"),
    ("stop", "Stop (Escape)"),
    ("framing", "Closer or further: face, signer, mouth (F)"),
    ("smaller", "Smaller (-)"),
    ("larger", "Larger (+)"),
    ("captions_smaller", "Smaller captions (Ctrl+-)"),
    ("captions_larger", "Larger captions (Ctrl++)"),
    ("corner", "Move to the next corner (C); arrow keys move by steps"),
    ("through", "Let clicks through to what lies below (T)"),
    ("close", "Close (Ctrl+W)"),
)


class SignButton(QAbstractButton):
    """A dark square with a white sign; a yellow frame when it has the focus."""

    def __init__(self, sign: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.sign = sign
        self.setFixedSize(BUTTON_PX, BUTTON_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.rename(name)

    def rename(self, name: str) -> None:
        """What it says to people who point at it or hear it."""
        self.setToolTip(name)
        self.setAccessibleName(name.partition(" (")[0])

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Always the same."""
        return QSize(BUTTON_PX, BUTTON_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Plate, sign, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), PLATE_UNDER_POINTER if self.underMouse() else PLATE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        for shape in sign_shapes(self.sign):
            painter.drawPolygon(_on_button(shape))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(FOCUS)
            pen.setWidth(FOCUS_WIDTH_PX)
            painter.setPen(pen)
            inset = FOCUS_WIDTH_PX / 2
            painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))


class ControlBar(QWidget):
    """The buttons in rows, as many in each as the window is wide."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("narrator controls")
        self.buttons: dict[str, SignButton] = {}
        for sign, name in BUTTONS:
            button = SignButton(sign, name, self)
            button.clicked.connect(lambda _=False, button=button: self.pressed.emit(button.sign))
            self.buttons[sign] = button
        self._pause = self.buttons["pause"]

    def arrange(self, width: int) -> None:
        """Along the top edge of a window of that width, in its middle."""
        step = BUTTON_PX + GAP_PX
        rows = -(-len(self.buttons) // max(1, (width + GAP_PX) // step))
        columns = -(-len(self.buttons) // rows)
        for place, button in enumerate(self.buttons.values()):
            button.move(place % columns * step, place // columns * step)
        bar_width = columns * step - GAP_PX
        self.setGeometry((width - bar_width) // 2, TOP_PX, bar_width, rows * step - GAP_PX)

    def set_paused(self, paused: bool) -> None:
        """The pause button becomes the button that goes on, and back."""
        self._pause.sign = "resume" if paused else "pause"
        self._pause.rename("Go on (Space)" if paused else "Pause (Space)")
        self._pause.update()

    def has_focus(self) -> bool:
        """Whether one of the buttons has it."""
        return any(button.hasFocus() for button in self.buttons.values())


Points = tuple[tuple[float, float], ...]


def _bar(left: float, top: float, right: float, bottom: float) -> Points:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _frame(left: float, top: float, right: float, bottom: float, line: float) -> tuple[Points, ...]:
    return (
        _bar(left, top, right, top + line),
        _bar(left, bottom - line, right, bottom),
        _bar(left, top + line, left + line, bottom - line),
        _bar(right - line, top + line, right, bottom - line),
    )


def _letter_a(left: float, top: float, width: float) -> tuple[Points, ...]:
    """A capital A down to the bottom."""
    middle, right, line = left + width / 2, left + width, 0.16 * width / 0.6
    height = 1 - top
    crossbar = _bar(left + 0.22 * width, top + 0.6 * height, right - 0.22 * width, top + 0.6 * height + line)
    return (
        ((middle - line / 2, top), (middle + line / 2, top), (left + line, 1), (left, 1)),
        ((middle - line / 2, top), (middle + line / 2, top), (right, 1), (right - line, 1)),
        crossbar,
    )


_SIGNS: dict[str, tuple[Points, ...]] = {
    "pause": (_bar(0.1, 0, 0.38, 1), _bar(0.62, 0, 0.9, 1)),
    "resume": (((0.1, 0), (1, 0.5), (0.1, 1)),),
    "stop": (_bar(0.05, 0.05, 0.95, 0.95),),
    "next": (((0.05, 0), (0.7, 0.5), (0.05, 1)), _bar(0.75, 0, 0.95, 1)),
    "previous": (((0.95, 0), (0.3, 0.5), (0.95, 1)), _bar(0.05, 0, 0.25, 1)),
    "replay": (((0.5, 0), (0.5, 1), (0, 0.5)), ((1, 0), (1, 1), (0.5, 0.5))),
    "smaller": (_bar(0, 0.42, 1, 0.58),),
    "larger": (_bar(0, 0.42, 1, 0.58), _bar(0.42, 0, 0.58, 1)),
    "framing": (*_frame(0, 0, 1, 1, 0.1), _bar(0.34, 0.24, 0.66, 0.56), _bar(0.2, 0.64, 0.8, 0.9)),
    "captions_smaller": (*_letter_a(0.05, 0.2, 0.55), _bar(0.66, 0.44, 1, 0.56)),
    "captions_larger": (
        *_letter_a(0.0, 0.0, 0.64),
        _bar(0.66, 0.44, 1, 0.56),
        _bar(0.77, 0.33, 0.89, 0.67),
    ),
    "through": (
        ((0.15, 0), (0.85, 0.62), (0.5, 0.64), (0.15, 0.9)),
        ((0.44, 0.6), (0.58, 0.55), (0.74, 0.94), (0.6, 1)),
    ),
    "corner": (_bar(0, 0, 1, 0.12), _bar(0, 0.12, 0.12, 1), _bar(0.12, 0.88, 1, 1), _bar(0.5, 0.5, 1, 0.88)),
    "close": (((0, 0.12), (0.12, 0), (1, 0.88), (0.88, 1)), ((0.88, 0), (1, 0.12), (0.12, 1), (0, 0.88))),
}


def sign_shapes(sign: str) -> tuple[Points, ...]:
    """The polygons of a sign, 0..1 from top left."""
    return _SIGNS[sign]


def _on_button(shape: Points) -> QPolygonF:
    size, left = SIGN * BUTTON_PX, (1 - SIGN) / 2 * BUTTON_PX
    return QPolygonF([QPointF(left + x * size, left + y * size) for x, y in shape])
