"""A recording that nobody wrote down in, its timed phones out where it is English that can be read, else nothing.

The speech model reads the words of each stretch between two pauses, the ears say when each of their phones is said, and
sounds that no word explains are taken as the ears hear them. A stretch is trusted where the model is sure of its words
and the words explain what sounds; where too little of a recording is, it has no phones and is followed by ear.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from avatar.articulation.score import SILENCE_MIN_S
from avatar.listening.contacts import Flags, runs, second
from avatar.listening.features import FEATURES
from avatar.listening.fitting import Fitted, fit
from avatar.listening.hearing import hear
from avatar.listening.layout import KIND, NAMES, kind_of
from avatar.listening.network import Heard, Listener
from avatar.listening.pronunciation import ways_to_say
from avatar.listening.spectra import HOP, LOOKS_HZ, WINDOW, Doubles, Floats
from avatar.listening.speech_model import without_rumble
from avatar.listening.words import words_in
from narrator.flow import Phone

_log = logging.getLogger(__name__)

SHORTEST_S, LONGEST_S = 4.0, 12.0
"""Of what is read at once: words need each other, and the model was taught with sentences."""
LEAST_SURETY, LEAST_EXPLAINED, MOST_DOUBT = 0.6, 0.6, 0.22
"""Mean chance of a stretch's words, share of its speech that they explain, and what the ears' evidence for other sounds
has over that for theirs, with which it is trusted: real English has 0.05 to 0.20, words imagined in German 0.35."""
LEAST_TRUSTED = 0.7
"""Share of a recording's speech."""
QUIET_LOOKS = 15
SOUNDS = {
    **{"silence": "", "stop": "p", "hum": "m", "tuck": "f", "tongue": "θ", "sibilant": "s", "front": "n"},
    **{"back": "k", "round": "o", "spread": "ɪ", "open": "æ", "middle": "ə"},
}
"""What stands for each kind of sound where no word explains it."""
VOWELS = {KIND[name] for name in ("round", "spread", "open", "middle")}
SURE_PAUSE, PAUSE = 0.8, -1
"""Chance of silence that a pause has all along; what stands for it among the numbers of sounds."""
KEPT = 4
_known: OrderedDict[bytes, tuple[Phone, ...]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Read:
    """One stretch between two pauses, as far as it could be read."""

    fitted: list[Fitted]
    first: int
    """Its first look."""
    spoken: int
    """Looks in which somebody speaks."""
    explained: int
    """Of those, looks that the words explain."""
    surety: float
    doubt: float
    """Mean evidence of the likeliest kind over that of the words' own, in the looks that they explain."""

    @property
    def is_trusted(self) -> bool:
        """Sure of its words, and the words explain what sounds."""
        is_explained = self.explained >= LEAST_EXPLAINED * self.spoken and self.doubt <= MOST_DOUBT
        return self.surety >= LEAST_SURETY and is_explained


def can_recognise(listener: Listener) -> bool:
    """Whether these ears have a speech model to read words with."""
    return listener.width > FEATURES


def recognised(listener: Listener, signal: Floats) -> tuple[Phone, ...]:
    """Of 16 kHz samples in -1..1, covering them without gaps; () where they are no English that can be read.

    What was read last is remembered, since a recording is planned anew whenever something about its face changes.
    """
    key = hashlib.blake2b(signal.tobytes(), digest_size=16).digest()
    if key not in _known:
        _known[key] = _recognised(listener, signal)
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return _known[key]


def _recognised(listener: Listener, signal: Floats) -> tuple[Phone, ...]:
    heard = hear(listener, signal)
    found = list(read(listener, heard, signal))
    spoken = sum(one.spoken for one in found)
    trusted = sum(one.spoken for one in found if one.is_trusted)
    is_read = trusted > 0 and trusted >= LEAST_TRUSTED * spoken
    _log.info(
        "recognised: %.0f %% of %.1f s of speech%s",
        100 * trusted / max(spoken, 1),
        spoken / LOOKS_HZ,
        "" if is_read else "; followed by ear",
    )
    if not is_read:
        return ()
    kinds = listener.sequence.read(heard.kinds)
    sounds = [sound for one in found for sound in _sounds(one, kinds)]
    phones = _laid_out(_with_pauses(sounds, heard.kinds[:, KIND["silence"]]), len(signal))
    return _stressed(phones, signal)


def read(listener: Listener, heard: Heard, signal: Floats) -> Iterator[Read]:
    """Stretch by stretch, in order, together the whole."""
    clear, evidence = without_rumble(signal), listener.sequence.evidence(heard.kinds)
    silence = heard.kinds[:, KIND["silence"]]
    for first, last in stretches(silence):
        yield _read(clear[first * HOP : last * HOP + WINDOW], evidence[first:last], silence[first:last] < 0.5, first)


def _read(clear: Floats, evidence: Doubles, is_spoken: Flags, first: int) -> Read:
    if not is_spoken.any():
        return Read([Fitted("", 0, len(evidence), is_known=False)], first, 0, 0, 0.0, 0.0)
    words = words_in(clear)
    fitted = fit(evidence, [ways_to_say(word) for word in words.words])
    is_explained, lost = np.zeros(len(evidence), bool), np.zeros(len(evidence))
    for one in fitted:
        span = slice(one.first, one.last)
        is_explained[span] = bool(one.ipa) & is_spoken[span]
        lost[span] = evidence[span].max(axis=1) - evidence[span, kind_of(one.ipa)]
    doubt = float(lost[is_explained].mean()) if is_explained.any() else 0.0
    whole = fitted or [Fitted("", 0, len(evidence), is_known=False)]
    return Read(whole, first, int(is_spoken.sum()), int(is_explained.sum()), words.surety, doubt)


def stretches(silence: Floats) -> Iterator[tuple[int, int]]:
    """(first, last) looks of what is read at once, cut in the longest pause in time, else where it is quiet."""
    pause = np.zeros(len(silence))
    for first, last in runs(silence >= 0.5):
        pause[first:last] = last - first
    smooth = np.convolve(silence, np.ones(QUIET_LOOKS) / QUIET_LOOKS, "same") if len(silence) else silence
    begin, least, most = 0, round(SHORTEST_S * LOOKS_HZ), round(LONGEST_S * LOOKS_HZ)
    while len(silence) - begin > most:
        within = pause[begin + least : begin + most]
        longest = np.flatnonzero(within == within.max())
        place = longest[len(longest) // 2] if within.max() else smooth[begin + least : begin + most].argmax()
        cut = begin + least + int(place)
        yield begin, cut
        begin = cut
    yield begin, len(silence)


def _sounds(one: Read, kinds: Floats) -> Iterator[tuple[str, int]]:
    """(IPA, look past its end) in order."""
    for part in one.fitted:
        first, last = one.first + part.first, one.first + part.last
        if part.is_known:
            yield part.ipa, last
            continue
        best = kinds[first:last].argmax(axis=1)
        for place in (*np.flatnonzero(np.diff(best)), len(best) - 1):
            yield SOUNDS[NAMES[best[place]]], first + int(place) + 1


def _with_pauses(sounds: list[tuple[str, int]], silence: Floats) -> list[tuple[str, int]]:
    """The same, but for pauses that the ears are sure of: a word may reach into one, or begin before a breath."""
    at = np.zeros(len(silence), np.int64)
    for number, (_, last) in enumerate(sounds):
        at[last:] = number + 1
    for first, last in runs(silence >= SURE_PAUSE):
        if last - first >= SILENCE_MIN_S * LOOKS_HZ:
            at[first:last] = PAUSE
    edges = [*np.flatnonzero(np.diff(at)), len(at) - 1] if len(at) else []
    return [("" if at[place] == PAUSE else sounds[at[place]][0], int(place) + 1) for place in edges]


def _laid_out(sounds: list[tuple[str, int]], samples: int) -> tuple[Phone, ...]:
    """Each begins where the one before it ends; the first with the sound, the last with its end."""
    phones: list[Phone] = []
    begin_s, total_s = 0.0, samples / (HOP * LOOKS_HZ)
    for i, (ipa, last) in enumerate(sounds):
        end_s = total_s if i == len(sounds) - 1 else second(last - 0.5)
        if phones and not ipa and not phones[-1].ipa:
            begin_s = phones.pop().start_s
        phones.append(Phone(ipa, begin_s, max(end_s - begin_s, 0.0)))
        begin_s = max(end_s, begin_s)
    return tuple(phones)


def _stressed(phones: tuple[Phone, ...], signal: Floats) -> tuple[Phone, ...]:
    """A dictionary's stress is not what is stressed here: vowels with more energy than half of the others count."""
    energy = {}
    for i, phone in enumerate(phones):
        if kind_of(phone.ipa) in VOWELS and phone.ipa:
            first, last = (int(time_s * HOP * LOOKS_HZ) for time_s in (phone.start_s, phone.end_s))
            energy[i] = float(np.sum(signal[first:last] ** 2))
    middle = float(np.median(list(energy.values()))) if energy else 0.0
    return tuple(replace(phone, stress=2) if energy.get(i, 0.0) > middle else phone for i, phone in enumerate(phones))
