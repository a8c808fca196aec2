"""The desktop without a monitor is a real one: it has a window manager, a clipboard and a picture."""

from __future__ import annotations

from pathlib import Path

from tests.desktop import Desktop, require


def test_it_has_a_window_manager_that_keeps_windows_above(desktop: Desktop) -> None:
    assert "_NET_WM_STATE_ABOVE" in desktop.run("xprop", "-root", "_NET_SUPPORTED")


def test_what_is_copied_can_be_pasted(desktop: Desktop) -> None:
    require("xclip")
    desktop.start("sh", "-c", "printf 'read me' | xclip -selection clipboard").wait(10)
    assert desktop.run("xclip", "-selection", "clipboard", "-o") == "read me"


def test_its_picture_can_be_taken(desktop: Desktop, tmp_path: Path) -> None:
    path = desktop.screenshot(tmp_path / "screen.png")
    assert path.read_bytes().startswith(b"\x89PNG")
