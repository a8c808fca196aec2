"""An utterance, its track and its geometry in, what each lip-reading test finds out (lipreading.md 7).

Every check returns an Outcome: how many things it looked at, and a line for each that failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MotionTrack
from narrator.flow import Phone, Utterance
from tests.avatar.articulation.material import BILABIAL, DENTAL, LABIODENTAL, SIBILANT, article, track_of
from tests.avatar.articulation.reference_targets import COLUMNS, tolerances, wanted
from tests.avatar.geometry import Readings, read_geometry

CLOSED_MM, OPEN_MM = 0.3, 1.2
"""Below and above these the lips count as closed and as open."""
TUCKED_MM, TEETH_SHOWN_MM = 0.5, 1.5
TONGUE_SHARE = 0.30
GAP_MM = 1.5
AROUND_S = 0.060
"""T8 looks away this long round P B M and silences; T1 to T4 look this far round a phone for its contact."""
ONSET_SHARE = 0.2
"""A movement starts where its speed passes this share of its peak (usual in kinematics: 10-20 %)."""
SETTLE_S, PREPARE_S, PAUSE_S = 0.150, 0.200, 0.200

Flags = npt.NDArray[np.bool_]


@dataclass
class Outcome:
    """What one check found."""

    total: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, what: str, *, passed: bool) -> None:
        """Counts one thing looked at."""
        self.total += 1
        if not passed:
            self.failures.append(what)

    def merge(self, other: Outcome) -> None:
        """Adds another's findings."""
        self.total += other.total
        self.failures += other.failures

    @property
    def share(self) -> float:
        """Of the things looked at, how many passed."""
        return 1.0 - len(self.failures) / max(self.total, 1)


@lru_cache(maxsize=2)
def read_article(exaggeration: float = 1.2) -> tuple[tuple[Utterance, MotionTrack, Readings], ...]:
    """The article at 130 words a minute and 30 fps, with the drawn geometry of every frame."""
    tracks = [(utterance, track_of(utterance, 30.0, exaggeration)) for utterance in article()]
    return tuple((utterance, track, read_geometry(track)) for utterance, track in tracks)


def frame_times(track: MotionTrack) -> npt.NDArray[np.float64]:
    """Presentation time of each frame."""
    return np.asarray(track.start_s + np.arange(len(track)) / track.fps)


def spoken(utterance: Utterance, wanted: frozenset[str]) -> Iterator[Phone]:
    """The phones of that class."""
    return (phone for phone in utterance.phones if phone.ipa in wanted)


def near(phone: Phone, times: npt.NDArray[np.float64], margin_s: float = AROUND_S) -> Flags:
    """The frames in which the phone's contact may be looked for."""
    return np.asarray((times >= phone.start_s - margin_s) & (times < phone.end_s + margin_s))


def longest_run(flags: Flags) -> int:
    """Most consecutive True."""
    best = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    return best


def name_of(phone: Phone) -> str:
    """For messages."""
    return f"{phone.ipa} at {phone.start_s:.3f} s ({phone.duration_s * 1000:.0f} ms)"


def t1_closure(utterance: Utterance, track: MotionTrack, read: Readings) -> Outcome:
    """Every P B M: closed on at least two consecutive frames."""
    outcome, times = Outcome(), frame_times(track)
    for phone in spoken(utterance, BILABIAL):
        heights = read["lip_height_mm"][near(phone, times)]
        outcome.add(f"{name_of(phone)}: heights {heights.round(1)}", passed=longest_run(heights <= CLOSED_MM) >= 2)
    return outcome


def t2_tuck(utterance: Utterance, track: MotionTrack, read: Readings) -> Outcome:
    """Every F V: lower lip on the upper teeth, which are seen, on one frame (two at 60 fps)."""
    outcome, times = Outcome(), frame_times(track)
    needed = 2 if track.fps >= 60 else 1
    tucked = (read["lower_lip_to_teeth_mm"] <= TUCKED_MM) & (read["upper_teeth_mm"] >= TEETH_SHOWN_MM)
    tucked &= track.channel("lower_lip_tuck") > 0.5
    for phone in spoken(utterance, LABIODENTAL):
        inside = near(phone, times)
        what = f"{name_of(phone)}: distance {read['lower_lip_to_teeth_mm'][inside].round(2)}"
        outcome.add(what, passed=longest_run(tucked[inside]) >= needed)
    return outcome


def t3_tongue_out(utterance: Utterance, track: MotionTrack, read: Readings) -> Outcome:
    """Every TH DH: tongue in front of the incisors over 30 % of the gap, on one frame."""
    outcome, times = Outcome(), frame_times(track)
    for phone in spoken(utterance, DENTAL):
        inside = near(phone, times, 0.0) if phone.duration_s * track.fps >= 2 else near(phone, times)
        share = read["tongue_past_teeth"][inside]
        outcome.add(f"{name_of(phone)}: {share.round(2)}", passed=bool((share >= TONGUE_SHARE).any()))
    return outcome


def t4_sibilant(utterance: Utterance, track: MotionTrack, read: Readings) -> Outcome:
    """Every S Z SH ZH CH JH: the incisors nearly meet at the apex, the frame nearest to the phone's middle."""
    outcome, times = Outcome(), frame_times(track)
    for phone in spoken(utterance, SIBILANT):
        apex = int(np.argmin(np.abs(times - (phone.start_s + phone.duration_s / 2))))
        around = read["incisor_gap_mm"][max(apex - 1, 0) : apex + 2]
        outcome.add(f"{name_of(phone)}: gaps {around.round(2)}", passed=float(around.min()) <= GAP_MM)
    return outcome


def silences(utterance: Utterance) -> list[tuple[float, float]]:
    """(start, end) of what counts as silence, also before the first and after the last phone."""
    voiced = [phone for phone in utterance.phones if phone.ipa]
    edges = [(-np.inf, voiced[0].start_s)] if voiced else []
    edges += [(one.end_s, two.start_s) for one, two in zip(voiced, voiced[1:], strict=False)]
    edges += [(voiced[-1].end_s, np.inf)] if voiced else []
    quiet = [(start + SETTLE_S, end - PREPARE_S) for start, end in edges if end - start >= PAUSE_S]
    return [(start, end) for start, end in quiet if end >= start]


def silence_is_closed(utterance: Utterance, track: MotionTrack, read: Readings) -> Outcome:
    """Lips closed in every silence."""
    outcome, times = Outcome(), frame_times(track)
    for start, end in silences(utterance):
        for place in np.flatnonzero((times >= start) & (times <= end)):
            height = float(read["lip_height_mm"][place])
            outcome.add(f"silence at {times[place]:.3f} s: {height:.2f} mm", passed=height <= CLOSED_MM)
    return outcome


def t8_no_leak(utterance: Utterance, track: MotionTrack, read: Readings) -> Outcome:
    """Outside P B M, silence and 60 ms either side: open on every frame; F V are not sealed."""
    outcome, times = Outcome(), frame_times(track)
    exempt = np.zeros(len(times), bool)
    for phone in spoken(utterance, BILABIAL):
        exempt |= near(phone, times)
    for start, end in silences(utterance):
        exempt |= (times >= start - AROUND_S) & (times <= end + AROUND_S)
    for place in np.flatnonzero(~exempt):
        height = float(read["lip_height_mm"][place])
        said = track.phones[place] or "pause"
        outcome.add(f"{said} at {times[place]:.3f} s: {height:.2f} mm", passed=height >= OPEN_MM)
    return outcome


def apex_of(phone: Phone, track: MotionTrack, read: Readings) -> float:
    """The moment of a bilabial's or labiodental's apex: the middle of the frames nearest to its extreme."""
    times = frame_times(track)
    inside = np.flatnonzero(near(phone, times, 0.5 / track.fps))
    if phone.ipa in BILABIAL:
        depth = read["lip_height_mm"][inside]
    else:
        depth = read["lower_lip_to_teeth_mm"][inside] - track.channel("lower_lip_tuck")[inside]
    return float(times[inside[depth <= depth.min() + 0.02]].mean())


def onset_of(phone: Phone, apex_s: float, track: MotionTrack, read: Readings) -> float:
    """The moment the closing movement starts: where its speed first passes a fifth of its peak."""
    times = frame_times(track)
    height = read["lip_height_mm"]
    contact = CLOSED_MM if phone.ipa in BILABIAL else float(np.interp(apex_s, times, height)) + CLOSED_MM
    place = int(np.searchsorted(times, apex_s))
    while place > 0 and height[place] <= contact:
        place -= 1
    speed = -np.gradient(height, times)
    peak = 0.0
    while place > 0 and (speed[place] >= ONSET_SHARE * peak or peak == 0.0):
        peak = max(peak, float(speed[place]))
        place -= 1
    return float(times[place])


def lone_gestures(utterance: Utterance) -> Iterator[Phone]:
    """P B M F V that do not share their gesture with a neighbour (as in "camp" and "of five")."""
    phones = utterance.phones
    for before, phone, after in zip(
        ("", *(p.ipa for p in phones)), phones, (*(p.ipa for p in phones[1:]), ""), strict=False
    ):
        for group in (BILABIAL, LABIODENTAL):
            if phone.ipa in group and before not in group and after not in group:
                yield phone


def t9_apexes(utterance: Utterance, track: MotionTrack, read: Readings) -> npt.NDArray[np.float64]:
    """(n,) seconds each apex of P B M F V lies after its phone's middle."""
    phones = lone_gestures(utterance)
    return np.array([apex_of(p, track, read) - p.start_s - p.duration_s / 2 for p in phones])


def t9_onsets(utterance: Utterance, track: MotionTrack, read: Readings) -> npt.NDArray[np.float64]:
    """(n,) seconds each closing movement starts before its apex."""
    found = []
    for phone in lone_gestures(utterance):
        apex = apex_of(phone, track, read)
        found.append(apex - onset_of(phone, apex, track, read))
    return np.array(found)


def t13_errors(utterance: Utterance, track: MotionTrack, read: Readings, gain: float) -> list[tuple[float, str]]:
    """Each phone's worst figure in tolerances, at the frame where it comes closest to its target."""
    times = frame_times(track)
    measured = np.stack([read[name] for name in COLUMNS], axis=1)
    found = []
    for phone in utterance.phones:
        rows = wanted(phone.ipa, gain) if phone.ipa else None
        if rows is None:
            continue
        inside = measured[near(phone, times, 0.5 / track.fps)]
        for row, tolerance in zip(rows, tolerances(rows), strict=True):
            errors = np.nan_to_num(np.abs(inside - row) / tolerance)
            best = int(np.argmin(errors.max(axis=1)))
            column = int(np.argmax(errors[best]))
            what = f"{name_of(phone)}: {COLUMNS[column]} is {inside[best, column]:.2f}, wanted {row[column]:.2f}"
            found.append((float(errors[best, column]), what))
    return found
