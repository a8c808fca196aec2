"""A seed in, spoken sentences with exact phones out: espeak's many voices, and flite's recorded ones where they are.

espeak-ng speaks many languages in many timbres; flite (Debian's package) has voices built from recorded speech. Each
sentence comes as 16 kHz samples.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from avatar.diffusion.sound import RATE_HZ, Floats
from avatar.training import festival
from avatar.training.texts import text
from narrator.errors import NarratorError
from narrator.flow import Delivery, Phone, Sentence
from narrator.speech.alignment.resample import resample
from narrator.speech.espeak_voice import EspeakVoice

LANGUAGES = {
    **{
        "en-us": 8,
        "en-gb": 4,
        "en-gb-scotland": 2,
        "en-gb-x-rp": 2,
        "en-029": 1,
        "cmn": 4,
        "de": 2,
        "es": 2,
        "fr-fr": 1,
    },
    **{"it": 2, "pl": 1, "pt-br": 1, "nl": 1, "sv": 1, "fi": 1, "tr": 1, "id": 1, "sw": 1, "ro": 1, "hu": 1, "cs": 1},
}
"""How often each is spoken."""
TIMBRES = (
    *("", "f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "klatt", "klatt2", "klatt4"),
    *("Annie", "Andrea", "Alicia", "adam", "Michael", "Lee", "linda", "anika", "belinda", "grandma", "grandpa", "john"),
    *("steph", "shelby", "rob", "victor", "Denis", "Mario", "pedro", "quincy", "travis", "zac", "whisper", "croak"),
)
HELD_OUT_TIMBRES = ("edward", "Reed", "Gene", "aunty", "benjamin", "caleb")
"""Never trained on: `evaluate` uses them."""
SENTENCES_OF_A_SPEAKER = 4
FLITE_VOICES = {"kal16": 1, "awb": 3, "rms": 4, "slt": 4}
FESTIVAL_SHARE, FLITE_SHARE = 0.45, 0.25
RATES_WPM, _SLOWNESS = (110, 300), (0.55, 1.25)
"""People talk faster among themselves than synthesisers do."""
IPA_OF_ARPABET = {
    **{"aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "axr": "ɚ", "ay": "aɪ", "b": "b", "ch": "tʃ"},
    **{"d": "d", "dh": "ð", "dx": "ɾ", "eh": "ɛ", "el": "l", "em": "m", "en": "n", "er": "ɝ", "ey": "eɪ", "f": "f"},
    **{"g": "ɡ", "hh": "h", "hv": "h", "ih": "ɪ", "iy": "i", "jh": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n"},
    **{"nx": "n", "ng": "ŋ", "ow": "oʊ", "oy": "ɔɪ", "p": "p", "r": "ɹ", "s": "s", "sh": "ʃ", "t": "t", "th": "θ"},
    **{"uh": "ʊ", "uw": "u", "v": "v", "w": "w", "y": "j", "z": "z", "zh": "ʒ", "pau": "", "brth": "", "h#": ""},
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence as sound and phones."""

    signal: Floats
    """16 kHz, -1..1."""
    phones: tuple[Phone, ...]
    speaker: str


def speakers(seed: int, *, timbres: tuple[str, ...] = TIMBRES, flite: bool = True) -> Iterator[Spoken]:
    """Sentences without end; the same seed gives the same."""
    chance = np.random.default_rng((seed, 1))
    has_flite = flite and shutil.which("flite") is not None
    names, weights = list(LANGUAGES), np.array(list(LANGUAGES.values()), float)
    while True:
        kind = chance.random()
        if festival.voices() and flite and kind < FESTIVAL_SHARE:
            yield from _of_festival(chance)
        elif has_flite and kind < FESTIVAL_SHARE + FLITE_SHARE:
            yield from _of_flite(chance)
        else:
            language = str(chance.choice(names, p=weights / weights.sum()))
            yield from _of_espeak(language, str(chance.choice(timbres)), chance)


def _of_espeak(language: str, timbre: str, chance: np.random.Generator) -> Iterator[Spoken]:
    plus = f"+{timbre}" if timbre else ""
    voice = EspeakVoice(plus, pitch=int(chance.integers(15, 90)))
    try:
        for _ in range(SENTENCES_OF_A_SPEAKER):
            delivery = Delivery(rate_wpm=int(chance.integers(*RATES_WPM)))
            said = voice.speak(Sentence(text(language, chance), language), delivery)
            signal = resample(said.samples / 32768.0, said.rate_hz, RATE_HZ).astype(np.float32)
            yield Spoken(signal, said.phones, f"espeak {language}{plus}")
    except NarratorError:
        return
    finally:
        voice.close()


def _of_flite(chance: np.random.Generator) -> Iterator[Spoken]:
    names, weights = list(FLITE_VOICES), np.array(list(FLITE_VOICES.values()), float)
    name = str(chance.choice(names, p=weights / weights.sum()))
    for _ in range(SENTENCES_OF_A_SPEAKER):
        slowness = chance.uniform(*_SLOWNESS)
        options = ["--setf", f"duration_stretch={slowness:.2f}"]
        if name != "rms":
            options += ["--setf", f"int_f0_target_mean={chance.uniform(85, 230):.0f}"]
        said = _flite(name, text("en", chance), options)
        if said is not None:
            yield replace(said, phones=_stressed(said))


def _of_festival(chance: np.random.Generator) -> Iterator[Spoken]:
    name = festival.voices()[int(chance.integers(len(festival.voices())))]
    texts = [text(festival.LANGUAGES[name], chance) for _ in range(SENTENCES_OF_A_SPEAKER)]
    for samples, rate_hz, phones in festival.spoken(name, texts, chance.uniform(*_SLOWNESS), IPA_OF_ARPABET):
        signal = resample(samples / 32768.0, rate_hz, RATE_HZ).astype(np.float32)
        said = Spoken(signal, tuple(phones), f"festival {name}")
        yield replace(said, phones=_stressed(said))


def _flite(name: str, words: str, options: list[str]) -> Spoken | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        command = ["flite", "-voice", name, *options, "-psdur", "-t", words, "-o", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0 or not file.exists():
            return None
        with wave.open(str(file)) as sound:
            rate_hz = sound.getframerate()
            samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
    phones, begin_s = [], 0.0
    for entry in done.stdout.split():
        symbol, _, end = entry.partition(":")
        phones.append(Phone(IPA_OF_ARPABET.get(symbol, "ə"), begin_s, max(float(end) - begin_s, 0.0)))
        begin_s = float(end)
    signal = resample(samples / 32768.0, rate_hz, RATE_HZ).astype(np.float32)
    return Spoken(signal, tuple(phones), f"flite {name}")


def _stressed(said: Spoken) -> tuple[Phone, ...]:
    """flite does not tell stress: vowels louder and longer than half of their sentence's count as stressed."""
    vowels = [i for i, phone in enumerate(said.phones) if phone.ipa[:1] and phone.ipa[0] in "ɑæʌɔaɛɝeɪioʊu"]
    weight = {}
    for i in vowels:
        first, last = (int(t * RATE_HZ) for t in (said.phones[i].start_s, said.phones[i].end_s))
        weight[i] = float(np.sum(said.signal[first:last] ** 2))
    middle = float(np.median(list(weight.values()))) if weight else 0.0
    return tuple(
        replace(phone, stress=2) if weight.get(i, 0.0) > middle else phone for i, phone in enumerate(said.phones)
    )
