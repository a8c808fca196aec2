"""Sound in, what the network hears out: loudness per mel band and pitch, one row per motion frame.

Everything is a function of the samples within 50 ms, so a stream hears what a file does. Bands are those of mel scales
everywhere (O'Shaughnessy 1987); pitch is the highest peak of a normalised autocorrelation.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

RATE_HZ = 16_000
FRAME_HZ = 30.0
"""Motion frames a second, inside the network; other rates are interpolated."""
HOPS = 4
"""Looks at the spectrum in each motion frame: one every 8.3 ms, finer than a burst."""
BANDS = 32
PITCH_ROWS = 4
"""Octaves above the speaker's middle, how voiced it is, and the melody and loudness that carry() makes of both."""
SOUND_WIDTH = HOPS * BANDS + PITCH_ROWS
MELODY_RANGE_OCTAVES, LOUDNESS_RANGE_DB = 0.35, 12.0
"""What counts as 1 of melody and loudness: about their spread in lively speech."""
CARRY_S = 0.12
"""Half-width of the window by which melody and loudness are smoothed: a syllable's worth."""
SOFTEST_DB = -40.0
SILENT = -3.0
"""Every band of silence, in _RANGE_DB."""

_WINDOW = 400
"""25 ms."""
_FFT = 512
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 7600.0
_FLOOR_DB = -110.0
_RANGE_DB = 20.0
"""What counts as 1."""
_PITCH_WINDOW = 800
"""50 ms: three periods of a low voice."""
_PITCH_HZ = (70.0, 420.0)
VOICED = 0.45
"""Normalised autocorrelation from which a frame counts as voiced."""
COLOUR_RANGE_DB, LOWEST_COLOUR_DB = 22.0, 55.0
"""How far below the level still counts as the voice, and what no band's colour lies below."""
SPEECH_SHARE = 95
"""Percentile of loudness that stands for the voice's level."""


def frame_count(samples: int) -> int:
    """Motion frames that begin within that many samples."""
    return max(1, int(np.ceil(samples * FRAME_HZ / RATE_HZ - 1e-6)))


def bands_db(signal: Floats, frames: int, first_s: float = 0.0) -> Floats:
    """(frames * HOPS, BANDS) dB of full scale, of 16 kHz samples in -1..1; frame 0 lies at first_s."""
    looks = (np.arange(frames * HOPS) - (HOPS - 1) / 2) / (FRAME_HZ * HOPS) + first_s
    emphasised = np.append(signal[:1], signal[1:] - 0.97 * signal[:-1]).astype(np.float32)
    pieces = _cut(emphasised, looks, _WINDOW) * np.hanning(_WINDOW).astype(np.float32)
    power = np.abs(np.fft.rfft(pieces, _FFT)).astype(np.float32) ** 2 / (_WINDOW / 2) ** 2
    return np.asarray(10.0 * np.log10(power @ _filters() + 10 ** (_FLOOR_DB / 10)), np.float32)


def pitch(signal: Floats, frames: int, first_s: float = 0.0) -> tuple[Floats, Floats]:
    """(frames,) fundamental in Hz where voiced (0 elsewhere), and voicing 0..1."""
    moments = np.arange(frames) / FRAME_HZ + first_s
    pieces = _cut(signal, moments, _PITCH_WINDOW)
    pieces = (pieces - pieces.mean(axis=1, keepdims=True)) * np.hanning(_PITCH_WINDOW).astype(np.float32)
    spectrum = np.fft.rfft(pieces, 2 * _PITCH_WINDOW)
    shared = np.fft.irfft(np.abs(spectrum) ** 2)[:, :_PITCH_WINDOW]
    shared = shared / (shared[:, :1] + 1e-7) / _window_shares()
    shortest, longest = int(RATE_HZ / _PITCH_HZ[1]), int(RATE_HZ / _PITCH_HZ[0])
    range_of = shared[:, shortest:longest]
    # the shortest period that is nearly as good: otherwise every second period would sound an octave lower
    good = range_of >= 0.92 * range_of.max(axis=1, keepdims=True)
    peak = good & (range_of >= np.roll(range_of, 1, 1)) & (range_of >= np.roll(range_of, -1, 1))
    place = np.where(peak.any(axis=1), peak.argmax(axis=1), range_of.argmax(axis=1))
    voicing = np.clip(range_of[np.arange(frames), place], 0, 1)
    audible = np.sqrt(np.mean(pieces**2, axis=1)) > 1e-4
    hertz = np.where((voicing >= VOICED) & audible, RATE_HZ / (place + shortest), 0.0)
    return hertz.astype(np.float32), (voicing * audible).astype(np.float32)


def loudness_db(bands: Floats) -> Floats:
    """(looks,) of all bands together."""
    return np.asarray(10.0 * np.log10(np.sum(10 ** (bands / 10), axis=1) + 1e-12), np.float32)


def level_db(bands: Floats) -> float:
    """How loud the voice is where it is loud."""
    return float(np.percentile(loudness_db(bands), SPEECH_SHARE))


def colour_db(bands: Floats, level: float) -> Floats:
    """(BANDS,) the mean of each band where the voice is loud: the speaker's and the microphone's own colour."""
    loud = loudness_db(bands) > level - COLOUR_RANGE_DB
    return np.asarray(bands[loud].mean(axis=0) if loud.any() else np.full(BANDS, level), np.float32)


def heard(bands: Floats, hertz: Floats, voicing: Floats, level: float, middle_hz: float) -> Floats:
    """(frames, SOUND_WIDTH) what the network is given: bands against the voice's colour, pitch above its middle."""
    frames = len(hertz)
    lowest = level - LOWEST_COLOUR_DB
    colour = np.maximum(colour_db(bands, level), lowest)
    relative = np.clip((bands - colour) / _RANGE_DB, -3.5, 2.0).reshape(frames, HOPS * BANDS)
    octaves = np.where(hertz > 0, np.clip(np.log2(np.maximum(hertz, 1.0) / middle_hz), -1, 1), 0.0)
    melody, loud = carry(bands, hertz, middle_hz, level)
    rows = (octaves, voicing, melody / MELODY_RANGE_OCTAVES, loud / LOUDNESS_RANGE_DB)
    return np.asarray(np.concatenate([relative, np.stack(rows, axis=1)], axis=1), np.float32)


def melody_of(sound: Floats) -> Floats:
    """(frames,) of what the network is given: octaves above the middle, in MELODY_RANGE_OCTAVES."""
    return sound[:, -2]


def loudness_of(sound: Floats) -> Floats:
    """(frames,) of the same: dB against the voice's level, in LOUDNESS_RANGE_DB."""
    return sound[:, -1]


def silence(frames: int) -> Floats:
    """(frames, SOUND_WIDTH) what is heard where nothing sounds."""
    rows = np.full((frames, SOUND_WIDTH), SILENT, np.float32)
    rows[:, -PITCH_ROWS:] = (0.0, 0.0, 0.0, SOFTEST_DB / LOUDNESS_RANGE_DB)
    return rows


def carry(bands: Floats, hertz: Floats, middle_hz: float, level: float) -> tuple[Doubles, Doubles]:
    """(frames,) octaves above the middle, carried through what is unvoiced, and dB against the level; both smooth."""
    frames, voiced = len(hertz), hertz > 0
    places = np.arange(frames)
    octaves = np.log2(np.maximum(hertz, 1.0) / middle_hz)
    octaves = np.interp(places, places[voiced], octaves[voiced]) if voiced.any() else np.zeros(frames)
    decibels = (loudness_db(bands).reshape(frames, HOPS).max(axis=1) - level).clip(SOFTEST_DB, 10)
    reach = round(CARRY_S * FRAME_HZ)
    kernel = np.hanning(2 * reach + 1)
    kernel /= kernel.sum()
    one, other = (np.convolve(np.pad(x, reach, "edge"), kernel, "valid") for x in (octaves.clip(-0.6, 0.8), decibels))
    return one, other


def middle_pitch_hz(hertz: Floats) -> float:
    """The median of what is voiced; 140 Hz where nothing is."""
    voiced = hertz[hertz > 0]
    return float(np.median(voiced)) if len(voiced) else 140.0


def hear(signal: Floats, frames: int, first_s: float = 0.0) -> Floats:
    """(frames, SOUND_WIDTH) of one stretch of sound, by its own level and pitch."""
    bands = bands_db(signal, frames, first_s)
    hertz, voicing = pitch(signal, frames, first_s)
    return heard(bands, hertz, voicing, level_db(bands), middle_pitch_hz(hertz))


def _cut(signal: Floats, moments: npt.NDArray[np.float64], length: int) -> Floats:
    """(moments, length) samples round each moment; zeros beyond the ends."""
    firsts = np.rint(moments * RATE_HZ).astype(np.int64) - length // 2
    lead = max(0, -int(firsts.min()))
    tail = max(0, int(firsts.max()) + length - len(signal))
    padded = np.pad(signal, (lead, tail)).astype(np.float32)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, length)[firsts + lead], np.float32)


@lru_cache(maxsize=1)
def _window_shares() -> Floats:
    """Autocorrelation of the window itself, which damps long periods (Boersma 1993)."""
    window = np.hanning(_PITCH_WINDOW)
    shares = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * _PITCH_WINDOW)) ** 2)[:_PITCH_WINDOW]
    return np.asarray(np.maximum(shares / shares[0], 0.05), np.float32)


@lru_cache(maxsize=1)
def _filters() -> Floats:
    def mel(hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(2595.0 * np.log10(1.0 + hz / 700.0))

    lowest, highest = mel(np.array([_LOWEST_HZ, _HIGHEST_HZ]))
    edges = np.linspace(float(lowest), float(highest), BANDS + 2)
    bins = mel(np.fft.rfftfreq(_FFT, 1 / RATE_HZ))[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)), np.float32)
