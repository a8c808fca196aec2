"""`narrator motion`: a source in, one JSON object per video frame out, read from what is drawn."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from narrator import assemble
from narrator.cli.arguments import chosen_settings
from narrator.cli.requests import request
from narrator.errors import OutputError

DIGITS = 6
"""Decimals: a nanometre, a microsecond."""
STANDARD_OUTPUT = "-"


def run(options: argparse.Namespace) -> int:
    """Writes the file under a temporary name and moves it when it is whole."""
    asked = request(options)
    rows = assemble.motion(asked, chosen_settings(options))
    with _opened(options.output) as file:
        for row in rows:
            rounded = {key: round(value, DIGITS) if isinstance(value, float) else value for key, value in row.items()}
            file.write(json.dumps(rounded, ensure_ascii=False) + "\n")
    return 0


@contextmanager
def _opened(target: str) -> Iterator[TextIO]:
    if target == STANDARD_OUTPUT:
        yield sys.stdout
        return
    path = Path(target)
    if path.exists() and not path.is_file():  # a pipe or a device cannot be replaced
        with path.open("w", encoding="utf-8") as file:
            yield file
        return
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            yield file
        os.replace(unfinished, path)
    except OSError as fault:
        raise OutputError(f"to write {path}", fault.strerror or str(fault), "Choose another -o FILE.jsonl.") from fault
    finally:
        unfinished.unlink(missing_ok=True)
