"""This user's folders in, narrator as a voice of Speech Dispatcher put there, taken away, or looked at, out.

Nothing of the system's or of the user's configuration is touched: Speech Dispatcher loads by itself whatever is
called sd_* in the user's folder of modules, as long as its configuration lists no modules of its own.
"""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from narrator.errors import OutputError

NAME = "narrator"
PROGRAM = "narrator.screen_reader.module"
SERVER = "speech-dispatcher"
ANSWER_LIMIT_S = 2.0
TRACE = ".made-by-narrator"
"""Left in a folder that was not there before, so that removing takes that away too."""
RESTART = "Log out and in, or run: pkill -x speech-dispatch"
"""Linux keeps 15 letters of a program's name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    works: bool
    detail: str
    mend: str = ""
    """What to do about it; empty where nothing is wrong."""


@dataclass(frozen=True, slots=True)
class UserFolders:
    """Where this user's things lie, by the variables that desktops set."""

    data: Path
    config: Path
    runtime: Path | None

    @property
    def module(self) -> Path:
        """Speech Dispatcher 0.11 looks beside the data folder, by way of it: so that folder has to be there."""
        return self.data / ".." / "libexec" / "speech-dispatcher-modules" / f"sd_{NAME}"

    @property
    def server_settings(self) -> Path:
        """The user's own, else the system's."""
        own = self.config / SERVER / "speechd.conf"
        return own if own.exists() else Path("/etc") / SERVER / "speechd.conf"

    @property
    def server_address(self) -> Path | None:
        """Where a running server of this user listens."""
        return self.runtime / SERVER / "speechd.sock" if self.runtime else None


def user_folders(environment: Mapping[str, str]) -> UserFolders:
    """As the freedesktop base directory specification has them."""
    home = Path(environment.get("HOME") or Path.home())
    runtime = environment.get("XDG_RUNTIME_DIR")
    return UserFolders(
        Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share"),
        Path(environment.get("XDG_CONFIG_HOME") or home / ".config"),
        Path(runtime) if runtime else None,
    )


def install(folders: UserFolders) -> Path:
    """Writes the module; where it is. Raises OutputError."""
    try:
        folders.data.mkdir(parents=True, exist_ok=True)
        place = folders.module.resolve()
    except OSError as fault:
        raise _not_written(folders.data, fault) from fault
    write(place, _script(), mode=0o755)
    return place


def remove(folders: UserFolders) -> bool:
    """Takes away the module and the folders that were made for it; False where there was none. Raises OutputError."""
    return folders.module.exists() and take_away(folders.module.resolve(), folders.data.parent)


def write(place: Path, text: str, *, mode: int = 0o644) -> None:
    """A file of ours, whole or not at all; folders made for it can be told from others. Raises OutputError."""
    try:
        missing = [folder for folder in place.parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir()
            (folder / TRACE).touch()
        unfinished = place.with_suffix(".part")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.chmod(mode)
        unfinished.replace(place)
    except OSError as fault:
        raise _not_written(place, fault) from fault


def take_away(place: Path, up_to: Path) -> bool:
    """The file, and the folders below up_to that were made for it and hold nothing else. Raises OutputError."""
    if not place.exists():
        return False
    try:
        place.unlink()
        for folder in place.parents:
            trace = folder / TRACE
            if folder == up_to or not trace.exists() or list(folder.iterdir()) != [trace]:
                break
            trace.unlink()
            folder.rmdir()
    except OSError as fault:
        raise OutputError(f"to remove {place}", str(fault), "Check the folder's permissions.") from fault
    return True


def _not_written(place: Path, fault: OSError) -> OutputError:
    return OutputError(f"to write {place}", str(fault), "Check the folder's permissions and the disk.")


def status(folders: UserFolders) -> list[Finding]:
    """What is in place, and what keeps it from being heard."""
    found = [_server_finding(), _module_finding(folders), _listed_modules_finding(folders)]
    if all(one.works for one in found):
        found.append(_running_finding(folders))
    return found


def _script() -> str:
    python = shlex.quote(sys.executable)
    return (
        "#!/bin/sh\n"
        "# A voice of Speech Dispatcher. Written by: narrator screen-reader install\n"
        "# Taken away by: narrator screen-reader remove\n"
        f'exec {python} -m {PROGRAM} "$@"\n'
    )


def _server_finding() -> Finding:
    program = shutil.which(SERVER)
    mend = "" if program else f"sudo apt-get install -y {SERVER}"
    return Finding(bool(program), program or "Speech Dispatcher is not installed", mend)


def _module_finding(folders: UserFolders) -> Finding:
    module, mend = folders.module, "narrator screen-reader install"
    if not folders.data.exists():
        return Finding(False, f"Speech Dispatcher finds no module without the folder {folders.data}", mend)
    if not module.exists():
        return Finding(False, "not installed for this user", mend)
    place = module.resolve()
    script = place.read_text(encoding="utf-8", errors="replace")
    interpreter = shlex.split(script.splitlines()[-1] if script else "")[1:2]
    if not os.access(place, os.X_OK) or not interpreter or not Path(interpreter[0]).exists():
        return Finding(False, f"{place} starts no narrator that is there", mend)
    return Finding(True, str(place))


def _listed_modules_finding(folders: UserFolders) -> Finding:
    file = folders.server_settings
    try:
        lines = [line.split() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return Finding(True, "Speech Dispatcher loads every module it finds")
    listed = [words[1].strip('"') for words in lines if len(words) > 1 and words[0].lower() == "addmodule"]
    if not listed or NAME in listed:
        return Finding(True, f"{file} lets it be loaded")
    line = f'AddModule "{NAME}" "sd_{NAME}" ""'
    return Finding(False, f"{file} lists modules (AddModule), and loads no others", f"Add this line to it: {line}")


def _running_finding(folders: UserFolders) -> Finding:
    loaded = loaded_modules(folders)
    if loaded is None:
        return Finding(True, "Speech Dispatcher is not running; it will load narrator when it starts")
    if NAME in loaded:
        return Finding(True, "Speech Dispatcher has it loaded")
    return Finding(False, "Speech Dispatcher was started before narrator was there", RESTART)


def loaded_modules(folders: UserFolders) -> list[str] | None:
    """What the running server has loaded; None where none runs."""
    address = folders.server_address
    if address is None or not address.exists():
        return None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(ANSWER_LIMIT_S)
            line.connect(str(address))
            line.sendall(b"LIST OUTPUT_MODULES\r\nQUIT\r\n")
            told = b""
            while part := line.recv(1 << 12):
                told += part
    except OSError:
        return None
    return [word[4:] for word in told.decode("utf-8", "replace").split() if word.startswith("250-")]
