"""Drawn frames, sound and cues of one section in, one file out that holds them; and what it holds, back.

A small film of its own (QuickTime: H.264, plain samples, captions, chapters for its headings), so that joining copies
pictures without touching them and the sound is encoded once for the whole document.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from narrator.errors import OutputError
from narrator.flow import Samples
from narrator.outputs import film_tracks
from narrator.outputs.film_timeline import exact_rate
from narrator.outputs.mp4_writer import output_error
from narrator.outputs.webvtt import Cue

SUFFIX = ".mov"
PART, HOST_LETTERS = ".part", 40
"""What a file is called before it is whole: hidden, as no film is, and with the name of the machine that writes it."""
UNFINISHED = re.compile(r"\..+-\d+\.part(\.\w+)?")
PRESET = "veryfast"
QUALITY_CRF = 26
"""x264's. A shelf is kept for years, so it is encoded at twice the cost of a film that somebody waits for, to a fifth
of its size (61 and 309 KiB/s at 1280x720). The highest value at which the mouth loses less than there: its SSIM is
0.9798, of the worst frame 0.976 (there 0.9788 and 0.975; with 27, 0.9782). `python -m benchmarks film-quality`."""
THREADS = 1
NO_HEADING = "..."
"""The chapter before a section's first heading: without one, FFmpeg moves all chapters to the beginning."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a chapter begins."""

    frame: int
    """Of the section's, or the film's."""
    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a section's file says of itself."""

    frames: int
    rate_hz: int
    headings: tuple[Heading, ...]


class SectionWriter:
    """An open file that takes frames, then sound, cues and headings all at once. Raises OutputError."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float) -> None:
        import av

        self._path = path
        self._rate = exact_rate(fps)
        self._frames = 0
        try:
            self._container: Any = av.open(str(path), "w", format="mov")
        except OSError as fault:
            raise output_error(path, fault) from fault
        self._video = film_tracks.add_pictures(self._container, size, self._rate, PRESET, ("crf", QUALITY_CRF), THREADS)
        self._packets: list[Any] = []

    def write(self, picture: film_tracks.Planes) -> None:
        """The next frame; encoded now, kept until finish() knows the chapters."""
        self._packets += self._video.encode(film_tracks.picture_frame(picture, self._frames, self._rate))
        self._frames += 1

    def finish(self, sound: Samples, rate_hz: int, cues: Sequence[Cue], headings: Sequence[Heading]) -> None:
        """Writes all of it."""
        import av

        try:
            audio = self._container.add_stream("pcm_s16le", rate=rate_hz, layout="mono")
            captions = film_tracks.add_captions(self._container)
            marks = headings if headings and headings[0].frame == 0 else [Heading(0, NO_HEADING), *headings]
            self._container.set_chapters(chapters(marks, self._frames, self._rate))
            self._container.mux([*self._packets, *self._video.encode(None)])
            self._packets.clear()
            self._container.mux(audio.encode(film_tracks.sound_frame(sound, 0, rate_hz)) + audio.encode(None))
            self._container.mux([film_tracks.caption_packet(captions, cue) for cue in cues])
            self._container.close()
        except (av.FFmpegError, OSError) as fault:
            raise output_error(self._path, fault) from fault

    def discard(self) -> None:
        """Closes the file as it is; whoever called removes it."""
        import av

        try:
            self._container.close()
        except (av.FFmpegError, OSError, ValueError):
            return


def chapters(headings: Sequence[Heading], frames: int, rate: Fraction) -> list[Any]:
    """As PyAV takes them: each ends where the next one begins."""
    ends = [*(heading.frame for heading in headings), frames][1:]
    return [
        {"id": number, "start": heading.frame, "end": end, "time_base": 1 / rate, "metadata": {"title": heading.text}}
        for number, (heading, end) in enumerate(zip(headings, ends, strict=True), 1)
    ]


@contextmanager
def whole_or_not_at_all(path: Path) -> Iterator[Path]:
    """A path beside it to write to, which takes its name at the end, safely on the disk, and goes away on a fault."""
    part = path.with_name(f".{path.stem}.{socket.gethostname()[:HOST_LETTERS]}-{os.getpid()}{PART}{path.suffix}")
    try:
        yield part
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        part.replace(path)
    except OSError as fault:
        raise output_error(path, fault) from fault
    finally:
        part.unlink(missing_ok=True)


def is_unfinished(path: Path) -> bool:
    """Whether it is a file that whole_or_not_at_all() began."""
    return UNFINISHED.fullmatch(path.name) is not None


def contents(path: Path, rate: Fraction) -> Contents:
    """Its length and headings, at that frame rate. Raises OutputError for a file that is no section."""
    with opened(path) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        headings = tuple(
            Heading(round(one["start"] * one["time_base"] * rate), one["metadata"].get("title", ""))
            for one in container.chapters()
            if one["metadata"].get("title") != NO_HEADING
        )
        return Contents(video.frames, audio.rate, headings)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The section's container. Raises OutputError."""
    import av

    try:
        with av.open(str(path)) as container:
            yield container
    except (av.FFmpegError, OSError, IndexError) as fault:
        raise OutputError(
            "a section that was drawn before", f"{path} cannot be read ({fault})", "Delete it and run again."
        ) from fault


def sound_of(path: Path) -> Samples:
    """All its sound."""
    with opened(path) as container:
        pieces = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    return np.concatenate(pieces).astype(np.int16) if pieces else np.zeros(0, np.int16)


def cues_of(path: Path) -> list[Cue]:
    """Its captions, in its own time."""
    with opened(path) as container:
        found = [film_tracks.cue_of(packet) for packet in container.demux(container.streams.subtitles[0])]
    return [cue for cue in found if cue is not None]
