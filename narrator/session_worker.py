"""Items in, narration out: opens one source after the other and plays it, obeying orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TypeVar

from narrator.background import in_background
from narrator.errors import Cancelled, FaceError, NarratorError, VoiceError, VoiceMissing
from narrator.flow import Passage, RgbImage, Sentence
from narrator.performance_edits import LivePerformance, from_word
from narrator.pipeline import POLL_S, Cast, Performances
from narrator.script import Script
from narrator.session_changes import MidSentence
from narrator.session_faults import left_out, part_of
from narrator.session_orders import Orders, Place
from narrator.session_outputs import EARLY_RATE_HZ, OutputSet
from narrator.session_places import Places, resumed_sentence
from narrator.session_queue import Item
from narrator.session_state import Fault, StateStream, Status
from narrator.session_waiting import CastAtRest
from narrator.stages import Performance, Steering
from narrator.timeline import next_begin_s

T = TypeVar("T")

FAILURES = 3
"""Sentences in a row that voice or face may fail at before their source is given up."""
SLOWEST_WPM = 80
"""However often a sentence is replayed slower (the least that the settings allow)."""


class SessionWorker:
    """The one thread that narrates. Its studio, a second thread, reads, speaks and plans ahead."""

    def __init__(
        self,
        orders: Orders,
        stream: StateStream,
        outputs: OutputSet,
        split: Callable[[Passage], Iterable[Sentence]],
        steering: Steering,
        places: Places,
        *,
        reads_ahead: bool,
    ) -> None:
        self._orders = orders
        self._stream = stream
        self._outputs = outputs
        self._split = split
        self._steering = steering
        self._places = places
        self._reads_ahead = reads_ahead
        self.opens_early = False  # before there is anything to play; set before run()
        self._studio = ThreadPoolExecutor(1, thread_name_prefix="narrator-studio")
        self._timeline_s = 0.0
        self._warm: Future[RgbImage] = Future()
        self._in_force = orders.cast
        """The cast of what is being played and prepared."""
        self._before = orders.cast
        """The cast in force before that one."""

    def run(self) -> None:
        """Narrates what comes until the session closes."""
        self._warm_up(self._orders.cast)
        if self.opens_early:
            self._open_outputs(EARLY_RATE_HZ)
        try:
            while (item := self._next_item()) is not None:
                self._narrate(item)
        finally:
            for voice in self._orders.voices:
                self._studio.submit(voice.close)
            self._studio.shutdown(wait=False)

    def _open_outputs(self, rate_hz: int) -> None:
        self._outputs.open(self._orders.cast.viewport, rate_hz, self._steering, CastAtRest(self._orders, self._stream))

    def _warm_up(self, cast: Cast) -> None:
        """Lets the face draw to itself while the source is opened and spoken: its first picture is its slowest."""
        self._warm = in_background(lambda: cast.face.rest(cast.delivery, cast.viewport, 0.0))

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
            Status.OPENING,
            source=item.name,
            item=item.id,
            number=self._stream.state.number + 1,
            title="",
            sentence="",
            marks=(),
            resumed_at=0,
            progress=None,
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
            self._stream.report(Fault(part_of(fault), item.name, str(fault), max(0, item.sentence), is_rest=True))
            return
        if ended:
            self._places.forget(item)
            self._publish(Status.IDLE, finished=self._stream.state.finished + 1, progress=1.0)
        elif self._orders.is_ending():
            self._orders.put_back(item)

    def _open(self, item: Item) -> Script:
        """Reads the source in a thread of its own, which is left to its time limit when the item must end first."""

        def open_at_its_place() -> Script:
            self._places.recall(item)
            script = Script(item.open(), self._split)
            if item.mark is not None:
                item.sentence = resumed_sentence(item.mark, script)
            return script

        script = self._unless_ending(in_background(open_at_its_place, "narrator-opening"))
        if item.sentence:
            self._orders.arrive(Place(item.sentence))
            self._publish(Status.OPENING, resumed_at=item.sentence)
        if self._reads_ahead:
            in_background(lambda: script.read_ahead(self._orders.is_closing))
        return script

    def _unless_ending(self, work: Future[T]) -> T:
        """What the work makes, waited for; Cancelled where the item must end first."""
        while not work.done():
            if self._orders.is_ending():
                raise Cancelled
            wait([work], timeout=POLL_S)
        return work.result()

    def _play_script(self, item: Item, script: Script) -> bool:
        """Plays from the item's place; True once its last sentence is done."""
        failed: list[int] = []
        while not self._orders.is_ending():
            try:
                if self._play_on(item, script):
                    return True
            except (VoiceError, FaceError) as fault:
                failed.append(item.sentence)
                in_a_row = list(range(item.sentence - FAILURES + 1, item.sentence + 1))
                gives_up = isinstance(fault, VoiceMissing) or failed[-FAILURES:] == in_a_row
                self._stream.report(left_out(fault, item, script, gives_up))
                if gives_up:
                    return False
                self._orders.arrive(Place(item.sentence + 1))
        return False

    def _play_on(self, item: Item, script: Script) -> bool:
        """Plays until the end (True), an interruption, or a change of cast before the first sentence is ready."""
        place = self._orders.take_place()
        item.sentence, item.word = place.sentence, place.word
        self._in_force = self._orders.cast
        cast = self._fitted(self._in_force)
        prepared = Performances(
            script.read_from,
            cast,
            self._studio,
            first=item.sentence,
            clock_s=self._timeline_s,
            opening=_slowed(cast, place.pace) if place.pace != 1.0 else None,
            is_cancelled=self._is_over,
        )
        with closing(prepared):
            for performance in prepared:
                self._play(item, script, performance, prepared, place.pace)
                if self._orders.is_interrupted():
                    return False
                item.sentence, item.word = item.sentence + 1, 0
                place = Place(item.sentence)
                self._orders.arrive(place)
        return not self._is_over()

    def _is_over(self) -> bool:
        """What is prepared will not be played."""
        return self._orders.is_interrupted() or self._orders.cast is not self._in_force

    def _play(self, item: Item, script: Script, whole: Performance, prepared: Performances, pace: float) -> None:
        """One performance on all outputs; it may be changed while it plays, and those after it with it."""
        cast = self._fitted(self._in_force)
        self._open_outputs(whole.utterance.rate_hz)
        self._await_warmth()
        live = LivePerformance(from_word(whole, item.word))
        playing = _Playing(item, script, live, len(whole.utterance.words) - len(live.utterance.words))
        began_s = self._timeline_s
        rest = MidSentence(live, _slowed(cast, pace), self._studio, began_s - live.start_s)
        self._places.note(item, whole.utterance.sentence)
        position_s = live.start_s
        for position_s in self._outputs.play(live, self._orders):
            self._timeline_s = max(began_s, began_s + position_s - live.start_s)
            self._publish_position(playing, position_s, rest.cast.delivery.rate_wpm)
            if self._follow_wishes(item, rest, position_s, pace):
                prepared.recast(self._fitted(self._in_force), next_begin_s(live, began_s, cast.viewport.fps))
        if not self._outputs.names:
            raise Cancelled
        while not (rest.is_ready or self._orders.is_interrupted()):
            rest.wait(POLL_S)
        if not self._orders.is_interrupted():
            self._timeline_s = next_begin_s(live, began_s, cast.viewport.fps)
            if self._follow_wishes(item, rest, position_s, pace):
                prepared.recast(self._fitted(self._in_force), self._timeline_s)

    def _follow_wishes(self, item: Item, rest: MidSentence, position_s: float, pace: float) -> bool:
        """Takes up what people asked for since; True once what is prepared must be prepared anew.

        A voice or face that cannot perform is named, and the one before it goes on.
        """
        try:
            is_done = rest.follow(position_s)
        except (VoiceError, FaceError) as fault:
            self._stream.report(Fault(part_of(fault), item.name, str(fault)))
            self._orders.take_back(self._in_force, self._before)
            self._in_force = self._before
            is_done = False
        if rest.is_settled and self._orders.cast is not self._in_force:
            self._before, self._in_force = self._in_force, self._orders.cast
            rest.ask(_slowed(self._fitted(self._in_force), pace))
        return is_done

    def _fitted(self, cast: Cast) -> Cast:
        """The cast as the item wants it, with the size and frame rate that the open outputs have."""
        item = self._orders.current
        if item is not None and item.recast is not None:
            cast = item.recast(cast)
        opened = self._outputs.viewport
        if opened is None:
            return cast
        viewport = replace(cast.viewport, width=opened.width, height=opened.height, fps=opened.fps)
        return replace(cast, viewport=viewport)

    def _publish(self, status: Status, **changes: object) -> None:
        self._stream.publish(status=status, waiting=self._orders.waiting(), outputs=self._outputs.names, **changes)

    def _publish_position(self, playing: _Playing, position_s: float, rate_wpm: int) -> None:
        item, script, live = playing.item, playing.script, playing.live
        utterance = live.utterance
        word = utterance.word_at(position_s)
        before, after = script.progress(item.sentence), script.progress(item.sentence + 1)
        share = (position_s - live.start_s) / max(live.end_s - live.start_s, 1e-9)
        self._publish(
            Status.PAUSED if self._orders.is_paused() else Status.SPEAKING,
            sentence=utterance.sentence.text,
            sentence_index=item.sentence,
            sentence_count=script.count,
            block_index=utterance.sentence.block_index,
            word=utterance.words[word].text if word >= 0 else "",
            word_index=word + playing.words_before if word >= 0 else -1,
            marks=tuple((one.start_char, one.end_char, one.start_s) for one in utterance.words),
            rate_wpm=rate_wpm,
            position_s=position_s,
            narration_s=self._timeline_s,
            progress=None if before is None or after is None else before + (after - before) * share,
        )


@dataclass(frozen=True, slots=True)
class _Playing:
    """The sentence that is being played."""

    item: Item
    script: Script
    live: LivePerformance
    words_before: int
    """Words of the sentence that are left out, since it was begun at a later one."""


def _slowed(cast: Cast, pace: float) -> Cast:
    """The cast speaking at that share of its rate."""
    if pace == 1.0:
        return cast
    rate_wpm = min(cast.delivery.rate_wpm, max(SLOWEST_WPM, round(cast.delivery.rate_wpm * pace)))
    return replace(cast, delivery=replace(cast.delivery, rate_wpm=rate_wpm))
