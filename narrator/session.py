"""Sources and commands in, one narration on any number of outputs and a stream of its state out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from narrator.background import in_background
from narrator.flow import Passage, Sentence
from narrator.made_from import MadeFrom
from narrator.pipeline import POLL_S, Cast
from narrator.script import Heading, Script, Unit
from narrator.session_orders import Ending, Orders, Place
from narrator.session_outputs import OutputSet
from narrator.session_places import KeepPlaces, NoPlaces
from narrator.session_queue import Priority
from narrator.session_state import State, StateStream, Status, Watcher
from narrator.session_worker import SessionWorker
from narrator.stages import Output

__all__ = ["Cast", "Priority", "Session", "State", "Status", "Unit", "Watcher"]


class Session:
    """One running narration that anyone may steer: every method may be called from any thread and returns at once.

    (Except wait_until_idle and close, which say how long they wait.) Pause, stop and jumps are obeyed within 100 ms.
    A source, voice or output that fails is named in the state's faults; the rest goes on.
    """

    def __init__(
        self,
        cast: Cast,
        outputs: Sequence[Output],
        *,
        open_source: Callable[[str], Passage],
        split: Callable[[Passage], Iterable[Sentence]],
        reads_ahead: bool = False,
        keep_places: KeepPlaces | None = None,
    ) -> None:
        """reads_ahead reads each source to its end while its beginning is played, so that the time left is known.

        keep_places makes what remembers where each document was left; without it, all begin at their beginning.
        """
        self._open_source = open_source
        self._orders = Orders(cast)
        self._stream = StateStream()
        self._outputs = OutputSet(outputs, self._stream.report)
        self._places = keep_places(self._stream.report) if keep_places else NoPlaces()
        self._worker = SessionWorker(
            self._orders, self._stream, self._outputs, split, self, self._places, reads_ahead=reads_ahead
        )
        self._finding = threading.Lock()
        self._thread: ThreadPoolExecutor | None = None
        self._work: Future[None] | None = None

    @property
    def state(self) -> State:
        """The latest state."""
        return self._stream.state

    @property
    def made_from(self) -> MadeFrom:
        """What went into it so far; the same object for as long as it lasts."""
        return self._orders.cast.made_from

    @property
    def is_paused(self) -> bool:
        """Whether what is read is held by a pause; also before anything is read."""
        return self._orders.is_paused()

    def sentences(self, first: int, count: int) -> list[tuple[int, Sentence]]:
        """(number, sentence) of what is being read, as far as it was read on already; none before it is open."""
        script = self._script()
        return [] if script is None else script.kept(first, count)

    @property
    def sentence_count(self) -> int:
        """Of what is being read; 0 where that is not known, or nothing is."""
        script = self._script()
        return 0 if script is None else script.count

    def outline(self) -> tuple[Heading, ...]:
        """The headings of what is being read: the document's own outline, and those that were read on to already."""
        script = self._script()
        return () if script is None else script.outline()

    def subscribe(self) -> Watcher:
        """A stream of states that begins with the present one and ends when the session closes."""
        return self._stream.subscribe()

    def enqueue(
        self,
        source: str | Passage,
        *,
        priority: int = Priority.DOCUMENT,
        yields: bool = True,
        name: str = "",
        recast: Callable[[Cast], Cast] | None = None,
    ) -> int:
        """Reads it when its turn comes; the number that names it in the queue.

        A higher priority goes first and interrupts a lower one that yields; that one then goes on where it was, with
        the sentence it was in repeated. recast makes the cast that reads it out of the one in force.
        """
        if isinstance(source, Passage):
            passage = source
            number = self._orders.add(name or passage.source, lambda: passage, priority, yields, recast)
        else:
            named = source
            number = self._orders.add(name or named, lambda: self._open_source(named), priority, yields, recast)
        self._stream.publish(waiting=self._orders.waiting())
        self._start()
        return number

    def show(self) -> None:
        """Opens the outputs before there is anything to read: whoever is cast waits on them."""
        self._worker.opens_early = True
        self._start()

    def remove(self, item: int) -> bool:
        """Forgets what waits under that number, or ends it where it is being read; False where there is none."""
        return self._queue_changed(self._orders.remove(item))

    def hush(self, name: str) -> None:
        """Ends what is read under that name, and forgets what waits under it."""
        self._orders.hush(name)
        self._stream.publish(waiting=self._orders.waiting())

    def move(self, item: int, place: int) -> bool:
        """To that place, 0-based, among what waits; False where nothing waits under that number."""
        return self._queue_changed(self._orders.move(item, place))

    def pause(self) -> None:
        """Hold picture, sound and position."""
        self._orders.pause(True)

    def resume(self) -> None:
        """Go on from there."""
        self._orders.pause(False)

    def stop(self) -> None:
        """End what is being read and forget what waits."""
        self._stream.publish(stopped=True)
        self._orders.end(Ending.STOPPED)

    def skip(self) -> None:
        """End what is being read and go on with what waits."""
        self._orders.end(Ending.SKIPPED)

    def next(self) -> None:
        """On to the next sentence."""
        self._orders.jump(by=1)

    def previous(self) -> None:
        """Back to the sentence before."""
        self._orders.jump(by=-1)

    def replay(self) -> None:
        """This sentence from its start."""
        self._orders.jump(by=0)

    def open_output(self, output: Output, *, at_once: bool = True) -> None:
        """One more output: at once, for which the word being said is begun anew, or with the next sentence."""
        self._outputs.admit(output)
        if at_once:
            self._again_from_here()

    def shut_output(self, name: str, *, at_once: bool = True) -> bool:
        """That output ends, a film whole; False where none of that name is open."""
        if name not in self.state.outputs:
            return False
        self._outputs.dismiss(name)
        if at_once:
            self._again_from_here()
        return True

    def _again_from_here(self) -> None:
        state = self.state
        self._orders.jump(Place(state.sentence_index, max(0, state.word_index)))

    def leave(self) -> None:
        """An output was closed by a person: the others go on; where it was the last, what is read ends."""
        if self._outputs.count <= 1:
            self.stop()

    def replay_slower(self) -> None:
        """The last sentence again, at three quarters of its rate, and again slower each time; then on as before."""
        self._orders.replay_slower()

    def go(self, unit: Unit, by: int) -> Future[bool]:
        """So many sentences, paragraphs or headings on (or back, where by is negative); False where there is none.

        The narration goes on while a heading is looked for far ahead in a document that is still being read.
        """
        return in_background(lambda: self._find_and_go(unit, by), "narrator-finder")

    def _find_and_go(self, unit: Unit, by: int) -> bool:
        with self._finding:
            item = self._orders.current
            if item is None or item.script is None:
                return False
            at: int | None = self._orders.here().sentence
            for _ in range(abs(by)):
                at = item.script.find(at or 0, unit, by, lambda: self._orders.current is not item)
                if at is None:
                    return False
            self._orders.jump(Place(at or 0))
            return True

    def seek(self, sentence: int, word: int = 0) -> Future[bool]:
        """To that sentence of what is being read, and that word in it; both 0-based. False where there is none.

        At once where it was read already; else the narration goes on while it is looked for.
        """
        place = Place(max(0, sentence), max(0, word))
        if not self.sentences(place.sentence, 1):
            return in_background(lambda: self._find_and_seek(place), "narrator-finder")
        self._orders.jump(place)
        known: Future[bool] = Future()
        known.set_result(True)
        return known

    def _find_and_seek(self, place: Place) -> bool:
        with self._finding:
            item = self._orders.current
            while item is not None and item.script is None and item is self._orders.current:
                time.sleep(POLL_S)  # it is being opened, or will not be
            if item is None or item.script is None:
                return False
            here = self._orders.here().sentence
            if not item.script.reaches(place.sentence, here, lambda: self._orders.current is not item):
                return False
            if item is self._orders.current:
                self._orders.jump(place)
            return True

    def change(self, **parts: object) -> None:
        """Another voice, face, delivery or viewport (the names of Cast's fields).

        The sentence that is spoken goes on in the new way: the picture dissolves within some 150 ms, voice and rate
        change at the next word that begins 0.3 s later or more. A voice or face that cannot perform is named, and the
        one before it goes on. The viewport's size and frame rate stay as the outputs were opened. The session closes
        the voices it was given.
        """
        self._orders.recast(**parts)

    def wait_until_idle(self, timeout_s: float | None = None) -> bool:
        """Waits until all that was enqueued is done; False after timeout_s. Raises what broke the session itself."""
        with self._orders.changed:
            idle = self._orders.changed.wait_for(lambda: self._orders.is_idle() or self._is_broken(), timeout_s)
        if self._work is not None and self._work.done():
            self._work.result()
        return idle

    def close(self, *, completed: bool = True) -> None:
        """Ends the narration and closes the outputs; with completed=False they leave nothing half-made behind.

        Waits for the outputs to close: a file is written to its end.
        """
        self._orders.close()
        if self._thread is not None:
            self._thread.shutdown(wait=True)
        self._outputs.close(completed=completed)
        self._places.close()
        self._stream.publish(status=Status.CLOSED, outputs=(), waiting=())

    def _script(self) -> Script | None:
        item = self._orders.current
        return None if item is None else item.script

    def _queue_changed(self, is_so: bool) -> bool:
        self._stream.publish(waiting=self._orders.waiting())
        return is_so

    def _start(self) -> None:
        with self._orders.changed:
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="narrator-session")
                self._work = self._thread.submit(self._worker.run)
                self._work.add_done_callback(lambda _: self._orders.wake())

    def _is_broken(self) -> bool:
        return self._work is not None and self._work.done()
