"""The lip-reading tests T1 to T20 in, their figures out: article, V1-C-V2, a measured talker.

Run as: python -m benchmarks.articulation. Geometry is read from the drawn mouth; the pass marks are lipreading.md 7's.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from avatar.articulation.ipa_features import sounds_in
from benchmarks.figure import Figure
from tests.avatar.articulation import checks, separability
from tests.avatar.articulation.material import article, track_of
from tests.avatar.articulation.measured_speech import SENTENCE, compare
from tests.avatar.articulation.test_coarticulation import (
    INVENTORY,
    LIP_CHANNELS,
    MONOPHTHONGS,
    ROUNDED_GROUPS,
    at_middle,
)
from tests.avatar.articulation.test_contacts import rounding_lead
from tests.avatar.geometry import read_channels

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GAIN = 1.2


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its pass mark."""

    name: str
    figure: str
    mark: str


def lines() -> Iterator[Line]:
    """Every figure, as it is measured."""
    yield from _contacts()
    yield from _timing()
    yield from _neighbours()
    yield from _separability()
    unknown = [ipa for ipa in INVENTORY if sounds_in(ipa)[1]]
    yield Line("T19 espeak's phones with a target", f"{len(INVENTORY) - len(unknown)} of {len(INVENTORY)}", "all")
    yield from _speed()
    if (DATA / SENTENCE).is_file():
        yield from _measured_talker()


def measure() -> Iterator[Figure]:
    """For `python -m benchmarks`: what articulation costs, against the length of the sound."""
    seconds, sound = _cost()
    yield Figure("mouth motion of a sentence", 1000 * seconds, "ms", "length of its sound", seconds / sound)


def _contacts() -> Iterator[Line]:
    named: dict[str, Callable[..., checks.Outcome]] = {
        "T1 P B M closed on 2 frames": checks.t1_closure,
        "T2 F V on the teeth": checks.t2_tuck,
        "T3 tongue out in TH": checks.t3_tongue_out,
        "T4 sibilants' incisor gap <= 1.5 mm": checks.t4_sibilant,
        "closed in silence": checks.silence_is_closed,
        "T8 open elsewhere": checks.t8_no_leak,
    }
    for name, check in named.items():
        outcome = checks.Outcome()
        for entry in checks.read_article(GAIN):
            outcome.merge(check(*entry))
        yield Line(f"{name}, article", f"{outcome.total - len(outcome.failures)} of {outcome.total}", "all (T3: 98 %)")
    errors = sorted(e for u, t, r in checks.read_article(GAIN) for e in checks.t13_errors(u, t, r, GAIN))
    values = np.array([error for error, _ in errors])
    yield Line("T13 worst phone, article", f"{values[-1]:.2f} tolerances (mean {values.mean():.2f})", "<= 3")


def _timing() -> Iterator[Line]:
    late = np.concatenate([checks.t9_apexes(*entry) for entry in checks.read_article(GAIN)]) * 1000
    yield Line(
        "T9 apex within 20 ms", f"{np.mean(np.abs(late) <= 20):.1%}, worst {np.abs(late).max():.0f} ms", "95 %, 40 ms"
    )
    leads, rounding = [], []
    for utterance in article():
        track = track_of(utterance, 200.0, GAIN)
        leads.append(checks.t9_onsets(utterance, track, read_channels(track)))
        rounding += [rounding_lead(phone, track) for phone in utterance.phones if phone.ipa == "w"]
    lead = np.concatenate(leads) * 1000
    share = np.mean((lead >= 60) & (lead <= 120))
    yield Line("T9 closing onset 60-120 ms before", f"{share:.1%}, median {np.median(lead):.0f} ms", "95 %")
    early = np.array(rounding) * 1000
    yield Line("T9 rounding before W, article", f"median {np.median(early):.0f} ms", ">= 120 ms")


def _neighbours() -> Iterator[Line]:
    vowels = separability.CONSONANT_CONTEXTS + ("uː",)
    contexts = list(product(vowels, vowels))
    lateral = at_middle([(a, "l", b) for a, b in contexts], 1)["lip_height_mm"]
    least = min(
        float((lateral - at_middle([(a, other, b) for a, b in contexts], 1)["lip_height_mm"]).min()) for other in "tdn"
    )
    yield Line("T5 L above T D N", f"{least:.2f} mm at least", ">= 1.5 mm")
    widths = {
        sound: float(at_middle([(sound,)], 0, 0.85 if sound == "oʊ" else 0.5)["inner_width"][0])
        for group in ROUNDED_GROUPS
        for sound in group
    }
    yield Line("T6 inner widths", " ".join(f"{sound} {width:.2f}" for sound, width in widths.items()), "rising")
    leaks = []
    for vowel, consonant in product(MONOPHTHONGS, "kɡhŋ"):
        alone = at_middle([("t", vowel, vowel, "t")], 1, 1.0)
        inside = at_middle([("t", vowel, consonant, vowel, "t")], 2)
        for channel in LIP_CHANNELS:
            scale = max(abs(float(alone[channel][0])), 1.0 if channel.endswith("mm") else 0.1)
            leaks.append(abs(float(inside[channel][0] - alone[channel][0])) / scale)
    yield Line("T7 K G HH NG between equal vowels", f"lips change by {max(leaks):.1%} at most", "<= 10 %")
    for consonant in "tdnk":
        read = at_middle([("uː", consonant, "uː"), ("iː", consonant, "iː")], 1)
        width = read["mouth_width"][1] - read["mouth_width"][0]
        protrusion = read["lip_protrusion_mm"][0] - read["lip_protrusion_mm"][1]
        yield Line(f"T20 {consonant}: UW against IY", f"{width:.2f} wide, {protrusion:.1f} mm", ">= 0.08, >= 3 mm")


def _separability() -> Iterator[Line]:
    for gain in (1.0, GAIN, 1.6):
        found = separability.confusions(separability.consonant_samples(exaggeration=gain))
        groups, rows = separability.group_score(found), separability.row_score(found)
        yield Line(f"T12 consonants, gain {gain}", f"groups {groups:.1%}, rows {rows:.1%}", "95 %, 90 %")
        vowels = separability.vowel_group_score(separability.confusions(separability.vowel_samples(gain)))
        yield Line(f"T12 vowels, gain {gain}", f"groups {vowels:.1%}", "95 %")
    contexts = (*separability.CONSONANT_CONTEXTS, "uː")
    beside = [c for c in separability.confusions(separability.consonant_samples(contexts)) if "uː" in c[1]]
    scores = f"groups {separability.group_score(beside):.1%}, rows {separability.row_score(beside):.1%}"
    yield Line("T12 consonants beside UW", scores, "reported")


def _speed() -> Iterator[Line]:
    seconds, sound = _cost()
    yield Line("articulate()", f"{1000 * seconds:.1f} ms for {sound:.1f} s of speech", "< 50 ms for 10 s")
    for channel, unit in (("lip_height_mm", "mm/s"), ("jaw_drop_mm", "mm/s"), ("lip_protrusion_mm", "mm/s")):
        fastest = max(float(np.abs(np.diff(t.channel(channel))).max() * t.fps) for _, t, _ in checks.read_article(GAIN))
        yield Line(f"fastest {channel}, frame to frame", f"{fastest:.0f} {unit}", "lips <= 420, jaw <= 220")


def _cost() -> tuple[float, float]:
    """(seconds of work, seconds of sound) for the longest sentence; the least of ten runs."""
    utterance = max(article(), key=lambda spoken: spoken.duration_s)
    runs = []
    for _ in range(10):
        started = time.process_time()
        track_of(utterance, 30.0, GAIN)
        runs.append(time.process_time() - started)
    return min(runs), utterance.duration_s


def _measured_talker() -> Iterator[Line]:
    for sensor, fits in compare(DATA / SENTENCE).items():
        for name, fit in fits.items():
            figure = f"r {fit.correlation:.3f}; best {fit.best:.3f} at {1000 * fit.lag_s:+.0f} ms"
            yield Line(f"measured {sensor}: {name}", figure, "ours clearly above")


def main() -> int:
    """Prints the table."""
    for line in lines():
        print(f"{line.name:<46} {line.figure:<64} {line.mark}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
