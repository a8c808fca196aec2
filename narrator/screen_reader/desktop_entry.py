"""This user's folders in, narrator among the programs that the desktop's menu and shortcuts can call out."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from narrator.screen_reader.installing import UserFolders, take_away, write

NAME = "org.narrator.Narrator"
"""Follows narrator/desktop_service."""
PROGRAM = "narrator.desktop_service"
ACTIONS = {
    "read-selection": "Read what is selected",
    "read-clipboard": "Read what was copied",
    "pause": "Pause, or go on",
}


def install(folders: UserFolders) -> list[Path]:
    """Writes both files; where they are. Raises OutputError."""
    files = _files(folders)
    for place, text in files.items():
        write(place, text)
    return list(files)


def remove(folders: UserFolders) -> bool:
    """Takes them away, with the folders that were made for them; False where there were none. Raises OutputError."""
    return any([take_away(place, folders.data) for place in _files(folders)])


def _files(folders: UserFolders) -> dict[Path, str]:
    return {
        folders.data / "applications" / f"{NAME}.desktop": _entry(),
        folders.data / "dbus-1" / "services" / f"{NAME}.service": f"[D-BUS Service]\nName={NAME}\nExec={_command()}\n",
    }


def _command(action: str = "") -> str:
    return f"{shlex.quote(sys.executable)} -m {PROGRAM} {action}".strip()


def _entry() -> str:
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Narrator",
        "Comment=Reads aloud, with a face whose lips can be read",
        "Categories=Utility;Accessibility;",
        f"Exec={_command('read-selection')}",
        "DBusActivatable=true",
        f"Actions={';'.join(ACTIONS)};",
    ]
    for action, words in ACTIONS.items():
        lines += ["", f"[Desktop Action {action}]", f"Name={words}", f"Exec={_command(action)}"]
    return "\n".join(lines) + "\n"
