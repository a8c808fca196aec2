"""A seed in, what became of every sentence while all that can fail did out.

Time is compressed: an output that waits for no clock plays, so that faults come every few seconds of narration and
every few milliseconds of ours. The voice is the real one, in its real process, killed and stopped for real.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from avatar.still_face import StillFace, StillPerformance
from narrator.errors import FaceError, OutputError, SourceMissing, SourceUnreadable, VoiceError
from narrator.flow import Block, BlockKind, Delivery, Passage, Sentence, Utterance, Viewport
from narrator.outputs.memory import MemoryOutput
from narrator.pipeline import Cast
from narrator.positions import Positions
from narrator.sentences import sentences
from narrator.session import Session
from narrator.session_places import KeptPlaces
from narrator.session_state import Fault, State
from narrator.speech import espeak_process
from narrator.speech.espeak_voice import EspeakVoice
from narrator.stages import Control, Performance

DOCUMENTS, SENTENCES = 10, 8
FLAKY_OUTPUTS = 4
SMALL = Viewport(64, 48, 30.0)
STOPPED_LIMIT_S = 0.5
"""How long a stopped voice is waited for here; 10 s in earnest."""
COMMAND_EVERY_S = 0.2


@dataclass
class Account:
    """What became of the sentences."""

    expected: dict[tuple[str, int], str]
    """(document, number) -> text of every sentence there was to read."""
    spoken: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    """How often each trouble was made."""

    def made(self, trouble: str) -> None:
        """Counts one."""
        self.done[trouble] = self.done.get(trouble, 0) + 1

    @property
    def lost(self) -> list[str]:
        """Sentences that were neither spoken nor named."""
        spoken = set(self.spoken)
        return [text for place, text in self.expected.items() if text not in spoken and not self._is_named(*place)]

    def _is_named(self, document: str, number: int) -> bool:
        return any(
            fault.name == document and (fault.sentence == number or (fault.is_rest and number >= fault.sentence))
            for fault in self.faults
        )


class Ledger(MemoryOutput):
    """The output that never fails: notes each sentence that it played to its end."""

    name = "ledger"

    def __init__(self, account: Account) -> None:
        super().__init__(draws=False)
        self._account = account

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """As memory does, in steps that leave others a little time."""
        for number, position_s in enumerate(super().play(performance, control)):
            if number % 10 == 0:
                time.sleep(0.001)
            yield position_s
        if not control.is_interrupted():
            self._account.spoken.append(performance.utterance.sentence.text)


class FlakyOutput(MemoryOutput):
    """Fails in the middle of some sentence."""

    def __init__(self, account: Account, chance: random.Random, number: int) -> None:
        super().__init__(draws=False)
        self.name = f"flaky {number}"
        self._account, self._left = account, chance.randrange(500, 3000)

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Until its frames are used up."""
        for position_s in super().play(performance, control):
            self._left -= 1
            if self._left < 0:
                self._account.made("output fails")
                raise OutputError("an output that works", f"{self.name} broke", "Plug it in again.")
            yield position_s


class FlakyVoice(EspeakVoice):
    """The real voice, whose process is killed and stopped now and then, and which refuses some sentences."""

    def __init__(self, account: Account, chance: random.Random) -> None:
        super().__init__()
        self._account, self._chance = account, chance

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """Mostly."""
        trouble = self._chance.random()
        worker = self._process._worker
        process = worker._process if worker is not None else None
        if trouble < 0.10 and process is not None:
            self._account.made("voice killed")
            process.kill()
        elif trouble < 0.13 and process is not None and process.poll() is None:
            self._account.made("voice hangs")
            process.send_signal(signal.SIGSTOP)
        elif trouble < 0.25:
            self._account.made("voice refuses")
            raise VoiceError("a sound", "the voice coughed", "Say it again.")
        return super().speak(sentence, delivery)


class FlakyFace(StillFace):
    """Cannot perform some sentences."""

    def __init__(self, account: Account, chance: random.Random) -> None:
        self._account, self._chance = account, chance

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> StillPerformance:
        """Mostly."""
        if self._chance.random() < 0.05:
            self._account.made("face fails")
            raise FaceError("a face that moves", "it froze", "Choose another.")
        return super().perform(utterance, delivery, viewport, clock_s)


class FullDisk(Positions):
    """A folder on a disk that is full now and then."""

    def __init__(self, folder: Path, account: Account, chance: random.Random) -> None:
        super().__init__(folder)
        self._account, self._chance = account, chance

    def save(self, identities: tuple[str, ...], sentence: int, text: str, source: str) -> None:  # type: ignore[override]
        """Or not."""
        if self._chance.random() < 0.2:
            self._account.made("disk full")
            raise OSError(28, os.strerror(28))
        super().save(identities, sentence, text, source)


def run(seed: int, documents: int = DOCUMENTS) -> Account:
    """Reads the documents through all that goes wrong; the account is whole once this returns."""
    chance = random.Random(seed)
    names = [f"document {number}" for number in range(documents)]
    account = Account({(name, at): _text(name, at) for name in names for at in range(SENTENCES)})
    breaks = {name: chance.randrange(1, SENTENCES) for name in names if chance.random() < 0.3}
    limit_s, espeak_process._TIME_LIMIT_S = espeak_process._TIME_LIMIT_S, STOPPED_LIMIT_S
    outputs = [Ledger(account), *(FlakyOutput(account, chance, number) for number in range(FLAKY_OUTPUTS))]
    cast = Cast(FlakyVoice(account, random.Random(seed + 1)), FlakyFace(account, random.Random(seed + 2)))
    with tempfile.TemporaryDirectory(prefix="narrator-soak-") as folder:
        places = FullDisk(Path(folder), account, random.Random(seed + 3))
        session = Session(
            replace(cast, viewport=SMALL),
            outputs,
            open_source=lambda source: _opened(source, breaks, account),
            split=sentences,
            keep_places=lambda report: KeptPlaces(places, lambda source: (source,), report),
        )
        try:
            _read_all(session, [*names, "nowhere"], account, random.Random(seed + 4))
        finally:
            session.close(completed=False)
            espeak_process._TIME_LIMIT_S = limit_s
    return account


def _read_all(session: Session, names: list[str], account: Account, chance: random.Random) -> None:
    seen: list[State] = []
    watcher = session.subscribe()
    watching = threading.Thread(target=lambda: seen.extend(state for state in watcher if state.faults))
    watching.start()
    for name in names:
        session.enqueue(name)
    while not session.wait_until_idle(COMMAND_EVERY_S):
        chance.choice(_commands(session, chance))()
        session.resume()
    watcher.close()
    watching.join()
    account.faults = list(dict.fromkeys(fault for state in [*seen, session.state] for fault in state.faults))


def _commands(session: Session, chance: random.Random) -> list[Callable[[], object]]:
    """None of them leaves a sentence out."""
    delivery = Delivery(rate_wpm=chance.randrange(80, 201), exaggeration=chance.uniform(0.8, 1.6))
    return [session.pause, session.replay, session.replay_slower, lambda: session.change(delivery=delivery)]


def _opened(source: str, breaks: dict[str, int], account: Account) -> Passage:
    if source == "nowhere":
        account.made("source missing")
        raise SourceMissing("a source", "there is none", "Name another.")

    def blocks() -> Iterator[Block]:
        for at in range(SENTENCES):
            if at == breaks.get(source):
                account.made("source breaks off")
                raise SourceUnreadable("the next page", "it is torn", "Get another copy.")
            yield Block(BlockKind.PARAGRAPH, _text(source, at))

    return Passage(source, "", "en", blocks())


def _text(name: str, at: int) -> str:
    return f"This is sentence {at} of {name}, which is to be read."
