"""A section's name holds all that is seen and heard of it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from narrator.errors import FaceError, SettingError
from narrator.export.making import CARD, NOT_SEEN, PROCESSOR, Making, parts
from narrator.export.sections import Section
from narrator.flow import Sentence
from narrator.settings import Settings, names
from tests.narrator.export.conftest import QUICK

SECTION = Section((Sentence("Good day.", "en"),), 12.0, None)


def name(settings: Settings = QUICK, section: Section = SECTION, by: str = PROCESSOR, burnt: bool = False) -> str:
    return Making(settings, burnt).name(section, by)


@pytest.mark.parametrize(
    "change", [{"rate": 120}, {"voice": "espeak"}, {"presenter": "ada"}, {"seed": 4}, {"width": 320}, {"fps": 25.0}]
)
def test_what_is_seen_or_heard_changes_the_name(change: dict[str, object]) -> None:
    assert name(replace(QUICK, **change)) != name()  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"camera_captions": True}, {"graphics_card": False}, {"audio_offset_ms": 20}])
def test_what_is_neither_does_not(change: dict[str, object]) -> None:
    assert name(replace(QUICK, **change)) == name()  # type: ignore[arg-type]


def test_text_neighbour_and_what_draws_change_the_name() -> None:
    others = [
        name(section=Section((Sentence("Good night.", "en"),), 12.0, None)),
        name(section=replace(SECTION, next_clock_s=4.0)),
        name(by=CARD),
        name(burnt=True),
    ]
    assert len({name(), *others}) == 5


def test_every_setting_left_out_exists() -> None:
    assert set(names()) >= NOT_SEEN


def test_another_background_picture_of_the_same_name_is_another_part(tmp_path: Path) -> None:
    picture = tmp_path / "wall.png"
    picture.write_bytes(b"one")
    before = parts("still", str(picture))
    picture.write_bytes(b"two")
    parts.cache_clear()
    assert parts("still", str(picture)) != before


def test_a_presenter_that_does_not_exist_is_told() -> None:
    with pytest.raises(FaceError, match="nobody-of-that-name"):
        parts("nobody-of-that-name", "own")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"motion": "talk.jsonl"}, 'one document\'s, "talk.jsonl"'),
        ({"motion": "by hand"}, "by hand"),
        ({"background": "transparent"}, "that a film can hold"),
    ],
)
def test_what_is_no_way_to_make_many_films_is_told(change: dict[str, object], told: str) -> None:
    with pytest.raises(SettingError, match=told):
        Making(replace(QUICK, **change))  # type: ignore[arg-type]
