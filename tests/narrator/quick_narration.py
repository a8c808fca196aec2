"""A few words in, a whole narration of do-nothing twins out: what the tests of the spine are made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from avatar.still_face import StillFace
from narrator.errors import SourceMissing
from narrator.flow import Block, BlockKind, Passage, Sentence, Viewport
from narrator.outputs.memory import MemoryOutput
from narrator.pipeline import Cast
from narrator.sentences import sentences
from narrator.session import Session
from narrator.speech.silent_voice import SilentVoice
from narrator.stages import Control, Output, Performance

SMALL = Viewport(64, 48, 30.0)
SLOW_STEP_S = 0.002


class SlowOutput(MemoryOutput):
    """A memory output that takes a little time for each frame, so that there is something to interrupt."""

    name = "slow"

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        for position_s in super().play(performance, control):
            time.sleep(SLOW_STEP_S)
            yield position_s


def passage(*blocks: str, source: str = "page", language: str = "en", title: str = "") -> Passage:
    return Passage(source, title, language, tuple(Block(BlockKind.PARAGRAPH, text) for text in blocks))


def spoken(*texts: str) -> Iterator[Sentence]:
    return iter([Sentence(text, "en", index=index) for index, text in enumerate(texts)])


def quick_cast() -> Cast:
    return Cast(SilentVoice(), StillFace(), viewport=SMALL)


def quick_session(
    outputs: Sequence[Output],
    open_source: Callable[[str], Passage] | None = None,
    split: Callable[[Passage], Iterable[Sentence]] = sentences,
    *,
    cast: Cast | None = None,
    reads_ahead: bool = False,
) -> Session:
    return Session(
        cast or quick_cast(), outputs, open_source=open_source or nothing_there, split=split, reads_ahead=reads_ahead
    )


def nothing_there(source: str) -> Passage:
    raise SourceMissing("a source", f"there is no {source}", "Name another.")


def wait_for(condition: Callable[[], bool], timeout_s: float = 5.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.002)
