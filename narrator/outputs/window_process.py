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

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from narrator.outputs.floating_window import FloatingWindow
from narrator.outputs.frame_buffer import FrameBuffer
from narrator.outputs.window_messages import Message, encode, receive


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
        window = self._window
        if message["kind"] == "quit":
            self._app.quit()
        elif message["kind"] == "open" and window is None:
            self._open(message)
        elif window is not None and message["kind"] == "frame":
            if window.show_newest():
                say("shown", sequence=window.shown, at_s=time.perf_counter())
        elif window is not None and message["kind"] == "state":
            window.set_paused(bool(message["paused"]))
        elif window is not None and message["kind"] == "notice":
            window.show_notice(str(message["text"]))

    def _open(self, message: Message) -> None:
        width, height = int(message["width"]), int(message["height"])
        frames = FrameBuffer(Path(message["frames"]), width, height)
        self._window = FloatingWindow(frames, width, height)
        self._window.commanded.connect(lambda command: say("command", command=command))
        self._window.closed.connect(self._close)
        self._window.show()
        say("opened", platform=self._app.platformName(), window=int(self._window.winId()))

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
