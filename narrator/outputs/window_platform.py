"""The desktop's environment in, how Qt has to be started on it out, or why no window can be shown."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from narrator.errors import OutputError

WAYLAND_NOTICE = (
    "This desktop (Wayland without XWayland) lets no program keep itself on top: "
    'use the window menu\'s "Always on Top" or "Keep Above".'
)
QT_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
    "libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 "
    "libwayland-cursor0 libwayland-egl1"
)
"""What Qt loads from a Debian or Ubuntu system and PySide6 does not bring along."""


@dataclass(frozen=True, slots=True)
class WindowPlatform:
    """What the window's process needs to know."""

    qt_platform: str
    """For QT_QPA_PLATFORM; empty leaves the choice to Qt."""
    notice: str = ""
    """What the person should know before the window appears; may be empty."""


def window_platform(environment: Mapping[str, str], system: str = sys.platform) -> WindowPlatform:
    """X11 also on Wayland where XWayland runs, since only there a window can stay on top. Raises OutputError."""
    if environment.get("QT_QPA_PLATFORM"):
        return WindowPlatform("")
    if system in ("win32", "darwin"):
        return WindowPlatform("")
    if environment.get("DISPLAY"):
        return WindowPlatform("xcb")
    if environment.get("WAYLAND_DISPLAY"):
        return WindowPlatform("wayland", WAYLAND_NOTICE)
    raise OutputError(
        "a screen to show the window on",
        "neither DISPLAY nor WAYLAND_DISPLAY is set",
        "Write a film instead: add --to FILE.mp4",
    )
