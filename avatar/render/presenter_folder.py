"""A presenter in, its folder out, and back again: data only, and nothing foreign is trusted.

A folder holds presenter.json (name, title, colours, parts), mesh.npz (arrays) and one PNG per texture.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.presenter import FACING, Part, Pixels, Plate, Presenter
from avatar.render.soundness import MOST_PARTS, MOST_TEXTURE_BYTES, NAME, check
from avatar.render.stored import Arrays, read_arrays, read_json, read_texture, texture_bytes
from narrator.errors import FaceError

ABOUT, MESH = "presenter.json", "mesh.npz"
PLATE_PLACE = ("left_mm", "top_mm", "mm_per_pixel")
PLATE = "plate"
LIPS = ("lip_upper", "lip_lower")
READ_AT_ONCE = 2
"""Textures; more would keep the rest of a start from two cores."""


def save_presenter(presenter: Presenter, folder: Path) -> None:
    """Writes the folder; the same presenter gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for part in presenter.parts:
        for key in ("vertices", "triangles", "uv", "follow"):
            arrays[f"part/{part.name}/{key}"] = getattr(part, key)
        _write(folder, part.name, part.texture)
    for name, texture in presenter.lip_textures.items():
        _write(folder, name, texture)
    if presenter.plate:
        _write(folder, PLATE, presenter.plate.pixels)
    arrays |= {f"landmark/{name}": value for name, value in presenter.landmarks.items()}
    arrays |= {f"index/{name}": value for name, value in presenter.indices.items()}
    arrays |= {f"weight/{name}": value for name, value in presenter.weights.items()}
    np.savez_compressed(folder / MESH, **arrays, rest=presenter.rest)
    plate = presenter.plate
    about = {
        "name": presenter.name,
        "title": presenter.title,
        "colours": presenter.colours,
        "parts": [{"name": part.name, "material": part.material} for part in presenter.parts],
        "lip_textures": list(presenter.lip_textures),
        "plate": plate and {key: getattr(plate, key) for key in PLATE_PLACE},
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def load_presenter(folder: Path) -> Presenter:
    """Reads the folder. Raises FaceError when a file is absent or damaged, or anything in it is not sound."""
    try:
        with np.errstate(all="ignore"):  # what is not finite is found by the check
            return check(_load(folder, read_json(folder / ABOUT), read_arrays(folder / MESH)))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, MemoryError) as fault:
        raise FaceError(
            f"a presenter's folder at {folder}", f"it cannot be read ({fault})", "Run: narrator presenter list"
        ) from fault


def _load(folder: Path, about: dict[str, Any], arrays: Arrays) -> Presenter:
    lips = [name for name in about.get("lip_textures", ()) if name in LIPS]
    place = about.get("plate")
    names = [entry["name"] for entry in about["parts"][: MOST_PARTS + 1]]
    if len(names) > MOST_PARTS or len(set(names)) != len(names):
        raise ValueError(f"expected: at most {MOST_PARTS} parts, each with a name of its own")
    textures = _read_all(folder, [*names, *lips, *([PLATE] if place else [])])
    plate = Plate(textures[PLATE], **{key: float(place[key]) for key in PLATE_PLACE}) if place else None
    return Presenter(
        name=str(about["name"]),
        title=about["title"],
        parts=tuple(_load_part(arrays, entry["name"], entry["material"], textures) for entry in about["parts"]),
        landmarks={name: value.astype(np.float32) for name, value in _named(arrays, "landmark/").items()},
        indices={name: _whole(value) for name, value in _named(arrays, "index/").items()},
        colours={str(name): (value[0], value[1], value[2]) for name, value in about["colours"].items()},
        rest=arrays.get("rest", FACING).astype(np.float32),
        weights={name: value.astype(np.float32) for name, value in _named(arrays, "weight/").items()},
        lip_textures={name: textures[name] for name in lips},
        plate=plate,
    )


def _read_all(folder: Path, names: list[str]) -> dict[str, Pixels]:
    """Several at once: decoding takes most of the time that a presenter takes, and lets others run meanwhile."""
    if sum(texture_bytes(_file_of(folder, name)) for name in names) > MOST_TEXTURE_BYTES:
        raise ValueError(f"expected: textures of at most {MOST_TEXTURE_BYTES >> 20} MiB, unpacked")
    with ThreadPoolExecutor(READ_AT_ONCE, thread_name_prefix="narrator-textures") as readers:
        return dict(zip(names, readers.map(lambda name: _read(folder, name), names), strict=True))


def _load_part(arrays: Arrays, name: str, material: str, textures: dict[str, Pixels]) -> Part:
    return Part(
        name=name,
        material=material,
        vertices=arrays[f"part/{name}/vertices"].astype(np.float32),
        triangles=_whole(arrays[f"part/{name}/triangles"]),
        uv=arrays[f"part/{name}/uv"].astype(np.float32),
        texture=textures[name],
        follow=arrays[f"part/{name}/follow"].astype(np.float32),
    )


def _whole(indices: npt.NDArray[np.generic]) -> npt.NDArray[np.int32]:
    """Numbers that a narrower kind cannot hold must not turn into others that look sound."""
    narrowed = indices.astype(np.int32)
    if indices.dtype.kind not in "iu" or not np.array_equal(narrowed, indices):
        raise ValueError("an index is no whole number")
    return narrowed


def _write(folder: Path, name: str, texture: Pixels) -> None:
    cv2.imwrite(str(folder / f"{name}.png"), _swap_red_blue(texture))


def _read(folder: Path, name: str) -> Pixels:
    return read_texture(_file_of(folder, name))


def _file_of(folder: Path, name: str) -> Path:
    if not NAME.match(name):
        raise ValueError(f"{name!r} is no name of a part")
    return folder / f"{name}.png"


def _named(arrays: Arrays, prefix: str) -> Arrays:
    return {key.removeprefix(prefix): value for key, value in arrays.items() if key.startswith(prefix)}


def _swap_red_blue(image: Pixels) -> Pixels:
    order = [2, 1, 0, 3][: image.shape[2]]
    return np.ascontiguousarray(image[:, :, order])
