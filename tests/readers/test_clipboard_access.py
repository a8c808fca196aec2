"""Desktops real and acted in; what was copied, or the reason why not, out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from narrator.errors import SourceMissing, SourceRefused
from readers import clipboard_access
from readers.clipboard_access import Copied, MacDesktop, WaylandDesktop, WindowsDesktop, X11Desktop, desktop_of
from readers.limited_command import CommandResult


def act(monkeypatch: pytest.MonkeyPatch, answers: dict[str, CommandResult]) -> None:
    """Lets the desktop's own programs answer from a list, by a word in their command line."""

    def answer(command: list[str], *_: object) -> CommandResult:
        line = " ".join(command)
        return next((result for word, result in answers.items() if word in line), CommandResult(b"", 1))

    monkeypatch.setattr(clipboard_access, "run_limited", answer)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")


@pytest.mark.parametrize(
    ("platform", "environment", "kind"),
    [
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, WaylandDesktop),
        ("linux", {"DISPLAY": ":0"}, X11Desktop),
        ("darwin", {}, MacDesktop),
        ("win32", {}, WindowsDesktop),
    ],
)
def test_the_desktop_is_known_by_its_environment(platform: str, environment: Mapping[str, str], kind: type) -> None:
    assert isinstance(desktop_of(environment, platform), kind)


def test_no_desktop_at_all_is_refused_with_a_way_out() -> None:
    with pytest.raises(SourceRefused, match='read "-"'):
        desktop_of({}, "linux")


@pytest.mark.parametrize(
    ("desktop", "line"), [(X11Desktop(), "apt install xclip"), (WaylandDesktop(), "apt install wl-clipboard")]
)
def test_a_missing_tool_comes_with_the_line_that_installs_it(
    desktop: X11Desktop | WaylandDesktop, line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceMissing, match=line):
        desktop.read("clipboard")


def test_wayland_asks_for_html_and_text(monkeypatch: pytest.MonkeyPatch) -> None:
    types = b"text/html\ntext/plain;charset=utf-8\nUTF8_STRING\n"
    act(
        monkeypatch,
        {
            "--list-types": CommandResult(types, 0),
            "--type text/html": CommandResult(b"<b>hi</b>", 0),
            "--type": CommandResult(b"hi", 0),
        },
    )
    assert WaylandDesktop().read("clipboard") == Copied("hi", "<b>hi</b>")


def test_what_a_password_manager_marked_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    act(monkeypatch, {"TARGETS": CommandResult(b"UTF8_STRING\nx-kde-passwordManagerHint\n", 0)})
    with pytest.raises(SourceRefused, match="password"):
        X11Desktop().read("clipboard")


def test_a_picture_is_refused_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    act(monkeypatch, {"TARGETS": CommandResult(b"image/png\n", 0)})
    with pytest.raises(SourceRefused, match="picture"):
        X11Desktop().read("clipboard")


def test_mac_answers_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    html = b"\xc2\xabdata HTML" + b"<p>hi</p>".hex().upper().encode() + b"\xc2\xbb\n"
    act(monkeypatch, {"pbpaste": CommandResult(b"hi", 0), "osascript": CommandResult(html, 0)})
    assert MacDesktop().read("clipboard") == Copied("hi", "<p>hi</p>")


def test_windows_answers_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    fragment = (
        b"Version:0.9\r\nStartHTML:00\r\n<html><body><!--StartFragment--><p>hi</p><!--EndFragment--></body></html>"
    )
    act(monkeypatch, {"powershell": CommandResult(b"hi\0" + fragment, 0)})
    assert WindowsDesktop().read("clipboard") == Copied("hi", "<p>hi</p>")
    act(monkeypatch, {"powershell": CommandResult(b"", 9)})
    with pytest.raises(SourceRefused, match="password"):
        WindowsDesktop().read("clipboard")


@pytest.mark.parametrize("desktop", [MacDesktop(), WindowsDesktop()])
def test_selected_text_without_copying_is_a_thing_of_linux(desktop: MacDesktop | WindowsDesktop) -> None:
    with pytest.raises(SourceRefused, match="Linux"):
        desktop.read("selection")
