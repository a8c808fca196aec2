"""The values that Speech Dispatcher sets in, how the next message is to be said out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

MIDDLE = 0
FURTHEST = 100
"""Speech Dispatcher counts rate, pitch and volume from -100 to 100."""
SLOWEST_WPM, FASTEST_WPM = 60, 400
"""At -100 and 100; at 0 it is the user's own rate."""
VARIANTS = {
    "male1": "",
    "male2": "+m2",
    "male3": "+m3",
    "female1": "+f1",
    "female2": "+f2",
    "female3": "+f3",
    "child_male": "+m8",
    "child_female": "+f5",
}
"""Speech Dispatcher's kinds of voices -> espeak's."""
NOTHING = "NULL"
NO_LANGUAGES = ("c", "posix")
"""What the server takes from a desktop that has none."""


@dataclass(frozen=True, slots=True)
class Manner:
    """As it was set last; a message keeps the one it came with."""

    rate: int = MIDDLE
    """-100..100."""
    pitch: int = MIDDLE
    volume: int = FURTHEST
    language: str = ""
    """BCP 47 tag."""
    kind: str = "male1"
    """One of VARIANTS."""
    voice: str = ""
    """One of LIST VOICES; empty: by language and kind."""
    spells: bool = False
    punctuation: str = "none"
    """"none", "some", "most" or "all" of it is to be named."""

    def rate_wpm(self, usual_wpm: int) -> int:
        """Words a minute; usual_wpm at the middle."""
        end = FASTEST_WPM if self.rate > MIDDLE else SLOWEST_WPM
        return round(usual_wpm + (end - usual_wpm) * abs(self.rate) / FURTHEST)

    @property
    def pitch_percent(self) -> int:
        """espeak's scale: 0..100, 50 in the middle."""
        return (self.pitch + FURTHEST) // 2

    @property
    def gain(self) -> float:
        """0 silent .. 1 as it is."""
        return (self.volume + FURTHEST) / (2 * FURTHEST)


def changed(manner: Manner, lines: Iterable[str]) -> Manner:
    """With each name=value taken up; what is unknown or senseless stays as it was."""
    for line in lines:
        name, _, value = line.partition("=")
        value = "" if value == NOTHING else value
        if name == "rate":
            manner = replace(manner, rate=_whole(value, manner.rate))
        elif name == "pitch":
            manner = replace(manner, pitch=_whole(value, manner.pitch))
        elif name == "volume":
            manner = replace(manner, volume=_whole(value, manner.volume))
        elif name == "language":
            manner = replace(manner, language="" if value.lower() in NO_LANGUAGES else value)
        elif name == "voice":
            manner = replace(manner, kind=value.lower() if value.lower() in VARIANTS else manner.kind)
        elif name == "synthesis_voice":
            manner = replace(manner, voice=value)
        elif name == "spelling_mode":
            manner = replace(manner, spells=value.lower() == "on")
        elif name == "punctuation_mode":
            manner = replace(manner, punctuation=value.lower())
    return manner


def _whole(text: str, default: int) -> int:
    try:
        return min(max(int(text), -FURTHEST), FURTHEST)
    except ValueError:
        return default
