"""A sentence and a recording of it in, an Utterance with timed phones and words out.

What is said is what espeak would say (numbers, abbreviations and symbols included); when it is said is found by
pocketsphinx in English, and by warping espeak's own utterance onto the recording in every other language or when
pocketsphinx refuses.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from narrator.flow import Delivery, Phone, Samples, Sentence, Utterance, Word
from narrator.speech.alignment.features import RATE_HZ, cepstra
from narrator.speech.alignment.resample import resample
from narrator.speech.alignment.speech_span import pauses
from narrator.speech.alignment.sphinx import Sphinx
from narrator.speech.alignment.warping import carry, warp
from narrator.speech.espeak_voice import EspeakVoice

_log = logging.getLogger(__name__)

Floats = npt.NDArray[np.float64]

WARPING = "warping"
_SHORTEST_PHONE_S = 0.01
_MATCHING_RATES_WPM = (80, 300)
_BREATH_S = 0.25
"""What sounds no longer than this after the last phone's pause is a breath or a click, not the phone again."""
_LONGEST_TO_ALIGN_S = 60.0
"""A sentence lasts some 15 s. Beyond this, phones are spread evenly: a warping of a minute takes 150 MB, of two 600."""


class Aligner:
    """Owns an espeak worker and, once English was met, a pocketsphinx worker. One thread at a time."""

    def __init__(self, method: str = "") -> None:
        """method "warping" leaves pocketsphinx out."""
        self._method = method
        self._espeak = EspeakVoice()
        self._sphinx = Sphinx()

    def align(self, sentence: Sentence, samples: Samples, rate_hz: int, rate_wpm: int = 150) -> Utterance:
        """The recording as an Utterance; rate_wpm is a first guess at how fast it was spoken. Raises VoiceError."""
        signal = resample(samples, rate_hz, RATE_HZ)
        quiet = pauses(signal)
        begin_s = quiet[0][1] if quiet and quiet[0][0] == 0.0 else 0.0
        total_s = len(samples) / rate_hz
        end_s = quiet[-1][0] if len(quiet) > (begin_s > 0) and quiet[-1][1] >= total_s - 1e-3 else total_s
        if end_s - begin_s < _SHORTEST_PHONE_S:
            begin_s, end_s = 0.0, total_s
        reference = self._reference(sentence, rate_wpm, end_s - begin_s)
        sounding = [index for index, phone in enumerate(reference.phones) if phone.ipa]
        if not sounding:
            return Utterance(sentence, samples, rate_hz, (Phone("", 0.0, total_s),), ())
        speech = signal[int(begin_s * RATE_HZ) : int(end_s * RATE_HZ)]
        onsets = self._onsets(reference, sounding, sentence.language, speech) + begin_s
        phones = lay_out([reference.phones[i] for i in sounding], onsets, begin_s, end_s, total_s, quiet)
        return Utterance(sentence, samples, rate_hz, phones, carry_words(reference, sounding, phones))

    def close(self) -> None:
        """Ends the workers."""
        self._espeak.close()
        self._sphinx.close()

    def _reference(self, sentence: Sentence, rate_wpm: int, length_s: float) -> Utterance:
        """espeak's utterance, about as fast as the recording."""
        first = self._espeak.speak(sentence, Delivery(rate_wpm=rate_wpm))
        ratio = first.duration_s / max(length_s, _SHORTEST_PHONE_S)
        if 0.7 < ratio < 1.4:  # a warping bridges this by itself
            return first
        adapted = int(np.clip(rate_wpm * ratio, *_MATCHING_RATES_WPM))
        return self._espeak.speak(sentence, Delivery(rate_wpm=adapted))

    def _onsets(self, reference: Utterance, sounding: Sequence[int], language: str, speech: Floats) -> Floats:
        is_short = len(speech) <= _LONGEST_TO_ALIGN_S * RATE_HZ
        if is_short and self._method != WARPING and (language or "en").lower().split("-")[0] == "en":
            found = self._sphinx.onsets(reference, speech)
            if found is not None:
                return found
            _log.info("pocketsphinx refused a sentence; warping espeak's utterance onto it instead")
        return warped_onsets(reference, sounding, speech)


def warped_onsets(reference: Utterance, sounding: Sequence[int], speech: Floats) -> Floats:
    """(phones,) s at which each sounding phone of the reference begins in the recorded speech (n,) at RATE_HZ."""
    starts = np.array([reference.phones[i].start_s for i in sounding])
    first_s, last_s = starts[0], reference.phones[sounding[-1]].end_s
    length_s = len(speech) / RATE_HZ
    if max(length_s, last_s - first_s) > _LONGEST_TO_ALIGN_S:
        return np.asarray((starts - first_s) * length_s / (last_s - first_s))
    own = resample(reference.samples, reference.rate_hz, RATE_HZ)[int(first_s * RATE_HZ) : int(last_s * RATE_HZ)]
    return carry(starts - first_s, warp(cepstra(own), cepstra(speech)))


def lay_out(
    phones: Sequence[Phone],
    onsets: Floats,
    begin_s: float,
    end_s: float,
    total_s: float,
    quiet: Sequence[tuple[float, float]],
) -> tuple[Phone, ...]:
    """Contiguous phones over the whole sound; a pause at the end of a phone becomes a silence."""
    gap = min(_SHORTEST_PHONE_S, (end_s - begin_s) / len(phones))
    steps = np.arange(len(phones)) * gap
    rising = np.maximum.accumulate(np.maximum(onsets, begin_s) - steps) + steps  # each at least a gap after the last
    starts = np.minimum(rising, end_s - len(phones) * gap + steps)
    starts[0] = begin_s
    edges = [*starts, end_s]
    laid: list[Phone] = [Phone("", 0.0, begin_s)] if begin_s > 0 else []
    for phone, start, end in zip(phones, edges, edges[1:], strict=False):
        after_s = _BREATH_S if end == end_s else 0.05
        sound_end = next((a for a, b in quiet if start + _SHORTEST_PHONE_S <= a < end <= b + after_s), end)
        laid.append(Phone(phone.ipa, float(start), float(sound_end - start), phone.stress))
        if sound_end < end:
            laid.append(Phone("", float(sound_end), float(end - sound_end)))
    if end_s < total_s:
        laid.append(Phone("", end_s, total_s - end_s))
    return tuple(laid)


def carry_words(reference: Utterance, sounding: Sequence[int], phones: Sequence[Phone]) -> tuple[Word, ...]:
    """The reference's words at the times of the laid-out phones."""
    moved = [phone for phone in phones if phone.ipa]
    knots_from = [t for i in sounding for t in (reference.phones[i].start_s, reference.phones[i].end_s)]
    knots_to = [t for phone in moved for t in (phone.start_s, phone.end_s)]

    def at(time_s: float, *, is_end: bool) -> float:
        place = np.searchsorted(knots_from, time_s - 1e-9 if is_end else time_s + 1e-9)
        if is_end and place < len(knots_from) and abs(knots_from[place] - time_s) < 1e-6:
            return float(knots_to[place])
        if not is_end and place > 0 and abs(knots_from[place - 1] - time_s) < 1e-6:
            return float(knots_to[place - 1])
        return float(np.interp(time_s, knots_from, knots_to))

    words = []
    for word in reference.words:
        start, end = at(word.start_s, is_end=False), at(word.end_s, is_end=True)
        words.append(Word(word.text, start, max(end - start, 0.0), word.start_char, word.end_char))
    return tuple(words)
