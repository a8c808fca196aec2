"""`narrator phones` prints sounds without a gap and words, on one time line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.narrator.cli.command import narrator


def test_phones_have_no_gap_and_words_lie_on_them(tmp_path: Path) -> None:
    found = json.loads(narrator(tmp_path, "phones", "--text", "Papa was here. She left.", "--json").out)
    phones, words = found["phones"], found["words"]
    assert phones[0]["start_s"] == 0
    for before, after in zip(phones, phones[1:], strict=False):
        assert after["start_s"] == pytest.approx(before["start_s"] + before["duration_s"], abs=2e-6)
    assert [word["text"] for word in words] == ["Papa", "was", "here", "She", "left"]
    assert {"p", ""} <= {phone["ipa"] for phone in phones}
    edges = {round(phone["start_s"], 4) for phone in phones}
    assert all(round(word["start_s"], 4) in edges for word in words)


def test_the_rate_asked_for_is_heard(tmp_path: Path) -> None:
    def length_s(rate: str) -> float:
        text = "One two three four five six seven."
        last = json.loads(narrator(tmp_path, "phones", "--text", text, "--rate", rate, "--json").out)["phones"][-1]
        return float(last["start_s"] + last["duration_s"])

    assert length_s("90") > 1.5 * length_s("180")


def test_plain_lines_hold_kind_start_duration_and_text(tmp_path: Path) -> None:
    lines = [line.split("\t") for line in narrator(tmp_path, "phones", "--text", "Papa.").out.splitlines()]
    assert {line[0] for line in lines} == {"phone", "word"}
    assert all(len(line) == 4 and float(line[1]) >= 0 and float(line[2]) > 0 for line in lines)
