"""The user's presenters are whole or not there, load only with consent, and never leave their folder."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from avatar.presenters import shelf
from avatar.presenters.consent import FILE, consent, save_consent
from avatar.presenters.library import DEFAULT
from avatar.presenters.shelf import UNFINISHED, add_picture, check_name, name_from, own_names, own_presenter, remove
from avatar.render.presenter_folder import save_presenter
from narrator.errors import FaceError, PictureError

STATED = consent("A picture of nobody, noise.", "noise.png")


def test_a_presenter_on_the_shelf_is_named_and_loads(grace: Path) -> None:
    assert own_names() == ("grace",)
    assert own_presenter("grace").title == "Grace, a test"


def test_without_consent_it_does_not_load(grace: Path) -> None:
    (grace / FILE).unlink()
    with pytest.raises(FaceError, match="statement of consent"):
        own_presenter("grace")


def test_it_is_removed_for_good_and_a_built_in_one_stays(grace: Path) -> None:
    remove("grace")
    assert list(grace.parent.iterdir()) == []
    for name, told in (("grace", "of your own"), (DEFAULT, "built in"), ("../grace", "of your own")):
        with pytest.raises(FaceError, match=told):
            remove(name)


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "/x", "a/b", "a\\b", "Grace", "a" * 41, "con", "still", ".x", "a\n"]
)
def test_a_name_that_leads_elsewhere_is_refused(own_shelf: Path, name: str) -> None:
    with pytest.raises(FaceError, match="a name of small letters"):
        check_name(name, replace=True)


def test_a_name_that_is_taken_is_refused_unless_it_is_to_be_replaced(grace: Path) -> None:
    with pytest.raises(FaceError, match="--replace"):
        check_name("grace", replace=False)
    check_name("grace", replace=True)
    with pytest.raises(FaceError, match="built-in"):
        check_name(DEFAULT, replace=True)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Mona Lisa.jpg", "mona_lisa"),
        ("IMG_0042.HEIC.png", "img_0042_heic"),
        ("写真.jpg", "my"),
        ("con.png", "my_con"),
        (f"{DEFAULT}.png", f"my_{DEFAULT}"),
    ],
)
def test_a_name_is_made_of_the_files_name(own_shelf: Path, file: str, name: str) -> None:
    assert name_from(Path(file)) == name
    check_name(name, replace=False)


@given(st.text(min_size=1, max_size=60))
def test_whatever_a_file_is_called_a_name_can_be_made_of_it(file: str) -> None:
    check_name(name_from(Path(file)), replace=True)


def test_a_picture_that_is_refused_leaves_nothing(own_shelf: Path, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    with pytest.raises(PictureError, match="no face"):
        add_picture(tmp_path / "noise.png", "noise", STATED)
    assert list(own_shelf.iterdir()) == []


def test_an_interruption_leaves_nothing(own_shelf: Path, tmp_path: Path) -> None:
    Image.new("RGB", (64, 64)).save(tmp_path / "grey.png")

    def interrupt(_kind: str, _words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_picture(tmp_path / "grey.png", "grey", STATED, tell=interrupt)
    assert list(own_shelf.iterdir()) == []


def test_a_replacement_that_is_not_sound_leaves_the_old_one(grace: Path) -> None:
    with shelf.unfinished() as folder:
        (folder / "presenter.json").write_text("{}")
        save_consent(STATED, folder)
        with pytest.raises(FaceError):
            shelf.put_up(folder, "grace", replace=True)
    assert own_presenter("grace").title == "Grace, a test"
    assert [path.name for path in grace.parent.iterdir()] == ["grace"]


def test_what_a_crash_left_is_no_presenter_and_is_swept_away_in_time(grace: Path) -> None:
    for name, age_s in (("old", 2 * shelf.FORGOTTEN_S), ("new", 0)):
        left = grace.parent / f"{UNFINISHED}{name}"
        left.mkdir()
        (left / "presenter.json").write_text("{}")
        os.utime(left, (time.time() - age_s,) * 2)
    assert own_names() == ("grace",)
    with shelf.unfinished():
        names = {path.name for path in grace.parent.iterdir()}
    assert f"{UNFINISHED}old" not in names
    assert f"{UNFINISHED}new" in names


def test_a_shelf_that_cannot_be_made_is_one_line(own_shelf: Path) -> None:
    own_shelf.parent.parent.mkdir(parents=True)
    own_shelf.parent.write_text("in the way")
    with pytest.raises(FaceError, match="folder for presenters that can be written"), shelf.unfinished():
        pass


def test_a_presenter_that_would_stop_every_film_is_refused(grace: Path) -> None:
    """Sound numbers, but 30,000 triangles as large as the picture."""
    heavy = own_presenter("grace")
    corners = np.array([[-900, -900, -200], [900, -900, -200], [0, 900, -200]], np.float32)
    part = replace(
        heavy.part("skin"),
        name="weight",
        vertices=np.tile(corners, (20, 1)),
        triangles=np.tile(np.array([[0, 1, 2]], np.int32), (30_000, 1)),
        uv=np.full((60, 2), 0.5, np.float32),
        follow=np.zeros(60, np.float32),
    )
    with shelf.unfinished() as folder:
        save_presenter(replace(heavy, parts=(*heavy.parts, part)), folder)
        save_consent(STATED, folder)
        with pytest.raises(FaceError, match="quick to draw"):
            shelf.put_up(folder, "heavy", replace=False)
