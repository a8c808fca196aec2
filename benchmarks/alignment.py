"""Speech whose phones are known in, the aligners' errors at phone onsets out, as a table.

    .venv/bin/python -m benchmarks.alignment [--json]

Known truth: espeak's own events, in voices, pitches and rates other than any reference the aligners use. Reported as
well, where ../shared/data is there: recordings of people, labelled by the Montreal Forced Aligner on a 10 ms grid
(good to 20-30 ms: the figure holds both aligners' errors).
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from narrator.flow import Delivery, Phone, Samples, Sentence
from narrator.speech.alignment.aligner import Aligner
from narrator.speech.espeak_voice import EspeakVoice
from narrator.speech.system_voice import read_sound

RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "data" / "labelled_speech"

TARGETS = (("+f2", 70, 150), ("+m5", 30, 110), ("+f4", 60, 180), ("+croak", 40, 135))
"""Variant of espeak's voice, pitch 0..100, rate in words a minute: all differ from the aligners' own reference."""

TEXTS = {
    "en": """The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background.
        It's easy to tell the depth of a well. These days a chicken leg is a rare dish.
        Rice is often served in round bowls. The juice of lemons makes fine punch.
        The box was thrown beside the parked truck. The hogs were fed chopped corn and garbage.
        Four hours of steady work faced us. A large size in stockings is hard to sell.
        The boy was there when the sun rose. A rod is used to catch pink salmon.""",
    "de": "Der schnelle Fuchs springt über den faulen Hund. Heute ist ein schöner Tag, und wir gehen ins Kino.",
    "fr": "Les enfants jouent dans le jardin de la maison. Il fait beau aujourd'hui, nous allons à la plage.",
    "es": "El perro come la comida en la cocina. Mañana iremos al mercado con mi madre.",
    "pt": "O menino comprou um livro na cidade. Amanhã vamos todos juntos à praia.",
    "ru": "Сегодня хорошая погода, мы пойдём гулять в парк. Моя сестра читает новую книгу.",
    "hi": "आज मौसम बहुत अच्छा है और हम बाहर जाएंगे। मेरी बहन नई किताब पढ़ रही है।",
    "zh": "今天天气很好，我们去公园散步。我的姐姐在看一本新书。",
    "ar": "الطقس جميل اليوم وسوف نذهب إلى الحديقة. أختي تقرأ كتابا جديدا.",
}


@dataclass(slots=True)
class Errors:
    """Onset errors of one row of the table, seconds, aligner minus truth."""

    onsets_s: list[float] = field(default_factory=list)
    audio_s: float = 0.0
    wall_s: float = 0.0

    def summary(self) -> dict[str, float]:
        """Milliseconds, and the time it took as a share of the audio's."""
        errors = np.array(self.onsets_s) * 1000
        return {
            "phones": len(errors),
            "median_ms": float(np.median(np.abs(errors))),
            "mean_ms": float(np.mean(np.abs(errors))),
            "p90_ms": float(np.percentile(np.abs(errors), 90)),
            "bias_ms": float(np.median(errors)),
            "of_real_time": self.wall_s / self.audio_s,
        }


def onset_errors(found: list[tuple[str, float]], truth: list[tuple[str, float]]) -> list[float]:
    """Differences at the phones both name alike, in order."""
    matcher = difflib.SequenceMatcher(None, [name for name, _ in found], [name for name, _ in truth], autojunk=False)
    return [
        found[block.a + i][1] - truth[block.b + i][1]
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    ]


def onsets(phones: tuple[Phone, ...]) -> list[tuple[str, float]]:
    """Name and start of every phone that is not silence."""
    return [(phone.ipa, phone.start_s) for phone in phones if phone.ipa]


def sentences_of(language: str) -> Iterator[Sentence]:
    """The test texts, one sentence at a time."""
    from narrator.sentences import split_sentences

    for text in split_sentences(" ".join(TEXTS[language].split()), language):
        yield Sentence(text, language)


def measure_synthetic(language: str, aligner: Aligner, at_most: int = 100) -> Errors:
    """The first at_most sentences of one language in all target voices."""
    errors = Errors()
    for variant, pitch, rate_wpm in TARGETS:
        voice = EspeakVoice(variant, pitch=pitch)
        for sentence in itertools.islice(sentences_of(language), at_most):
            spoken = voice.speak(sentence, Delivery(rate_wpm=rate_wpm))
            begun = time.perf_counter()
            aligned = aligner.align(sentence, spoken.samples, spoken.rate_hz)
            errors.wall_s += time.perf_counter() - begun
            errors.audio_s += spoken.duration_s
            errors.onsets_s += onset_errors(onsets(aligned.phones), onsets(spoken.phones))
        voice.close()
    return errors


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch of a labelled recording between two pauses."""

    text: str
    phones: tuple[tuple[str, float], ...]
    """ARPAbet without stress digits, and start in seconds of the stretch."""
    samples: Samples
    rate_hz: int


def labelled_stretches(recording: Path, pause_s: float = 0.25) -> Iterator[Labelled]:
    """The recording cut at its pauses."""
    words, phones = read_textgrid(recording.with_suffix(".TextGrid"))
    samples, rate_hz = read_sound(recording)
    group: list[tuple[float, float, str]] = []
    for start, end, text in [*words, (words[-1][1], words[-1][1] + 2 * pause_s, "")]:
        if text:
            group.append((start, end, text))
        elif group and end - start >= pause_s:
            begin, stop = max(group[0][0] - 0.1, 0.0), group[-1][1] + 0.1
            inside = tuple(
                (name.rstrip("012"), at - begin) for at, _, name in phones if name and group[0][0] <= at < group[-1][1]
            )
            spoken = samples[int(begin * rate_hz) : int(stop * rate_hz)]
            yield Labelled(" ".join(text for _, _, text in group), inside, spoken, rate_hz)
            group = []


def read_textgrid(path: Path) -> tuple[list[tuple[float, float, str]], list[tuple[float, float, str]]]:
    """The words and phones tiers of a short-form TextGrid as (start, end, label)."""
    tiers: dict[str, list[tuple[float, float, str]]] = {}
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    at = 0
    while at < len(lines):
        if lines[at] == '"IntervalTier"':
            count = int(lines[at + 4])
            rows = [lines[at + 5 + 3 * i : at + 8 + 3 * i] for i in range(count)]
            tiers[lines[at + 1].strip('"')] = [(float(a), float(b), label.strip('"')) for a, b, label in rows]
            at += 5 + 3 * count
        else:
            at += 1
    return tiers["words"], tiers["phones"]


def measure_recordings(language: str, aligner: Aligner) -> Errors:
    """People's speech in that language."""
    from narrator.speech.alignment.arpabet import to_arpabet

    errors = Errors()
    for recording in sorted(RECORDINGS.glob("*.wav")):
        for stretch in labelled_stretches(recording):
            begun = time.perf_counter()
            aligned = aligner.align(Sentence(stretch.text, language), stretch.samples, stretch.rate_hz)
            errors.wall_s += time.perf_counter() - begun
            errors.audio_s += aligned.duration_s
            found = [(to_arpabet(ipa)[0], at) for ipa, at in onsets(aligned.phones) if to_arpabet(ipa)]
            errors.onsets_s += onset_errors(found, list(stretch.phones))
    return errors


def measure() -> dict[str, dict[str, float]]:
    """All rows of the table."""
    aligner, warper = Aligner(), Aligner(method="warping")
    rows = {"espeak en, pocketsphinx": measure_synthetic("en", aligner).summary()}
    for language in TEXTS:
        rows[f"espeak {language}, warping"] = measure_synthetic(language, warper).summary()
    if RECORDINGS.is_dir():
        rows["people en, pocketsphinx"] = measure_recordings("en", aligner).summary()
        rows["people en, warping"] = measure_recordings("en", warper).summary()
    aligner.close()
    warper.close()
    return rows


def main() -> None:
    """Prints the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure()
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{'phone onsets':28}{'phones':>8}{'median':>9}{'mean':>9}{'p90':>9}{'bias':>9}   time / audio")
    for name, row in rows.items():
        figures = "".join(f"{row[key]:7.1f}ms" for key in ("median_ms", "mean_ms", "p90_ms", "bias_ms"))
        print(f"{name:28}{row['phones']:8.0f}{figures}{row['of_real_time']:11.3f}")


if __name__ == "__main__":
    main()
