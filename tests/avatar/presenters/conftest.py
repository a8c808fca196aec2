"""A user's shelf of their own, and a presenter made of a picture without waiting for one to be made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from avatar.presenters.consent import consent, save_consent
from avatar.presenters.library import DEFAULT, presenter
from avatar.presenters.shelf import shelf
from avatar.render.presenter_folder import save_presenter

STATEMENT = "A picture of nobody: it was drawn for this test."


@pytest.fixture
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty shelf."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return shelf()


@pytest.fixture
def grace(own_shelf: Path) -> Path:
    """The folder of a presenter "grace" on it, as one made of a picture."""
    drawn = presenter(DEFAULT)
    parts = tuple(replace(part, texture=np.ascontiguousarray(part.texture[::8, ::8])) for part in drawn.parts)
    save_presenter(replace(drawn, name="grace", title="Grace, a test", parts=parts), own_shelf / "grace")
    save_consent(consent(STATEMENT, "grace.jpg"), own_shelf / "grace")
    return own_shelf / "grace"
