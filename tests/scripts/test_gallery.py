"""The gallery: every sound found in its word, every picture on the page there, all of it small."""

from __future__ import annotations

import re

import numpy as np
import pytest

from avatar.performer import Performer
from avatar.presenters.library import DEFAULT
from benchmarks.lip_texts import CONSONANT_GROUPS, VOWEL_GROUPS
from scripts import gallery

MOST_BYTES = 6_000_000


@pytest.fixture(scope="module")
def moments() -> list[gallery.Moment]:
    return list(gallery.moments_of(gallery.SOUNDS))


def test_every_sound_is_found_in_its_word(moments: list[gallery.Moment]) -> None:
    assert len(moments) == len(gallery.SOUNDS) + len(gallery.DIPHTHONGS)
    assert {ipa for ipa, _ in gallery.SOUNDS} >= set(CONSONANT_GROUPS) | set(VOWEL_GROUPS)


def test_a_sheet_holds_one_labelled_frame_for_each_moment(moments: list[gallery.Moment]) -> None:
    some = [moments[0], moments[24], moments[33]]
    drawn = gallery.sheet(Performer(DEFAULT), some)
    height, width = gallery.MOUTH.height + gallery.LABEL_PX, gallery.MOUTH.width
    assert drawn.shape == (height, width * gallery.COLUMNS, 3)
    put, beat, boot = (drawn[:, place * width : (place + 1) * width].astype(int) for place in range(3))
    assert min(np.abs(put - beat).mean(), np.abs(beat - boot).mean()) > 1
    assert (drawn[gallery.MOUTH.height :, :width].min(axis=2) < 60).any(), "the label is written"


def test_every_picture_on_the_page_is_there_and_the_whole_is_small() -> None:
    named = re.findall(r"\]\(gallery/([^)]+)\)", gallery.PAGE.read_text(encoding="utf-8"))
    assert named
    assert {path.name for path in gallery.PICTURES.iterdir()} == set(named)
    assert sum(path.stat().st_size for path in gallery.PICTURES.iterdir()) <= MOST_BYTES
