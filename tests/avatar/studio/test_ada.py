"""Drawing a presenter again gives the same presenter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from avatar.presenters.library import FOLDER
from avatar.render.presenter import load_presenter, save_presenter
from avatar.studio.__main__ import main
from avatar.studio.ada import draw

LEAST_SAME_TEXELS = 0.999
"""Processors differ in the last bit of exp(); that may turn a texel by one level, no more."""


@pytest.mark.slow
def test_two_drawings_are_the_same_bytes_and_what_is_stored(tmp_path: Path) -> None:
    save_presenter(draw(), tmp_path / "here")
    code = (
        "import sys; from pathlib import Path; from avatar.studio.ada import draw;"
        "from avatar.render.presenter import save_presenter; save_presenter(draw(), Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True)
    for path in sorted((tmp_path / "here").iterdir()):
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes(), path.name
    drawn, stored = load_presenter(tmp_path / "here"), load_presenter(FOLDER / "ada")
    for new, old in zip(drawn.parts, stored.parts, strict=True):
        assert (new.name, new.material) == (old.name, old.material)
        assert np.abs(new.vertices - old.vertices).max() < 1e-3
        assert (new.triangles == old.triangles).all()
        off = np.abs(new.texture.astype(int) - old.texture)
        assert off.max() <= 1, new.name
        assert (off == 0).mean() > LEAST_SAME_TEXELS


def test_an_unknown_name_is_refused_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nobody"]) == 2
    assert "ada" in capsys.readouterr().err
