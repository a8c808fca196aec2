"""Files made to hang, swell or crash end in text or in one clear line, in time and within memory."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from narrator.errors import SourceError
from readers.pdf import FIRST_BLOCK_LIMIT_S, PdfReader
from tests.readers import hostile_files, hostile_pdfs
from tests.readers.hostile_register import HOSTILE, READABLE

MEMORY_LIMIT_KIB = 450 << 10
"""The child's address space is limited to 384 MiB; the rest is what other children of the test run may take."""


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


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[Outcome]]]:
    """All hostile files, read two at a time."""
    folder = tmp_path_factory.mktemp("hostile")
    with ThreadPoolExecutor(2) as pool:
        started = {}
        for name, make in HOSTILE.items():
            path = folder / f"{name}.pdf"
            path.write_bytes(make())
            started[name] = pool.submit(outcome_of, path)
        yield started


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_in_text_or_one_clear_line(name: str, outcomes: dict[str, Future[Outcome]]) -> None:
    outcome = outcomes[name].result()
    assert outcome.took_s < FIRST_BLOCK_LIMIT_S + 5
    assert outcome.text or outcome.error is not None
    if outcome.error is not None:
        assert outcome.error.next_step
        assert "\n" not in str(outcome.error)
    if name in READABLE:
        assert "Hello from a damaged file." in outcome.text


@pytest.mark.slow
def test_no_child_took_more_memory_than_allowed(outcomes: dict[str, Future[Outcome]]) -> None:
    for future in outcomes.values():
        future.result()
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MEMORY_LIMIT_KIB
