"""Messages for the window in, a process of its own that shows it and answers out."""

from __future__ import annotations

import os
from collections.abc import Callable

from narrator.errors import OutputError
from narrator.outputs.child_link import ChildLink
from narrator.outputs.window_messages import Message
from narrator.outputs.window_platform import QT_PACKAGES, window_platform

MODULE = "narrator.outputs.window_process"
_QT_LIBRARIES = f"On Debian and Ubuntu run: sudo apt-get install -y {QT_PACKAGES}, or write a film with --to FILE.mp4"


class WindowLink(ChildLink):
    """The window's process, on the platform that suits this desktop."""

    def __init__(self, on_message: Callable[[Message], None]) -> None:
        platform = window_platform(os.environ)
        self.notice = platform.notice
        chosen = {"QT_QPA_PLATFORM": platform.qt_platform} if platform.qt_platform else {}
        super().__init__(MODULE, on_message, {**os.environ, **chosen})

    def _explained(self, code: int | None) -> OutputError:
        said = " ".join(self._said)
        if "ImportError" in said or "platform plugin" in said:
            return OutputError("Qt to open a window", self.last_words, _QT_LIBRARIES)
        return OutputError(
            "the window to stay open",
            f"its process ended with code {code}",
            "Run the command again, or write a film with --to FILE.mp4",
        )
