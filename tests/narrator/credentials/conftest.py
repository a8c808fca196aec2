"""A folder in, a short film with sound and captions in it out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from narrator.outputs.mp4_writer import Mp4Writer
from narrator.outputs.webvtt import Cue

SIZE = (160, 120)
FRAMES = 30


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """One second: a grey that grows lighter, a tone and a caption."""
    path = tmp_path / "film.mp4"
    writer = Mp4Writer(path, SIZE, Fraction(30), 22_050, "A title")
    for number in range(FRAMES):
        picture = writer.blank()
        picture[:] = 40 + 6 * number
        tone = np.sin(np.arange(735) * 0.2 + number) * 9000
        writer.write(picture, tone.astype(np.int16), [Cue(0, 900, ("Hello.",))] if not number else [])
    writer.finish()
    return path
