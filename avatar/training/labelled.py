"""Recorded speech with its labels in, utterances and their true closures out: what `evaluate` measures against."""

from __future__ import annotations

import re
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from narrator.flow import Phone, Sentence, Utterance

CLOSING = ("P", "B", "M")
_PHONE = re.compile(r"[A-Z]+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One recording whose phones are known."""

    name: str
    unknown: Utterance
    """Without phones: what a face that only hears is given."""
    known: Utterance
    """With them."""

    @property
    def closures(self) -> list[tuple[float, float]]:
        """(start, end) of every P B M."""
        return [(p.start_s, p.end_s) for p in self.known.phones if p.ipa in ("p", "b", "m")]


def utterance_of(samples: np.ndarray, rate_hz: int, phones: tuple[Phone, ...] = ()) -> Utterance:  # type: ignore[type-arg]
    """A recording as the face gets it; samples int16."""
    return Utterance(Sentence("", "", pause_s=0.0), samples, rate_hz, phones, ())


def read_wave(file: Path) -> tuple[np.ndarray, int]:  # type: ignore[type-arg]
    """Mono samples, int16, and their rate."""
    with wave.open(str(file)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
        return samples[:: sound.getnchannels()], sound.getframerate()


def labelled_speech(folder: Path) -> list[Labelled]:
    """Every .wav with a .TextGrid beside it; its phones are ARPAbet."""
    found = []
    for grid in sorted(folder.glob("*.TextGrid")):
        samples, rate_hz = read_wave(grid.with_suffix(".wav"))
        phones = phones_of(grid.read_text(encoding="utf-8"))
        found.append(Labelled(grid.stem, utterance_of(samples, rate_hz), utterance_of(samples, rate_hz, phones)))
    return found


def aligned_speech(folder: Path) -> list[Labelled]:
    """Every .wav with its words in a .txt beside it, its phones found by the program's own aligner."""
    from narrator.speech.alignment.aligner import Aligner

    aligner, found = Aligner(), []
    for words in sorted(folder.glob("*.txt")):
        samples, rate_hz = read_wave(words.with_suffix(".wav"))
        text = words.read_text(encoding="utf-8").strip()
        known = aligner.align(Sentence(text, "en", pause_s=0.0), samples, rate_hz)
        found.append(Labelled(words.stem, utterance_of(samples, rate_hz), known))
    aligner.close()
    return found


def phones_of(grid: str) -> tuple[Phone, ...]:
    """The last interval tier of a short TextGrid, ARPAbet turned into IPA; gaps become silences."""
    rows = [line.strip() for line in grid.splitlines()]
    begin = len(rows) - 1 - rows[::-1].index('"IntervalTier"')
    body = rows[begin + 5 :]
    phones: list[Phone] = []
    end_s = 0.0
    for low, high, label in zip(body[0::3], body[1::3], body[2::3], strict=False):
        start_s, name = float(low), label.strip('"')
        if start_s - end_s > 1e-3:
            phones.append(Phone("", end_s, start_s - end_s))
        end_s = float(high)
        phones.append(Phone(ipa_of(name), start_s, end_s - start_s, 2 if name.endswith("1") else 0))
    return tuple(phones)


def ipa_of(arpabet: str) -> str:
    """One phone of an English aligner as IPA; empty for silence, noise and the unknown."""
    from avatar.training.speakers import IPA_OF_ARPABET

    match = _PHONE.fullmatch(arpabet.rstrip("012").upper())
    return IPA_OF_ARPABET.get(match.group().lower(), "") if match else ""
