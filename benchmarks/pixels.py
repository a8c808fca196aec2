"""Every presenter's films in, the lip tests on their decoded pixels out.

FaceMesh is no part of ours. Films are made by the program itself, 1280x720, face framing; the marks are those of
lipreading.md 7.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from avatar.motion.saved import ASKED
from avatar.presenters.library import DEFAULT
from benchmarks.contacts_seen import CONTACTS
from benchmarks.figure import Figure
from benchmarks.lip_faces import built_in, paintings
from benchmarks.lip_tests import Following, closures, follows, laterals, leaks, merged
from benchmarks.lip_texts import CONSONANT_GROUPS, CONTEXTS, TEXTS
from benchmarks.lip_watch import LipFace, Watched, watch_syllables, watch_text
from benchmarks.lip_yardsticks import noise, talkers
from benchmarks.mouth_colour import DARK, FLESH, KINDS, TOOTH
from benchmarks.rounding_seen import Rounding, see_rounding
from tests.avatar.articulation.checks import Outcome

WANTED_LIGHTNESS = {TOOTH: "80 or more", DARK: "15 to 25", FLESH: "tongue, 45 to 60"}
"""lipreading.md 3.3."""
SHOW_THE_TONGUE = ("θ", "ð", "t", "d", "n", "l")
"""In other consonants most of the flesh that is seen between FaceMesh's lips is the lips' own edge."""
OPENING_GOAL, WIDTH_GOAL = 0.95, 0.90


@dataclass(frozen=True, slots=True)
class Judged:
    """One face's results."""

    face: str
    closed: Outcome
    open: Outcome
    lateral: Outcome
    rounded: Rounding
    opening: Following
    """The worse of the texts."""
    width: Following
    contacts: dict[str, Outcome]
    lightness: dict[str, float]
    """Median L* by kind of thing between the lips."""
    lip_to_skin: float
    """CIEDE2000."""
    unseen_frames: int
    """In which FaceMesh found no face."""


def measure() -> Iterator[Figure]:
    """The instrument's own noise and what real talkers reach, then one row for each test of each face."""
    yield from yardsticks()
    for face in (*built_in(), *paintings()):
        yield from figures(judge(face))


def yardsticks() -> Iterator[Figure]:
    """How far off FaceMesh reads lips that are held still, and our articulation beside two people's lips."""
    _tell("yardsticks")
    found = noise(DEFAULT)
    yield Figure(
        "gap of lips held still, read off by at most", found.gap_mm, "mm", "T5 asks for 1.5 mm", found.gap_mm / 1.5
    )
    yield Figure("width of lips held still, read off by at most", found.width_mm, "mm", "", None)
    for talker in talkers():
        name = f"articulation beside a real talker, {talker.name}"
        yield Figure(f"{name}, opening, r", talker.opening, "", "two people say a sentence in different ways", None)
        yield Figure(f"{name}, width, r", talker.width, "", "", None)


def judge(face: LipFace, texts: dict[str, str] = TEXTS) -> Judged:
    """Watches the face speak and applies every test."""
    spoken = []
    for name, text in texts.items():
        _tell(f"{face.name}: {name}")
        spoken.append(watch_text(face, name, text))
    _tell(f"{face.name}: syllables")
    consonants = consonant_frames(face)
    syllables, watched = consonants
    openings = dict(zip(syllables, watched.gap, strict=True))
    return Judged(
        face.name,
        merged(closures(each) for each in spoken),
        merged(leaks(each) for each in spoken),
        laterals(openings),
        see_rounding(face),
        min((opening_followed(each) for each in spoken), key=lambda found: found.correlation),
        min((width_followed(each) for each in spoken), key=lambda found: found.correlation),
        contacts_seen(syllables, watched),
        lightness(syllables, watched),
        min(each.lip_to_skin for each in spoken),
        sum(int(np.isnan(each.gap).sum()) for each in spoken),
    )


def consonant_frames(face: LipFace) -> tuple[list[tuple[str, str, str]], Watched]:
    """Every consonant between every two of four vowels and UW, one frame each."""
    vowels = (*CONTEXTS, "uː")
    syllables = [(one, sound, two) for sound in CONSONANT_GROUPS for one in vowels for two in vowels]
    return syllables, watch_syllables(face, "consonants", syllables)


def opening_followed(watched: Watched) -> Following:
    """The gap of the inner lips beside the lip height asked for; pressing is not seen as less than closed.

    Asked for, not drawn: small openings of a picture are drawn wider (avatar/render/readable_lips.py).
    """
    return follows(watched, np.maximum(watched.asked[ASKED + "lip_height_mm"], 0.0), watched.gap)


def width_followed(watched: Watched) -> Following:
    """Corner to corner beside the mouth width asked for."""
    return follows(watched, watched.asked[ASKED + "mouth_width"], watched.width)


def contacts_seen(syllables: list[tuple[str, str, str]], watched: Watched) -> dict[str, Outcome]:
    """Whether each contact is seen in each of its syllables."""
    found = {}
    for name, (_, sounds) in CONTACTS.items():
        outcome = Outcome()
        for syllable, is_seen in zip(syllables, watched.contacts[name], strict=True):
            if syllable[1] in sounds:
                outcome.add("".join(syllable), passed=bool(is_seen))
        found[name] = outcome
    return found


def lightness(syllables: list[tuple[str, str, str]], watched: Watched) -> dict[str, float]:
    """Median L* by kind of thing between the lips, flesh in the sounds that show the tongue."""
    shows_tongue = np.array([sound in SHOW_THE_TONGUE for _, sound, _ in syllables])
    seen = dict(watched.lightness)
    seen[FLESH] = np.where(shows_tongue, seen[FLESH], np.nan)
    return {kind: float(np.nanmedian(seen[kind])) for kind in KINDS}


def figures(judged: Judged) -> Iterator[Figure]:
    """Rows of the table; the ratio is that to the mark."""
    shares = {
        "T1 P B M seen closed": judged.closed,
        "T8 seen open elsewhere": judged.open,
        "T5 L seen wider open than T D N": judged.lateral,
        "T6 rounding seen in order": judged.rounded.outcome,
    } | {f"seen, {name}": outcome for name, outcome in judged.contacts.items()}
    for name, outcome in shares.items():
        passed = outcome.total - len(outcome.failures)
        row = f"{judged.face}: {name}"
        yield Figure(row, 100 * outcome.share, "%", f"{passed} of {outcome.total}", outcome.share)
    narrow, wide = judged.rounded.closest
    row, pair = (
        f"{judged.face}: T6 closest pair apart",
        f"{narrow} {wide}; one frame strays {63 * judged.rounded.strays:.1f} mm",
    )
    yield Figure(row, 63 * judged.rounded.apart, "mm", pair, judged.rounded.apart / judged.rounded.strays)
    for name, found, goal in (("opening", judged.opening, OPENING_GOAL), ("width", judged.width, WIDTH_GOAL)):
        off = f"lag {found.lag_frames}; worst {found.worst} {63 * found.worst_off:+.1f} mm"
        row = f"{judged.face}: {name} follows, r (goal {goal:.2f})"
        yield Figure(row, found.correlation, "", off, found.correlation / goal)
    for kind, lightness in judged.lightness.items():
        yield Figure(f"{judged.face}: L* of {kind}", lightness, "", WANTED_LIGHTNESS[kind], None)
    yield Figure(f"{judged.face}: lips against skin, dE00", judged.lip_to_skin, "", "15 or more", None)
    yield Figure(f"{judged.face}: frames without a face", judged.unseen_frames, "", "0", None)


def _tell(what: str) -> None:
    print(f"pixels: {what}", file=sys.stderr, flush=True)
