"""Half a minute of speech in, how fast it becomes an MP4 beside its own length out."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.speech_text import sentences
from narrator import assemble
from narrator.settings import Settings

SENTENCES = 6


def measure() -> Iterator[Figure]:
    """The whole command without Python's start: from the text to the finished file, 1280x720, 30 fps."""
    import av

    with tempfile.TemporaryDirectory(prefix="narrator-benchmark-") as folder:
        film = Path(folder) / "film.mp4"
        request = assemble.Request(("text",), " ".join(sentences(SENTENCES)))
        began_s = time.perf_counter()
        session = assemble.session(request, [str(film)], Settings())
        session.enqueue("text")
        session.wait_until_idle()
        session.close()
        taken_s = time.perf_counter() - began_s
        with av.open(str(film)) as opened:
            length_s = (opened.duration or 0) / av.time_base
    yield Figure(
        "export 1280x720", taken_s, "s", f"the film's length, {length_s:.1f} s (times real time)", length_s / taken_s
    )
