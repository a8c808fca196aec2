"""A real X11 clipboard, filled by xclip, in; passages out, at once and as things are copied."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator

import pytest

from narrator.errors import SourceMissing, SourceRefused
from narrator.flow import BlockKind
from readers.clipboard import ClipboardReader, passage_of_copied, refuse_where_impossible, watch
from readers.clipboard_access import Copied
from readers.open_source import open_source
from tests.desktop import Desktop, require

HTML = "<h2>Head</h2><p>One <b>two</b>.</p><ul><li>a b<li>c d</ul>"


@pytest.fixture
def clipboard(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    require("xclip")
    monkeypatch.setenv("DISPLAY", desktop.display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield desktop
    copy(desktop, "")


def copy(desktop: Desktop, text: str, *options: str) -> None:
    """xclip stays behind as the owner, so nothing of ours may wait for its output."""
    command = ["xclip", *(options or ("-selection", "clipboard"))]
    quiet = subprocess.DEVNULL
    subprocess.run(
        command, input=text.encode(), env=desktop.environment, stdout=quiet, stderr=quiet, check=True, timeout=10
    )


def test_copied_html_keeps_its_structure(clipboard: Desktop) -> None:
    copy(clipboard, HTML, "-selection", "clipboard", "-t", "text/html")
    kinds = [block.kind for block in open_source("clipboard").blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIST_ITEM]


def test_copied_text_and_selected_text_are_two_things(clipboard: Desktop) -> None:
    copy(clipboard, "Copied, größer.")
    copy(clipboard, "Selected only.", "-selection", "primary")
    reader = ClipboardReader()
    assert [block.text for block in reader.read("clipboard").blocks] == ["Copied, größer."]
    assert [block.text for block in reader.read("selection").blocks] == ["Selected only."]
    assert reader.can_read("selection")
    assert not reader.can_read("a.txt")


def test_an_empty_clipboard_is_a_missing_source(clipboard: Desktop) -> None:
    copy(clipboard, "")
    with pytest.raises(SourceMissing, match="copy"):
        ClipboardReader().read("clipboard")


def test_more_than_the_cap_is_refused(clipboard: Desktop) -> None:
    copy(clipboard, "word " * 1_200_000)
    with pytest.raises(SourceRefused, match="5 MB"):
        ClipboardReader().read("clipboard")


def test_watching_tells_of_new_texts_once_each(clipboard: Desktop) -> None:
    copy(clipboard, "There before.")
    stop = threading.Event()
    heard: list[str] = []

    def listen() -> None:
        for passage in watch(stop=stop, poll_s=0.05):
            heard.extend(block.text for block in passage.blocks)

    listener = threading.Thread(target=listen)
    listener.start()
    time.sleep(0.5)
    for text in ("First.", "First.", "", "Second."):
        copy(clipboard, text)
        time.sleep(0.4)
    stop.set()
    listener.join(5)
    assert not listener.is_alive()
    assert heard == ["First.", "Second."]


def test_watching_is_refused_on_gnome_under_wayland_with_the_reason() -> None:
    gnome = {"WAYLAND_DISPLAY": "wayland-0", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}
    with pytest.raises(SourceRefused, match="GNOME on Wayland"):
        refuse_where_impossible(gnome, "linux")
    refuse_where_impossible({"WAYLAND_DISPLAY": "wayland-0", "XDG_CURRENT_DESKTOP": "sway"}, "linux")
    refuse_where_impossible({"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "GNOME"}, "linux")


def test_html_without_words_gives_way_to_the_text() -> None:
    assert [block.text for block in passage_of_copied(Copied("Plain words.", "<img>"), "clipboard").blocks] == [
        "Plain words."
    ]
