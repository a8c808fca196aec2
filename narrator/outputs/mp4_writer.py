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
from typing import Any

from narrator.errors import DiskFull, OutputError
from narrator.flow import Samples
from narrator.outputs import film_tracks
from narrator.outputs.film_tracks import Planes
from narrator.outputs.webvtt import Cue

PRESET = "ultrafast"
"""x264's, measured on a film of the built-in presenter, 1280x720, two busy cores: 2.3 ms of processor time a frame,
309 KiB/s (by a rate factor of the same quality 2.9 ms; superfast then 5.3 ms, veryfast, for a shelf, 6.8 ms and more).
Four times real time leaves 16.7 ms of two cores, drawing included. Sizes: `python -m benchmarks film-quality`."""
ENCODER_THREADS = 1
"""The film is drawn by as many threads as there are cores; a second one here costs more than it saves."""
QUEUED_FRAMES = 4
_LOOK_S = 0.5
"""How long to wait for the encoder before looking whether it failed."""


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
        self.rate_hz = film_tracks.film_rate_hz(rate_hz)
        width, height = size
        self._rate = rate
        self._frames = 0
        self._samples = 0
        self._failure: Exception | None = None
        self._open(width, height, title)
        self._spare: queue.SimpleQueue[Planes] = queue.SimpleQueue()
        for _ in range(QUEUED_FRAMES + held + 1):  # one is being encoded besides those queued and drawn
            self._spare.put(film_tracks.planes(width, height))
        self._work: queue.Queue[tuple[Planes, Samples, list[Cue]] | None] = queue.Queue()
        self._encoder = threading.Thread(target=self._encode_all, name="narrator mp4 encoder", daemon=True)
        self._encoder.start()

    def blank(self) -> Planes:
        """Room for film_tracks.develop() and then for write(); waits until the encoder has one to spare."""
        while True:
            self._raise_failure()
            try:
                return self._spare.get(timeout=_LOOK_S)
            except queue.Empty:
                if not self._encoder.is_alive():
                    self._failure = self._failure or RuntimeError("its thread has ended")

    def give_back(self, picture: Planes) -> None:
        """A picture from blank() that is not written after all."""
        self._spare.put(picture)

    def write(self, picture: Planes, sound: Samples, cues: list[Cue]) -> None:
        """The next frame, from blank(), with all sound and cues up to its end."""
        self._raise_failure()
        self._work.put((picture, sound, cues))

    def finish(self) -> None:
        """Encodes what is left and closes the file."""
        self._stop_encoder()
        self._raise_failure()
        import av

        try:
            self._container.mux(self._video.encode(None))
            if self._samples:
                self._container.mux(self._audio.encode(None))
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
            raise output_error(self.path, failure) from failure
        film_tracks.describe(self._container, title)
        self._video = film_tracks.add_pictures(
            self._container, (width, height), self._rate, PRESET, film_tracks.WAITED_FOR, ENCODER_THREADS
        )
        self._audio = film_tracks.add_aac(self._container, self.rate_hz)
        self._captions = film_tracks.add_captions(self._container)

    def _encode_all(self) -> None:
        """The encoder's thread: until None comes. After a failure it only hands the pictures back."""
        import av

        while (work := self._work.get()) is not None:
            picture, sound, cues = work
            if self._failure is None:
                try:
                    self._encode(picture, sound, cues)
                except (av.FFmpegError, OSError, ValueError, TypeError, MemoryError) as failure:
                    self._failure = failure
            self._spare.put(picture)

    def _encode(self, picture: Planes, sound: Samples, cues: list[Cue]) -> None:
        mux = self._container.mux
        mux(self._video.encode(film_tracks.picture_frame(picture, self._frames, self._rate)))
        self._frames += 1
        if len(sound):
            mux(self._audio.encode(film_tracks.sound_frame(sound, self._samples, self.rate_hz)))
            self._samples += len(sound)
        for cue in cues:
            mux(film_tracks.caption_packet(self._captions, cue))

    def _stop_encoder(self) -> None:
        self._work.put(None)
        self._encoder.join()

    def _raise_failure(self) -> None:
        if isinstance(self._failure, OSError):
            raise output_error(self.path, self._failure) from self._failure
        if self._failure is not None:
            raise OutputError(
                "a film that can be encoded",
                f"the encoder refused ({self._failure})",
                "Try another size or frame rate.",
            ) from self._failure


def output_error(path: Path, failure: Exception) -> OutputError:
    """What the operating system says, with what to do about it."""
    if getattr(failure, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            f"room for the film in {path.parent}",
            "the disk is full",
            "Free some space or choose another folder, then run the command again.",
        )
    return OutputError(
        f"a file that can be written at {path}",
        getattr(failure, "strerror", None) or str(failure),
        "Choose a folder that exists and that you may write to.",
    )
