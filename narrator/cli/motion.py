"""`narrator motion`: a source in, one JSON object per video frame out, read from what is drawn."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from narrator import assemble
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import as_json
from narrator.cli.requests import request
from narrator.errors import OutputError
from narrator.places import named_path

DIGITS = 6
"""Decimals: a nanometre, a microsecond."""
STANDARD_OUTPUT = "-"
NEXT_STEP = "Choose another -o FILE.jsonl."


def run(options: argparse.Namespace) -> int:
    """Writes the file under a temporary name and moves it when it is whole."""
    asked = request(options)
    rows = assemble.motion(asked, chosen_settings(options))
    _refuse_the_source(options.output, asked.sources)
    with _opened(options.output) as file:
        for row in rows:
            rounded = {key: round(value, DIGITS) if isinstance(value, float) else value for key, value in row.items()}
            file.write(as_json(rounded) + "\n")
    return 0


@contextmanager
def _opened(target: str) -> Iterator[TextIO]:
    if target == STANDARD_OUTPUT:
        yield sys.stdout
        return
    path = named_path(target)
    if not path.name or os.path.isdir(path):
        raise OutputError("the name of a file", f'"{target}" is a folder', NEXT_STEP)
    is_replaced = not os.path.exists(path) or path.is_file()  # a pipe or a device cannot be replaced
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part") if is_replaced else path
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            yield file
        if is_replaced:
            os.replace(unfinished, path)
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise OutputError(f"to write {path}", fault.strerror or str(fault), NEXT_STEP) from fault
    finally:
        if is_replaced:
            with contextlib.suppress(OSError):  # a folder that lets nothing be made has nothing to be removed
                unfinished.unlink()


def _refuse_the_source(target: str, sources: tuple[str, ...]) -> None:
    """A slip of the hand must not cost a person the page they wanted to read."""
    if target != STANDARD_OUTPUT and any(_is_same(target, source) for source in sources):
        raise OutputError("another file than the one that is read", f"-o names {target} itself", NEXT_STEP)


def _is_same(target: str, source: str) -> bool:
    try:
        return Path(source).is_file() and named_path(source).samefile(named_path(target))
    except (OSError, ValueError):  # an address, words, or a target yet to be made
        return False
