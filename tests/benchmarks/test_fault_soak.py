"""Whatever fails while documents are read, each of their sentences is spoken or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fault_soak import Account, run
from narrator.session_state import Fault


@pytest.mark.parametrize("seed", range(2))
def test_every_sentence_is_spoken_or_named(seed: int, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    account = run(seed, documents=3)
    assert account.lost == []
    assert account.spoken
    assert {"voice killed", "voice refuses"} <= set(account.done)


def test_a_sentence_that_nobody_names_is_lost() -> None:
    expected = {("a", number): f"a {number}" for number in range(4)} | {("b", 0): "b 0"}
    account = Account(expected, spoken=["a 0"], faults=[Fault("voice", "a", "it coughed", 1)])
    assert account.lost == ["a 2", "a 3", "b 0"]
    account.faults.append(Fault("source", "a", "it is torn", 2, is_rest=True))
    assert account.lost == ["b 0"]
