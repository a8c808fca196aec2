"""Accents are underlined each in its own way: brows not on every one and not both alike, no two nods the same."""

from __future__ import annotations

import numpy as np

from avatar.diffusion.variety import Variety, variety_of
from avatar.motion.emotion import FEELINGS
from narrator.flow import Delivery

FPS = 30.0
TIMES = np.arange(-0.2, 60.0, 1 / FPS)
ACCENTS = [(1.5 * k + 1.0, 0.2 + 0.6 * (k % 7) / 6) for k in range(38)]
MELODY = np.zeros(len(TIMES))
NEUTRAL = Delivery()


def made(seed: int = 0, melody: np.ndarray = MELODY, *, liveliness: float = 0.5) -> Variety:
    return variety_of(TIMES, ACCENTS, melody, 3.0, Delivery(seed=seed, liveliness=liveliness))


def test_no_two_accents_bow_the_head_alike() -> None:
    bow = made().bow_deg
    shapes = []
    for moment, weight in ACCENTS[:-1]:
        first = int(np.searchsorted(TIMES, moment - 0.5))
        shapes.append(bow[first : first + round(FPS)] / weight)
    apart = [np.abs(one - other).max() for i, one in enumerate(shapes) for other in shapes[:i]]
    assert np.median(apart) > 0.15
    assert np.abs(bow).max() < 1.2


def test_heads_bow_deeper_on_accents_and_not_elsewhere() -> None:
    bow = made().bow_deg
    on = np.concatenate([bow[np.abs(TIMES - moment - 0.05) < 0.05] / weight for moment, weight in ACCENTS])
    assert on.mean() > 0.2
    quiet = np.all([np.abs(TIMES - moment) > 1.4 for moment, _ in ACCENTS], axis=0)
    assert not bow[quiet].any()


def test_brows_join_the_stronger_accents_and_leave_the_others_to_the_head() -> None:
    variety = made()
    raised = variety.vary_brows(np.full(len(TIMES), 0.4), 0, NEUTRAL)
    at = {weight: raised[np.searchsorted(TIMES, moment)] for moment, weight in ACCENTS}
    weakest, strongest = at[min(at)], at[max(at)]
    assert weakest < 0.22
    assert strongest > 0.35
    assert 0.4 < np.mean([raised[np.searchsorted(TIMES, moment)] > 0.3 for moment, _ in ACCENTS]) < 0.8


def test_the_two_brows_do_not_do_the_same() -> None:
    variety = made()
    left, right = (variety.vary_brows(np.full(len(TIMES), 0.4), side, NEUTRAL) for side in (0, 1))
    assert np.abs(left - right).max() > 0.05


def test_what_a_mood_holds_up_stays_up_between_accents() -> None:
    surprised = Delivery(emotion="surprised", emotion_strength=1.0)
    held = FEELINGS["surprised"]["brow_raise_left"]
    variety = variety_of(TIMES, ACCENTS, MELODY, 3.0, surprised)
    assert variety.vary_brows(np.full(len(TIMES), held), 0, surprised).min() >= held - 1e-6


def test_melody_bows_the_head_and_raises_the_brows() -> None:
    low, high = made(), made(melody=np.ones(len(TIMES)))
    assert (high.bow_deg > low.bow_deg).all()
    assert (high.brow_more[0] > low.brow_more[0]).all()


def test_where_nobody_knows_the_text_brows_lean_and_nothing_else_changes() -> None:
    variety = variety_of(TIMES, (), np.ones(len(TIMES)), 3.0, NEUTRAL)
    assert not variety.bow_deg.any()
    left, right = (variety.vary_brows(np.full(len(TIMES), 0.4), side, NEUTRAL) for side in (0, 1))
    assert np.allclose(left + right, 0.8)
    assert np.abs(left - right).max() > 0.05


def test_the_same_seed_gives_the_same_and_another_one_another() -> None:
    assert (made(4).bow_deg == made(4).bow_deg).all()
    assert np.abs(made(4).bow_deg - made(5).bow_deg).max() > 0.15


def test_liveliness_scales_it() -> None:
    assert np.allclose(made(liveliness=1.0).bow_deg, 2 * made().bow_deg)
    assert not made(liveliness=0.0).bow_deg.any()
