"""The files of a document's sections in, one MP4 with its captions' file and poster out.

Pictures are copied as they are and counted in frames; sound is laid at the samples those frames begin with and encoded
once, from the first to the last, so the two stay together however long the document is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from narrator.export.section_file import (
    Contents,
    Heading,
    chapters,
    contents,
    cues_of,
    opened,
    sound_of,
    whole_or_not_at_all,
)
from narrator.flow import Samples
from narrator.outputs import film_tracks
from narrator.outputs.film_timeline import exact_rate
from narrator.outputs.mp4_writer import output_error
from narrator.outputs.resampling import resample
from narrator.outputs.webvtt import Cue, webvtt

CAPTIONS, POSTER = ".vtt", ".jpg"
POSTER_QUALITY = 88
"""JPEG's scale of 1 to 100."""


@dataclass(frozen=True, slots=True)
class Joining:
    """One document's film to be."""

    film: str
    """Where it goes; captions and poster go beside it, with their own endings."""
    sections: tuple[str, ...]
    """The files, in order."""
    title: str
    fps: float
    unsigned: str = ""
    """Where the film itself waits instead for the one that signs it; captions and poster do not."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of it."""

    seconds: float
    chapters: tuple[tuple[float, str], ...]
    """(seconds, heading)."""


def join(joining: Joining) -> Joined:
    """Writes film, captions and poster, each whole or not at all, the film last. Raises OutputError."""
    rate, film = exact_rate(joining.fps), Path(joining.film)
    files = [Path(name) for name in joining.sections]
    pieces = [contents(file, rate) for file in files]
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + piece.frames)
    headings = _headings(pieces, starts, joining.title or film.stem)
    cues = list(_cues(files, starts, rate))
    with whole_or_not_at_all(film.with_suffix(CAPTIONS)) as part:
        part.write_text(webvtt(cues), encoding="utf-8")
    with whole_or_not_at_all(film.with_suffix(POSTER)) as part:
        _poster(files[0], part)
    with whole_or_not_at_all(Path(joining.unsigned or film)) as part:
        writer = _FilmWriter(part, files[0], rate, pieces[0].rate_hz, joining.title, headings, starts[-1])
        try:
            for file, start, end in zip(files, starts[:-1], starts[1:], strict=True):
                writer.append(file, start, end, cues)
            writer.finish()
        except BaseException:
            writer.discard()
            raise
    return Joined(float(starts[-1] / rate), tuple((float(one.frame / rate), one.text) for one in headings))


def _headings(pieces: Sequence[Contents], starts: Sequence[int], title: str) -> list[Heading]:
    """The document's headings; what comes before the first of them is a chapter too, called after the document."""
    found = [
        replace(heading, frame=start + heading.frame)
        for piece, start in zip(pieces, starts[:-1], strict=True)
        for heading in piece.headings
    ]
    return found if found and found[0].frame == 0 else [Heading(0, title), *found]


def _cues(files: Sequence[Path], starts: Sequence[int], rate: Fraction) -> Iterator[Cue]:
    """All captions in film time, none over another."""
    last_ms = 0
    for file, start in zip(files, starts, strict=False):
        begin_ms = round(start / rate * 1000)
        for cue in cues_of(file):
            start_ms = max(last_ms, begin_ms + cue.start_ms)
            last_ms = max(start_ms + 1, begin_ms + cue.end_ms)
            yield Cue(start_ms, last_ms, cue.lines)


def _poster(section: Path, target: Path) -> None:
    """The first picture: eyes on the viewer, lips at rest."""
    with opened(section) as container:
        first = next(container.decode(video=0))
        first.to_image().save(target, "JPEG", quality=POSTER_QUALITY)


class _FilmWriter:
    """An open film that takes sections one after the other."""

    def __init__(
        self,
        path: Path,
        like: Path,
        rate: Fraction,
        rate_hz: int,
        title: str,
        headings: Sequence[Heading],
        frames: int,
    ) -> None:
        import av

        self._path, self._rate = path, rate
        self._rate_hz = film_tracks.film_rate_hz(rate_hz)
        try:
            self._film: Any = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        except OSError as fault:
            raise output_error(path, fault) from fault
        film_tracks.describe(self._film, title)
        with opened(like) as container:
            self._video = self._film.add_stream_from_template(container.streams.video[0])
            self._description = bytes(container.streams.video[0].codec_context.extradata)
        self._audio = film_tracks.add_aac(self._film, self._rate_hz)
        self._captions = film_tracks.add_captions(self._film)
        self._film.set_chapters(chapters(headings, frames, rate))
        self._sound: Samples = np.zeros(0, np.int16)
        self._samples = 0
        self._cue = 0

    def append(self, file: Path, start: int, end: int, cues: Sequence[Cue]) -> None:
        """A section whose pictures are the frames from start to end."""
        import av

        self._lay(file, start, end)
        frame = start
        try:
            with opened(file) as container:
                track = container.streams.video[0]
                for packet in container.demux(track):
                    if packet.dts is None:  # the end
                        continue
                    shift = round(start / self._rate / packet.time_base)
                    packet.pts, packet.dts, packet.stream = packet.pts + shift, packet.dts + shift, self._video
                    self._film.mux(packet)
                    frame += 1
                    self._encode_sound(round(frame / self._rate * self._rate_hz))
                    self._cue = self._write_cues(cues, frame / self._rate * 1000)
        except (av.FFmpegError, OSError) as fault:
            raise output_error(self._path, fault) from fault

    def finish(self) -> None:
        """What is left, and the end of the file."""
        import av

        try:
            self._encode_sound(self._samples + len(self._sound))
            self._film.mux(self._audio.encode(None))
            self._film.close()
        except (av.FFmpegError, OSError) as fault:
            raise output_error(self._path, fault) from fault

    def discard(self) -> None:
        """Closes the file as it is; whoever called removes it."""
        import av

        try:
            self._film.close()
        except (av.FFmpegError, OSError, ValueError):
            return

    def _lay(self, file: Path, start: int, end: int) -> None:
        """The section's sound after all before it; the tail of the one before sounds into its first, silent frame."""
        with opened(file) as container:
            rate_hz = container.streams.audio[0].rate
        sound = resample(sound_of(file), rate_hz, self._rate_hz)
        first = round(start / self._rate * self._rate_hz)
        late = first - self._samples
        whole: Samples = np.zeros(max(len(self._sound), late + len(sound)), np.int16)
        whole[: len(self._sound)] = self._sound
        whole[late : late + len(sound)] += sound
        self._sound = whole

    def _encode_sound(self, until_sample: int) -> None:
        piece = self._sound[: until_sample - self._samples]
        if len(piece):
            self._film.mux(self._audio.encode(film_tracks.sound_frame(piece, self._samples, self._rate_hz)))
            self._sound = self._sound[len(piece) :]
            self._samples += len(piece)

    def _write_cues(self, cues: Sequence[Cue], until_ms: Fraction) -> int:
        number = self._cue
        while number < len(cues) and cues[number].start_ms < until_ms:
            self._film.mux(film_tracks.caption_packet(self._captions, cues[number]))
            number += 1
        return number
