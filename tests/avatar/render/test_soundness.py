"""What the renderer takes on trust is checked: every way of being unsound is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatar.motion_frame import REST, MotionFrame
from avatar.render.presenter import Plate, Presenter
from avatar.render.presenter_folder import load_presenter, save_presenter
from avatar.render.renderer import Renderer
from avatar.render.soundness import MOST_VERTICES, check
from narrator.errors import FaceError
from narrator.flow import Viewport
from tests.isolation import SEED

DRAWN = 6


def with_skin(presenter: Presenter, **changes: Any) -> Presenter:
    parts = [replace(part, **changes) if part.name == "skin" else part for part in presenter.parts]
    return replace(presenter, parts=tuple(parts))


def with_index(presenter: Presenter, name: str, indices: np.ndarray) -> Presenter:
    return replace(presenter, indices={**presenter.indices, name: indices})


def changed(array: np.ndarray, value: float) -> np.ndarray:
    copy = array.copy()
    copy.flat[len(copy) // 2] = value
    return copy


UNSOUND: dict[str, Callable[[Presenter], Presenter]] = {
    "a vertex that is no number": lambda p: with_skin(p, vertices=changed(p.part("skin").vertices, np.nan)),
    "a vertex infinitely far": lambda p: with_skin(p, vertices=changed(p.part("skin").vertices, np.inf)),
    "a vertex behind the viewer": lambda p: with_skin(p, vertices=p.part("skin").vertices + np.float32([0, 0, 1200])),
    "a triangle beyond the vertices": lambda p: with_skin(p, triangles=changed(p.part("skin").triangles, 10**6)),
    "a triangle before the first": lambda p: with_skin(p, triangles=changed(p.part("skin").triangles, -1)),
    "uv outside the texture": lambda p: with_skin(p, uv=changed(p.part("skin").uv, 1.5)),
    "too few uv": lambda p: with_skin(p, uv=p.part("skin").uv[:-1]),
    "follow that is no share": lambda p: with_skin(p, follow=changed(p.part("skin").follow, -2)),
    "a texture of one row": lambda p: with_skin(p, texture=p.part("skin").texture[:1, :8]),
    "a material nobody knows": lambda p: with_skin(p, material="gold"),
    "two parts of one name": lambda p: replace(p, parts=(*p.parts, p.parts[0])),
    "no skin": lambda p: replace(p, parts=tuple(part for part in p.parts if part.name != "skin")),
    "an index beyond the skin": lambda p: replace(p, indices={**p.indices, "lip_border": np.array([10**6])}),
    "a landmark that is no number": lambda p: replace(
        p, landmarks={**p.landmarks, "chin": np.float32([[0, 0, np.nan]])}
    ),
    "a lip line of one point": lambda p: replace(
        p, landmarks={**p.landmarks, "lip_line": np.zeros((1, 3), np.float32)}
    ),
    "a part that the mouth builds itself": lambda p: replace(p, parts=(*p.parts, replace(p.parts[0], name="tongue"))),
    "lashes without roots": lambda p: with_index(p, "lash_root", p.indices["lash_root"][:1]),
    "an index longer than any skin": lambda p: with_index(
        p, "lip_border", np.resize(p.indices["lip_border"], 3_000_000).astype(np.int32)
    ),
    "lips of one vertex": lambda p: with_index(p, "lip_border", np.resize(p.indices["lip_border"][:1], 80)),
    "lips of eight vertices": lambda p: with_index(p, "lip_border", p.indices["lip_border"][::10]),
    "lips of no width": lambda p: with_index(p, "lip_border", np.roll(p.indices["lip_border"], 20)),
    "a head shifted out of the picture": lambda p: replace(p, rest=p.rest + np.float32([[0, 0, 0, 1100]])),
    "a plate of a pinhead's size": lambda p: replace(p, plate=Plate(np.zeros((4, 4, 3), np.uint8), 0.0, 0.0, 0.01)),
    "a colour beyond 255": lambda p: replace(p, colours={"lip": (300, 0, 0)}),
    "a head turned backwards": lambda p: replace(p, rest=np.float32(np.diag([-1, 1, -1, 0])[:3])),
    "a rest that stretches": lambda p: replace(p, rest=np.float32(np.eye(3, 4) * 5)),
    "a title of a book's length": lambda p: replace(p, title="x" * 10_000),
    "too many vertices": lambda p: with_skin(
        p, **{k: np.resize(getattr(p.part("skin"), k), (MOST_VERTICES + 1, *s)) for k, s in VERTEX_ROWS.items()}
    ),
}
VERTEX_ROWS = {"vertices": (3,), "uv": (2,), "follow": ()}


def test_a_sound_presenter_passes(ada: Presenter) -> None:
    assert check(ada) is ada


@pytest.mark.parametrize("name", UNSOUND)
def test_each_way_of_being_unsound_is_found(ada: Presenter, name: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        check(UNSOUND[name](ada))


@pytest.mark.parametrize("name", ["../../skin", "/etc/passwd", "skin.png", "Skin", "", "a" * 99, "sk\0in", 7])
def test_a_parts_name_leads_nowhere_else(ada: Presenter, tmp_path: Path, name: object) -> None:
    save_presenter(ada, tmp_path / "pack")
    about = json.loads((tmp_path / "pack" / "presenter.json").read_text())
    about["parts"][0]["name"] = name
    (tmp_path / "pack" / "presenter.json").write_text(json.dumps(about))
    with pytest.raises(FaceError):
        load_presenter(tmp_path / "pack")


NASTY = (np.nan, np.inf, -1e30, 1e9, -1.0, 0.0, 0.5, 1.0, 255.0, 2.0**31, -7.0)


@pytest.fixture
def small(ada: Presenter, tmp_path: Path) -> Path:
    """Ada's folder with coarse textures."""
    parts = tuple(replace(part, texture=np.ascontiguousarray(part.texture[::8, ::8])) for part in ada.parts)
    save_presenter(replace(ada, parts=parts), tmp_path / "small")
    return tmp_path / "small"


def test_a_file_with_changed_bytes_is_refused(small: Path) -> None:
    chance = np.random.default_rng(SEED)
    files = sorted(small.iterdir())
    for _ in range(60):
        file = files[chance.integers(len(files))]
        whole = file.read_bytes()
        damaged = bytearray(whole)
        for place in chance.integers(0, len(whole), 40):
            damaged[place] = chance.integers(256)
        file.write_bytes(damaged[: chance.integers(len(whole))] if chance.random() < 0.3 else damaged)
        with pytest.raises(FaceError):
            load_presenter(small)
        file.write_bytes(whole)


def test_a_mesh_of_wild_numbers_is_refused_or_can_be_drawn(small: Path) -> None:
    """Any number of any array becomes any other; what still loads is drawn, and the drawing is whole."""
    chance = np.random.default_rng(SEED)
    with np.load(small / "mesh.npz") as store:
        sound = {name: store[name] for name in store.files}
    drawn = refused = 0
    for _ in range(60):
        wild = {name: array.copy() for name, array in sound.items()}
        array = wild[sorted(wild)[chance.integers(len(wild))]]
        with np.errstate(invalid="ignore"):
            array.flat[chance.integers(array.size)] = np.float64(NASTY[chance.integers(len(NASTY))]).astype(array.dtype)
        np.savez(small / "mesh.npz", **wild)
        try:
            loaded = load_presenter(small)
        except FaceError:
            refused += 1
            continue
        if drawn < DRAWN:
            assert Renderer(loaded, Viewport(160, 120)).draw(MotionFrame(0.0, "", REST)).std() > 5
            drawn += 1
    assert refused > 15
    assert drawn == DRAWN
