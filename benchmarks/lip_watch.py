"""A face and what it says in, all that can be seen of its lips in the decoded film out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.colour_difference import difference
from benchmarks.contacts_seen import CONTACTS
from benchmarks.kept import Arrays, kept
from benchmarks.lip_film import GAIN, LipFilm, apexes, spoken_film, write_film
from benchmarks.lip_sight import Sight, see_film
from benchmarks.mouth_colour import KINDS, all_layers, lip_colour, skin_colour
from narrator.flow import Phone

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LipFace:
    """Someone who can speak: a built-in presenter, or one made from a picture."""

    name: str
    home: Mapping[str, str] = field(default_factory=dict)
    """Environment variables that say where a user's own presenters live."""
    digest: str = ""
    """Of the picture it was made from."""


@dataclass(frozen=True, slots=True)
class Watched:
    """(frames,) each; lengths over the distance of the pupils, NaN where no face was found."""

    gap: Doubles
    width: Doubles
    inner_width: Doubles
    is_sealed: Flags
    """Neither teeth nor darkness nor tongue between the lips."""
    contacts: dict[str, Flags]
    """By the names of contacts_seen.CONTACTS: whether it is seen."""
    lightness: dict[str, Doubles]
    """Median L* of each kind of thing between the lips at the midline, NaN where there is none of a millimetre."""
    lip_to_skin: float = float("nan")
    """CIEDE2000 between the lips' red and the skin beside the mouth."""
    phones: tuple[Phone, ...] = ()
    asked: dict[str, Doubles] = field(default_factory=dict)

    @property
    def film(self) -> LipFilm:
        """What was said and asked."""
        return LipFilm(Path(), self.phones, self.asked)


def watch_text(face: LipFace, name: str, text: str) -> Watched:
    """The face reads the text in a film that the real program makes."""

    def make() -> Arrays:
        with tempfile.TemporaryDirectory(prefix="narrator-lips-") as folder:
            film = spoken_film(face.name, text, Path(folder), face.home)
            return _arrays(film, see_film(film.path))

    return _watched(kept(f"text-{face.name}-{name}", (text, face.digest), make))


def watch_syllables(
    face: LipFace, name: str, syllables: Sequence[Sequence[str]], place: float = 0.5, gain: float = GAIN
) -> Watched:
    """The middle sound of each syllable, one frame each, in a film by the program's renderer and encoder."""

    def make() -> Arrays:
        with tempfile.TemporaryDirectory(prefix="narrator-lips-") as folder:
            film = write_film(face.name, apexes(syllables, place, gain), Path(folder) / "apexes.mp4")
            return _arrays(film, see_film(film.path))

    said = " ".join("".join(syllable) for syllable in syllables)
    return _watched(kept(f"syllables-{face.name}-{name}", (said, str(place), str(gain), face.digest), make))


def _arrays(film: LipFilm, sight: Sight) -> Arrays:
    midlines = all_layers(sight)
    found: Arrays = {"gap": sight.gap, "width": sight.width, "inner_width": sight.inner_width}
    found["is_sealed"] = np.array([midline is not None and midline.is_sealed for midline in midlines])
    for number, (is_seen, _) in enumerate(CONTACTS.values()):
        found[f"contact/{number}"] = np.array([midline is not None and is_seen(midline) for midline in midlines])
    for kind in KINDS:
        found[f"light/{kind}"] = np.array([midline.lightness[kind] if midline else np.nan for midline in midlines])
    found["lip_to_skin"] = np.array(difference(lip_colour(sight), skin_colour(sight)))
    found["phones"] = np.array([phone.ipa for phone in film.phones], np.str_)
    found["times"] = np.array([(phone.start_s, phone.duration_s) for phone in film.phones]).reshape(-1, 2)
    return found | {f"asked/{name}": values for name, values in film.asked.items()}


def _watched(arrays: Arrays) -> Watched:
    return Watched(
        **{name: arrays[name] for name in ("gap", "width", "inner_width", "is_sealed")},
        contacts={name: arrays[f"contact/{number}"] for number, name in enumerate(CONTACTS)},
        lightness={kind: arrays[f"light/{kind}"] for kind in KINDS},
        lip_to_skin=float(arrays["lip_to_skin"]),
        phones=tuple(
            Phone(str(ipa), float(start_s), float(duration_s))
            for ipa, (start_s, duration_s) in zip(arrays["phones"], arrays["times"], strict=True)
        ),
        asked={name.removeprefix("asked/"): each for name, each in arrays.items() if name.startswith("asked/")},
    )
