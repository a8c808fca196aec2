"""What was said and what was seen in a film in, the lip tests of lipreading.md 7 on pixels out.

T1, T8, T5, T6, and how the lips follow; lengths are over the distance of the pupils, 63 mm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from benchmarks.lip_film import RATE_HZ
from benchmarks.lip_watch import Watched
from narrator.flow import Phone, Sentence, Utterance
from tests.avatar.articulation.checks import (
    AROUND_S,
    BILABIAL,
    LABIODENTAL,
    Outcome,
    longest_run,
    name_of,
    near,
    silences,
    spoken,
)

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CLOSED, OPEN = 0.015, 0.02
"""Gap of the inner lips below and above which the mouth counts as closed and as open."""
LATERAL_MARGIN = 1.5 / 63
"""T5: how much more L opens than T D N."""
ROUNDING_STEP = 0.1
"""T6 judges a pair on pixels only where the targets differ by this much."""
ROUNDING_TARGETS = {
    "w": 0.26, "uː": 0.28, "oʊ": 0.30, "ʊ": 0.42, "ɜː": 0.52, "ɔː": 0.55, "ɑː": 0.70, "iː": 0.84,
}  # fmt: skip
"""Inner width over the neutral mouth's, of lipreading.md 2.6; OW at its end."""
ROUNDING_GROUPS = (("w", "uː"), ("oʊ", "ʊ"), ("ɜː", "ɔː"), ("ɑː",), ("iː",))
"""T6: from narrow to wide."""
LAGS = range(-3, 4)


@dataclass(frozen=True, slots=True)
class Following:
    """How what is seen follows what was asked."""

    correlation: float
    lag_frames: int
    """Where the correlation is greatest; + is seen later than asked."""
    worst: str
    """The sound seen furthest from the line through all frames."""
    worst_off: float
    """How far, in distances of the pupils."""


def closures(watched: Watched) -> Outcome:
    """T1: every P B M closed on two consecutive frames."""
    outcome, times = Outcome(), watched.asked["time_s"]
    for phone in spoken(_utterance(watched), BILABIAL):
        gaps = watched.gap[near(phone, times)]
        outcome.add(f"{name_of(phone)}: gaps {gaps.round(3)}", passed=longest_run(gaps <= CLOSED) >= 2)
    return outcome


def leaks(watched: Watched) -> Outcome:
    """T8: open outside P B M, silence and 60 ms either side; F V not sealed, by what is seen between the lips."""
    outcome, times = Outcome(), watched.asked["time_s"]
    utterance = _utterance(watched)
    exempt = np.zeros(len(times), bool)
    for phone in spoken(utterance, BILABIAL):
        exempt |= near(phone, times)
    for start_s, end_s in silences(utterance):
        exempt |= (times >= start_s - AROUND_S) & (times <= end_s + AROUND_S)
    tucked = np.zeros(len(times), bool)
    for phone in spoken(utterance, LABIODENTAL):
        tucked |= near(phone, times)
    for place in np.flatnonzero(~exempt):
        said = f"{_said_at(watched.phones, times[place])} at {times[place]:.2f} s: gap {watched.gap[place]:.3f}"
        is_open = not watched.is_sealed[place] if tucked[place] else watched.gap[place] >= OPEN
        outcome.add(said, passed=bool(is_open))
    return outcome


def follows(watched: Watched, asked: Doubles, seen: Doubles) -> Following:
    """Pearson's r frame by frame, the lag at which it is greatest, and the sound that strays furthest."""
    at_lag = {lag: correlation(asked, seen, lag) for lag in LAGS}
    known = np.isfinite(seen)
    line = np.polyfit(asked[known], seen[known], 1)
    off = seen - np.polyval(line, asked)
    times = watched.asked["time_s"]
    strays: dict[str, list[float]] = {}
    for phone in watched.phones:
        place = int(np.argmin(np.abs(times - phone.start_s - phone.duration_s / 2)))
        if phone.ipa and np.isfinite(off[place]):
            strays.setdefault(phone.ipa, []).append(float(off[place]))
    means = {ipa: float(np.mean(each)) for ipa, each in strays.items()}
    worst = max(means, key=lambda ipa: abs(means[ipa]))
    return Following(at_lag[0], max(at_lag, key=lambda lag: at_lag[lag]), worst, means[worst])


def laterals(seen: dict[tuple[str, str, str], float]) -> Outcome:
    """T5: L is open wider than T D N in every context; gaps by (V1, C, V2)."""
    outcome = Outcome()
    for one, sound, two in seen:
        if sound in "tdn":
            more = seen[one, "l", two] - seen[one, sound, two]
            outcome.add(f"{one} l {two} over {sound}: {63 * more:.1f} mm", passed=more >= LATERAL_MARGIN)
    return outcome


def rounding(seen: dict[str, float]) -> Outcome:
    """T6: inner widths in order, wherever the targets are far enough apart to be seen."""
    outcome = Outcome()
    for (narrow, wide), step in rounding_steps(seen).items():
        outcome.add(f"{narrow} {seen[narrow]:.3f} < {wide} {seen[wide]:.3f}", passed=step > 0)
    return outcome


def rounding_steps(seen: dict[str, float]) -> dict[tuple[str, str], float]:
    """(narrow, wide) of every pair that T6 judges on pixels: how much wider the wide one is."""
    return {
        (narrow, wide): seen[wide] - seen[narrow]
        for before, after in combinations(ROUNDING_GROUPS, 2)
        for narrow, wide in product(before, after)
        if ROUNDING_TARGETS[wide] - ROUNDING_TARGETS[narrow] >= ROUNDING_STEP - 1e-9
    }


def merged(outcomes: Iterable[Outcome]) -> Outcome:
    """All findings as one."""
    total = Outcome()
    for outcome in outcomes:
        total.merge(outcome)
    return total


def correlation(asked: Doubles, seen: Doubles, lag: int) -> float:
    """Pearson's r of what was seen that many frames later; frames without a face are left out."""
    frames = min(len(asked), len(seen))
    at = np.arange(max(0, -lag), min(frames, frames - lag))
    known = at[np.isfinite(seen[at + lag])]
    return float(np.corrcoef(asked[known], seen[known + lag])[0, 1])


def _utterance(watched: Watched) -> Utterance:
    return Utterance(Sentence("", "en"), np.zeros(0, np.int16), RATE_HZ, watched.phones, ())


def _said_at(phones: tuple[Phone, ...], time_s: float) -> str:
    return next((phone.ipa for phone in phones if phone.start_s <= time_s < phone.end_s), "") or "pause"
