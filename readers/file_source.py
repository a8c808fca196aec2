"""A path as the user typed it in; its bytes out, or one clear line why not."""

from __future__ import annotations

import stat
from pathlib import Path

from narrator.errors import SourceMissing, SourceRefused, SourceUnreadable

FILE_BYTES_MAX = 20 * 1024 * 1024
"""Pages and texts; a thousand-page novel is 3 MB. PDFs are streamed and have no cap."""


def has_suffix(source: str, suffixes: tuple[str, ...]) -> bool:
    """True when the source is no address and its name ends in one of the suffixes."""
    return "://" not in source and Path(source).suffix.lower() in suffixes


def existing_file(source: str) -> Path:
    """The path of a regular file. Raises SourceMissing or SourceRefused."""
    if not source.strip():
        raise SourceMissing("a file or an address", "its name is empty", "Name one.")
    try:
        path = Path(source).expanduser()
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceMissing(
            "a file or an address", f"there is no {source}", "Check the spelling and the folder."
        ) from error
    except PermissionError as error:
        raise SourceRefused("a file you may read", f"{source} may not be opened", "Change its permissions.") from error
    except (OSError, ValueError, RuntimeError) as error:  # name too long, a NUL in it, no such home
        raise SourceMissing("a file or an address", f"{source[:200]!r} cannot be one", "Check the spelling.") from error
    if stat.S_ISDIR(mode):
        raise SourceRefused("a file", f"{source} is a folder", "Name a file inside it.")
    if not stat.S_ISREG(mode):
        raise SourceRefused("a regular file", f"{source} is a device or pipe", 'Pipe it in and read "-" instead.')
    return path


def first_bytes(source: str, count: int) -> bytes:
    """The beginning of the file. Raises a SourceError when it is missing or unreadable."""
    return _read(existing_file(source), source, count)


def read_bytes(source: str, bytes_max: int = FILE_BYTES_MAX) -> bytes:
    """All bytes of the file. Raises a SourceError when it is missing, too large, empty or unreadable."""
    data = _read(existing_file(source), source, bytes_max + 1)
    if len(data) > bytes_max:
        raise SourceRefused(
            f"at most {bytes_max // (1024 * 1024)} MB of text", f"{source} is larger", "Split it, or read a part of it."
        )
    if not data.strip():
        raise SourceUnreadable("text to read", f"{source} is empty", "Choose another file.")
    return data


def _read(path: Path, source: str, count: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(count)
    except PermissionError as error:
        raise SourceRefused("a file you may read", f"{source} may not be opened", "Change its permissions.") from error
    except OSError as error:
        raise SourceUnreadable("a readable file", f"{source}: {error.strerror}", "Check the disk.") from error
