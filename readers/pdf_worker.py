"""A PDF's path and password on stdin; its blocks as JSON lines on stdout: the child process.

Parsing happens here, under a memory limit, so that no file can hang, swell or crash the program that asked.
Messages: {"opened": {...}}, {"block": {...}}, {"page": n}, {"log": "..."}, {"fault": {...}}, {"end": true}.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
from typing import Any, TextIO

from narrator.errors import SourceError
from readers import pdf_faults

MEMORY_LIMIT_BYTES = 384 << 20
"""Address space: Python and both parsers take about 150 MiB of it; the program as a whole may take 600 resident."""
OPEN_LIMIT_S = 6.0
"""Opening takes 0.2 s, and 2 s where a large file's broken index is rebuilt."""
RECURSION_LIMIT = 2000
"""Nesting beyond this is an attack; Python's default of 1000 is met by real page trees in pdfminer's generators."""


class MessageLog(logging.Handler):
    """Sends the readers' own log lines to the parent."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(logging.INFO)
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        """One log line as a message."""
        send(self._out, {"log": record.getMessage()[:500], "level": record.levelno})


def send(out: TextIO, message: dict[str, Any]) -> None:
    """Writes one message; waits while the parent does not read."""
    out.write(json.dumps(message) + "\n")
    out.flush()


def main() -> int:
    """Reads the request, sends the document."""
    out = sys.stdout
    sys.stdout = sys.stderr  # nothing a parser prints may look like a message
    request = json.loads(sys.stdin.readline())
    limit_memory()
    sys.setrecursionlimit(RECURSION_LIMIT)
    for name in ("pdfminer", "pypdf"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    readers_log = logging.getLogger("readers")
    readers_log.setLevel(logging.INFO)
    readers_log.addHandler(MessageLog(out))
    try:
        stream_document(out, request["path"], request["password"], request.get("first_page", 0))
    except SourceError as fault:
        send(out, {"fault": {"kind": type(fault).__name__, "args": list(fault.args)}})
    except BrokenPipeError:
        return 1
    return 0


def stream_document(out: TextIO, path: str, password: str | None, first_page: int) -> None:
    """Sends the document's head and its blocks; any fault of the parsers becomes a SourceError."""
    from readers.pdf_document import PdfDocument
    from readers.pdf_stream import read_blocks
    from readers.pdf_time_limit import time_limit

    page = first_page
    opened = False
    try:
        with time_limit(OPEN_LIMIT_S):
            document = PdfDocument(path, password)
        opened = True
        head = {"title": document.title, "language": document.language, "outline": document.outline}
        send(out, {"opened": head})
        for block in read_blocks(document, lambda number: send(out, {"page": number}), first_page):
            page = max(page, block.page)
            send(out, {"block": dataclasses.asdict(block)})
        send(out, {"end": True})
    except pdf_faults.PageTooSlow:
        raise pdf_faults.too_slow(path, 0, OPEN_LIMIT_S) from None
    except BrokenPipeError:
        raise
    except pdf_faults.parser_faults() as fault:
        reason = str(fault)[:120] or type(fault).__name__
        raise (pdf_faults.broke_off(path, page) if opened and page else pdf_faults.damaged(path, reason)) from fault


def limit_memory() -> None:
    """Sets the address-space limit where the system has one."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the parent's time limit still holds
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT_BYTES, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):  # macOS refuses RLIMIT_AS
        return


if __name__ == "__main__":
    sys.exit(main())
