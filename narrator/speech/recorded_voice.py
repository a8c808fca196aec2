"""A Sentence in, an Utterance out: its own recording where it has one, else what another voice says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from narrator.errors import VoiceError
from narrator.flow import Delivery, Recording, Samples, Sentence, Utterance
from narrator.stages import Voice

if TYPE_CHECKING:
    from narrator.speech.alignment.aligner import Aligner

RATES_HZ = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""What films and sound cards take; other recordings become the next higher one, or the highest."""
SEEK_BEFORE_S = 1.0
"""Decoding begins this much earlier: compressed sound needs a run-up."""
NEXT_STEP = "Convert it to .wav, .flac or .mp3."


class RecordedVoice:
    """Follows narrator.stages.Voice.

    A recording whose words are known is aligned with them; any other comes without phones and words.
    """

    def __init__(self, voice: Voice) -> None:
        """voice speaks whatever is no recording."""
        self.voice = voice
        self._aligner: Aligner | None = None

    @property
    def name(self) -> str:
        """The other voice's."""
        return self.voice.name

    def start(self) -> None:
        """Starts the other voice early where it can."""
        start = getattr(self.voice, "start", None)
        if start is not None:
            start()

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """The sentence as sound. Raises VoiceError."""
        if sentence.recording is None:
            return self.voice.speak(sentence, delivery)
        samples, rate_hz = recorded(sentence.recording)
        if not sentence.text:
            return Utterance(sentence, samples, rate_hz, (), ())
        if self._aligner is None:
            from narrator.speech.alignment.aligner import Aligner

            self._aligner = Aligner()
        return self._aligner.align(sentence, samples, rate_hz)

    def close(self) -> None:
        """Closes the other voice and the aligner."""
        self.voice.close()
        if self._aligner is not None:
            self._aligner.close()


def recorded(recording: Recording) -> tuple[Samples, int]:
    """The stretch as mono samples, exactly as long as it says, and their rate. Raises VoiceError."""
    import av

    try:
        with av.open(recording.path) as container:
            stream = container.streams.audio[0]
            rate_hz = next((rate for rate in RATES_HZ if rate >= (stream.rate or 0)), RATES_HZ[-1])
            container.seek(int(max(recording.start_s - SEEK_BEFORE_S, 0.0) * av.time_base))
            return _stretch(container, stream, recording, rate_hz), rate_hz
    except (av.FFmpegError, OSError, IndexError) as fault:
        raise VoiceError("a recording", f"{recording.path} cannot be played ({fault})", NEXT_STEP) from fault


def _stretch(container, stream, recording: Recording, rate_hz: int) -> Samples:  # type: ignore[no-untyped-def]
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
    samples: Samples = np.zeros(round(recording.duration_s * rate_hz), np.int16)
    place: int | None = None
    for frame in container.decode(stream):
        if place is None:
            place = round((float(frame.time or 0.0) - recording.start_s) * rate_hz)
        for piece in resampler.resample(frame):
            _lay(samples, piece.to_ndarray()[0], place)
            place += piece.samples
        if place >= len(samples):
            break
    return samples


def _lay(samples: Samples, piece: Samples, place: int) -> None:
    """The part of the piece that falls within."""
    first, last = max(place, 0), min(place + len(piece), len(samples))
    if last > first:
        samples[first:last] = piece[first - place : last - place]
