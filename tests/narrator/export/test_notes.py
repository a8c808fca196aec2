"""What our parts log reaches the report, and nothing else."""

from __future__ import annotations

import logging

import pytest

from narrator.export.notes import noted


def test_warnings_are_noted_once_without_the_name_the_report_gives_anyway(capsys: pytest.CaptureFixture[str]) -> None:
    with noted("a.pdf") as notes:
        for _ in range(2):
            logging.getLogger("readers.pdf").warning("%s: page %d\nis damaged", "a.pdf", 3)
        logging.getLogger("narrator.speech").info("nothing to tell")
    assert notes == ["page 3 is damaged"]
    assert capsys.readouterr().err == ""


def test_afterwards_all_is_as_it_was() -> None:
    before = [
        (logging.getLogger(name).propagate, logging.getLogger(name).handlers[:]) for name in ("narrator", "avatar")
    ]
    with pytest.raises(RuntimeError), noted():
        raise RuntimeError("in the middle")
    after = [
        (logging.getLogger(name).propagate, logging.getLogger(name).handlers[:]) for name in ("narrator", "avatar")
    ]
    assert after == before
