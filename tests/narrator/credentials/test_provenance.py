"""A film's source type is the truthful one, and every one we may write is explained to people."""

from __future__ import annotations

import pytest

from narrator.credentials.provenance import DRAWN, PICTURE, PLAIN_WORDS, Provenance


@pytest.mark.parametrize(
    ("origin", "voice", "source_type"),
    [
        (DRAWN, "espeak", "algorithmicMedia"),
        (DRAWN, "en-gb", "algorithmicMedia"),
        (DRAWN, "silent", "algorithmicMedia"),
        (DRAWN, "system", "compositeSynthetic"),
        (DRAWN, "system:Anna", "compositeSynthetic"),
        (PICTURE, "espeak", "compositeSynthetic"),
    ],
)
def test_only_what_code_alone_made_is_called_algorithmic(origin: str, voice: str, source_type: str) -> None:
    assert Provenance("ada", origin, voice).source_type == source_type
    assert source_type in PLAIN_WORDS
