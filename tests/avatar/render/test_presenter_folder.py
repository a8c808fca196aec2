"""A presenter's folder is data: it comes back as it was written, and damage is told in one line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.render.presenter import Presenter
from avatar.render.presenter_folder import load_presenter, save_presenter
from narrator.errors import FaceError


def test_a_presenter_comes_back_as_it_was_written(ada: Presenter, tmp_path: Path) -> None:
    save_presenter(ada, tmp_path)
    again = load_presenter(tmp_path)
    assert [part.name for part in again.parts] == [part.name for part in ada.parts]
    for part, copy in zip(ada.parts, again.parts, strict=True):
        np.testing.assert_array_equal(part.vertices, copy.vertices)
        np.testing.assert_array_equal(part.texture, copy.texture)
    assert again.colours == ada.colours


def test_the_same_presenter_gives_the_same_bytes(ada: Presenter, tmp_path: Path) -> None:
    for name in ("one", "two"):
        save_presenter(ada, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


@pytest.mark.parametrize("damage", ["presenter.json", "mesh.npz", "skin.png"])
def test_a_damaged_folder_is_told_in_one_line(ada: Presenter, tmp_path: Path, damage: str) -> None:
    save_presenter(ada, tmp_path)
    (tmp_path / damage).write_bytes(b"not what it was")
    with pytest.raises(FaceError, match="narrator presenter list") as told:
        load_presenter(tmp_path)
    assert "\n" not in str(told.value)


def test_an_unknown_part_is_a_key_error(ada: Presenter) -> None:
    with pytest.raises(KeyError):
        ada.part("third eye")
