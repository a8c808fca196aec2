"""A window's rectangle and a wish in, the one it shall have out: on the screen, and large enough."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt

LARGEST_SHARE = 0.9
"""Of the screen, at first."""
MARGIN_PX = 24
"""From the screen's edges, at first and in its corners."""
SNAP_PX = 40
"""A window let go of this close to its place in a corner goes there."""
EDGE_PX = 10
"""The pointer this close to an edge resizes."""
LEAST = QSize(320, 240)
"""The mouth of a face is 60 px wide then, above the 40 at which reading ends (lipreading.md 3.2)."""


def first_place(wanted: QSize, room: QRect) -> QRect:
    """As large as wanted where the screen allows, bottom right."""
    scale = min(1.0, LARGEST_SHARE * room.width() / wanted.width(), LARGEST_SHARE * room.height() / wanted.height())
    size = QSize(round(wanted.width() * scale), round(wanted.height() * scale)).expandedTo(LEAST)
    return QRect(corners(size, room)[1], size)


def inside(place: QRect, room: QRect) -> QRect:
    """The same, moved onto the screen, and shrunk where it is larger than that."""
    size = place.size().boundedTo(room.size())
    left = min(max(place.x(), room.left()), room.right() + 1 - size.width())
    top = min(max(place.y(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


def grown(place: QRect, factor: float, room: QRect) -> QRect:
    """Changed in size about its middle, in its own shape."""
    least = max(LEAST.width() / place.width(), LEAST.height() / place.height())
    most = min(room.width() / place.width(), room.height() / place.height())
    factor = min(max(factor, least), most)
    size = QSize(round(place.width() * factor), round(place.height() * factor))
    middle = place.center()
    return inside(QRect(QPoint(middle.x() - size.width() // 2, middle.y() - size.height() // 2), size), room)


def corners(size: QSize, room: QRect) -> tuple[QPoint, QPoint, QPoint, QPoint]:
    """Its places in the corners, clockwise from top right."""
    free = room.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
    right = max(free.left(), free.right() + 1 - size.width())
    bottom = max(free.top(), free.bottom() + 1 - size.height())
    return (
        QPoint(right, free.top()),
        QPoint(right, bottom),
        QPoint(free.left(), bottom),
        QPoint(free.left(), free.top()),
    )


def next_corner(place: QRect, room: QRect) -> QPoint:
    """Clockwise from the corner it is nearest to: a way to move it by single presses (WCAG 2.5.7)."""
    all_four = corners(place.size(), room)
    away = [(corner - place.topLeft()).manhattanLength() for corner in all_four]
    return all_four[(away.index(min(away)) + 1) % 4]


def snapped(place: QRect, room: QRect) -> QPoint:
    """The corner's own place where it was let go of close to one, else where it is."""
    for corner in corners(place.size(), room):
        if abs(corner.x() - place.x()) <= SNAP_PX and abs(corner.y() - place.y()) <= SNAP_PX:
            return corner
    return place.topLeft()


def edges_at(size: QSize, place: QPoint) -> Qt.Edge:
    """The edges of a window of that size which the place in it is close to."""
    edges = Qt.Edge(0)
    inner = QRect(QPoint(0, 0), size).adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
    if place.x() < inner.left():
        edges |= Qt.Edge.LeftEdge
    if place.x() > inner.right():
        edges |= Qt.Edge.RightEdge
    if place.y() < inner.top():
        edges |= Qt.Edge.TopEdge
    if place.y() > inner.bottom():
        edges |= Qt.Edge.BottomEdge
    return edges
