"""Items in, narration out: opens one source after the other and plays it, obeying orders."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

from narrator.errors import Cancelled, FaceError, NarratorError, OutputError, SourceError, VoiceError
from narrator.flow import Passage, RgbImage, Sentence
from narrator.performance_edits import SwitchablePerformance, from_word
from narrator.pipeline import POLL_S, Cast, performances
from narrator.script import Script
from narrator.session_orders import Orders, Place
from narrator.session_outputs import OutputSet
from narrator.session_queue import Item
from narrator.session_state import Fault, StateStream, Status
from narrator.stages import Performance, Steering
from narrator.timeline import next_begin_s

T = TypeVar("T")

FAILURES = 3
"""Sentences in a row that voice or face may fail at before their source is given up."""


class SessionWorker:
    """The one thread that narrates. Its studio, a second thread, reads, speaks and plans ahead."""

    def __init__(
        self,
        orders: Orders,
        stream: StateStream,
        outputs: OutputSet,
        split: Callable[[Passage], Iterable[Sentence]],
        steering: Steering,
        *,
        reads_ahead: bool,
    ) -> None:
        self._orders = orders
        self._stream = stream
        self._outputs = outputs
        self._split = split
        self._steering = steering
        self._reads_ahead = reads_ahead
        self._studio = ThreadPoolExecutor(1, thread_name_prefix="narrator-studio")
        self._timeline_s = 0.0
        self._warm: Future[RgbImage] = Future()

    def run(self) -> None:
        """Narrates what comes until the session closes."""
        self._warm_up(self._orders.cast)
        try:
            while (item := self._next_item()) is not None:
                self._narrate(item)
        finally:
            for voice in self._orders.voices:
                self._studio.submit(voice.close)
            self._studio.shutdown(wait=False)

    def _warm_up(self, cast: Cast) -> None:
        """Lets the face draw to itself while the source is opened and spoken: its first picture is its slowest."""
        self._warm = _in_background(lambda: cast.face.rest(cast.delivery, cast.viewport, 0.0))

    def _await_warmth(self) -> None:
        while not self._warm.done() and not self._orders.is_interrupted():
            wait([self._warm], timeout=POLL_S)

    def _next_item(self) -> Item | None:
        if not self._orders.queue:
            self._publish(Status.IDLE, word="", word_index=-1)
        return self._orders.next_item()

    def _narrate(self, item: Item) -> None:
        """One item to its end, or until it is interrupted; what goes wrong ends it, never the session."""
        self._publish(
            Status.OPENING, source=item.name, number=self._stream.state.number + 1, title="", sentence="", progress=None
        )
        try:
            script = item.script = item.script or self._open(item)
            self._publish(Status.OPENING, title=script.passage.title)
            ended = self._play_script(item, script)
        except Cancelled:
            ended = False
            if not self._orders.is_ending():  # an output was closed by hand, or none is left
                self._steering.stop()
        except NarratorError as fault:
            self._stream.report(Fault(_part(fault), item.name, str(fault)))
            return
        if ended:
            self._publish(Status.IDLE, finished=self._stream.state.finished + 1, progress=1.0)
        elif self._orders.is_ending():
            self._orders.put_back(item)

    def _open(self, item: Item) -> Script:
        """Reads the source in a thread of its own, which is left to its time limit when the item must end first."""
        opening = _in_background(item.open)
        while not opening.done():
            if self._orders.is_ending():
                raise Cancelled
            wait([opening], timeout=POLL_S)
        script = Script(opening.result(), self._split)
        if self._reads_ahead:
            _in_background(lambda: script.read_ahead(self._orders.is_closing))
        return script

    def _play_script(self, item: Item, script: Script) -> bool:
        """Plays from the item's place; True once its last sentence is done."""
        failed: list[int] = []
        while not self._orders.is_ending():
            try:
                if self._play_on(item, script):
                    return True
            except (VoiceError, FaceError) as fault:
                self._stream.report(Fault(_part(fault), item.name, str(fault)))
                failed.append(item.sentence)
                if failed[-FAILURES:] == list(range(item.sentence - FAILURES + 1, item.sentence + 1)):
                    return False
                self._orders.arrive(Place(item.sentence + 1))
        return False

    def _play_on(self, item: Item, script: Script) -> bool:
        """Plays until the end (True), an interruption or a change of cast."""
        place, wanted = self._orders.take_place(), self._orders.cast
        item.sentence, item.word = place.sentence, place.word
        cast = self._fitted(wanted)

        def is_over() -> bool:
            return self._orders.is_interrupted() or self._orders.cast is not wanted

        sentences = script.read_from(item.sentence)
        prepared = performances(sentences, cast, self._studio, self._timeline_s, is_over)
        with closing(prepared):
            for performance in prepared:
                self._play(item, script, from_word(performance, item.word), cast)
                if self._orders.is_interrupted():
                    return False
                item.sentence, item.word = item.sentence + 1, 0
                self._orders.arrive(Place(item.sentence))
                if is_over():
                    return False
        return not is_over()

    def _play(self, item: Item, script: Script, performance: Performance, cast: Cast) -> None:
        """One performance on all outputs; face and exaggeration may change between two of its frames."""
        self._outputs.open(cast.viewport, performance.utterance.rate_hz, self._steering)
        self._await_warmth()
        screen = SwitchablePerformance(performance)
        shown, planned = cast, None
        began_s = self._timeline_s
        sound_s = began_s - performance.start_s
        for position_s in self._outputs.play(screen, self._orders):
            self._timeline_s = max(began_s, began_s + position_s - performance.start_s)
            self._publish_position(item, script, performance, position_s)
            if self._orders.cast not in (cast, shown) and planned is None:
                shown = self._orders.cast
                new = self._fitted(shown)
                planned = self._studio.submit(
                    new.face.perform, performance.utterance, new.delivery, new.viewport, sound_s
                )
            if planned is not None and planned.done():
                screen.switch(planned.result())
                planned = None
        if not self._outputs.names:
            raise Cancelled
        if not self._orders.is_interrupted():
            self._timeline_s = next_begin_s(performance, began_s, cast.viewport.fps)

    def _fitted(self, cast: Cast) -> Cast:
        """The cast with the size and frame rate that the open outputs have."""
        opened = self._outputs.viewport
        if opened is None:
            return cast
        viewport = replace(cast.viewport, width=opened.width, height=opened.height, fps=opened.fps)
        return replace(cast, viewport=viewport)

    def _publish(self, status: Status, **changes: object) -> None:
        self._stream.publish(status=status, waiting=self._orders.queue.names(), outputs=self._outputs.names, **changes)

    def _publish_position(self, item: Item, script: Script, performance: Performance, position_s: float) -> None:
        utterance = performance.utterance
        word = utterance.word_at(position_s)
        before, after = script.progress(item.sentence), script.progress(item.sentence + 1)
        share = (position_s - performance.start_s) / max(performance.end_s - performance.start_s, 1e-9)
        self._publish(
            Status.PAUSED if self._orders.is_paused() else Status.SPEAKING,
            sentence=utterance.sentence.text,
            sentence_index=item.sentence,
            sentence_count=script.count,
            block_index=utterance.sentence.block_index,
            word=utterance.words[word].text if word >= 0 else "",
            word_index=word,
            position_s=position_s,
            narration_s=self._timeline_s,
            progress=None if before is None or after is None else before + (after - before) * share,
        )


def _part(fault: NarratorError) -> str:
    kinds = {SourceError: "source", VoiceError: "voice", FaceError: "face", OutputError: "output"}
    return next((part for kind, part in kinds.items() if isinstance(fault, kind)), "narrator")


def _in_background(task: Callable[[], T]) -> Future[T]:
    """Runs the task in a thread that does not keep the process alive; an executor's would."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(task())
        except BaseException as fault:  # noqa: BLE001 - handed over whole to whoever asks for the result
            future.set_exception(fault)

    threading.Thread(target=run, name="narrator-opening", daemon=True).start()
    return future
