"""A document's film: pictures copied, sound in step to the last minute, chapters and captions where they belong."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from narrator.errors import OutputError
from narrator.export.joining import Joining, join
from narrator.export.section_file import Heading, SectionWriter
from narrator.outputs.film_tracks import developed
from narrator.outputs.webvtt import Cue

RATE_HZ = 22_050
WHITE = developed(np.full((48, 64, 3), 255, np.uint8))
BLACK = developed(np.zeros((48, 64, 3), np.uint8))
FLASH, FLASHED = 10, 3
"""The frame of a section at which it flashes and beeps, and for how many frames."""
COPIES = 25
"""Of three sections: a drift of a sample in each would show; `python -m benchmarks shelf` joins 450."""


def section(path: Path, fps: float, frames: int = 40, heading: str = "") -> str:
    """A dark section that flashes and beeps at one moment."""
    writer = SectionWriter(path, (64, 48), fps)
    for frame in range(frames):
        writer.write(WHITE if FLASH <= frame < FLASH + FLASHED else BLACK)
    sound = np.zeros(round((frames + 1) / fps * RATE_HZ), np.int16)
    first, last = (round(frame / fps * RATE_HZ) for frame in (FLASH, FLASH + FLASHED))
    sound[first:last] = (np.sin(np.arange(last - first) / 3.5) * 12_000).astype(np.int16)
    headings = [Heading(5, heading)] if heading else []
    writer.finish(sound, RATE_HZ, [Cue(200, 1100, ("seen", "and heard"))], headings)
    return str(path)


def joined(folder: Path, files: list[str], fps: float) -> Path:
    join(Joining(str(folder / "film.mp4"), tuple(files), "A film", fps))
    return folder / "film.mp4"


def flashes_s(film: Path) -> list[float]:
    with av.open(str(film)) as opened:
        lit = [(frame.time, frame.to_ndarray(format="gray").mean() > 128) for frame in opened.decode(video=0)]
    return [time for (time, is_lit), (_, was_lit) in zip(lit[1:], lit, strict=False) if is_lit and not was_lit]


def beeps_s(film: Path) -> list[float]:
    with av.open(str(film)) as opened:
        pieces = [(frame.time, frame.to_ndarray()[0]) for frame in opened.decode(audio=0)]
    sound = np.concatenate([piece for _, piece in pieces])
    window = RATE_HZ // 200
    loud = np.abs(sound[: len(sound) // window * window].reshape(-1, window)).max(axis=1) > 0.1
    return [pieces[0][0] + float(place + 1) * window / RATE_HZ for place in np.flatnonzero(loud[1:] & ~loud[:-1])]


@pytest.mark.parametrize("fps", [24.0, 29.97])
def test_sound_and_picture_stay_together_over_many_sections(tmp_path: Path, fps: float) -> None:
    files = [section(tmp_path / f"{kind}.mov", fps, frames) for kind, frames in enumerate((40, 41, 57))]
    film = joined(tmp_path, files * COPIES, fps)
    seen, heard = flashes_s(film), beeps_s(film)
    assert len(seen) == len(heard) == 3 * COPIES
    apart = np.array(heard) - np.array(seen)
    assert np.abs(apart).max() < 0.010, f"{apart.min():.3f} to {apart.max():.3f} s"


def test_pictures_are_copied_to_the_byte(tmp_path: Path) -> None:
    files = [section(tmp_path / f"{number}.mov", 30.0, 30 + number) for number in range(3)]

    def packets(path: str) -> list[bytes]:
        with av.open(path) as opened:
            return [bytes(packet) for packet in opened.demux(video=0) if packet.size]

    assert packets(str(joined(tmp_path, files, 30.0))) == [one for file in files for one in packets(file)]


def test_chapters_begin_with_their_headings(tmp_path: Path) -> None:
    files = [section(tmp_path / f"{name}.mov", 30.0, 60, name) for name in ("One", "", "Two")]
    with av.open(str(joined(tmp_path, files, 30.0))) as film:
        found = [(one["start"] * one["time_base"], one["metadata"]["title"]) for one in film.chapters()]
    assert [title for _, title in found] == ["A film", "One", "Two"]
    assert [float(start) for start, _ in found] == pytest.approx([0, 5 / 30, 4 + 5 / 30], abs=0.002)


def test_captions_are_in_the_film_and_beside_it(tmp_path: Path) -> None:
    files = [section(tmp_path / f"{number}.mov", 30.0, 60) for number in range(2)]
    film = joined(tmp_path, files, 30.0)
    with av.open(str(film)) as opened:
        tracks = [bytes(packet)[2:].decode() for packet in opened.demux(subtitles=0) if packet.size > 2]
    assert tracks == ["seen\nand heard"] * 2
    assert "00:00:02.200 --> 00:00:03.100\nseen\nand heard" in film.with_suffix(".vtt").read_text()


def test_a_missing_section_leaves_no_film(tmp_path: Path) -> None:
    files = [section(tmp_path / "a.mov", 30.0), str(tmp_path / "gone.mov")]
    with pytest.raises(OutputError):
        joined(tmp_path, files, 30.0)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mov"]
