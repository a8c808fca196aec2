"""A folder in, silent strips of mouths saying random V-C-V into it out, and the key in a file of its own.

For a viewer who is not told: which of the six consonant groups is each strip? Run as
.venv/bin/python -m scripts.blind_test FOLDER [--strips N] [--seed N] [--presenter NAME]; then
.venv/bin/python -m scripts.blind_test FOLDER --answers FILE marks answers, one line "NUMBER GROUP" for each strip.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from avatar.motion_frame import MotionFrame
from avatar.presenters.library import presenter, presenter_names
from avatar.render.renderer import Renderer
from benchmarks.lip_film import apexes
from benchmarks.lip_texts import CONSONANT_GROUPS, CONTEXTS, GROUP_NAMES
from narrator.flow import RgbImage, Viewport

MOUTH = Viewport(320, 240, 30.0, "mouth")
SHARES = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
"""Moments of a strip, in lengths of the consonant after its beginning: from the first vowel to the second."""
STRIPS = 24
KEY = "key.json"
QUESTIONS = "questions.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the strips, or marks answers."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.blind_test", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--strips", type=int, default=STRIPS)
    parser.add_argument("--seed", type=int, default=None, help="the same seed makes the same strips; else by chance")
    parser.add_argument("--presenter", choices=presenter_names(), default=None, help="else any of them")
    parser.add_argument("--answers", type=Path, default=None)
    chosen = parser.parse_args(arguments)
    if chosen.answers:
        print(marked(chosen.folder, chosen.answers))
    else:
        names = [chosen.presenter] if chosen.presenter else list(presenter_names())
        make(chosen.folder, chosen.strips, random.Random(chosen.seed), names)
    return 0


def make(folder: Path, strips: int, chance: random.Random, names: Sequence[str]) -> None:
    """Writes 01.jpg and so on, the questions, and the key."""
    folder.mkdir(parents=True, exist_ok=True)
    key = {}
    renderers = {name: Renderer(presenter(name), MOUTH) for name in names}
    by_group = {group: [ipa for ipa, of in CONSONANT_GROUPS.items() if of == group] for group in GROUP_NAMES}
    for number in range(1, strips + 1):
        group = chance.choice(list(by_group))
        syllable = (chance.choice(CONTEXTS), chance.choice(by_group[group]), chance.choice(CONTEXTS))
        name = chance.choice(names)
        key[f"{number:02}"] = {"group": group, "said": "".join(syllable), "presenter": name}
        picture = strip(renderers[name], [apexes([syllable], share)[0] for share in SHARES])
        cv2.imwrite(str(folder / f"{number:02}.jpg"), picture[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
    (folder / KEY).write_text(json.dumps(key, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    choices = "\n".join(f"{group}. {sounds}" for group, sounds in GROUP_NAMES.items())
    (folder / QUESTIONS).write_text(
        f"Each strip is one vowel, consonant, vowel, seen without sound. Which consonant is it?\n\n{choices}\n",
        encoding="utf-8",
    )


def strip(renderer: Renderer, frames: Sequence[MotionFrame]) -> RgbImage:
    """The frames side by side."""
    return np.hstack([renderer.draw(frame).copy() for frame in frames])


def marked(folder: Path, answers: Path) -> str:
    """How many answers are right, and each that is not."""
    key = json.loads((folder / KEY).read_text(encoding="utf-8"))
    lines = [line.split()[:2] for line in answers.read_text(encoding="utf-8").splitlines() if line.strip()]
    given = {number.zfill(2): group for number, group in lines}
    wrong = [
        f"{number}: {about['said']} by {about['presenter']} is group {about['group']}, read as {given.get(number, '-')}"
        for number, about in key.items()
        if given.get(number) != str(about["group"])
    ]
    return "\n".join([f"{len(key) - len(wrong)} of {len(key)} right", *wrong])


if __name__ == "__main__":
    sys.exit(main())
