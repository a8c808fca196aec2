"""The desktop's environment in, how Qt has to be started on it out, or why no window can be shown."""

from __future__ import annotations

import ctypes
import ctypes.util
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
        "Show it here with --to terminal, or write a film with --to FILE.mp4",
    )


def blends_windows(qt_platform: str) -> bool:
    """Whether what lies under a see-through window shows: always, but on X11 only where a compositor runs.

    A compositor owns the selection _NET_WM_CM_Sn (Extended Window Manager Hints 1.5, compositing managers).
    """
    if qt_platform != "xcb":
        return True
    name = ctypes.util.find_library("X11")
    if name is None:
        return False
    library = ctypes.CDLL(name)
    library.XOpenDisplay.restype = ctypes.c_void_p
    library.XOpenDisplay.argtypes = [ctypes.c_char_p]
    library.XInternAtom.restype = library.XGetSelectionOwner.restype = ctypes.c_ulong
    library.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    library.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    library.XDefaultScreen.argtypes = library.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = library.XOpenDisplay(None)
    if not display:
        return False
    atom = library.XInternAtom(display, f"_NET_WM_CM_S{library.XDefaultScreen(display)}".encode(), 0)
    owner = library.XGetSelectionOwner(display, atom)
    library.XCloseDisplay(display)
    return bool(owner)
