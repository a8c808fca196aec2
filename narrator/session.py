"""Sources and commands in, one narration on any number of outputs and a stream of its state out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from narrator.flow import Passage, Sentence
from narrator.pipeline import Cast
from narrator.session_orders import Ending, Orders, Place
from narrator.session_outputs import OutputSet
from narrator.session_queue import Priority
from narrator.session_state import State, StateStream, Status, Watcher
from narrator.session_worker import SessionWorker
from narrator.stages import Output

__all__ = ["Cast", "Priority", "Session", "State", "Status", "Watcher"]


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
    ) -> None:
        """reads_ahead reads each source to its end while its beginning is played, so that the time left is known."""
        self._open_source = open_source
        self._orders = Orders(cast)
        self._stream = StateStream()
        self._outputs = OutputSet(outputs, self._stream.report)
        self._worker = SessionWorker(self._orders, self._stream, self._outputs, split, self, reads_ahead=reads_ahead)
        self._thread: ThreadPoolExecutor | None = None
        self._work: Future[None] | None = None

    @property
    def state(self) -> State:
        """The latest state."""
        return self._stream.state

    def subscribe(self) -> Watcher:
        """A stream of states that begins with the present one and ends when the session closes."""
        return self._stream.subscribe()

    def enqueue(
        self, source: str | Passage, *, priority: int = Priority.DOCUMENT, yields: bool = True, name: str = ""
    ) -> None:
        """Reads it when its turn comes.

        A higher priority goes first and interrupts a lower one that yields; that one then goes on where it was, with
        the sentence it was in repeated.
        """
        if isinstance(source, Passage):
            passage = source
            self._orders.add(name or passage.source, lambda: passage, priority, yields)
        else:
            named = source
            self._orders.add(name or named, lambda: self._open_source(named), priority, yields)
        self._start()

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

    def seek(self, sentence: int, word: int = 0) -> None:
        """To that sentence of what is being read, and that word in it; both 0-based."""
        self._orders.jump(Place(max(0, sentence), max(0, word)))

    def change(self, **parts: object) -> None:
        """Another voice, face, delivery or viewport (the names of Cast's fields).

        Picture and exaggeration change between two frames; voice and rate with the next sentence; the viewport's
        size and frame rate stay as the outputs were opened. The session closes the voices it was given.
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
        self._stream.publish(status=Status.CLOSED, outputs=(), waiting=())

    def _start(self) -> None:
        with self._orders.changed:
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="narrator-session")
                self._work = self._thread.submit(self._worker.run)
                self._work.add_done_callback(lambda _: self._orders.wake())

    def _is_broken(self) -> bool:
        return self._work is not None and self._work.done()
