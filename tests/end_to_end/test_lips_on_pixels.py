"""Every presenter in a decoded film, seen by FaceMesh and by colour: lips, teeth and tongue are where they must be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.planning import plan
from avatar.presenters.library import presenter_names
from benchmarks.contacts_seen import CONTACTS
from benchmarks.lip_film import FPS, apexes, write_film
from benchmarks.lip_sight import Sight, see_film
from benchmarks.lip_tests import CLOSED, LATERAL_MARGIN, OPEN, ROUNDING_TARGETS, rounding_steps
from benchmarks.mouth_colour import Layers, all_layers
from benchmarks.rounding_seen import sound_frames
from narrator.flow import Delivery
from tests.avatar.articulation.checks import BILABIAL, frame_times, longest_run, name_of, near, spoken
from tests.avatar.articulation.material import PREROLL_S, chained

SYLLABLES = [
    (vowel, sound, vowel)
    for sound in ("p", "b", "m", "f", "v", "θ", "ð", "s", "z", "ʃ", "tʃ", "l", "t", "ɹ", "w")
    for vowel in ("iː", "ɑː")
]
CLEARLY = 1.0 / 63
"""T6: the sounds are seen at least so far apart, a millimetre, in distances of the pupils."""


@pytest.fixture(scope="module", params=presenter_names())
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sight:
    frames = [*apexes(SYLLABLES), *sound_frames()]
    return see_film(write_film(request.param, frames, tmp_path_factory.mktemp("lips") / "apexes.mp4").path)


def of(sounds: tuple[str, ...]) -> list[int]:
    return [place for place, (_, sound, _) in enumerate(SYLLABLES) if sound in sounds]


def test_the_face_is_found_in_every_frame(seen: Sight) -> None:
    assert len(seen.gap) == len(SYLLABLES) + len(ROUNDING_TARGETS)
    assert np.isfinite(seen.gap).all()


def test_p_b_m_are_seen_closed_and_all_others_open(seen: Sight) -> None:
    shut = of(("p", "b", "m"))
    assert seen.gap[shut].max() <= CLOSED
    others = [place for place, (_, sound, _) in enumerate(SYLLABLES) if sound not in ("p", "b", "m", "f", "v", "w")]
    assert seen.gap[others].min() >= OPEN


def test_l_is_seen_wider_open_than_t(seen: Sight) -> None:
    assert (seen.gap[of(("l",))] - seen.gap[of(("t",))]).min() >= LATERAL_MARGIN


def test_rounding_narrows_the_mouth_in_order(seen: Sight) -> None:
    steps = rounding_steps(dict(zip(ROUNDING_TARGETS, seen.inner_width[len(SYLLABLES) :].tolist(), strict=True)))
    assert min(steps.values()) >= CLEARLY, steps


@pytest.mark.parametrize("contact", CONTACTS)
def test_the_contact_is_seen_in_colour(seen: Sight, contact: str) -> None:
    is_seen, sounds = CONTACTS[contact]
    midlines: list[Layers | None] = all_layers(seen)
    missed = ["".join(SYLLABLES[place]) for place in of(sounds) if not is_seen(midlines[place])]
    assert not missed


@pytest.mark.slow
@pytest.mark.parametrize("face", presenter_names())
def test_a_wholly_happy_face_is_seen_to_close_p_b_m_in_a_decoded_film(face: str, tmp_path: Path) -> None:
    utterance, _ = chained([(vowel, sound, vowel) for vowel in ("iː", "ɑː") for sound in ("p", "b", "m")])
    delivery = Delivery(emotion="happy", emotion_strength=1.0)
    track = plan(utterance, FPS, -PREROLL_S, utterance.duration_s, 7.0, delivery)
    gaps = see_film(write_film(face, list(track), tmp_path / "happy.mp4").path).gap
    missed = [
        name_of(phone)
        for phone in spoken(utterance, BILABIAL)
        if longest_run(gaps[near(phone, frame_times(track))] <= CLOSED) < 2
    ]
    assert not missed
