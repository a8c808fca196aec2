"""What another program says aloud in, as it tells it, a passage and the cast that shows it saying so out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from narrator.errors import SettingError
from narrator.flow import Block, BlockKind, Delivery, Passage, Phone, Recording, Sentence, Utterance, Word
from narrator.pipeline import Cast

READER = "the screen reader"
"""What it is called in the queue."""
RATE_HZ = 22_050
"""Of the silence that stands for the sound here: the default voice's, so that outputs open for both alike."""
LONGEST_S = 120.0
MOST_PHONES = 5_000
PREROLL_S = 0.12
"""The least by which lips lead (lipreading.md 2.7): whoever listens to a screen reader waits for every word."""


@dataclass(frozen=True, slots=True)
class AlreadySpoken:
    """Follows narrator.stages.Voice: whatever it is asked to say, it has been said."""

    utterance: Utterance
    name: str = READER

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """The utterance that was told."""
        return self.utterance

    def close(self) -> None:
        """Nothing to free."""


def passage_of(utterance: Utterance) -> Passage:
    """Its text as one stretch that is not to be split, since its sound is there already."""
    sentence = utterance.sentence
    sound = Recording(READER, 0.0, utterance.duration_s, sentence.pause_s)
    return Passage(READER, "", sentence.language, (Block(BlockKind.PARAGRAPH, sentence.text, recording=sound),))


def cast_for(utterance: Utterance, rate_wpm: int) -> Callable[[Cast], Cast]:
    """Makes the cast that shows it, out of the session's own."""
    voice = AlreadySpoken(utterance)

    def recast(cast: Cast) -> Cast:
        return replace(cast, voice=voice, delivery=replace(cast.delivery, rate_wpm=rate_wpm, preroll_s=PREROLL_S))

    return recast


def utterance_of(told: Mapping[str, Any]) -> Utterance:
    """The utterance in a request: text, language, duration_s, pause_s, heard_at_s, phones, words. Raises SettingError.

    phones are [ipa, start_s, duration_s, stress], words [start_char, end_char, start_s, duration_s].
    """
    try:
        duration_s, pause_s = float(told["duration_s"]), float(told.get("pause_s", 0.0))
        text = str(told["text"])
        phones = tuple(Phone(str(ipa), float(at), float(lasts), int(to)) for ipa, at, lasts, to in told["phones"])
        words = tuple(
            Word(text[first:end], float(at), float(lasts), int(first), int(end))
            for first, end, at, lasts in told["words"]
        )
        heard_at_s = float(told["heard_at_s"])
    except (KeyError, TypeError, ValueError) as fault:
        raise _refused(f"{type(fault).__name__}: {fault}") from fault
    if not (0.0 <= duration_s <= LONGEST_S and 0.0 <= pause_s <= LONGEST_S and len(phones) <= MOST_PHONES):
        raise _refused(f"{duration_s:g} s of sound, {len(phones)} phones")
    if not _cover(phones, duration_s):
        raise _refused("phones that leave gaps, overlap or end elsewhere")
    sentence = Sentence(text, str(told.get("language", "")), pause_s=pause_s)
    silence = np.zeros(round(duration_s * RATE_HZ), np.int16)
    return Utterance(sentence, silence, RATE_HZ, phones, words, heard_at_s)


ROUNDING_S = 0.002
"""Times come rounded to a millisecond."""


def _cover(phones: tuple[Phone, ...], duration_s: float) -> bool:
    ends = [0.0, *(phone.end_s for phone in phones)]
    starts = [*(phone.start_s for phone in phones), duration_s]
    return all(abs(start - end) < ROUNDING_S for start, end in zip(starts, ends, strict=True))


def _refused(came: str) -> SettingError:
    return SettingError("a sentence with its timed phones, as docs/live.md has it", came, "Send it whole.")
