"""Settings in, everything that decides how a section looks and sounds out, as the name of its file."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.errors import SettingError
from narrator.flow import TRANSPARENT
from narrator.places import MOTION_SUFFIX

if TYPE_CHECKING:
    from narrator.export.sections import Section
    from narrator.settings import Settings

PROCESSOR, CARD = "processor", "card"
"""What draws: pictures of the two differ in their last bits."""
NOT_SEEN = {
    *("language", "announce_lists", "fetch_time_limit_s", "graphics_card", "click_through", "audio_offset_ms"),
    *("caption_size", "caption_font", "caption_colours", "camera_device", "camera_captions"),
}
"""Settings that change no picture and no sound of a section: the first three are in its sentences already."""
LIBRARIES = ("numpy", "numba", "llvmlite", "opencv-python-headless", "av", "espeakng-loader", "pocketsphinx", "pillow")
"""What speaks, draws, paints captions and encodes."""
OURS = ("narrator", "avatar")
NOT_DRAWN_WITH = ("training", "studio", "intake", "from_picture", "cli", "remote", "credentials")
"""Folders of ours that no picture depends on. What presenters are made of is looked at one by one."""
WEIGHTS = ".safetensors"
NAME_LETTERS = 40
"""Hexadecimal: 160 bits."""


@dataclass(frozen=True, slots=True)
class Making:
    """How all sections of one run are made. Raises SettingError for what is no way to make many films."""

    settings: Settings
    burn_captions: bool = False

    def __post_init__(self) -> None:
        if self.settings.motion.endswith(MOTION_SUFFIX):
            came, next_step = f'one document\'s, "{self.settings.motion}", came', "Choose --motion diffusion or rules."
            raise SettingError("rules or diffusion for motion", came, next_step)
        if self.settings.background == TRANSPARENT:
            raise SettingError("a background that a film can hold", "transparent came", "Choose another one.")

    def name(self, section: Section, drawn_by: str) -> str:
        """The section's file without its suffix: the hash of all that goes into it."""
        whole = {
            "section": asdict(section),
            "settings": seen_settings(self.settings),
            "burnt_captions": self.settings.caption_size if self.burn_captions else 0.0,
            "drawn_by": drawn_by,
            "parts": parts(self.settings.presenter, self.settings.background),
        }
        return digest(whole)


def seen_settings(settings: Settings) -> dict[str, object]:
    """Those that decide what is seen and heard."""
    return {one.name: getattr(settings, one.name) for one in fields(settings) if one.name not in NOT_SEEN}


def digest(value: object) -> str:
    """A short name for anything that JSON can hold."""
    whole = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()[:NAME_LETTERS]


@lru_cache(maxsize=16)
def parts(presenter: str, background: str) -> str:
    """The program, libraries, presenter and background picture of this machine: equal where sections come out equal."""
    whole = hashlib.sha256(f"{platform.machine()} {platform.system()}".encode())
    for library in LIBRARIES:
        whole.update(f"{library} {_version(library)}\n".encode())
    for path in (*_program(), *_presenter(presenter), *_picture(background)):
        whole.update(f"{path.name} ".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:NAME_LETTERS]


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"


def _program() -> Iterator[Path]:
    """Our own code and the weights of the motion by ear."""
    root = Path(__file__).parents[2]
    for folder in OURS:
        for path in sorted((root / folder).rglob("*")):
            inner = path.relative_to(root).parts
            if path.suffix in (".py", WEIGHTS) and not set(inner) & set(NOT_DRAWN_WITH):
                yield path


def _presenter(name: str) -> Iterator[Path]:
    from narrator import assemble
    from narrator.presenters import data_files

    if name != assemble.STILL:
        yield from data_files(name)


def _picture(background: str) -> Iterator[Path]:
    """The background's file where it is one."""
    from narrator.places import named_path

    for wish in (background, background.removeprefix("blurred:")):
        path = named_path(wish)
        if path.is_file():
            yield path
            return
