"""The nouns that travel through narrator, from the passage that is read to the frame that is shown.

Frozen dataclasses, one unit or range per field, numpy and the standard library only. Times are seconds, counted
from the start of what the object describes unless a field says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
"""(n,) int16, mono PCM."""

RgbImage = npt.NDArray[np.uint8]
"""(height, width, 3) uint8, sRGB."""


class BlockKind(StrEnum):
    """What a block is in its document, so that pauses and announcements can be chosen."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUOTE = "quote"
    CODE = "code"
    FIGURE = "figure"
    """The words that stand for a picture (its alternative text or its caption)."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A stretch of recorded sound that is played instead of spoken."""

    path: str
    """The sound file."""
    start_s: float
    duration_s: float
    pause_s: float = 0.0
    """Quiet that follows it in the file before the next stretch; it is not part of this one."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of a document, in reading order."""

    kind: BlockKind
    text: str
    """Clean text: no line-end hyphens, ligatures, citation marks or runs of white space; empty in a recording alone."""
    level: int = 0
    """Heading level 1..6, or nesting depth 0.. of a list item; 0 elsewhere."""
    position: int = 0
    """1-based place in its list or table; 0 where that means nothing."""
    total: int = 0
    """How many items or rows that list or table has; 0 where unknown or meaningless."""
    page: int = 0
    """1-based page of a paged document; 0 elsewhere."""
    language: str = ""
    """BCP 47 tag where the block differs from its passage; empty otherwise."""
    recording: Recording | None = None
    """The sound that stands instead of a text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Everything a reader got out of one source."""

    source: str
    """What the user named: an address, a path, "clipboard", "-"."""
    title: str
    """Read before the blocks unless they open with it; empty where the source has none of its own."""
    language: str
    """BCP 47 tag such as "en" or "pt-BR"; empty when the source does not say."""
    blocks: Iterable[Block]
    """In reading order. May be lazy (a PDF is read while it is spoken) and is iterated once."""
    outline: tuple[tuple[int, str], ...] = ()
    """(level, heading) pairs where the source has an outline of its own."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is spoken in one breath: the unit of speech, of pause, of seek and of cancel."""

    text: str
    """As it is shown in captions and handed to the voice."""
    language: str
    """BCP 47 tag; empty lets the voice use its own."""
    kind: BlockKind = BlockKind.PARAGRAPH
    pause_s: float = 0.35
    """Silence that follows it, seconds."""
    block_index: int = 0
    """0-based block of the passage it comes from; -1 for the passage's title."""
    index: int = 0
    """0-based place among the sentences of the passage."""
    recording: Recording | None = None
    """The sound to be played instead of speaking the text, which is what it says; empty where nobody knows."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One timed speech sound."""

    ipa: str
    """IPA without stress marks; empty for silence."""
    start_s: float
    duration_s: float
    stress: int = 0
    """0 none, 1 secondary, 2 primary: of the syllable this phone is the nucleus of."""

    @property
    def end_s(self) -> float:
        """Seconds from the utterance's first sample."""
        return self.start_s + self.duration_s


@dataclass(frozen=True, slots=True)
class Word:
    """One timed word of the sentence."""

    text: str
    """The characters start_char..end_char, as written."""
    start_s: float
    duration_s: float
    start_char: int
    """0-based first character in the sentence's text."""
    end_char: int
    """One past the last character in the sentence's text."""

    @property
    def end_s(self) -> float:
        """Seconds from the utterance's first sample."""
        return self.start_s + self.duration_s


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence that has been spoken: its sound, its phones and its words, to the sample."""

    sentence: Sentence
    samples: Samples
    rate_hz: int
    phones: tuple[Phone, ...]
    """In order, without gaps or overlap, covering the sound; silences have an empty ipa. None at all in a recording
    whose words nobody knows: the face then listens to the samples."""
    words: tuple[Word, ...]
    """In order of time; none where nothing is said."""
    heard_at_s: float | None = None
    """Where another program makes the sound: the reading of time.perf_counter() at which its first sample is heard."""

    @property
    def duration_s(self) -> float:
        """Length of the sound, seconds; the pause after it is the sentence's own."""
        return len(self.samples) / self.rate_hz

    def word_at(self, time_s: float) -> int:
        """Index of the word being said at time_s, or -1 before the first one starts."""
        return _last_started(self.words, time_s)


def _last_started(words: tuple[Word, ...], time_s: float) -> int:
    return sum(1 for word in words if word.start_s <= time_s) - 1


@dataclass(frozen=True, slots=True)
class Caption:
    """What is written under the chin while something is said."""

    lines: tuple[str, ...]
    """At most 2 lines of at most 42 characters."""
    start_s: float
    end_s: float
    words: tuple[Word, ...]
    """The words of this caption; start_char and end_char count in "\\n".join(lines)."""

    def word_at(self, time_s: float) -> int:
        """Index of the word being said at time_s, or -1 before the first one starts."""
        return _last_started(self.words, time_s)


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """One finished picture and the moment it belongs to."""

    image: RgbImage
    time_s: float
    """Presentation time, seconds from the start of its performance; negative in the preroll."""


TRANSPARENT = "transparent"
"""The background of a picture that shows the person alone."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """How a performance is to be drawn."""

    width: int = 1280
    """Pixels, even."""
    height: int = 720
    """Pixels, even."""
    fps: float = 30.0
    """Frames a second."""
    framing: str = "face"
    """"signer", "face" or "mouth"."""
    background: str = "own"
    """"own", "blurred", "transparent" (the picture then has a fourth channel, straight alpha), a colour's name or
    #rrggbb, a picture's file, or "blurred:" and a file."""
    distance: float = 1.0
    """How far away the person is, over what the framing asks for."""
    is_marked: bool = True
    """The picture says in its corner that the face is synthetic; False where whoever shows it says so in letters."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far a face has come to rest while nothing is said: in a pause, before the first word, after the last."""

    clock_s: float
    """Moment of the waiting face's own time line, which runs on while the narration stands."""
    head: float = 1.0
    """Of head, brows, lids and gaze: 0 as performed .. 1 as the waiting face has them."""
    mouth: float = 1.0
    """Of the mouth, likewise."""
    thinking: float = 0.0
    """How far it looks for what to say, eyes elsewhere: 0 not at all .. 1, while a text is fetched."""
    is_alert: bool = True
    """Whether the waiting face nods and looks about; if not, it meets what begins at that moment of the narration."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How something is to be said: the settings that speech and face share."""

    rate_wpm: int = 130
    """Words a minute, 80..200."""
    exaggeration: float = 1.2
    """Gain of vowels and rounding, 0.8..1.6; contacts never depend on it."""
    preroll_s: float = 0.2
    """How long the mouth moves before the first sound: 0.12 at least (lipreading.md 2.7), 0.2 from rest (7)."""
    reduced_motion: bool = False
    """No idle sway or head movement; lips, captions and blinks stay."""
    liveliness: float = 0.5
    """0 still .. 1 lively, for head and brows."""
    seed: int = 0
    """Chooses blinks and sway; the same seed gives the same motion."""
    motion: str = "diffusion"
    """What moves the face: "diffusion", "rules", or the .jsonl file of a motion that was written down."""
    emotion: str = "neutral"
    """"neutral", "happy", "sad", "angry", "surprised" or "concerned"."""
    emotion_strength: float = 0.6
    """0 none .. 1 full."""
    text_gestures: bool = True
    """Questions, negations, emphasis and headings show on brows and head."""
    gaze_deg: tuple[float, float] = (0.0, 0.0)
    """Where the eyes look: yaw (+ to the person's left) and pitch (+ up), away from the viewer."""
    pose_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """How the head is held: yaw, pitch, roll, added to its movement."""
    guidance: tuple[float, float] = (0.5, 0.0)
    """How much further than by themselves sound and wishes pull the motion by diffusion; 0 leaves it alone."""
