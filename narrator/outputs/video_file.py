"""Performances in, one MP4 film with burnt and soft captions out, and a WebVTT file beside it."""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from narrator.errors import OutputError
from narrator.flow import Viewport
from narrator.outputs.caption_painter import CaptionPainter
from narrator.outputs.caption_style import CaptionStyle
from narrator.outputs.drawn_ahead import DrawnAhead
from narrator.outputs.file_claim import FileClaim
from narrator.outputs.film_timeline import FilmTimeline, Placed
from narrator.outputs.film_tracks import Planes, develop, paste
from narrator.outputs.mp4_writer import Mp4Writer
from narrator.outputs.resampling import resample
from narrator.outputs.sound_track import SoundTrack
from narrator.outputs.webvtt import Cue, cues_from, webvtt
from narrator.stages import Control, Performance
from narrator.uninterrupted import uninterrupted

_log = logging.getLogger(__name__)

_PAUSE_LOOK_S = 0.02
"""How often a paused export looks whether it may go on."""


class VideoFile:
    """An output that draws as fast as it can instead of waiting for a clock.

    The film is written beside its target under a temporary name and moved there when it is whole.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        title: str = "",
        burn_captions: bool = True,
        caption_scale: float = 1.0,
        drawn_at_once: int = 1,
        sign: Callable[[Path, Path], bool] | None = None,
    ) -> None:
        """drawn_at_once: frames that threads ask the face for side by side.

        sign: writes the film at the first path with its credentials to the second; False where it could not.
        """
        self.path = Path(path)
        self.name = str(path)
        self.captions_path = self.path.with_suffix(".vtt")
        self._part = self.path.with_name(f"{self.path.stem}.part{self.path.suffix}")
        self._captions_part = self._part.with_suffix(".vtt")
        self._signed_part = self.path.with_name(f"{self.path.stem}.signed.part{self.path.suffix}")
        self._sign = sign
        self._drawn_at_once = drawn_at_once
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
        if not os.path.isdir(self.path.parent):
            raise OutputError(
                f"a folder for the film at {self.path.parent}", "there is none", "Make it, or choose another folder."
            )
        if os.path.isdir(self.path):
            raise OutputError("a film's file name", f"{self.path} is a folder", "Name a file in it.")
        self._claim = FileClaim(self._part)
        self._timeline = FilmTimeline(viewport.fps)
        self._sound = SoundTrack()
        self._painter = CaptionPainter(viewport.width, viewport.height, CaptionStyle(self._caption_scale))
        self._ahead = DrawnAhead(self._drawn_at_once)
        size = (viewport.width, viewport.height)
        self._writer = Mp4Writer(self._part, size, self._timeline.rate, rate_hz, self._title, held=self._ahead.most)

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Draws it, yielding the position of every frame; its pause is kept back for the next one's preroll."""
        placed = self._timeline.place(performance)
        self._draw_rest_of_last(placed.first_frame)
        self._drawn = placed
        utterance = performance.utterance
        self._place_sound(placed)
        whole = False
        position_s = performance.start_s
        try:
            while (frame := self._timeline.next_frame) < self._timeline.certain_end(placed):
                while control.is_paused() and not control.is_interrupted():
                    yield position_s
                    time.sleep(_PAUSE_LOOK_S)
                if control.is_interrupted():
                    return
                if performance.utterance is not utterance:
                    utterance = performance.utterance
                    self._place_sound(placed)
                    self._forget_ahead()
                self._draw(placed, self._timeline.certain_end(placed))
                if not control.is_paused():
                    position_s = performance.start_s + (frame - placed.first_frame) * self._timeline.frame_s
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
            self._ahead.close()

    def _finish(self, writer: Mp4Writer) -> None:
        if self._drawn is None:
            raise OutputError("something to say", "nothing was spoken", "Check the source with: narrator text SOURCE")
        self._draw_rest_of_last(self._timeline.full_end(self._drawn))
        writer.finish()
        is_signed = self._sign is not None and self._sign(self._part, self._signed_part)
        try:
            self._captions_part.write_text(webvtt(self._cues), encoding="utf-8")
            with contextlib.suppress(KeyboardInterrupt), uninterrupted():  # it comes too late: the film is there
                os.replace(self._signed_part if is_signed else self._part, self.path)
                os.replace(self._captions_part, self.captions_path)
                if is_signed:
                    self._part.unlink()
        except OSError as failure:
            raise OutputError(
                f"to write {self.path} and its captions", failure.strerror or str(failure), "Choose another folder."
            ) from failure
        _log.info("wrote %s and %s", self.path, self.captions_path)

    def _place_sound(self, placed: Placed) -> None:
        """Lays down the performance's sound and captions, instead of what was to come of it before."""
        performance, writer = placed.performance, self._opened()
        sound = resample(performance.utterance.samples, performance.utterance.rate_hz, writer.rate_hz)
        self._sound.cut(from_sample=(first := round(placed.zero_s * writer.rate_hz)))
        self._sound.place(sound, first)
        last_end_ms = self._cues[-1].end_ms if self._cues else 0
        self._waiting_cues = [cue for cue in self._waiting_cues if cue.start_ms < placed.zero_s * 1000]
        written_ms = self._timeline.next_frame / self._timeline.rate * 1000
        cues = cues_from(performance.captions, placed.zero_s, last_end_ms)
        self._waiting_cues += [cue for cue in cues if cue.start_ms >= written_ms]

    def _draw_rest_of_last(self, until_frame: int) -> None:
        """What was kept back of the performance before, now that it is known when the next one begins."""
        while self._drawn is not None and self._timeline.next_frame < until_frame:
            self._draw(self._drawn, until_frame)
        self._forget_ahead()

    def _forget_ahead(self) -> None:
        """What was drawn ahead is not to be shown: its performance has changed, or ends earlier."""
        if self._writer is not None:
            self._ahead.forget(self._writer.give_back)

    def _draw(self, placed: Placed, until_frame: int) -> None:
        """The timeline's next frame; those after it, up to until_frame, may be drawn meanwhile."""
        writer, timeline = self._opened(), self._timeline

        def draw(frame: int, into: Planes) -> None:
            develop(placed.performance.draw(placed.moment_of(frame, timeline.frame_s)), into)

        frame = timeline.next_frame
        picture = self._ahead.picture(range(frame, until_frame), draw, writer.blank)
        self._write(picture, placed, placed.moment_of(frame, timeline.frame_s))

    def _write(self, picture: Planes, placed: Placed, moment_s: float) -> None:
        """A drawn frame, with the sound and the cues up to its end, to the encoder."""
        writer = self._opened()
        if self._burn_captions and (patch := self._painter.patch(placed.performance.captions, moment_s)):
            paste(*patch, picture)
        self._timeline.next_frame += 1
        end_s = self._timeline.next_frame / self._timeline.rate
        due = [cue for cue in self._waiting_cues if cue.start_ms < end_s * 1000]
        del self._waiting_cues[: len(due)]
        self._cues += due
        writer.write(picture, self._sound.take(round(end_s * writer.rate_hz)), due)

    def _cut(self) -> None:
        """Ends the performance where it is: its sound, its captions and its claim on the film's time."""
        self._forget_ahead()
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
        for part in (self._part, self._signed_part, self._captions_part):
            with contextlib.suppress(OSError):  # never made, or in a folder that has become read-only
                part.unlink()
