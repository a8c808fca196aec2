"""The lip tests of lipreading.md 7, unchanged, on faces whose head, brows and mood the network moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest

from avatar.motion.emotion import FEELINGS
from avatar.motion_frame import MotionTrack
from avatar.planning import plan
from narrator.flow import Delivery, Utterance
from tests.avatar.articulation.checks import (
    Outcome,
    silence_is_closed,
    t1_closure,
    t2_tuck,
    t3_tongue_out,
    t4_sibilant,
    t8_no_leak,
    t9_apexes,
    t13_errors,
)
from tests.avatar.articulation.material import AFTER_S, PREROLL_S, article
from tests.avatar.geometry import Readings, read_geometry

Check = Callable[[Utterance, MotionTrack, Readings], Outcome]
CHECKS = (t1_closure, t2_tuck, t3_tongue_out, t4_sibilant, silence_is_closed, t8_no_leak)
MOODS = (None, *FEELINGS)
SENTENCES = 4
"""Of the article: with each mood."""


@lru_cache(maxsize=8)
def performed(mood: str | None) -> tuple[tuple[Utterance, MotionTrack, Readings], ...]:
    found = []
    delivery = Delivery(motion="diffusion", emotion=mood or "neutral", emotion_strength=1.0, liveliness=1.0)
    for utterance in article() if mood is None else article()[:SENTENCES]:
        track = plan(utterance, 30.0, -PREROLL_S, utterance.duration_s + AFTER_S, 7.0, delivery)
        found.append((utterance, track, read_geometry(track)))
    return tuple(found)


@pytest.mark.slow
@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("check", CHECKS)
def test_what_must_touch_touches_in_every_mood(check: Check, mood: str | None) -> None:
    outcome = Outcome()
    for utterance, track, read in performed(mood):
        outcome.merge(check(utterance, track, read))
    assert outcome.total > 5
    assert not outcome.failures, outcome.failures[:5]


@pytest.mark.slow
def test_contacts_come_when_the_sound_does() -> None:
    late = np.abs(np.concatenate([t9_apexes(*one) for one in performed(None)]))
    assert (late <= 0.020).mean() >= 0.95
    assert late.max() <= 0.040


@pytest.mark.slow
def test_no_sound_misses_its_target_by_more_than_three_tolerances() -> None:
    errors = [error for one in performed(None) for error in t13_errors(*one, Delivery().exaggeration)]
    assert max(errors)[0] <= 3.0, max(errors)
