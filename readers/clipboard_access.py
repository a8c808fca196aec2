"""A desktop's clipboard in, what is on it (HTML or text) out, each desktop by its own tool.

Each desktop class answers the same questions; which one is used is decided when it is asked, never on import.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from narrator.errors import SourceMissing, SourceRefused
from readers.charset import decode_text
from readers.limited_command import run_limited

CLIPBOARD_BYTES_MAX = 5 * 1024 * 1024
"""A long book is 3 MB; more is a mistake."""
TIME_LIMIT_S = 3.0
"""The program that owns the clipboard has to answer; one that hangs must not take us with it."""

_HTML_TYPE = "text/html"
_TEXT_TYPES = ("text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING", "TEXT")
_SECRET_TYPES = (
    "x-kde-passwordManagerHint",
    "org.nspasteboard.ConcealedType",
    "application/x-nspasteboard-concealed-type",
)


@dataclass(frozen=True, slots=True)
class Copied:
    """What was found."""

    text: str
    html: str = ""
    """Empty where the program that copied gave plain text only."""


class Desktop(Protocol):
    """One way to get at a clipboard."""

    def require_tools(self) -> None:
        """Raises SourceMissing, with the line that installs it, when a program it needs is not there."""
        ...

    def read(self, selection: str) -> Copied:
        """What is on it now; selection is "clipboard" or "selection". Raises a SourceError."""
        ...


class X11Desktop:
    """xclip, or xsel where only that is installed."""

    def require_tools(self) -> None:
        """One of the two is enough."""
        if shutil.which("xclip") is None and shutil.which("xsel") is None:
            raise _tool_missing("xclip", "sudo apt install xclip")

    def read(self, selection: str) -> Copied:
        """HTML where the owner offers it, and text."""
        self.require_tools()
        name = "primary" if selection == "selection" else "clipboard"
        if shutil.which("xclip") is None:
            return Copied(decode_text(_output(["xsel", f"--{name}", "--output"], selection)))
        start = ["xclip", "-selection", name, "-o", "-t"]
        offered = _output([*start, "TARGETS"], selection).decode("ascii", "replace").split()
        return _best_of(offered, start, selection)


class WaylandDesktop:
    """wl-paste of wl-clipboard."""

    def require_tools(self) -> None:
        """It reads and it watches."""
        if shutil.which("wl-paste") is None:
            raise _tool_missing("wl-paste", "sudo apt install wl-clipboard")

    def read(self, selection: str) -> Copied:
        """HTML where the owner offers it, and text."""
        self.require_tools()
        start = ["wl-paste", *(["--primary"] if selection == "selection" else [])]
        offered = _output([*start, "--list-types"], selection).decode("utf-8", "replace").split("\n")
        return _best_of([name.strip() for name in offered], [*start, "--no-newline", "--type"], selection)


class MacDesktop:
    """pbpaste for text, osascript for HTML."""

    def require_tools(self) -> None:
        """Both come with macOS."""

    def read(self, selection: str) -> Copied:
        """HTML where it is there, and text."""
        _refuse_selection(selection)
        text = decode_text(_output(["pbpaste", "-Prefer", "txt"], selection, {"LANG": "en_US.UTF-8"}))
        script = ["osascript", "-e", "try", "-e", "the clipboard as «class HTML»", "-e", "end try"]
        answer = _output(script, selection).decode("utf-8", "replace")
        return Copied(text, _html_of_applescript(answer))


class WindowsDesktop:
    """PowerShell's Get-Clipboard, which every Windows 10 and 11 has."""

    _SCRIPT = (
        "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Add-Type -AssemblyName System.Windows.Forms; "
        "$c=[System.Windows.Forms.Clipboard]; "
        "if($c::ContainsData('ExcludeClipboardContentFromMonitorProcessing')){exit 9}; "
        "[Console]::Out.Write($c::GetText('UnicodeText')); [Console]::Out.Write([char]0); "
        "[Console]::Out.Write($c::GetText('Html'))"
    )
    _SECRET_CODE = 9

    def require_tools(self) -> None:
        """PowerShell comes with Windows."""

    def read(self, selection: str) -> Copied:
        """HTML where it is there, and text."""
        _refuse_selection(selection)
        command = ["powershell.exe", "-NoProfile", "-NonInteractive", "-STA", "-Command", self._SCRIPT]
        # PowerShell alone takes a second or two to start
        result = run_limited(command, CLIPBOARD_BYTES_MAX, 3 * TIME_LIMIT_S, selection)
        if result.code == self._SECRET_CODE:
            raise _is_secret(selection)
        text, _, html = result.output.decode("utf-8", "replace").partition("\0")
        return Copied(text, _html_of_cf_html(html))


def desktop_of(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Desktop:
    """The desktop this program runs on. Raises SourceRefused where there is none."""
    environment = os.environ if environment is None else environment
    if platform == "darwin":
        return MacDesktop()
    if platform == "win32":
        return WindowsDesktop()
    if environment.get("WAYLAND_DISPLAY"):
        return WaylandDesktop()
    if environment.get("DISPLAY"):
        return X11Desktop()
    raise SourceRefused(
        "a desktop with a clipboard",
        "neither DISPLAY nor WAYLAND_DISPLAY is set",
        'Run it inside the desktop session, or pipe the text in and read "-".',
    )


def _best_of(offered: list[str], start: list[str], selection: str) -> Copied:
    if any(name in _SECRET_TYPES for name in offered):
        raise _is_secret(selection)
    text_type = next((name for name in _TEXT_TYPES if name in offered), "")
    text = decode_text(_output([*start, text_type], selection)) if text_type else ""
    html = decode_text(_output([*start, _HTML_TYPE], selection)) if _HTML_TYPE in offered else ""
    if not text and not html and any(name.startswith("image/") for name in offered):
        raise SourceRefused("text", f"the {selection} holds a picture", "Copy the text instead.")
    return Copied(text, html)


def _output(command: list[str], selection: str, environment: Mapping[str, str] | None = None) -> bytes:
    result = run_limited(command, CLIPBOARD_BYTES_MAX, TIME_LIMIT_S, f"the {selection}", environment)
    return result.output if result.code == 0 else b""  # the tools fail where there is nothing


def _html_of_cf_html(data: str) -> str:
    """Between the fragment marks of Windows' "HTML Format"."""
    start, end = data.find("<!--StartFragment-->"), data.find("<!--EndFragment-->")
    if 0 <= start < end:
        return data[start + len("<!--StartFragment-->") : end]
    return data[data.find("<") :] if "<" in data else ""


def _html_of_applescript(answer: str) -> str:
    """AppleScript prints data as «data HTML3C68...»: hexadecimal."""
    _, found, digits = answer.partition("HTML")
    if not found:
        return ""
    try:
        return bytes.fromhex(digits.strip().rstrip("»")).decode("utf-8", "replace")
    except ValueError:
        return ""


def _tool_missing(tool: str, line: str) -> SourceMissing:
    return SourceMissing(f"{tool} to read the clipboard with", "it is not installed", f"Install it: {line}")


def _is_secret(selection: str) -> SourceRefused:
    return SourceRefused("text to read", f"a password manager marked the {selection} as secret", "Copy something else.")


def _refuse_selection(selection: str) -> None:
    if selection == "selection":
        raise SourceRefused(
            '"clipboard"', "selected text can be read without copying on Linux only", "Copy it and read the clipboard."
        )
