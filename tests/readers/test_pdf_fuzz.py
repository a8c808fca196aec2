"""Real PDFs with random damage end in blocks or a SourceError.

NARRATOR_FUZZ_RUNS asks for a longer run.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from narrator.errors import SourceError
from readers.pdf import FIRST_BLOCK_LIMIT_S, PdfReader
from tests.conftest import SHARED_DATA
from tests.readers.pdf_mutations import mutated

HERE = Path(__file__).parent
RUNS = int(os.environ.get("NARRATOR_FUZZ_RUNS", "48"))


def originals() -> list[bytes]:
    real = sorted((SHARED_DATA / "pdf").glob("*.pdf")) if SHARED_DATA.is_dir() else []
    return [path.read_bytes() for path in [*sorted((HERE / "pdfs").glob("*.pdf")), *real]]


def fault_of(seed: int, folder: Path, files: list[bytes]) -> str:
    """What was wrong with how this seed ended; empty where nothing was."""
    path = folder / f"{seed}.pdf"
    path.write_bytes(mutated(files[seed % len(files)], files[(7 * seed + 1) % len(files)], seed))
    start_s = time.monotonic()
    try:
        for block in PdfReader("openpassword").read(str(path)).blocks:
            if not block.text.strip():
                return f"seed {seed}: an empty block"
    except SourceError as told:
        if "ends the process" in str(told) or not told.next_step:
            return f"seed {seed}: {told}"
    finally:
        path.unlink()
    took_s = time.monotonic() - start_s
    return f"seed {seed}: {took_s:.0f} s" if took_s > FIRST_BLOCK_LIMIT_S else ""


@pytest.mark.slow
def test_damaged_files_end_in_blocks_or_one_clear_line(tmp_path: Path) -> None:
    files = originals()
    with ThreadPoolExecutor(2) as pool:
        faults = [fault for fault in pool.map(lambda seed: fault_of(seed, tmp_path, files), range(RUNS)) if fault]
    assert not faults, "\n".join(faults)
