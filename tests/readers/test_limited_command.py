"""Commands that answer, flood or hang in; their output, or an error within the limit, out."""

from __future__ import annotations

import sys
import time

import pytest

from narrator.errors import SourceMissing, SourceRefused, SourceTimeout
from readers.limited_command import run_limited


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_output_and_exit_code_come_back() -> None:
    result = run_limited(python("print('hi'); raise SystemExit(3)"), 100, 20, "it")
    assert (result.output.strip(), result.code) == (b"hi", 3)


def test_a_flood_is_refused() -> None:
    with pytest.raises(SourceRefused):
        run_limited(python("while True: print('x' * 1000)"), 2_000_000, 20, "it")


def test_a_hanging_command_is_ended_in_time() -> None:
    started = time.monotonic()
    with pytest.raises(SourceTimeout):
        run_limited(["sleep", "60"], 100, 0.3, "it")
    assert time.monotonic() - started < 3


def test_an_absent_command_is_a_missing_source() -> None:
    with pytest.raises(SourceMissing):
        run_limited(["no-such-program-anywhere"], 100, 1, "it")
