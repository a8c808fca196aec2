"""A finished film in, its frames with their presentation times out: what a viewer gets to see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from narrator.flow import RgbImage


def film_frames(path: Path) -> Iterator[tuple[float, RgbImage]]:
    """(presentation time in seconds, picture (height, width, 3)) of every frame, decoded one by one."""
    import av

    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            yield float(frame.time or 0.0), frame.to_ndarray(format="rgb24")


def sound_seconds(path: Path) -> float:
    """Length of the film's sound."""
    import av

    with av.open(str(path)) as film:
        rate = film.streams.audio[0].rate
        return sum(frame.samples for frame in film.decode(audio=0)) / rate
