"""Presenters are told of, added and drawn small; what is asked of a person first is asked first."""

from __future__ import annotations

from pathlib import Path

import pytest

from avatar.presenters.library import DEFAULT
from narrator import presenters
from narrator.errors import FaceError


def test_everyone_is_known_and_the_default_comes_first() -> None:
    everyone = presenters.everyone()
    assert everyone[0].name == DEFAULT
    assert presenters.about(DEFAULT) == everyone[0]


def test_a_picture_needs_a_statement_and_a_pack_brings_its_own() -> None:
    assert presenters.needs_statement(Path("a.jpg"))
    assert not presenters.needs_statement(Path("a.ZIP"))
    with pytest.raises(FaceError, match="--consent"):
        presenters.add(Path("a.jpg"), name="nobody", statement=None)


def test_a_portrait_is_a_small_picture_of_the_face() -> None:
    picture = presenters.portrait(DEFAULT, 48)
    assert picture.shape == (48, 48, 3)
    assert picture.std() > 20
