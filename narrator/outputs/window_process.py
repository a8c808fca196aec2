"""Messages and shared pictures in, a floating window on the screen out: the window's own process.

Run as python -m narrator.outputs.window_process; it ends with its standard input.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication

from narrator.outputs.floating_window import FloatingWindow
from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.window_messages import Message, encode, receive
from narrator.outputs.window_places import WindowPlaces
from narrator.outputs.window_platform import blends_windows


class Inbox(QObject):
    """Hands messages from the reading thread to Qt's."""

    arrived = Signal(object)

    def read_all(self) -> None:
        """Until narrator goes away; the window goes with it.

        Reads a copy of standard input: Python closes the original when it ends, and must not find it in use.
        """
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stream:
            while (message := receive(stream)) is not None:
                self.arrived.emit(message)
        self.arrived.emit({"kind": "quit"})


class WindowProcess:
    """Does what the messages say."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._window: FloatingWindow | None = None
        self._inbox = Inbox()
        self._inbox.arrived.connect(self._handle, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._inbox.read_all, daemon=True).start()

    def _handle(self, message: Message) -> None:
        window, kind = self._window, message["kind"]
        if kind == "quit":
            self._app.quit()
        elif kind == "open" and window is None:
            self._open(message)
        elif window is None:
            return
        elif kind == "frames":
            window.view.take_from(FrameBuffer(Path(message["path"]), int(message["width"]), int(message["height"])))
            say("mapped")
        elif kind == "frame":
            if window.view.show_newest():
                say("shown", sequence=window.view.shown, at_s=time.perf_counter())
        elif kind == "said":
            window.view.set_said(str(message["text"]))
        elif kind == "state":
            window.set_paused(bool(message["paused"]))
        elif kind == "notice":
            window.show_notice(str(message["text"]))

    def _open(self, message: Message) -> None:
        size = QSize(int(message["width"]), int(message["height"]))
        places = WindowPlaces(Path(message["places"]) if message["places"] else None)
        window = FloatingWindow(
            size,
            places,
            size_is_chosen=bool(message["size_is_chosen"]),
            framing=str(message["framing"]),
            caption_scale=float(message["caption_scale"]),
        )
        self._window = window
        window.commanded.connect(lambda command: say("command", command=command))
        window.view_changed.connect(lambda: say("view", **self._view(window)))
        window.closed.connect(self._close)
        window.show()
        if message["click_through"]:
            window.set_click_through(True)
        platform = self._app.platformName()
        say(
            "opened",
            platform=platform,
            window=int(window.winId()),
            blends=blends_windows(platform),
            high_contrast=self._wants_contrast(),
            **self._view(window),
        )

    def _view(self, window: FloatingWindow) -> dict[str, object]:
        size = window.drawn_size
        return {
            "width": size.width(),
            "height": size.height(),
            "framing": window.framing,
            "caption_scale": window.caption_scale,
        }

    def _wants_contrast(self) -> bool:
        """Whether the desktop is set to high contrast; Qt tells from 6.10 on."""
        hints = getattr(self._app.styleHints(), "accessibility", None)
        return hints is not None and "High" in str(hints().contrastPreference())

    def _close(self) -> None:
        say("closed")
        self._app.quit()


def say(kind: str, **fields: object) -> None:
    """One message to narrator."""
    try:
        sys.stdout.buffer.write(encode(kind, **fields))
        sys.stdout.buffer.flush()
    except OSError:
        QApplication.quit()  # narrator has gone


def main() -> int:
    """Shows the window until it is closed or told to quit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is narrator's to answer; this process ends with it
    app = QApplication(["narrator"])
    app.setApplicationDisplayName("narrator")
    app.setQuitOnLastWindowClosed(False)
    process = WindowProcess(app)
    say("loaded")
    code = app.exec()
    del process
    return code


if __name__ == "__main__":
    raise SystemExit(main())
