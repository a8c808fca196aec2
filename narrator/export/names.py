"""Sources and what lies in the folder in, a film's name for each source out: plain, short and nobody else's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

LONGEST_BYTES = 120
"""Of 255 that a file's name may have: a machine's name and an ending come to it while the file is written."""
NOT_FREE = {"index", "report", "player", *(f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10))}
NOT_FREE |= {"con", "prn", "aux", "nul"}
"""Ours, and those that Windows keeps for devices."""


def names(sources: Iterable[str], given: Mapping[str, str], is_free: Callable[[str], bool]) -> dict[str, str]:
    """Source -> name: the one it was given before, or one that tells what it is and that is_free allows."""
    found = dict(given)
    taken = NOT_FREE | {name.casefold() for name in given.values()}
    for source in sources:
        if source not in found:
            found[source] = _free(_plain(source), lambda name: name.casefold() not in taken and is_free(name))
            taken.add(found[source].casefold())
    return found


def _plain(source: str) -> str:
    """A file's name without its ending, or the last words of an address; no letter that a web address escapes."""
    last = urlsplit(source).path if "://" in source else source
    stem = Path(unquote(last).rstrip("/") or urlsplit(source).netloc).stem
    plain = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", stem)).strip("-_")
    short = plain.encode("utf-8", "ignore")[:LONGEST_BYTES].decode("utf-8", "ignore")
    return short.rstrip("-_") or "document"


def _free(name: str, is_free: Callable[[str], bool]) -> str:
    number, wanted = 2, name
    while not is_free(wanted):
        wanted, number = f"{name}-{number}", number + 1
    return wanted
