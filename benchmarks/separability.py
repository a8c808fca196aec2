"""Rendered mouths in, how well a reader that never met the presenter tells their sounds apart out.

It learns from the other presenters and is tested on one, each in turn, and on contexts it never met either: those with
another first neighbour. Over the whole exaggeration slider, which must end where this stops holding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MotionFrame
from avatar.presenters.library import presenter, presenter_names
from avatar.render.renderer import Renderer
from benchmarks.figure import Figure
from benchmarks.kept import kept
from benchmarks.lip_film import GAIN, apexes
from benchmarks.lip_texts import CONSONANT_GROUPS, VOWEL_GROUPS, Syllable, consonant_syllables, vowel_syllables
from benchmarks.mouth_reader import features_of, learn
from narrator.flow import RgbImage, Viewport

GAINS = (0.8, 0.9, 1.0, 1.2, 1.4, 1.6)
GOAL = 0.95
MOUTH = Viewport(224, 168, 30.0, "mouth")
SEEN_WIDTH_MM, SEEN_HEIGHT_MM, BELOW_LIP_LINE_MM = 76.0, 57.0, 4.0
"""What the reader gets to see of it, and how far below the lip line its middle lies: no hair, no neck."""
BESIDE = ("p", "f", "t", "ʃ", "k")
"""C of C1-V-C2: one for each place where a sound is made."""

Features = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """One presenter, never seen in training."""

    presenter: str
    kind: str
    """"consonant groups" or "vowel groups"."""
    gain: float
    right: float
    """Share of pictures taken for a sound of their own group."""
    pictures: int
    confused: tuple[tuple[str, str, int], ...]
    """(said, read, times), most often first."""


def measure() -> Iterator[Figure]:
    """One row for each presenter and kind at the default gain, then the worst at each gain and the slider's end."""
    worst: dict[float, float] = {}
    for gain in GAINS:
        scores = list(all_scores(presenter_names(), gain))
        worst[gain] = min(score.right for score in scores)
        if gain == GAIN:
            for score in scores:
                yield _figure(f"{score.presenter}: {score.kind} told apart", score.right, score.confused)
    for gain, right in worst.items():
        yield _figure(f"worst at exaggeration {gain:g}", right, ())
    for where, found in zip(("from", "up to"), slider_ends(worst), strict=True):
        yield Figure(f"exaggeration {where} which all are told apart", found, "", "", None)


def slider_ends(worst: Mapping[float, float]) -> tuple[float, float]:
    """The gains below and above the default up to which every one holds, without a gap; the default where none does."""
    below = [gain for gain in sorted(worst, reverse=True) if gain <= GAIN]
    above = [gain for gain in sorted(worst) if gain >= GAIN]
    low, high = (list(takewhile(lambda gain: worst[gain] >= GOAL, way)) for way in (below, above))
    return (low or [GAIN])[-1], (high or [GAIN])[-1]


def all_scores(names: Sequence[str], gain: float) -> Iterator[Score]:
    """Both kinds for every presenter."""
    kinds: tuple[tuple[str, list[Syllable], dict[str, int]], ...] = (
        ("consonant groups", consonant_syllables(), {**CONSONANT_GROUPS}),
        ("vowel groups", vowel_syllables(BESIDE), VOWEL_GROUPS),
    )
    for kind, syllables, groups in kinds:
        shown = {name: mouths(name, kind, syllables, gain) for name in names}
        for name in names:
            yield score(kind, gain, name, shown, syllables, groups)


def mouths(name: str, kind: str, syllables: Sequence[Syllable], gain: float) -> Features:
    """(syllables, features) of the presenter's mouth in the middle of each syllable."""

    def make() -> dict[str, Features]:
        print(f"separability: {name}, {kind}, exaggeration {gain:g}", file=sys.stderr, flush=True)
        renderer = _renderer(name)
        return {"features": features_of([cut(renderer, frame) for frame in apexes(syllables, gain=gain)])}

    said = " ".join("".join(syllable) for syllable in syllables)
    return kept(f"mouths-{name}-{kind.partition(' ')[0]}-{gain:g}", (said,), make)["features"]


@lru_cache(maxsize=4)
def _renderer(name: str) -> Renderer:
    return Renderer(presenter(name), MOUTH)


def cut(renderer: Renderer, frame: MotionFrame) -> RgbImage:
    """The mouth alone."""
    camera, picture = renderer.camera, renderer.draw(frame)
    half_width, half_height = (round(side / 2 * camera.pixels_per_mm) for side in (SEEN_WIDTH_MM, SEEN_HEIGHT_MM))
    x, y = round(camera.middle_x), round(camera.middle_y + BELOW_LIP_LINE_MM * camera.pixels_per_mm)
    return picture[y - half_height : y + half_height, x - half_width : x + half_width].copy()


def score(
    kind: str,
    gain: float,
    name: str,
    shown: Mapping[str, Features],
    syllables: Sequence[Syllable],
    groups: Mapping[str, int],
) -> Score:
    """Learns from all others (from the same face where it is the only one), without the contexts it is tested on."""
    teachers = [other for other in shown if other != name] or [name]
    sounds = [sound for _, sound, _ in syllables]
    first = np.array([before for before, _, _ in syllables])
    mistakes: dict[tuple[str, str], int] = {}
    for held_out in dict.fromkeys(first):
        tested = np.flatnonzero(first == held_out)
        taught = np.flatnonzero(first != held_out)
        lessons = np.concatenate([shown[teacher][taught] for teacher in teachers])
        reader = learn(lessons, [sounds[place] for place in taught] * len(teachers))
        for place, read in zip(tested, reader.read(shown[name][tested]), strict=True):
            if groups[read] != groups[sounds[place]]:
                mistakes[sounds[place], read] = mistakes.get((sounds[place], read), 0) + 1
    often = sorted(mistakes.items(), key=lambda item: -item[1])
    right = 1 - sum(mistakes.values()) / len(syllables)
    return Score(name, kind, gain, right, len(syllables), tuple((*pair, times) for pair, times in often))


def _figure(name: str, right: float, confused: Sequence[tuple[str, str, int]]) -> Figure:
    seen = f"; {confused[0][0]} read as {confused[0][1]} {confused[0][2]} times" if confused else ""
    return Figure(name, 100 * right, "%", f"the goal, {100 * GOAL:.0f} %{seen}", right / GOAL)
