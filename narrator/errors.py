"""What can go wrong, as one tree; every message says what was expected, what came and what to do next.

NarratorError                 anything a person should be told in one line
 x SourceError                the thing to be read
    - SourceMissing           no such file, 404, empty clipboard
    - SourceRefused           a scheme, size, redirect or kind of file we do not read
    - SourceUnreadable        damaged, binary, unknown encoding, no text in it
    - SourceTimeout           it took longer than the time limit
    - PasswordNeeded          encrypted, and no password or a wrong one
 x VoiceError                 the voice failed
    - VoiceMissing            no such voice
 x FaceError                  no such presenter, or its data are damaged
 x PictureError               a picture that cannot become a presenter
 x OutputError                window, sound device, camera or file cannot be used
    - DiskFull                no room for what is being written
 x WorkerLost                 processes or machines that work for us died or are out of reach
    - SchedulerGone           the cluster's scheduler does not answer (any more)
 x NotRunning                no narration to steer
 x RemoteRefused             the running narration would not do what was asked
 x SettingError               an unknown setting or a value outside its range
 x Cancelled                  the person stopped it; not a fault
"""

from __future__ import annotations

import unicodedata

WORD_MAX = 400
"""Letters; the longest path that Linux opens has 4,096, and an address may have millions."""
WORD_END = 100
"""Letters kept of its end, where a path has its name."""
STEERING = ("Cc", "Cs")
"""Unicode's categories of controls and of half characters."""
TURNING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction (Unicode Standard Annex 9)."""


class NarratorError(Exception):
    """A failure told to the person in one line.

    expected and came are half-sentences; next_step is an instruction. str() joins them.
    """

    def __init__(self, expected: str, came: str, next_step: str) -> None:
        super().__init__(expected, came, next_step)
        self.expected = expected
        self.came = came
        self.next_step = next_step

    def __str__(self) -> str:
        line = f"expected {self.expected}; {self.came}. {self.next_step}"
        return " ".join(_printable(word) for word in line.split())


def _printable(word: str) -> str:
    """A name may hold what steers a terminal or turns its line round; that is spelt out. Endless words are cut."""
    if len(word) > WORD_MAX:
        word = f"{word[: WORD_MAX - WORD_END - 1]}\u2026{word[-WORD_END:]}"
    return "".join(
        letter.encode("unicode_escape").decode()
        if unicodedata.category(letter) in STEERING or letter in TURNING
        else letter
        for letter in word
    )


class SourceError(NarratorError):
    """The thing to be read cannot be read."""


class SourceMissing(SourceError):
    """There is nothing there."""


class SourceRefused(SourceError):
    """We could, but will not: scheme, size, redirects, kind of file."""


class SourceUnreadable(SourceError):
    """It is there, but holds no text that can be got out."""


class SourceTimeout(SourceError):
    """It took longer than the time limit."""


class PasswordNeeded(SourceError):
    """Encrypted, and no password or a wrong one was given."""


class VoiceError(NarratorError):
    """The voice is absent or failed."""


class VoiceMissing(VoiceError):
    """There is no voice of that name; the next sentence would say the same."""


class FaceError(NarratorError):
    """The presenter is absent or damaged."""


class PictureError(NarratorError):
    """The picture cannot become a presenter: unreadable, no face, several, too small, turned, covered."""


class OutputError(NarratorError):
    """A window, sound device, camera or file cannot be used."""


class DiskFull(OutputError):
    """There is no room left for what is being written."""


class WorkerLost(NarratorError):
    """A process or machine that worked for us died or is out of reach."""


class SchedulerGone(WorkerLost):
    """The cluster's scheduler does not answer, or does no more."""


class NotRunning(NarratorError):
    """There is no narration to steer."""


class RemoteRefused(NarratorError):
    """The running narration would not."""


class SettingError(NarratorError):
    """An unknown setting or a value outside its range."""


class Cancelled(NarratorError):
    """The person stopped it."""

    def __init__(self) -> None:
        super().__init__("to go on to the end", "it was stopped", "Run the same command again to start over.")
