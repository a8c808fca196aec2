"""The child's messages: head, blocks, end; or a fault that can be raised again."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from narrator.errors import SourceError
from readers.pdf_worker import MEMORY_LIMIT_BYTES, stream_document
from tests.readers.raw_pdf import one_page, raw_pdf

SAMPLE = Path(__file__).parent / "pdfs" / "footnotes.pdf"


def messages(path: Path) -> list[dict[str, object]]:
    out = io.StringIO()
    stream_document(out, str(path), None, 0)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_head_blocks_and_end_come_in_order() -> None:
    names = [next(iter(message)) for message in messages(SAMPLE)]
    assert names[0] == "opened"
    assert names.count("block") == 5
    assert names[-1] == "end"


def test_a_page_s_fault_is_a_source_error(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(raw_pdf({**one_page(), 2: b"<</Type/Pages/Kids[]/Count 0>>", 3: b"null"}))
    with pytest.raises(SourceError, match="no pages"):
        messages(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux is address space limited")
def test_memory_is_limited() -> None:
    code = f"from readers.pdf_worker import limit_memory; limit_memory(); bytearray({2 * MEMORY_LIMIT_BYTES})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "MemoryError" in done.stderr
