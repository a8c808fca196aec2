"""A presenter's folder in, its meshes, textures and landmarks out: data only, no code in it.

Space: millimetres, pupils 63 mm apart, x to the viewer's right (the person's own left), y up, z towards the viewer.
The origin is the middle of the resting lip line, on the plane of the upper incisors' front. The neutral face of
motion_frame.py: mouth closed, eyes open, gaze ahead. Triangles run counter-clockwise seen from outside.

A folder holds presenter.json (name, title, colours, landmarks, parts), mesh.npz (arrays) and one PNG per texture.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from narrator.errors import FaceError

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

MATERIALS = ("skin", "lip", "tooth", "gum", "tongue", "cavity", "eye", "hair", "cloth", "lash")
"""How a surface takes the light; avatar/render/lighting.py has one light table for each."""


@dataclass(frozen=True, slots=True)
class Part:
    """One mesh with its texture."""

    name: str
    """"skin", "hair", "body", "eye_left" ...: unique in its presenter."""
    material: str
    """One of MATERIALS."""
    vertices: Floats
    """(V, 3) mm, neutral."""
    triangles: Ints
    """(T, 3)."""
    uv: Floats
    """(V, 2) 0..1, v down, into the texture."""
    texture: Pixels
    """(H, W, 3) sRGB, or (H, W, 4) with straight alpha; parts with alpha are drawn last, in the order given."""
    follow: Floats
    """(V,) 0 stays with the shoulders .. 1 moves with the head."""


@dataclass(frozen=True, slots=True)
class Presenter:
    """A face as data. The mouth (lips, teeth, gums, tongue, cavity) is built by avatar/render/mouth from landmarks."""

    name: str
    title: str
    """One line for people: who this is meant to be, and that it is drawn, not photographed."""
    parts: tuple[Part, ...]
    """Opaque parts first. "skin" has holes at the lips (its edge is the lips' red border) and at the eyes."""
    landmarks: dict[str, Floats]
    """Named rings and points, mm: lip_border (40, 3) on the skin's hole, from the viewer's left corner over the upper
    lip and back under the lower lip; lip_line (21, 3) where the lips meet, left to right; eye_left, eye_right,
    chin, jaw_pivot, neck_pivot, nose_base ... (1, 3) each."""
    indices: dict[str, Ints] = field(default_factory=dict)
    """Named vertex lists into the skin part: lip_border in ring order, upper_lid_left ... as the rig needs them."""
    colours: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """sRGB of lip, gum, tongue, background_top, background_bottom ..."""

    def part(self, name: str) -> Part:
        """The part of that name; KeyError if absent."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)


def save_presenter(presenter: Presenter, folder: Path) -> None:
    """Writes the folder; the same presenter gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for part in presenter.parts:
        for key in ("vertices", "triangles", "uv", "follow"):
            arrays[f"part/{part.name}/{key}"] = getattr(part, key)
        cv2.imwrite(str(folder / f"{part.name}.png"), _swap_red_blue(part.texture))
    arrays |= {f"landmark/{name}": value for name, value in presenter.landmarks.items()}
    arrays |= {f"index/{name}": value for name, value in presenter.indices.items()}
    np.savez_compressed(folder / "mesh.npz", **arrays)
    about = {
        "name": presenter.name,
        "title": presenter.title,
        "colours": presenter.colours,
        "parts": [{"name": part.name, "material": part.material} for part in presenter.parts],
    }
    (folder / "presenter.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def load_presenter(folder: Path) -> Presenter:
    """Reads the folder. Raises FaceError when a file is absent or damaged."""
    try:
        about = json.loads((folder / "presenter.json").read_text(encoding="utf-8"))
        with np.load(folder / "mesh.npz", allow_pickle=False) as store:
            arrays = {key: store[key] for key in store.files}
        parts = tuple(_load_part(folder, arrays, entry["name"], entry["material"]) for entry in about["parts"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as fault:
        raise FaceError(
            f"a presenter's folder at {folder}", f"it cannot be read ({fault})", "Run: narrator presenter list"
        ) from fault
    return Presenter(
        name=about["name"],
        title=about["title"],
        parts=parts,
        landmarks={name: value.astype(np.float32) for name, value in _named(arrays, "landmark/").items()},
        indices={name: value.astype(np.int32) for name, value in _named(arrays, "index/").items()},
        colours={name: (value[0], value[1], value[2]) for name, value in about["colours"].items()},
    )


def _load_part(folder: Path, arrays: dict[str, npt.NDArray[np.generic]], name: str, material: str) -> Part:
    loaded = cv2.imread(str(folder / f"{name}.png"), cv2.IMREAD_UNCHANGED)
    if loaded is None or material not in MATERIALS:
        raise ValueError(f"texture or material of part {name}")
    return Part(
        name=name,
        material=material,
        vertices=arrays[f"part/{name}/vertices"].astype(np.float32),
        triangles=arrays[f"part/{name}/triangles"].astype(np.int32),
        uv=arrays[f"part/{name}/uv"].astype(np.float32),
        texture=_swap_red_blue(loaded.astype(np.uint8)),
        follow=arrays[f"part/{name}/follow"].astype(np.float32),
    )


def _named(arrays: dict[str, npt.NDArray[np.generic]], prefix: str) -> dict[str, npt.NDArray[np.generic]]:
    return {key.removeprefix(prefix): value for key, value in arrays.items() if key.startswith(prefix)}


def _swap_red_blue(image: Pixels) -> Pixels:
    order = [2, 1, 0, 3][: image.shape[2]]
    return np.ascontiguousarray(image[:, :, order])
