"""A sound file in, a Passage of its stretches out: cut where it is quiet, read as far as it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrator.errors import SourceUnreadable
from narrator.flow import Block, BlockKind, Passage, Recording
from readers.file_source import existing_file, has_suffix
from readers.transcript import LONGEST_S, transcript
from readers.wave_header import promised_and_there_s

_log = logging.getLogger(__name__)

SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".wma", ".aiff", ".aif")
CELL_S = 0.2
"""Stretches begin on multiples of this: whole frames at 20, 25, 30 and 60 frames a second."""
SHORTEST, LONGEST, LEFT_OVER = 30, 200, 10
"""Cells of a stretch: 6 s at least, where that can be 40 s at most, and 2 s at least after the last cut."""
QUIET_SHARE = 0.08
"""Of the loudness of the loud parts: -22 dB."""
LOUD_PERCENTILE = 90
TRANSCRIBED = round(LONGEST_S / CELL_S)
"""Cells, of sound that may have its text beside it."""
RATE_HZ = 16_000
UNKNOWN_LANGUAGE = "und"
"""BCP 47 for what nobody knows; it keeps the recipe from guessing by words that are not there."""
NEXT_STEP = "Check that it plays elsewhere, or convert it to .wav."


class RecordingReader:
    """Follows narrator.stages.Reader."""

    def can_read(self, source: str) -> bool:
        """A file with the name of a sound."""
        return has_suffix(source, SUFFIXES)

    def read(self, source: str) -> Passage:
        """Its stretches, lazily. Raises a SourceError where it holds no sound."""
        path = existing_file(source)
        cells = loudness(path)
        opening = list(islice(cells, TRANSCRIBED))
        if not opening:
            raise SourceUnreadable("a recording", f"{source} holds no sound", NEXT_STEP)
        _tell_of_what_is_missing(path)
        if words := transcript(path, len(opening) * CELL_S):
            whole = Recording(str(path), 0.0, len(opening) * CELL_S)
            return Passage(source, "", "", (Block(BlockKind.PARAGRAPH, words, recording=whole),))
        return Passage(source, "", UNKNOWN_LANGUAGE, _blocks(path, chain(opening, cells)))


def _tell_of_what_is_missing(path: Path) -> None:
    """A copy that was broken off is played as far as it goes, and said to be one."""
    known = promised_and_there_s(path)
    if known is not None and known[1] < known[0] - CELL_S / 2:
        _log.warning("%s is cut short: %.1f of its %.1f s of sound are there", path.name, known[1], known[0])


def _blocks(path: Path, cells: Iterable[float]) -> Iterator[Block]:
    for recording in stretches(path, cells):
        yield Block(BlockKind.PARAGRAPH, "", recording=recording)


def stretches(path: Path, every: Iterable[float]) -> Iterator[Recording]:
    """One after the other, together the whole file; cut between two quiet cells where there are any in time.

    The first of the two still belongs to the stretch, so that its mouth has come to rest; the second is its pause.
    """
    begin, cut, cells = 0, 0, list[float]()
    for loud in every:
        cells.append(loud)
        if len(cells) >= SHORTEST and max(cells[-2:]) <= QUIET_SHARE * float(np.percentile(cells, LOUD_PERCENTILE)):
            cut = len(cells)
        if cut and len(cells) - cut >= LEFT_OVER:
            yield Recording(str(path), begin * CELL_S, (cut - 1) * CELL_S, CELL_S)
            begin, cut, cells = begin + cut, 0, cells[cut:]
        elif len(cells) >= LONGEST:
            yield Recording(str(path), begin * CELL_S, len(cells) * CELL_S)
            begin, cut, cells = begin + len(cells), 0, []
    if cells:
        yield Recording(str(path), begin * CELL_S, len(cells) * CELL_S)


def loudness(path: Path) -> Iterator[float]:
    """Root mean square of each cell of CELL_S, 0..1, as it is decoded. Raises SourceUnreadable."""
    import av

    size = int(CELL_S * RATE_HZ)
    held: npt.NDArray[np.float32] = np.zeros(0, np.float32)
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                return
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
            for frame in container.decode(container.streams.audio[0]):
                pieces = [_sound(piece.to_ndarray()[0]) for piece in resampler.resample(frame)]
                held = np.concatenate([held, *pieces])
                while len(held) >= size:
                    yield float(np.sqrt(np.mean(held[:size] ** 2)))
                    held = held[size:]
    except (av.FFmpegError, OSError) as fault:
        why = fault.strerror or str(fault)
        raise SourceUnreadable("a recording", f"{path.name} cannot be decoded ({why})", NEXT_STEP) from fault
    if len(held):
        yield float(np.sqrt(np.mean(held**2)))


def _sound(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Within -1..1: files of floating point may hold what is no number, or louder than any device plays."""
    return np.clip(np.nan_to_num(samples), -1, 1)
