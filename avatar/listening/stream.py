"""Sound as it comes in, what was heard in its last seconds out: listening without an end, in flat memory."""

from __future__ import annotations

import numpy as np

from avatar.listening.acoustic_model import REACH
from avatar.listening.features import (
    FEATURES,
    HUSH,
    SPEECH_SHARE,
    VOICE_RANGE,
    Colour,
    loudness,
    over_level,
    rows,
)
from avatar.listening.layout import MOUTH_WIDTH, NAMES
from avatar.listening.network import LOOK_AHEAD, PAST, Heard, Listener
from avatar.listening.spectra import BANDS, HOP, RATE_HZ, WINDOW, Cleaner, Doubles, Floats, band_power, look_count

KEPT = 160
"""Looks that heard() gives: the last 1.6 s."""
VOICE_LOOKS = 800
"""Looks by which the voice's colour and level are known: the last 8 s in which somebody spoke."""
STANDS_OUT = 0.7
"""Natural logarithm of power over noise, on the mean of the bands, from which somebody may be speaking."""
DELAY_S = (LOOK_AHEAD + REACH + 0.5) * HOP / RATE_HZ + WINDOW / RATE_HZ / 2
"""How long after a moment it has been heard for good; until then what comes is thought to be what is there."""
COLOUR_EVERY = 25
"""Looks after which the voice's colour is taken anew."""


class Ears:
    """Hears a stream of 16 kHz samples; used from one thread."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._cleaner = Cleaner()
        self._samples = np.zeros(1, np.float32)
        self._bands = _Ring(KEPT + 2 * REACH, 3 * BANDS)
        """Clean power, power and noise of each look."""
        self._voice = _Ring(VOICE_LOOKS, BANDS)
        self._features = _Ring(PAST + KEPT + LOOK_AHEAD, FEATURES)
        self._kinds, self._mouth = _Ring(KEPT, len(NAMES)), _Ring(KEPT, MOUTH_WIDTH)
        """What was heard for good."""
        self._pending = 0
        self._colour: Colour | None = None
        self._colour_age = 0
        self.looks = 0
        """How many there were since the beginning."""
        self.push(np.zeros(WINDOW + (PAST + KEPT + LOOK_AHEAD + REACH) * HOP, np.float32))
        self.heard()
        self.looks = 0

    def push(self, samples: Floats) -> None:
        """Takes in what has just sounded, -1..1."""
        self._samples = np.concatenate([self._samples, samples])
        count = look_count(len(self._samples) - 1)
        if count == 0:
            return
        power = band_power(self._samples[: (count - 1) * HOP + WINDOW + 1])[:count]
        self._samples = self._samples[count * HOP :]
        clean, noise = self._cleaner.clean(power)
        self._bands.add(np.concatenate([clean, power, noise], axis=1))
        apart = np.log(np.maximum(power, 1e-4) / np.maximum(noise, 1e-4)).clip(0, 8).mean(axis=1)
        self._voice.add(clean[(apart > STANDS_OUT) & (loudness(power) > HUSH)])
        self.looks += count
        self._know_the_colour(count)
        self._features.add(self._rows(self._bands.rows[-(count + 2 * REACH) :]))
        self._pending = min(self._pending + count, KEPT)

    def heard(self) -> tuple[Heard, Doubles, float]:
        """The last KEPT looks, how loud each is (voice_loudness), and when the first one's sound begins, seconds."""
        known = self._features.rows[-(PAST + self._pending + LOOK_AHEAD) :]
        ahead = np.repeat(known[-1:], REACH + LOOK_AHEAD, axis=0)
        found = self._listener.hear_between(np.concatenate([known, ahead]).astype(np.float32))
        self._kinds.add(found.kinds[: self._pending])
        self._mouth.add(found.mouth[: self._pending])
        kinds = np.concatenate([self._kinds.rows, found.kinds[self._pending :]])[-KEPT:]
        mouth = np.concatenate([self._mouth.rows, found.mouth[self._pending :]])[-KEPT:]
        self._pending = 0
        loud = over_level(self._bands.rows[-KEPT:, :BANDS], self._colour.level if self._colour else 0.0)
        heard = Heard(kinds.astype(np.float32), mouth.astype(np.float32))
        return heard, loud, (self.looks - KEPT) * HOP / RATE_HZ

    def _rows(self, bands: Doubles) -> Floats:
        """Features of all looks of (looks, 3 BANDS) but REACH at either end."""
        clean, power, noise = np.split(bands, 3, axis=1)
        inside = slice(REACH, len(clean) - REACH)
        assert self._colour is not None
        return rows(clean, power[inside], noise[inside], self._colour)

    def _know_the_colour(self, count: int) -> None:
        """Of the voice so far; of whatever there is where nobody spoke yet."""
        self._colour_age += count
        if self._colour is not None and self._colour_age < COLOUR_EVERY:
            return
        self._colour_age = 0
        voice = self._voice.rows if len(self._voice.rows) else self._bands.rows[:, :BANDS]
        loud = loudness(voice)
        level = float(np.percentile(loud, SPEECH_SHARE))
        mean = np.log(np.maximum(voice[loud >= level - VOICE_RANGE], 1e-4)).mean(axis=0)
        self._colour = Colour(mean, level)


class _Ring:
    """The last rows of many."""

    def __init__(self, most: int, width: int) -> None:
        self._most = most
        self.rows: Doubles = np.zeros((0, width))

    def add(self, rows: Doubles | Floats) -> None:
        self.rows = np.concatenate([self.rows, rows])[-self._most :]
