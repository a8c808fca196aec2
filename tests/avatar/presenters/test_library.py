"""Built-in presenters are found by name, and a wrong name says what to do."""

from __future__ import annotations

import pytest

from avatar.presenters.library import DEFAULT, presenter, presenter_names
from narrator.errors import FaceError


def test_the_default_is_among_the_names() -> None:
    assert DEFAULT in presenter_names()


@pytest.mark.parametrize("name", presenter_names())
def test_each_name_loads_once_and_is_itself(name: str) -> None:
    assert presenter(name).name == name
    assert presenter(name) is presenter(name)


@pytest.mark.parametrize("name", ["nobody", "", "../ada", "ADA"])
def test_an_unknown_name_is_told_with_the_next_step(name: str) -> None:
    with pytest.raises(FaceError, match="narrator presenter list"):
        presenter(name)
