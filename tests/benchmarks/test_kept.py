"""What was measured once is not measured again, until what it depends on has changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import kept as module
from benchmarks.kept import Arrays, kept


def test_it_is_made_once_for_the_same_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    monkeypatch.setattr(module, "state_of_the_code", lambda: "this code")
    made: list[int] = []

    def make() -> Arrays:
        made.append(1)
        return {"numbers": np.arange(3), "names": np.array(["a", "bb"])}

    first, again = kept("ada", ("text",), make), kept("ada", ("text",), make)
    assert len(made) == 1
    assert first.keys() == again.keys()
    assert (again["numbers"] == first["numbers"]).all()
    kept("ada", ("other text",), make)
    monkeypatch.setattr(module, "state_of_the_code", lambda: "other code")
    kept("ada", ("text",), make)
    assert len(made) == 3
    assert len(list(tmp_path.iterdir())) == 1, "what is out of date is removed"
