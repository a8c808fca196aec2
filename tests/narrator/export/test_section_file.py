"""What is written into a section's file comes out of it; a file is whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from narrator.errors import OutputError
from narrator.export.section_file import (
    Heading,
    SectionWriter,
    contents,
    cues_of,
    sound_of,
    whole_or_not_at_all,
)
from narrator.outputs.film_timeline import exact_rate
from narrator.outputs.film_tracks import developed
from narrator.outputs.webvtt import Cue

RATE_HZ = 22_050


@pytest.mark.parametrize("fps", [20.0, 29.97, 30.0])
def test_frames_sound_cues_and_headings_come_back(tmp_path: Path, fps: float) -> None:
    sound = (np.sin(np.arange(RATE_HZ * 2) / 9) * 9000).astype(np.int16)
    cues = [Cue(100, 900, ("One & two,", "“three”")), Cue(1200, 1900, ("four",))]
    headings = [Heading(0, "Begin"), Heading(31, "Über Boote")]
    writer = SectionWriter(tmp_path / "a.mov", (64, 48), fps)
    for shade in range(45):
        writer.write(developed(np.full((48, 64, 3), shade * 5, np.uint8)))
    writer.finish(sound, RATE_HZ, cues, headings)
    found = contents(tmp_path / "a.mov", exact_rate(fps))
    assert (found.frames, found.rate_hz, list(found.headings)) == (45, RATE_HZ, headings)
    assert np.array_equal(sound_of(tmp_path / "a.mov"), sound)
    assert cues_of(tmp_path / "a.mov") == cues


def test_a_section_without_a_word_or_a_heading_is_one_too(tmp_path: Path) -> None:
    writer = SectionWriter(tmp_path / "a.mov", (64, 48), 20.0)
    writer.write(developed(np.zeros((48, 64, 3), np.uint8)))
    writer.finish(np.zeros(2000, np.int16), RATE_HZ, [], [])
    assert contents(tmp_path / "a.mov", Fraction(20)).frames == 1
    assert cues_of(tmp_path / "a.mov") == []


ENCODE = """
import hashlib, sys
from pathlib import Path
import numpy as np
from narrator.export.section_file import SectionWriter
from narrator.outputs.film_tracks import developed
path = Path(sys.argv[1])
writer = SectionWriter(path, (160, 160), 20.0)
chance = np.random.default_rng(1)
still = chance.integers(0, 256, (160, 160, 3)).astype(np.uint8)
for frame in range(60):
    picture = np.roll(still, frame % 7, axis=1)
    picture[40:80, 40:80] = chance.integers(0, 256, (40, 40, 3))
    writer.write(developed(picture))
writer.finish(np.zeros(1000, np.int16), 22050, [], [])
print(hashlib.sha256(path.read_bytes()).hexdigest())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does the system's memory come filled at wish")
def test_whatever_lay_in_memory_before_the_bytes_are_the_same(tmp_path: Path) -> None:
    """MALLOC_PERTURB_ fills new memory: x264's macroblock tree reads some that it never wrote (film_tracks)."""
    found = {
        subprocess.run(
            [sys.executable, "-c", ENCODE, str(tmp_path / "a.mov")],
            env={**os.environ, "MALLOC_PERTURB_": filling, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            timeout=100,
        ).stdout
        for filling in ("0", "1", "255")
    }
    assert len(found) == 1


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), whole_or_not_at_all(tmp_path / "a.mov") as part:  # noqa: PT012
        part.write_bytes(b"half")
        raise RuntimeError("the power went")
    assert list(tmp_path.iterdir()) == []
    with whole_or_not_at_all(tmp_path / "a.mov") as part:
        part.write_bytes(b"whole")
    assert (tmp_path / "a.mov").read_bytes() == b"whole"


def test_a_damaged_section_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.mov").write_bytes(b"not a film")
    with pytest.raises(OutputError, match="Delete it and run again"):
        contents(tmp_path / "a.mov", Fraction(30))
