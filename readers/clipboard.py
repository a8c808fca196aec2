"""The clipboard or the selected text in, a Passage out; once, or each time something new is copied."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping

from narrator.errors import SourceError, SourceMissing, SourceRefused
from narrator.flow import Passage
from readers.clipboard_access import Copied, Desktop, WaylandDesktop, desktop_of
from readers.html_passage import passage_of_fragment
from readers.plain_text import passage_of_text

SOURCES = ("clipboard", "selection")
POLL_S = 0.5
"""Between two looks where the desktop tells nobody of changes; people copy no faster."""


class ClipboardReader:
    """Reads "clipboard", and "selection" (what is selected right now, X11 and Wayland)."""

    def __init__(self, desktop: Desktop | None = None) -> None:
        self._desktop = desktop

    def can_read(self, source: str) -> bool:
        """True for the two names."""
        return source in SOURCES

    def read(self, source: str) -> Passage:
        """What is there now. Raises a SourceError when it is empty, secret, a picture or too large."""
        desktop = self._desktop if self._desktop is not None else desktop_of()
        return passage_of_copied(desktop.read(source), source)


def passage_of_copied(copied: Copied, source: str) -> Passage:
    """The copied HTML's blocks, or the paragraphs of the text where there is no HTML worth having."""
    if not copied.text.strip() and not copied.html.strip():
        raise SourceMissing(f"text on the {source}", "it is empty", "Select some text and copy it first.")
    if copied.html and len(copied.text.split()) != 1:
        try:
            return passage_of_fragment(copied.html, source)
        except SourceError:
            if not copied.text.strip():
                raise
    return passage_of_text(copied.text, source)


def watch(
    source: str = "clipboard",
    *,
    stop: threading.Event | None = None,
    poll_s: float = POLL_S,
    desktop: Desktop | None = None,
) -> Iterator[Passage]:
    """A passage each time something new is copied, until stop is set or the iterator is closed.

    What is there at the start is not read, nor the same text twice in a row, nor secrets, pictures and empty
    clipboards. Raises SourceRefused at once where the desktop does not allow it, with the reason.
    """
    refuse_where_impossible(os.environ, sys.platform)
    chosen = desktop if desktop is not None else desktop_of()
    chosen.require_tools()
    return _passages(chosen, source, stop if stop is not None else threading.Event(), poll_s)


def refuse_where_impossible(environment: Mapping[str, str], platform: str) -> None:
    """Raises SourceRefused on GNOME under Wayland, where every look at the clipboard would steal the focus."""
    on_wayland = bool(environment.get("WAYLAND_DISPLAY")) and platform not in ("darwin", "win32")
    if on_wayland and "GNOME" in environment.get("XDG_CURRENT_DESKTOP", "").upper():
        raise SourceRefused(
            "a desktop that tells of new clipboard contents",
            "GNOME on Wayland does not, and looking again and again would take the keyboard from your window",
            "Read the clipboard when you want it: narrator read clipboard.",
        )


def _passages(desktop: Desktop, source: str, stop: threading.Event, poll_s: float) -> Iterator[Passage]:
    last = _copied(desktop, source)
    changes = _wayland_changes(source, stop) if isinstance(desktop, WaylandDesktop) else _ticks(stop, poll_s)
    for _ in changes:
        copied = _copied(desktop, source)
        if copied is None or copied == last:
            continue
        last = copied
        try:
            passage = passage_of_copied(copied, source)
        except SourceError:
            continue  # empty now, or nothing in it that could be said
        yield passage


def _copied(desktop: Desktop, source: str) -> Copied | None:
    try:
        return desktop.read(source)
    except SourceError:
        return None  # empty, secret, a picture, too large, or its owner does not answer: not for us


def _ticks(stop: threading.Event, poll_s: float) -> Iterator[None]:
    while not stop.wait(poll_s):
        yield None


def _wayland_changes(source: str, stop: threading.Event) -> Iterator[None]:
    """One item for each change, told by the compositor through wl-paste --watch."""
    primary = ["--primary"] if source == "selection" else []
    process = subprocess.Popen(
        ["wl-paste", *primary, "--watch", "echo", "changed"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    changed = threading.Event()
    ended = threading.Event()

    def listen() -> None:
        assert process.stdout is not None  # PIPE was asked for
        for _ in process.stdout:
            changed.set()
        ended.set()
        changed.set()

    threading.Thread(target=listen, name="narrator-clipboard", daemon=True).start()
    try:
        while not stop.is_set():
            if changed.wait(0.1):
                changed.clear()
                if ended.is_set():
                    raise SourceRefused(
                        "a desktop that tells of new clipboard contents",
                        "this compositor has no data-control protocol",
                        "Read the clipboard when you want it: narrator read clipboard.",
                    )
                yield None
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
