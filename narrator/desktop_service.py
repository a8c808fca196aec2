"""What a desktop's shortcut asks for in, by D-Bus or as a word, the running narration told, or one begun, out.

`python -m narrator.desktop_service` is what D-Bus starts when someone calls org.narrator.Narrator; it ends when nobody
has called for a while. With the name of an action it does that and ends.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from narrator.errors import NarratorError, NotRunning
from narrator.live_session import running_narration

NAME = "org.narrator.Narrator"
PATH = "/org/narrator/Narrator"
INTERFACE = "org.freedesktop.Application"
"""The Desktop Entry specification, "D-Bus Activation"."""
IDLE_MS = 10_000
_log = logging.getLogger(__name__)


def do(action: str) -> None:
    """One of ACTIONS; what goes wrong, and what is none of them, is logged."""
    try:
        if action in ACTIONS:
            ACTIONS[action]()
        else:
            _log.warning("expected one of %s; %r came", ", ".join(ACTIONS), action)
    except NarratorError as fault:
        _log.warning("%s", fault)


def read(source: str) -> None:
    """In the narration that runs, before the document it reads; else in one of its own."""
    try:
        with running_narration() as narration:
            narration.ask("add", source=source, first=True)
    except NotRunning:
        subprocess.Popen(
            [sys.executable, "-m", "narrator", "read", source],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # it goes on when this process has ended
        )


def toggle() -> None:
    """Holds the narration that runs, or lets it go on."""
    with running_narration() as narration:
        narration.ask("toggle")


ACTIONS: dict[str, Callable[[], None]] = {
    "read-selection": lambda: read("selection"),
    "read-clipboard": lambda: read("clipboard"),
    "pause": toggle,
}


def serve() -> int:
    """Answers on the session's bus until nobody has called for IDLE_MS."""
    from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
    from PySide6.QtDBus import QDBusConnection

    application = QCoreApplication(sys.argv)
    idle = QTimer(singleShot=True, interval=IDLE_MS)
    idle.timeout.connect(application.quit)

    described: Any = ClassInfo  # its stub knows nothing of what it takes

    @described({"D-Bus Interface": INTERFACE})
    class Service(QObject):
        """The methods' names and types are the specification's."""

        @Slot("QVariantMap")
        def Activate(self, _data: object) -> None:  # noqa: N802
            """The program itself was called."""
            self._do("read-selection")

        @Slot(str, "QVariantList", "QVariantMap")
        def ActivateAction(self, name: str, _parameter: object, _data: object) -> None:  # noqa: N802
            """One of its actions was."""
            self._do(name)

        def _do(self, action: str) -> None:
            idle.start()
            do(action)

    bus, service = QDBusConnection.sessionBus(), Service()
    bus.registerObject(PATH, service, QDBusConnection.RegisterOption.ExportAllSlots)
    if not bus.registerService(NAME):
        _log.warning("%s is taken, or there is no bus: %s", NAME, bus.lastError().message())
        return 1
    idle.start()
    application.exec()
    bus.unregisterService(NAME)
    return 0


def main() -> int:
    """With no word, the service; else the actions named."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="narrator: %(message)s")
    for action in sys.argv[1:]:
        do(action)
    return 0 if sys.argv[1:] else serve()


if __name__ == "__main__":
    sys.exit(main())
