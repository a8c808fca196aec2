"""Pictures, sound and caption cues in, an MP4 file out, encoded in a thread of its own.

H.264 (yuv420p), AAC and a soft caption track (mov_text). The same input gives the same file: the number of encoder
threads is fixed and no date is written. The queue to the encoder is short, so that memory stays flat.
"""

from __future__ import annotations

import errno
import queue
import threading
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from narrator.errors import OutputError
from narrator.flow import RgbImage, Samples
from narrator.outputs.webvtt import Cue

if TYPE_CHECKING:
    from av.packet import Packet

PRESET = "ultrafast"
QUALITY_CRF = 23
"""x264's preset and constant rate factor, measured on a film of the built-in presenter, 1280x720, two busy cores:
2.8 ms of processor time a frame, 276 KiB/s (superfast: 5.3 ms, 151 KiB/s, face 45.6 dB; veryfast: 6.8 ms, 45 KiB/s,
42.6 dB). Four times real time leaves 16.7 ms of two cores, drawing included."""
ENCODER_THREADS = 1
"""The film is drawn by as many threads as there are cores; a second one here costs more than it saves."""
KEYFRAME_S = 2.0
"""A player can seek to any two seconds."""
X264_COLOURS = "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m"
"""cv2's RGB to I420 is BT.601, studio range; the file has to say so, since players guess BT.709 for large pictures."""
AUDIO_BIT_RATE = 96_000
AAC_RATES_HZ = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
FALLBACK_RATE_HZ = 48_000
QUEUED_FRAMES = 4
_LOOK_S = 0.5
"""How long to wait for the encoder before looking whether it failed."""
MILLISECONDS = Fraction(1, 1000)
LABEL = "Synthetic presenter made by narrator"
_ASS_HEADER = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
"""What FFmpeg's mov_text encoder asks for before it writes the track's description."""


class Mp4Writer:
    """An open file that takes pictures with the sound and the captions that go with them.

    write() may be called from one thread; it raises OutputError when the encoder has failed. Then and when the film is
    not wanted, discard(); otherwise finish().
    """

    def __init__(
        self, path: Path, size: tuple[int, int], rate: Fraction, rate_hz: int, title: str, *, held: int = 1
    ) -> None:
        """held: pictures that are being drawn at one time."""
        self.path = path
        self.rate_hz = rate_hz if rate_hz in AAC_RATES_HZ else FALLBACK_RATE_HZ
        width, height = size
        self._rate = rate
        self._frames = 0
        self._samples = 0
        self._failure: Exception | None = None
        self._open(width, height, title)
        # x264 copies a picture before it returns, so one is enough; new memory for each costs 0.8 ms at 1280x720.
        self._planes = np.empty((height * 3 // 2, width), np.uint8)
        self._spare: queue.SimpleQueue[RgbImage] = queue.SimpleQueue()
        for _ in range(QUEUED_FRAMES + held + 1):  # one is being encoded besides those queued and drawn
            self._spare.put(np.empty((height, width, 3), np.uint8))
        self._work: queue.Queue[tuple[RgbImage, Samples, list[Cue]] | None] = queue.Queue()
        self._encoder = threading.Thread(target=self._encode_all, name="narrator mp4 encoder", daemon=True)
        self._encoder.start()

    def blank(self) -> RgbImage:
        """A picture to fill and to hand to write(); waits until the encoder has one to spare."""
        while True:
            self._raise_failure()
            try:
                return self._spare.get(timeout=_LOOK_S)
            except queue.Empty:
                if not self._encoder.is_alive():
                    self._failure = self._failure or RuntimeError("its thread has ended")

    def give_back(self, picture: RgbImage) -> None:
        """A picture from blank() that is not written after all."""
        self._spare.put(picture)

    def write(self, picture: RgbImage, sound: Samples, cues: list[Cue]) -> None:
        """The next frame, from blank(), with all sound and cues up to its end."""
        self._raise_failure()
        self._work.put((picture, sound, cues))

    def finish(self) -> None:
        """Encodes what is left and closes the file."""
        self._stop_encoder()
        self._raise_failure()
        import av

        try:
            self._mux(self._video.encode(None))
            if self._samples:
                self._mux(self._audio.encode(None))
            self._container.close()
        except (av.FFmpegError, OSError) as failure:
            self._failure = failure
            self._raise_failure()

    def discard(self) -> None:
        """Closes the file as it is; whoever called removes it."""
        self._failure = self._failure or InterruptedError()  # nothing queued is encoded any more
        self._stop_encoder()
        import av

        try:
            self._container.close()
        except (av.FFmpegError, OSError):
            return  # the disk is full, or the file was taken away: there is nothing to keep

    def _open(self, width: int, height: int, title: str) -> None:
        import av

        try:
            self._container: Any = av.open(str(self.path), "w", format="mp4")
        except OSError as failure:
            raise _output_error(self.path, failure) from failure
        metadata = {"title": title, "artist": "narrator", "comment": LABEL}
        self._container.metadata.update({key: value for key, value in metadata.items() if value})
        options = {
            "preset": PRESET,
            "crf": str(QUALITY_CRF),
            "threads": str(ENCODER_THREADS),
            "g": str(round(KEYFRAME_S * self._rate)),
            "x264-params": X264_COLOURS,
        }
        self._video = self._container.add_stream("libx264", rate=self._rate, options=options)
        self._video.width, self._video.height, self._video.pix_fmt = width, height, "yuv420p"
        self._audio = self._container.add_stream("aac", rate=self.rate_hz, layout="mono")
        self._audio.bit_rate = AUDIO_BIT_RATE
        self._captions = self._container.add_stream("mov_text")
        self._captions.codec_context.subtitle_header = _ASS_HEADER
        self._captions.time_base = MILLISECONDS

    def _encode_all(self) -> None:
        """The encoder's thread: until None comes. After a failure it only hands the pictures back."""
        import av
        import cv2

        while (work := self._work.get()) is not None:
            picture, sound, cues = work
            if self._failure is None:
                try:
                    self._encode(picture, sound, cues)
                except (av.FFmpegError, cv2.error, OSError, ValueError, TypeError, MemoryError) as failure:
                    self._failure = failure
            self._spare.put(picture)

    def _encode(self, picture: RgbImage, sound: Samples, cues: list[Cue]) -> None:
        import av
        import cv2

        cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420, dst=self._planes)
        frame = av.VideoFrame.from_numpy_buffer(self._planes, format="yuv420p")
        frame.pts, frame.time_base = self._frames, 1 / self._rate
        self._frames += 1
        self._mux(self._video.encode(frame))
        if len(sound):
            piece = av.AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
            piece.sample_rate, piece.time_base = self.rate_hz, Fraction(1, self.rate_hz)
            piece.pts = self._samples
            self._samples += len(sound)
            self._mux(self._audio.encode(piece))
        for cue in cues:
            self._mux(self._caption_packet(cue))

    def _caption_packet(self, cue: Cue) -> Packet[Any]:
        """3GPP timed text: a 16-bit length, then UTF-8."""
        import av

        text = "\n".join(cue.lines).encode()
        packet = av.Packet(len(text).to_bytes(2, "big") + text)
        packet.stream = self._captions
        packet.time_base = MILLISECONDS
        packet.pts = packet.dts = cue.start_ms
        packet.duration = cue.end_ms - cue.start_ms
        return packet

    def _mux(self, packets: Packet[Any] | list[Packet[Any]]) -> None:
        self._container.mux(packets)

    def _stop_encoder(self) -> None:
        self._work.put(None)
        self._encoder.join()

    def _raise_failure(self) -> None:
        if isinstance(self._failure, OSError):
            raise _output_error(self.path, self._failure) from self._failure
        if self._failure is not None:
            raise OutputError(
                "a film that can be encoded",
                f"the encoder refused ({self._failure})",
                "Try another size or frame rate.",
            ) from self._failure


def _output_error(path: Path, failure: OSError) -> OutputError:
    """What the operating system says, with what to do about it."""
    if failure.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputError(
            f"room for the film in {path.parent}",
            "the disk is full",
            "Free some space or choose another folder, then run the command again.",
        )
    return OutputError(
        f"a file that can be written at {path}",
        failure.strerror or str(failure),
        "Choose a folder that exists and that you may write to.",
    )
