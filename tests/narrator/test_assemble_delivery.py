"""Settings become a delivery; a motion that there is not is refused before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.assemble_delivery import check_motion, delivery
from narrator.errors import FaceError
from narrator.settings import Settings


def test_settings_become_a_delivery() -> None:
    made = delivery(Settings(rate=99, exaggeration=1.4, reduced_motion=True, liveliness=0.1, seed=7))
    assert (made.rate_wpm, made.exaggeration, made.reduced_motion) == (99, 1.4, True)
    assert (made.liveliness, made.seed) == (0.1, 7)


def test_a_motion_that_there_is_not_is_refused(tmp_path: Path) -> None:
    check_motion("rules")
    check_motion("diffusion")
    with pytest.raises(FaceError, match="or choose diffusion or rules"):
        check_motion(str(tmp_path / "gone.jsonl"))
