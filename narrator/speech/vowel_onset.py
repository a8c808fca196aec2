"""A nasal or liquid and the vowel after it in, the sample at which the vowel is heard to begin out.

espeak marks a vowel after a nasal or liquid only when its opening transition is over, 50 to 100 ms after the lips or
the tongue have let go (synthesize.c: "do the phoneme event after the vowel-start"). Lips that waited for the mark would
open late, so the release is looked for in the sound: where it stops being like the consonant and becomes like the
vowel.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from narrator.flow import Samples

Floats = npt.NDArray[np.float64]

SONORANTS = "mnɱɲŋɳɴlɫɭʎɬɹrɾɽʀʁɻjwʋɥ"
"""espeak's types phNASAL and phLIQUID."""
_HOP_S, _WINDOW_S = 0.0025, 0.015
_FFT = 512
_BANDS = 20
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 8000.0
_STEADY_SHARE = 0.35
"""Of the marked consonant: its first part, which is surely consonant."""
_LOOK_BEYOND_S = 0.03
"""Of the sound after the mark: surely vowel."""
_FLOOR = 1.0
_SHORTEST_S = 0.025


def vowel_onset(samples: Samples, rate_hz: int, start: int, mark: int, end: int) -> int:
    """The first sample of the vowel; between start (the consonant's) and mark (espeak's). end is the vowel's."""
    hop, window = int(_HOP_S * rate_hz), int(_WINDOW_S * rate_hz)
    shortest = int(_SHORTEST_S * rate_hz)
    stop = min(mark + int(_LOOK_BEYOND_S * rate_hz), max(end, mark + 1))
    if mark - start < 2 * shortest:
        return mark
    bands = _band_levels(samples, rate_hz, np.arange(start, stop, hop), window)
    frame_of_mark = (mark - start) // hop
    steady = bands[1 : max(int(_STEADY_SHARE * frame_of_mark), 3)].mean(axis=0)
    vowel = bands[frame_of_mark:].mean(axis=0)
    nearness = np.abs(bands - steady).mean(axis=1) - np.abs(bands - vowel).mean(axis=1)
    is_vowel = nearness[: frame_of_mark + 1] > 0
    consonant_frames = np.flatnonzero(~is_vowel)
    first = int(consonant_frames[-1]) + 1 if len(consonant_frames) else 0
    return min(max(start + first * hop, start + shortest), mark)


def _band_levels(samples: Samples, rate_hz: int, centres: npt.NDArray[np.int64], window: int) -> Floats:
    """(frames, bands) dB of short pieces around the centres."""
    offsets = np.arange(window) - window // 2
    pieces = samples[np.clip(centres[:, None] + offsets, 0, len(samples) - 1)] * np.hanning(window)
    power = np.abs(np.fft.rfft(pieces, _FFT)) ** 2
    levels: Floats = 10.0 * np.log10(np.add.reduceat(power, _edges(rate_hz), axis=1)[:, :_BANDS] + _FLOOR)
    return levels


@lru_cache(maxsize=4)
def _edges(rate_hz: int) -> npt.NDArray[np.int64]:
    """First bin of each band, evenly spaced in mel, and the end of the last."""
    mel = np.linspace(np.log1p(_LOWEST_HZ / 700.0), np.log1p(_HIGHEST_HZ / 700.0), _BANDS + 1)
    bins = np.round(700.0 * np.expm1(mel) * _FFT / rate_hz).astype(np.int64)
    spread = np.maximum.accumulate(np.maximum(bins, bins[0] + np.arange(_BANDS + 1)))
    edges: npt.NDArray[np.int64] = np.minimum(spread, _FFT // 2)
    return edges
