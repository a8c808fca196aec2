"""A face and what it says in, the program's MP4 of it and what was asked of the lips out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.articulation.articulate import articulate
from avatar.motion_frame import MotionFrame
from narrator.flow import Delivery, Phone, Sentence, Utterance, Viewport

FPS = 30.0
PAUSE_S = 0.6
VOWEL_S, CONSONANT_S = 0.150, 0.090
"""Lengths in conversation."""
RATE_HZ = 16000
GAIN = Delivery().exaggeration
NO_HOME: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class LipFilm:
    """A film and what the program itself says about it."""

    path: Path
    phones: tuple[Phone, ...] = ()
    """Seconds from the first sample, as `narrator phones` has them."""
    asked: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)
    """Row k is film frame k: the figures of `narrator motion`, its time_s from the first sample too."""


def spoken_film(face: str, text: str, folder: Path, home: Mapping[str, str] = NO_HOME) -> LipFilm:
    """The real program reads the text to a film of 1280x720, and says what it did.

    home: environment variables that name where a user's own presenters live.
    """
    folder.mkdir(parents=True, exist_ok=True)
    film, motion = folder / "said.mp4", folder / "said.jsonl"
    said = ("--text", text, "--presenter", face)
    program(("read", *said, "--to", str(film), "--plain"), home)
    program(("motion", *said, "-o", str(motion)), home)
    phones = json.loads(program(("phones", "--text", text, "--json"), home))["phones"]
    rows = [json.loads(line) for line in motion.read_text(encoding="utf-8").splitlines()]
    names = [name for name, value in rows[0].items() if not isinstance(value, str)]
    return LipFilm(
        film,
        tuple(Phone(each["ipa"], each["start_s"], each["duration_s"]) for each in phones),
        {name: np.array([row[name] for row in rows], np.float64) for name in names},
    )


def program(words: Sequence[str], home: Mapping[str, str] = NO_HOME) -> str:
    """What the program prints; raises CalledProcessError when it ends with a fault."""
    command = [sys.executable, "-m", "narrator", *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **home})
    return done.stdout


def apexes(syllables: Sequence[Sequence[str]], place: float = 0.5, gain: float = GAIN) -> list[MotionFrame]:
    """The middle sound of every syllable at that share of its length, spoken one after the other with pauses."""
    phones: list[Phone] = []
    moments_s: list[float] = []
    now_s = 0.0
    for syllable in syllables:
        for index, ipa in enumerate(syllable):
            length_s = VOWEL_S if is_vowel(ipa) else CONSONANT_S
            phones.append(Phone(ipa, now_s, length_s))
            if index == len(syllable) // 2:
                moments_s.append(now_s + place * length_s)
            now_s += length_s
        phones.append(Phone("", now_s, PAUSE_S))
        now_s += PAUSE_S
    utterance = Utterance(Sentence("", "en"), np.zeros(int(now_s * RATE_HZ), np.int16), RATE_HZ, tuple(phones), ())
    track = articulate(utterance, FPS, -PAUSE_S, now_s, exaggeration=gain)
    return [track.frame(round((moment_s - track.start_s) * FPS)) for moment_s in moments_s]


def is_vowel(ipa: str) -> bool:
    """Whether the sound is made with an open mouth."""
    return ipa[:1] in "aeiouæɑɔəɛɜɪʊʌ"


def write_film(face: str, frames: Sequence[MotionFrame], path: Path, viewport: Viewport | None = None) -> LipFilm:
    """These frames of the face as a film, by the program's own renderer and encoder."""
    from avatar.presenters.library import presenter
    from avatar.render.renderer import Renderer
    from narrator.outputs.film_tracks import develop
    from narrator.outputs.mp4_writer import Mp4Writer

    size = viewport or Viewport()
    renderer = Renderer(presenter(face), size)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = Mp4Writer(path, (size.width, size.height), Fraction(int(FPS)), RATE_HZ, "")
    for frame in frames:
        picture = writer.blank()
        develop(renderer.draw(frame), picture)
        writer.write(picture, np.zeros(int(RATE_HZ / FPS), np.int16), [])
    writer.finish()
    return LipFilm(path)
