"""A section and how it is to be made in, its file out: what a worker does, whole or not at all."""

from __future__ import annotations

import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from narrator import assemble
from narrator.errors import NarratorError
from narrator.export.making import CARD, Making, parts
from narrator.export.notes import noted
from narrator.export.section_file import SUFFIX, Heading, SectionWriter, whole_or_not_at_all
from narrator.export.sections import Section
from narrator.flow import BlockKind, Samples, Waiting
from narrator.outputs.caption_painter import CaptionPainter
from narrator.outputs.caption_style import CaptionStyle
from narrator.outputs.drawn_ahead import DrawnAhead
from narrator.outputs.film_timeline import FilmTimeline, Placed
from narrator.outputs.film_tracks import Planes, develop, paste, planes
from narrator.outputs.resampling import resample
from narrator.outputs.webvtt import Cue, cues_from
from narrator.pipeline import Cast, in_turn

TURNING_S = 2.5
"""How long before its end a section turns towards the pose in which the next one begins: no quicker than a sway."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker is told."""

    name: str
    section: Section
    making: Making
    drawn_by: str
    """PROCESSOR or CARD."""
    parts: str
    """What the one who asks would draw with."""
    folder: str
    """Where sections are kept."""
    token: str
    """What stands in a file of that folder, so that a worker knows whether it sees the same one."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What comes back."""

    name: str
    seconds: float
    data: bytes | None
    """The file itself from a worker that does not see the folder."""
    notes: tuple[str, ...] = ()
    """What voice, face and aligner had to say."""


TOKEN_FILE = "shared"
_own = threading.local()


def draw(task: Task) -> Drawn:
    """Draws the section into the folder, or into memory. Raises NarratorError."""
    _refuse_other_parts(task)
    with noted() as notes:
        if sees_folder(task.folder, task.token):
            seconds = _draw_into(Path(task.folder) / f"{task.name}{SUFFIX}", task)
            return Drawn(task.name, seconds, None, tuple(notes))
        with tempfile.TemporaryDirectory(prefix="narrator-section-") as folder:
            path = Path(folder) / f"{task.name}{SUFFIX}"
            seconds = _draw_into(path, task)
            return Drawn(task.name, seconds, path.read_bytes(), tuple(notes))


def sees_folder(folder: str, token: str) -> bool:
    """Whether this is the very folder that is meant, not another machine's of the same name."""
    try:
        return (Path(folder) / TOKEN_FILE).read_text(encoding="utf-8") == token
    except OSError:
        return False


def drawn_with(presenter: str, background: str, is_card_asked: bool) -> tuple[str, bool]:
    """What this process would draw with (making.parts), and whether a graphics card would."""
    return parts(presenter, background), is_card_asked and assemble.graphics_card()


def _refuse_other_parts(task: Task) -> None:
    settings = task.making.settings
    if parts(settings.presenter, settings.background) != task.parts:
        raise NarratorError(
            "a worker with the same narrator, libraries, presenter and background",
            "this one has others, and would draw another picture",
            "Install the same version there and copy the presenter, or leave that worker out.",
        )


def _draw_into(path: Path, task: Task) -> float:
    """Seconds of film."""
    with whole_or_not_at_all(path) as part:
        settings = task.making.settings
        writer = SectionWriter(part, (settings.width, settings.height), settings.fps)
        try:
            drawing = _Drawing(task, writer)
            drawing.draw()
        except BaseException:
            writer.discard()
            raise
        return drawing.timeline.next_frame * drawing.timeline.frame_s


def _cast(making: Making, drawn_by: str) -> tuple[Cast, int]:
    """This thread's voice and face, kept from section to section, and how many frames it pays to ask for at once."""
    key = (making.settings, drawn_by)
    if getattr(_own, "key", None) != key:
        if hasattr(_own, "cast"):
            _own.cast.voice.close()
        settings = making.settings
        if drawn_by == CARD and not assemble.graphics_card():
            raise NarratorError(
                "a graphics card on a worker that offers one", "torch finds none", "Start it without --resources GPU."
            )
        face = assemble.face(settings.presenter, settings.lip_colour, on_a_card=drawn_by == CARD)
        view = assemble.viewport(settings)
        _own.cast = Cast(assemble.voice(settings.voice), face, assemble.delivery(settings), view)
        _own.at_once = face.drawn_at_once if drawn_by == CARD else 1
        _own.key = key
    return _own.cast, _own.at_once


class _Drawing:
    """One section on its way into its file."""

    def __init__(self, task: Task, writer: SectionWriter) -> None:
        self.section, self.writer = task.section, writer
        self.cast, at_once = _cast(task.making, task.drawn_by)
        view = self.cast.viewport
        self.timeline = FilmTimeline(view.fps)
        self.ahead = DrawnAhead(at_once)
        self.spare = [planes(view.width, view.height) for _ in range(self.ahead.most)]
        style = CaptionStyle(task.making.settings.caption_size)
        self.painter = CaptionPainter(view.width, view.height, style) if task.making.burn_captions else None
        self.sound: list[tuple[Placed, Samples, int]] = []
        self.cues: list[Cue] = []
        self.headings: list[Heading] = []

    def draw(self) -> None:
        """All of it."""
        try:
            shown: Placed | None = None
            for performance in in_turn(iter(self.section.sentences), self.cast, self.section.clock_s):
                placed = self.timeline.place(performance)
                if shown is not None:
                    self._pictures(shown, placed.first_frame)
                self._note(placed)
                shown = placed
            if shown is not None:
                is_last = self.section.next_clock_s is None
                self._pictures(shown, self.timeline.full_end(shown) if is_last else self.timeline.certain_end(shown))
            sound, rate_hz = self._whole_sound()
            self.writer.finish(sound, rate_hz, self.cues, self.headings)
        finally:
            self.ahead.close()

    def _note(self, placed: Placed) -> None:
        """Sound, captions and heading of a performance that has its place."""
        performance = placed.performance
        utterance = performance.utterance
        self.sound.append((placed, utterance.samples, utterance.rate_hz))
        self.cues += cues_from(performance.captions, placed.zero_s, self.cues[-1].end_ms if self.cues else 0)
        sentence, index = utterance.sentence, utterance.sentence.index
        before = self.section.sentences[index - 1] if index else None
        if sentence.block_index < 0 or sentence.kind is not BlockKind.HEADING:
            return
        if before is not None and before.block_index == sentence.block_index and self.headings:
            self.headings[-1] = Heading(self.headings[-1].frame, f"{self.headings[-1].text} {sentence.text}")
        else:
            self.headings.append(Heading(placed.first_frame, sentence.text))

    def _pictures(self, placed: Placed, end: int) -> None:
        """The frames from the first that is not drawn yet to the one at which the next performance begins."""
        is_last = placed.performance.utterance.sentence is self.section.sentences[-1]
        turn_until = end if is_last and self.section.next_clock_s is not None else None

        def draw(frame: int, into: Planes) -> None:
            waiting = None if turn_until is None else self._turning(placed, frame, turn_until)
            moment_s = placed.moment_of(frame, self.timeline.frame_s)
            develop(placed.performance.draw(moment_s, None, waiting), into)

        while (frame := self.timeline.next_frame) < end:
            picture = self.ahead.picture(range(frame, end), draw, self.spare.pop)
            if self.painter is not None:
                moment_s = placed.moment_of(frame, self.timeline.frame_s)
                if patch := self.painter.patch(placed.performance.captions, moment_s):
                    paste(*patch, picture)
            self.writer.write(picture)
            self.spare.append(picture)
            self.timeline.next_frame += 1

    def _turning(self, placed: Placed, frame: int, end: int) -> Waiting | None:
        """How far the frame has turned towards the next section's first pose, which it meets in its movement too."""
        left_s = (end - frame) * self.timeline.frame_s
        over_s = min(TURNING_S, (end - placed.first_frame) * self.timeline.frame_s)
        if self.section.next_clock_s is None or left_s >= over_s:
            return None
        done = 1 - left_s / over_s
        share = done**3 * (10 - 15 * done + 6 * done**2)  # minimum jerk (Flash and Hogan 1985)
        return Waiting(self.section.next_clock_s - left_s, head=share, mouth=0.0, is_alert=False)

    def _whole_sound(self) -> tuple[Samples, int]:
        """All pieces in their places; one frame longer than the pictures, since sound may end within the next one."""
        rate_hz = self.sound[0][2] if self.sound else 22_050
        whole: Samples = np.zeros(round((self.timeline.next_frame + 1) * self.timeline.frame_s * rate_hz), np.int16)
        for placed, samples, own_rate_hz in self.sound:
            first = round(placed.zero_s * rate_hz)
            piece = resample(samples, own_rate_hz, rate_hz)[: len(whole) - first]
            whole[first : first + len(piece)] = piece
        return whole, rate_hz
