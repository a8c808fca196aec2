"""Captions with film times in, a WebVTT file's text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from narrator.flow import Caption


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption as both caption tracks of a film have it."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def cues_from(captions: Iterable[Caption], zero_s: float, not_before_ms: int = 0) -> Iterator[Cue]:
    """The captions of one performance whose sound begins at zero_s of the film: in order, none over another."""
    for caption in sorted(captions, key=lambda caption: caption.start_s):
        start_ms = max(not_before_ms, round((zero_s + caption.start_s) * 1000))
        end_ms = round((zero_s + caption.end_s) * 1000)
        if end_ms > start_ms and any(line.strip() for line in caption.lines):
            yield Cue(start_ms, end_ms, caption.lines)
            not_before_ms = end_ms


def webvtt(cues: Iterable[Cue]) -> str:
    """The whole file, its notes saying that the presenter is synthetic."""
    blocks = ["WEBVTT\n", "NOTE Synthetic presenter made by narrator\n"]
    blocks += [f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{_payload(cue.lines)}\n" for cue in cues]
    return "\n".join(blocks)


def _clock(time_ms: int) -> str:
    seconds, ms = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"


def _payload(lines: Iterable[str]) -> str:
    """The lines, with what WebVTT reserves escaped; a line without ink would end the cue."""
    inked = (line.strip() for line in lines if line.strip())
    escaped = (line.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;") for line in inked)
    return "\n".join(escaped)
