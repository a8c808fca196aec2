"""The drawn mouth tells sounds apart: T12 of lipreading.md 7, on the geometry."""

from __future__ import annotations

import numpy as np
import pytest

from tests.avatar.articulation.separability import (
    confusions,
    consonant_samples,
    group_score,
    row_score,
    vowel_group_score,
    vowel_samples,
)


@pytest.mark.slow
@pytest.mark.parametrize("exaggeration", [1.0, 1.2])
def test_consonants_are_told_apart_in_every_context(exaggeration: float) -> None:
    found = confusions(consonant_samples(exaggeration=exaggeration))
    assert group_score(found) >= 0.95
    assert row_score(found) >= 0.90


@pytest.mark.slow
@pytest.mark.parametrize("exaggeration", [1.0, 1.2])
def test_vowel_groups_are_told_apart_in_every_context(exaggeration: float) -> None:
    assert vowel_group_score(confusions(vowel_samples(exaggeration))) >= 0.95


def test_a_mouth_that_only_opens_and_shuts_would_fail() -> None:
    """The test can fail: with the lip height alone the groups fall together."""
    samples = consonant_samples()
    height_only = {
        sound: {context: features * np.array([1, 0, 0, 0, 0, 0, 0]) for context, features in tokens.items()}
        for sound, tokens in samples.items()
    }
    assert row_score(confusions(height_only)) < 0.90
