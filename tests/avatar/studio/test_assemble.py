"""Drawing a presenter again gives the presenter that is stored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.presenters.library import FOLDER, presenter_names
from avatar.render.presenter_folder import load_presenter, save_presenter
from avatar.studio.__main__ import main
from avatar.studio.assemble import draw
from avatar.studio.people import PEOPLE

DRAWN_AGAIN = "mina"
"""One of them: the others come out of the same code, and drawing takes most of a minute."""
LEAST_SAME_TEXELS = 0.999
"""Processors differ in the last bit of exp(); that may turn a texel by one level, no more."""


@pytest.mark.slow
def test_a_new_drawing_is_what_another_process_once_stored(tmp_path: Path) -> None:
    save_presenter(draw(PEOPLE[DRAWN_AGAIN]), tmp_path)
    drawn, stored = load_presenter(tmp_path), load_presenter(FOLDER / DRAWN_AGAIN)
    assert drawn.landmarks.keys() == stored.landmarks.keys()
    for new, old in zip(drawn.parts, stored.parts, strict=True):
        assert (new.name, new.material) == (old.name, old.material)
        assert np.abs(new.vertices - old.vertices).max() < 1e-3
        assert (new.triangles == old.triangles).all()
        off = np.abs(new.texture.astype(int) - old.texture)
        assert off.max() <= 1, new.name
        assert (off == 0).mean() > LEAST_SAME_TEXELS


def test_everyone_described_is_stored_under_their_name() -> None:
    assert presenter_names() == tuple(sorted(PEOPLE))
    for name, person in PEOPLE.items():
        stored = load_presenter(FOLDER / name)
        assert (stored.name, stored.title, stored.colours) == (person.name, person.title, person.colours)


def test_an_unknown_name_is_refused_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nobody"]) == 2
    assert "ada" in capsys.readouterr().err
