"""The blind test: strips that do not give the answer away, a key apart from them, and honest marks."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from benchmarks.lip_texts import CONSONANT_GROUPS, GROUP_NAMES
from scripts import blind_test

STRIPS = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("blind")
    blind_test.main([str(made), "--strips", str(STRIPS), "--seed", "7"])
    return made


def test_strips_questions_and_key_are_files_of_their_own(folder: Path) -> None:
    pictures = sorted(folder.glob("*.jpg"))
    assert [path.stem for path in pictures] == ["01", "02", "03", "04"]
    assert cv2.imread(str(pictures[0])).shape == (240, 320 * len(blind_test.SHARES), 3)
    key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    assert {CONSONANT_GROUPS[about["said"].strip("iːæɑʌ")] for about in key.values()} <= set(GROUP_NAMES)
    assert not any(about["said"] in (folder / "questions.md").read_text(encoding="utf-8") for about in key.values())


def test_right_and_wrong_answers_are_counted(folder: Path, tmp_path: Path) -> None:
    key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    groups = {number: about["group"] for number, about in key.items()}
    groups["02"] = groups["02"] % 6 + 1
    answers = tmp_path / "answers.txt"
    # Some write 1 for strip 01.
    answers.write_text("\n".join(f"{int(number)} {group}" for number, group in groups.items()), encoding="utf-8")
    marks = blind_test.marked(folder, answers).splitlines()
    assert marks[0] == "3 of 4 right"
    assert marks[1].startswith("02:")
