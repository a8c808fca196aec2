"""Nothing in, a socket to listen on that only one person can reach out; and for others all there are.

On POSIX a socket file in a folder that only its owner may enter, and whoever connects is asked who they are. Elsewhere
a port of this machine alone, and a secret in a file that only its owner may read.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import stat
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
SOCKET_SUFFIX, PORT_SUFFIX = ".socket", ".port"
LONGEST_PATH = 100
"""Bytes; a socket's address holds 108 on Linux and 104 on macOS."""
BACKLOG = 64
CONNECT_LIMIT_S = 2.0
SECRET_BYTES = 32
HAS_SOCKET_FILES = hasattr(socket, "AF_UNIX")


@dataclass(frozen=True, slots=True)
class Door:
    """Where one narration listens."""

    file: Path
    """The socket, or the file that tells its port and secret."""

    @property
    def id(self) -> str:
        """The narration's process, as a number."""
        return self.file.stem

    def connect(self) -> tuple[socket.socket, str]:
        """A connection, and the secret that has to be said first; empty where none is asked for. Raises OSError."""
        if self.file.suffix == SOCKET_SUFFIX:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            address: str | tuple[str, int] = str(self.file)
            secret = ""
        else:
            told = json.loads(self.file.read_text())
            connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            address, secret = ("127.0.0.1", int(told["port"])), str(told["secret"])
        connection.settimeout(CONNECT_LIMIT_S)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection, secret


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door from inside."""

    door: Door
    listener: socket.socket
    secret: str
    """What a client has to say first; empty where the system itself tells who it is."""

    def stand_back(self) -> None:
        """As if it were older than all others: who names no narration means it only where there is no other."""
        with contextlib.suppress(OSError):
            os.utime(self.door.file, (0, 0))

    def close(self) -> None:
        """Nobody comes in any more."""
        self.listener.close()
        with contextlib.suppress(OSError):
            self.door.file.unlink()


def open_door(*, with_socket_file: bool = HAS_SOCKET_FILES) -> OpenDoor:
    """A door of this process's own. Raises OSError."""
    folder = _folder()
    _make_private(folder)
    if with_socket_file:
        door = Door(folder / f"{os.getpid()}{SOCKET_SUFFIX}")
        door.file.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(door.file))
        door.file.chmod(FILE_MODE)
        secret = ""
    else:
        door = Door(folder / f"{os.getpid()}{PORT_SUFFIX}")
        secret = secrets.token_hex(SECRET_BYTES)
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.bind(("127.0.0.1", 0))
        told = json.dumps({"port": listener.getsockname()[1], "secret": secret})
        door.file.unlink(missing_ok=True)
        with open(os.open(door.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "w") as file:
            file.write(told)
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return OpenDoor(door, listener, secret)


def doors() -> list[Door]:
    """Every door there is, the newest first; one whose narration has died may be among them."""
    folder = _folder()
    try:
        if os.name == "posix" and not _is_private(folder):
            return []
        files = [file for file in folder.iterdir() if file.suffix in (SOCKET_SUFFIX, PORT_SUFFIX)]
    except OSError:
        return []
    return [Door(file) for file in sorted(files, key=_made_s, reverse=True)]


def is_of_this_person(connection: socket.socket) -> bool:
    """Whether the system says that the other end belongs to us; True where it has no way of saying."""
    if connection.family == socket.AF_INET:
        return True  # they had to read the secret
    if sys.platform == "linux":
        told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return bool(struct.unpack("3i", told)[1] == os.getuid())
    if sys.platform == "darwin":
        told = connection.getsockopt(0, 1, struct.calcsize("2I"))  # LOCAL_PEERCRED: version, user, groups
        return bool(struct.unpack("2I", told)[1] == os.getuid())
    return True


def _folder() -> Path:
    """The person's own folder for the life of their session; else one of theirs among the temporary ones."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(given) / "narrator"
    name = f"{os.getpid()}{SOCKET_SUFFIX}"
    if given and Path(given).is_dir() and len(os.fsencode(folder / name)) <= LONGEST_PATH:
        return folder
    person = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "person")
    return Path(tempfile.gettempdir()) / f"narrator-{person}"


def _make_private(folder: Path) -> None:
    """A folder that is ours alone. Raises PermissionError where someone else was there first."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if os.name == "posix" and not _is_private(folder):
        raise PermissionError(f"{folder} is not ours alone")


def _is_private(folder: Path) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _made_s(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
