"""Performances in, one MP4 film with burnt and soft captions out, and a WebVTT file beside it."""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import numpy as np

from narrator.errors import OutputError
from narrator.flow import RgbImage, Viewport
from narrator.outputs.caption_painter import CaptionPainter
from narrator.outputs.file_claim import FileClaim
from narrator.outputs.film_timeline import FilmTimeline, Placed
from narrator.outputs.mp4_writer import Mp4Writer
from narrator.outputs.resampling import resample
from narrator.outputs.sound_track import SoundTrack
from narrator.outputs.webvtt import Cue, cues_from, webvtt
from narrator.stages import Control, Performance

_log = logging.getLogger(__name__)

DRAWN_AT_ONCE = min(3, os.cpu_count() or 1)
"""Frames drawn side by side; more than three would wait for the encoder."""
_PAUSE_LOOK_S = 0.02
"""How often a paused export looks whether it may go on."""


class VideoFile:
    """An output that draws as fast as it can instead of waiting for a clock.

    The film is written beside its target under a temporary name and moved there when it is whole.
    """

    def __init__(
        self, path: Path | str, *, title: str = "", burn_captions: bool = True, caption_scale: float = 1.0
    ) -> None:
        self.path = Path(path)
        self.name = str(path)
        self.captions_path = self.path.with_suffix(".vtt")
        self._part = self.path.with_name(f"{self.path.stem}.part{self.path.suffix}")
        self._captions_part = self._part.with_suffix(".vtt")
        self._title = title
        self._burn_captions = burn_captions
        self._caption_scale = caption_scale
        self._writer: Mp4Writer | None = None
        self._claim: FileClaim | None = None
        self._waiting_cues: list[Cue] = []
        self._cues: list[Cue] = []
        self._drawn: Placed | None = None

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """Opens the temporary file. Raises OutputError."""
        if not self.path.parent.is_dir():
            raise OutputError(
                f"a folder for the film at {self.path.parent}", "there is none", "Make it, or choose another folder."
            )
        if self.path.is_dir():
            raise OutputError(f"a file name, but {self.path}", "is a folder", "Add a name that ends in .mp4.")
        self._claim = FileClaim(self._part)
        self._timeline = FilmTimeline(viewport.fps)
        self._sound = SoundTrack()
        self._painter = CaptionPainter(viewport.width, viewport.height, self._caption_scale)
        self._helpers = ThreadPoolExecutor(max(1, DRAWN_AT_ONCE - 1), thread_name_prefix="narrator-film")
        size = (viewport.width, viewport.height)
        self._writer = Mp4Writer(self._part, size, self._timeline.rate, rate_hz, self._title)

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Draws it, yielding the position of every frame; its pause is kept back for the next one's preroll."""
        placed = self._timeline.place(performance)
        self._draw_rest_of_last(placed.first_frame)
        self._drawn = placed
        writer = self._opened()
        sound = resample(performance.utterance.samples, performance.utterance.rate_hz, writer.rate_hz)
        self._sound.place(sound, round(placed.zero_s * writer.rate_hz))
        last_end_ms = self._cues[-1].end_ms if self._cues else 0
        self._waiting_cues += cues_from(performance.captions, placed.zero_s, last_end_ms)
        whole = False
        position_s = performance.start_s
        try:
            while (frame := self._timeline.next_frame) < self._timeline.certain_end(placed):
                while control.is_paused() and not control.is_interrupted():
                    yield position_s
                    time.sleep(_PAUSE_LOOK_S)
                if control.is_interrupted():
                    return
                self._draw(placed, self._timeline.certain_end(placed))
                for drawn in range(frame, self._timeline.next_frame):
                    if not control.is_paused():
                        position_s = performance.start_s + (drawn - placed.first_frame) * self._timeline.frame_s
                        yield position_s
            whole = True
        finally:
            if not whole:
                self._cut()

    def close(self, *, completed: bool) -> None:
        """Moves the film and its captions to their names, or leaves nothing behind."""
        if self._claim is None:
            return
        try:
            self._close_writer(completed)
        finally:
            self._claim.release()
            self._claim = None

    def _close_writer(self, completed: bool) -> None:
        if self._writer is None:  # it could not be opened
            self._remove_parts()
            return
        moved = False
        try:
            if completed:
                self._finish(self._writer)
                moved = True
        finally:
            if not moved:
                self._writer.discard()
                self._remove_parts()
            self._writer = None
            self._helpers.shutdown(wait=False)

    def _finish(self, writer: Mp4Writer) -> None:
        if self._drawn is None:
            raise OutputError("something to say", "nothing was spoken", "Check the source with: narrator text SOURCE")
        self._draw_rest_of_last(self._timeline.full_end(self._drawn))
        writer.finish()
        try:
            self._captions_part.write_text(webvtt(self._cues), encoding="utf-8")
            os.replace(self._part, self.path)
            os.replace(self._captions_part, self.captions_path)
        except OSError as failure:
            raise OutputError(
                f"to write {self.path} and its captions", failure.strerror or str(failure), "Choose another folder."
            ) from failure
        _log.info("wrote %s and %s", self.path, self.captions_path)

    def _draw_rest_of_last(self, until_frame: int) -> None:
        """What was kept back of the performance before, now that it is known when the next one begins."""
        while self._drawn is not None and self._timeline.next_frame < until_frame:
            self._draw(self._drawn, until_frame)

    def _draw(self, placed: Placed, until_frame: int) -> None:
        """The timeline's next few frames side by side: the first here, the others by helpers."""
        writer = self._opened()
        first = self._timeline.next_frame
        frames = range(first, min(until_frame, first + DRAWN_AT_ONCE))
        pictures = [writer.blank() for _ in frames]
        moments_s = [placed.moment_of(frame, self._timeline.frame_s) for frame in frames]
        draw = placed.performance.draw
        helped: list[Future[None]] = []
        try:
            helped += [
                self._helpers.submit(_draw_into, picture, draw, moment_s)
                for picture, moment_s in zip(pictures[1:], moments_s[1:], strict=True)
            ]
            _draw_into(pictures[0], draw, moments_s[0])
            for done in helped:
                done.result()
        except BaseException:
            wait(helped)
            for picture in pictures:
                writer.give_back(picture)
            raise
        for picture, moment_s in zip(pictures, moments_s, strict=True):
            self._write(picture, placed, moment_s)

    def _write(self, picture: RgbImage, placed: Placed, moment_s: float) -> None:
        """A drawn frame, with the sound and the cues up to its end, to the encoder."""
        writer = self._opened()
        if self._burn_captions:
            self._painter.paint(picture, placed.performance.captions, moment_s)
        self._timeline.next_frame += 1
        end_s = self._timeline.next_frame / self._timeline.rate
        due = [cue for cue in self._waiting_cues if cue.start_ms < end_s * 1000]
        del self._waiting_cues[: len(due)]
        self._cues += due
        writer.write(picture, self._sound.take(round(end_s * writer.rate_hz)), due)

    def _cut(self) -> None:
        """Ends the performance where it is: its sound, its captions and its claim on the film's time."""
        self._timeline.cut()
        self._sound.cut()
        self._waiting_cues.clear()
        if self._cues:
            last = self._cues[-1]
            now_ms = round(self._timeline.next_frame / self._timeline.rate * 1000)
            self._cues[-1] = replace(last, end_ms=max(last.start_ms + 1, min(last.end_ms, now_ms)))

    def _opened(self) -> Mp4Writer:
        if self._writer is None:
            raise OutputError("an open film", "it is closed", "Open the output before playing.")
        return self._writer

    def _remove_parts(self) -> None:
        for part in (self._part, self._captions_part):
            with contextlib.suppress(OSError):  # never made, or in a folder that has become read-only
                part.unlink()


def _draw_into(picture: RgbImage, draw: Callable[[float], RgbImage], moment_s: float) -> None:
    np.copyto(picture, draw(moment_s))
