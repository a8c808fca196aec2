"""Files made to hang, swell or crash end in text or in one clear line, in time and within memory."""

from __future__ import annotations

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from narrator.errors import SourceError
from readers.pdf import FIRST_BLOCK_LIMIT_S, PdfReader
from tests.readers import hostile_files, hostile_pdfs
from tests.readers.hostile_register import HOSTILE, READABLE

MEMORY_LIMIT_KIB = 450 << 10
"""The child's address space is limited to 384 MiB; the rest is slack for how the kernel counts a fork."""


REGISTERED = (hostile_files, hostile_pdfs)
"""Importing these fills the register."""


@dataclass(frozen=True)
class Outcome:
    """How reading a file ended."""

    text: str
    error: SourceError | None
    took_s: float


def outcome_of(path: Path) -> Outcome:
    start_s = time.monotonic()
    texts: list[str] = []
    error = None
    try:
        texts.extend(block.text for block in PdfReader().read(str(path)).blocks)
    except SourceError as told:
        error = told
    return Outcome(" ".join(texts), error, time.monotonic() - start_s)


def read_all(folder: Path) -> tuple[dict[str, Outcome], int]:
    """How each hostile file ended, two at a time, and the most memory any child of this process took, KiB."""
    with ThreadPoolExecutor(2) as pool:
        outcomes = dict(zip(HOSTILE, pool.map(lambda name: outcome_of(folder / f"{name}.pdf"), HOSTILE), strict=True))
    return outcomes, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Outcome], int]:
    """All hostile files, read in a new process: the memory of this one's children includes those of other tests."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in HOSTILE.items():
        (folder / f"{name}.pdf").write_bytes(make())
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(read_all, folder).result()


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_in_text_or_one_clear_line(name: str, read: tuple[dict[str, Outcome], int]) -> None:
    outcome = read[0][name]
    assert outcome.took_s < FIRST_BLOCK_LIMIT_S + 5
    assert outcome.text or outcome.error is not None
    if outcome.error is not None:
        assert outcome.error.next_step
        assert "\n" not in str(outcome.error)
    if name in READABLE:
        assert "Hello from a damaged file." in outcome.text


@pytest.mark.slow
def test_no_child_took_more_memory_than_allowed(read: tuple[dict[str, Outcome], int]) -> None:
    assert read[1] < MEMORY_LIMIT_KIB
