"""Painted mouths in; the midline is read back to a few tenths of a millimetre, and each contact is told from others."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.contacts_seen import CONTACTS, closed_teeth, tongue_out, tuck, underside
from benchmarks.lip_sight import CROP_HEIGHT, CROP_WIDTH, INNER_RING, Sight
from benchmarks.mouth_colour import (
    BOTTOM,
    DARK,
    FLESH,
    LEAST_RUN_MM,
    LEFT,
    PX_PER_MM,
    RIGHT,
    TOOTH,
    TOP,
    Layers,
    layers,
    lip_colour,
)

LIP, TEETH, TONGUE, HOLE = (176, 74, 84), (236, 232, 222), (170, 104, 106), (52, 22, 24)
UPPER_LIP_PX = 70


def painted(*stripes: tuple[tuple[int, int, int], float]) -> Layers:
    """A mouth whose opening holds these (colour, mm) from top to bottom."""
    crop = np.full((CROP_HEIGHT, CROP_WIDTH, 3), LIP, np.uint8)
    top_px = float(UPPER_LIP_PX)
    for colour, length_mm in stripes:
        bottom_px = top_px + length_mm * PX_PER_MM
        crop[round(top_px) : round(bottom_px), 60:160] = colour
        top_px = bottom_px
    ring = np.full((len(INNER_RING), 2), CROP_WIDTH / 2, np.float32)
    ring[TOP, 1], ring[BOTTOM, 1] = UPPER_LIP_PX, top_px
    some = np.zeros(1)
    sight = Sight(some, some, some, crop[None], ring[None])
    return layers(crop, ring, lip_colour(sight))


def test_runs_are_read_back_in_millimetres() -> None:
    read = painted((TEETH, 3), (HOLE, 5), (TONGUE, 3), (TEETH, 2))
    runs = [run for run in read.runs if run.length_mm >= LEAST_RUN_MM]
    assert [run.kind for run in runs] == [FLESH, TOOTH, DARK, FLESH, TOOTH, FLESH]
    assert [run.length_mm for run in runs[1:5]] == pytest.approx([3, 5, 3, 2], abs=0.5)
    assert read.opening_mm == pytest.approx(13, abs=0.4)


MOUTHS = {
    tuck: painted((TEETH, 2.5)),
    tongue_out: painted((TEETH, 1.5), (TONGUE, 3)),
    closed_teeth: painted((TEETH, 3), (HOLE, 1), (TEETH, 2)),
    underside: painted((TEETH, 2), (TONGUE, 6), (TEETH, 1)),
}
VOWEL = painted((TEETH, 1.5), (HOLE, 8), (TONGUE, 2), (TEETH, 2))
LIPS_SHUT = painted()


def test_each_contact_is_seen_in_its_own_picture() -> None:
    assert all(is_seen(midline) for is_seen, midline in MOUTHS.items())
    assert {is_seen for is_seen, _ in CONTACTS.values()} == set(MOUTHS)


def test_no_contact_is_seen_in_an_open_vowel_or_in_shut_lips() -> None:
    assert not [name for name, (is_seen, _) in CONTACTS.items() if is_seen(VOWEL) or is_seen(LIPS_SHUT)]


def test_teeth_on_lip_closed_teeth_and_tongue_are_told_apart() -> None:
    for is_seen in (tuck, closed_teeth, tongue_out):
        others = [midline for other, midline in MOUTHS.items() if other not in (is_seen, underside)]
        assert not any(is_seen(midline) for midline in others)


def test_only_shut_lips_are_sealed() -> None:
    assert LIPS_SHUT.is_sealed
    assert not any(midline.is_sealed for midline in (*MOUTHS.values(), VOWEL))


def test_of_a_turned_face_the_incisors_midline_is_read_and_not_the_lips_own() -> None:
    """Teeth stand behind the lips, so that they are seen from the lips' midline towards the middle of the corners."""
    crop = np.full((CROP_HEIGHT, CROP_WIDTH, 3), LIP, np.uint8)
    crop[70:90, 60:112], crop[70:90, 112:160] = HOLE, TEETH
    ring = np.full((len(INNER_RING), 2), 110.0, np.float32)
    ring[[TOP, BOTTOM], 1] = 70, 90
    lip = lip_colour(Sight(*[np.zeros(1)] * 3, crop[None], ring[None]))
    assert layers(crop, ring, lip).between(DARK, 0, 6) > 4
    ring[[LEFT, RIGHT], 0] = 90, 170
    assert layers(crop, ring, lip).between(TOOTH, 0, 6) > 4
