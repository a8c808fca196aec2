"""A film's source type is the truthful one, and every one we may write is explained to people."""

from __future__ import annotations

import pytest

from narrator.credentials.provenance import DRAWN, PICTURE, PLAIN_WORDS, Provenance
from narrator.made_from import EARS, RECORDING, SAVED


@pytest.mark.parametrize(
    ("origin", "voice", "source_type"),
    [
        (DRAWN, "espeak", "algorithmicMedia"),
        (DRAWN, "en-gb", "algorithmicMedia"),
        (DRAWN, "silent", "algorithmicMedia"),
        (DRAWN, "system", "compositeSynthetic"),
        (DRAWN, "system:Anna", "compositeSynthetic"),
        (DRAWN, RECORDING, "compositeSynthetic"),
        (PICTURE, "espeak", "compositeSynthetic"),
    ],
)
def test_only_what_code_alone_made_is_called_algorithmic(origin: str, voice: str, source_type: str) -> None:
    assert Provenance("ada", origin, (voice,), ("rules",)).source_type == source_type
    assert source_type in PLAIN_WORDS


@pytest.mark.parametrize("motion", ["diffusion", EARS, SAVED])
def test_a_face_that_a_trained_model_may_have_moved_at_any_time_is_told(motion: str) -> None:
    source_type = Provenance("ada", DRAWN, ("espeak",), ("rules", motion)).source_type
    assert source_type == "compositeWithTrainedAlgorithmicMedia"
    assert "trained model" in PLAIN_WORDS[source_type]


def test_one_voice_of_several_that_is_no_code_is_told() -> None:
    assert Provenance("ada", DRAWN, ("espeak", "system"), ("rules",)).source_type == "compositeSynthetic"
