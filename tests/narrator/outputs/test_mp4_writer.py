"""The encoder's thread writes all it is given, and its failures come out where pictures go in."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from narrator.errors import OutputError
from narrator.outputs.film_tracks import FALLBACK_RATE_HZ, develop
from narrator.outputs.mp4_writer import QUEUED_FRAMES, Mp4Writer
from narrator.outputs.webvtt import Cue

SIZE = (64, 48)
NO_SOUND = np.zeros(0, np.int16)


def writer_at(path: Path, rate_hz: int = 22_050) -> Mp4Writer:
    return Mp4Writer(path, SIZE, Fraction(30), rate_hz, "")


def write_blanks(writer: Mp4Writer, count: int) -> None:
    for _ in range(count):
        writer.write(writer.blank(), NO_SOUND, [])


def test_every_frame_and_sample_is_in_the_file(tmp_path: Path) -> None:
    writer = writer_at(tmp_path / "a.mp4")
    for frame in range(4 * QUEUED_FRAMES):
        picture = writer.blank()
        develop(np.full((48, 64, 3), 10 * frame, np.uint8), picture)
        writer.write(picture, np.zeros(735, np.int16), [Cue(0, 400, ("hi",))] if frame == 0 else [])
    writer.finish()
    with av.open(str(tmp_path / "a.mp4")) as container:
        levels = [frame.to_ndarray(format="gray").mean() for frame in container.decode(video=0)]
        track = container.streams.audio[0]
        assert float(track.duration * track.time_base) == pytest.approx(16 / 30, abs=0.001)  # MP4 edits count ms
    assert len(levels) == 16
    assert (np.diff(levels) > 5).all()  # none is written before the next one overwrites it


def test_a_film_without_a_sound_is_whole(tmp_path: Path) -> None:
    writer = writer_at(tmp_path / "a.mp4")
    writer.write(writer.blank(), NO_SOUND, [])
    writer.finish()
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 1


def test_a_rate_that_aac_has_not_becomes_one_it_has(tmp_path: Path) -> None:
    writer = writer_at(tmp_path / "a.mp4", 11_127)
    assert writer.rate_hz == FALLBACK_RATE_HZ
    writer.discard()


def test_an_encoder_that_fails_is_heard_of_at_the_next_picture(tmp_path: Path) -> None:
    writer = writer_at(tmp_path / "a.mp4")
    writer.write(np.zeros((3, 3, 3), np.uint8), NO_SOUND, [])
    with pytest.raises(OutputError, match="the encoder refused"):
        write_blanks(writer, 4 * QUEUED_FRAMES)
    writer.discard()


def test_discarding_ends_the_encoder_at_once(tmp_path: Path) -> None:
    writer = writer_at(tmp_path / "a.mp4")
    write_blanks(writer, QUEUED_FRAMES)
    writer.discard()
    assert not writer._encoder.is_alive()
