"""A mood never opens a closed lip, unrounds a mouth or flickers; in silence its smile is whole."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import numpy as np
import pytest

from avatar.motion.emotion import FEELINGS
from avatar.motion.smile import SPOKEN_SMILE, out_of_the_way
from avatar.motion_frame import INDEX, REST, MotionFrame, MotionTrack
from avatar.planning import plan, rest
from avatar.presenters.library import presenter
from avatar.render.lips import INNER_EDGE
from avatar.render.mouth import Mouth
from narrator.flow import Delivery, Utterance, Waiting
from tests.avatar.articulation.checks import BILABIAL, LABIODENTAL, frame_times, longest_run, near, spoken
from tests.avatar.articulation.material import AFTER_S, chained
from tests.avatar.geometry import read_geometry

CLOSED_MM = 0.3
STRENGTHS = (0.25, 0.5, 0.75, 1.0)
GAINS = (0.8, 1.2, 1.6)
CONTEXTS = [(vowel, lips, vowel) for vowel in ("iː", "ɑː", "uː") for lips in sorted(BILABIAL)]
ROUNDED = [("iː", sound, "iː") for sound in ("uː", "w", "f", "v")]
ONE_COLUMN = 0.06
"""Inner width is read off the mesh in steps of this."""
FPS, PREROLL_S = 30.0, Delivery().preroll_s


@lru_cache(maxsize=1)
def utterance() -> Utterance:
    return chained([*CONTEXTS, *ROUNDED])[0]


def performed(emotion: str, strength: float, gain: float = 1.2) -> MotionTrack:
    delivery = Delivery(emotion=emotion, emotion_strength=strength, exaggeration=gain)
    return plan(utterance(), FPS, -PREROLL_S, utterance().duration_s + AFTER_S, 3.0, delivery)


@lru_cache(maxsize=1)
def mouth() -> Mouth:
    return Mouth(presenter("ada"))


def widest_gap_mm(frame: MotionFrame) -> float:
    """Anywhere between the lips, corner to corner, of what is drawn."""
    lips = mouth().pose(frame).lips
    return float((lips.upper[INNER_EDGE, :, 1] - lips.lower[INNER_EDGE, :, 1]).max())


@pytest.mark.parametrize("emotion", FEELINGS)
@pytest.mark.parametrize("strength", STRENGTHS)
def test_p_b_m_close_from_corner_to_corner_in_every_mood_at_every_gain(emotion: str, strength: float) -> None:
    missed = []
    for gain in GAINS:
        track = performed(emotion, strength, gain)
        times = frame_times(track)
        for phone in spoken(utterance(), BILABIAL):
            gaps = [widest_gap_mm(track.frame(int(i))) for i in np.flatnonzero(near(phone, times))]
            if longest_run(np.array(gaps) <= CLOSED_MM) < 2:
                missed.append((phone.ipa, phone.start_s, gain, gaps))
    assert not missed


@pytest.mark.parametrize("emotion", FEELINGS)
def test_no_mood_smiles_or_frowns_through_a_contact_or_a_rounded_mouth(emotion: str) -> None:
    track = performed(emotion, 1.0)
    times = frame_times(track)
    for phone in spoken(utterance(), BILABIAL | LABIODENTAL | {"w"} | {"uː"}):
        middle = int(np.argmin(np.abs(times - phone.start_s - phone.duration_s / 2)))
        assert np.abs(track.channel("smile")[middle - 1 : middle + 2]).max() <= SPOKEN_SMILE + 0.03, phone


def test_rounding_and_tucks_are_as_they_are_without_a_mood() -> None:
    happy, neutral = (performed(emotion, 1.0) for emotion in ("happy", "neutral"))
    times = frame_times(neutral)
    for phone in spoken(utterance(), LABIODENTAL | {"w"} | {"uː"}):
        where = np.abs(times - phone.start_s - phone.duration_s / 2) <= 1 / FPS
        one, other = read_geometry(happy, where), read_geometry(neutral, where)
        for name, most in (("inner_width", ONE_COLUMN), ("mouth_width", 0.02), ("lower_lip_to_teeth_mm", 0.4)):
            assert np.nanmax(np.abs(one[name] - other[name])) <= most, (phone, name)


def test_a_smile_is_whole_in_silence_and_widens_the_mouth() -> None:
    waiting = rest(Waiting(5.0, is_alert=False), FPS, Delivery(emotion="happy", emotion_strength=1.0))
    assert waiting["smile"] > 0.5
    assert 1.04 < waiting["mouth_width"] < 1.15
    assert rest(Waiting(5.0, is_alert=False), FPS, Delivery())["mouth_width"] == pytest.approx(1.0, abs=1e-6)
    between = performed("happy", 1.0).channel("smile")
    assert between.max() > 0.5
    assert between.min() < 0.3


def test_it_goes_and_comes_without_a_jump_and_meets_the_waiting_face() -> None:
    delivery = Delivery(emotion="happy", emotion_strength=1.0)
    track = performed("happy", 1.0)
    assert np.abs(np.diff(track.channel("smile"))).max() < 0.16
    assert track.channel("smile")[0] == pytest.approx(
        rest(Waiting(3.0 - PREROLL_S, is_alert=False), FPS, delivery)["smile"], abs=0.02
    )
    assert track.channel("mouth_width")[0] == pytest.approx(
        rest(Waiting(3.0 - PREROLL_S, is_alert=False), FPS, delivery)["mouth_width"], abs=0.02
    )


@pytest.mark.parametrize(("lips", "gap_s"), list(product((-1.0, 1.0), (0.1, 0.25))))
def test_closures_in_a_row_make_one_dip(lips: float, gap_s: float) -> None:
    values = np.tile(REST, (60, 1))
    values[:, INDEX["lip_height_mm"]], values[:, INDEX["smile"]] = 8.0, 0.6 * lips
    for start in (20, 20 + round(gap_s * FPS)):
        values[start : start + 2, INDEX["lip_press"]] = 1.0
    smile = np.abs(out_of_the_way(MotionTrack(0.0, FPS, ("",) * 60, values)).channel("smile"))
    falls = np.diff(smile) < -1e-3
    assert (np.diff(falls.astype(int)) == 1).sum() == 1
    assert smile[20:22].max() <= SPOKEN_SMILE + 1e-3
    assert smile[0] == pytest.approx(0.6)
