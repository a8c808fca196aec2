"""Messages in; their sound, their events in order, and what the face is to say meanwhile out."""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from narrator.errors import NarratorError
from narrator.flow import Samples, Utterance
from narrator.screen_reader.faces import Faces, told
from narrator.screen_reader.sounding import CHUNK_S, Sound
from narrator.screen_reader.voices import Voices
from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import Message, Piece, pieces

_log = logging.getLogger(__name__)

BEGIN, END, STOP, PAUSE = "701 BEGIN", "702 END", "703 STOP", "704 PAUSE"
SERVERS_OWN = "__spd_"
"""How the names of the marks begin that the server puts behind each sentence, to go on from there after a pause."""
NOWHERE = f"{SERVERS_OWN}none"
"""Release 0.11.4 completes a pause only at a mark of its own: of one that is in no message nothing is left to say."""
LEAD_S = 0.2
"""From the message to its sound where a face is there: lips lead by 0.12 s, and have to be drawn before that."""
BEGIN_AFTER_S, END_AFTER_S = 0.005, 0.1
"""After a message was taken: python3-speechd learns its number from the answer, and misses what it is told sooner."""
GAP_S = 0.2
"""Between two sentences: as long as the lead, in which the next one is drawn."""
HOLD_S = 1.0
"""After the last one the face stays with the screen reader this long, so that a document does not go on in between."""


class Speaking:
    """One message after the other, in a thread of its own; the others only tell it to stop."""

    def __init__(self, wire: Wire, voices: Voices, sound: Sound, faces: Faces) -> None:
        self._wire = wire
        self._voices = voices
        self._sound = sound
        self._faces = faces
        self._messages: queue.Queue[tuple[int, Message] | None] = queue.Queue()
        self._told = threading.Event()
        self._accepted = 0
        self._broken_off = (0, STOP)
        """The last message that is not to be said to its end, and the event that says so."""
        self._has_begun = False
        self._taken_s = 0.0
        self._passed = ""
        """The last mark of the server's own that the message has come to."""
        self._studio = ThreadPoolExecutor(1, thread_name_prefix="narrator-synthesis")
        self._thread = threading.Thread(target=self._run, name="narrator-speaking", daemon=True)
        self._thread.start()

    def accept(self, message: Message) -> None:
        """To be said when those before it have ended."""
        self._accepted += 1
        self._messages.put((self._accepted, message))

    def break_off(self, event: str) -> None:
        """Ends what has been accepted: sound, face, and that event once it is done."""
        self._broken_off = (self._accepted, event)
        self._told.set()
        if event == STOP:
            self._faces.hush()

    def close(self) -> None:
        """Says no more."""
        self.break_off(STOP)
        self._messages.put(None)
        self._thread.join(1.0)
        self._studio.shutdown(wait=False, cancel_futures=True)
        self._sound.close()
        self._voices.close()

    def _run(self) -> None:
        while (next_one := self._messages.get()) is not None:
            number, message = next_one
            self._passed, self._has_begun, self._taken_s = "", False, time.perf_counter()
            try:
                self._perform(number, message)
            except OSError as fault:
                _log.info("the server has gone: %s", fault)
                return
            except NarratorError as fault:
                _log.warning("%s", fault)
            except Exception:  # noqa: BLE001 - whatever happens, the client must hear of the end
                _log.exception("a message could not be said")
            self._end(number)

    def _begin(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            if not self._told.is_set():
                self._let_pass(BEGIN_AFTER_S)
            self._wire.answer(BEGIN)

    def _let_pass(self, least_s: float) -> None:
        time.sleep(max(0.0, self._taken_s + least_s - time.perf_counter()))

    def _end(self, number: int) -> None:
        last, event = self._broken_off
        try:
            self._begin()
            if number > last:
                self._let_pass(END_AFTER_S)
            if number <= last and event == PAUSE:
                self._faces.hush()
                self._wire.mark(self._passed or NOWHERE)
            self._wire.answer(event if number <= last else END)
        except OSError as fault:
            _log.info("the server has gone: %s", fault)

    def _is_over(self, number: int) -> bool:
        """A pause waits for the first mark of the server's, since it could not go on from anywhere before that."""
        last, event = self._broken_off
        return number <= last and (event == STOP or bool(self._passed))

    def _perform(self, number: int, message: Message) -> None:
        """Each sentence is made while the one before it is heard."""
        self._faces.attend(lambda: self._is_over(number))
        breaths = list(pieces(message))
        coming = self._studio.submit(self._make, message, breaths[0]) if breaths else None
        ends_s = -math.inf
        for place, piece in enumerate(breaths, 1):
            utterance = self._await(number, coming)
            if utterance is None:
                return
            coming = self._studio.submit(self._make, message, breaths[place]) if place < len(breaths) else None
            lead_s = LEAD_S if self._faces.is_there else 0.0
            heard_at_s = max(time.perf_counter() + max(lead_s, self._sound.latency_s), ends_s + GAP_S)
            ends_s = heard_at_s + utterance.duration_s
            if utterance.phones:
                pause_s = HOLD_S if place == len(breaths) else 0.0
                rate_wpm = self._voices.rate_wpm(message.manner)
                self._faces.show(told(utterance, heard_at_s, pause_s, rate_wpm), is_new=place == 1)
            self._begin()
            self._sound.start(_louder(utterance.samples, message.manner.gain), utterance.rate_hz, heard_at_s)
            if not self._let_hear(number, timed_marks(piece, utterance), heard_at_s, ends_s):
                self._sound.stop()
                return

    def _make(self, message: Message, piece: Piece) -> Utterance:
        return self._voices.speak(piece.text, message.manner)

    def _await(self, number: int, coming: Future[Utterance] | None) -> Utterance | None:
        """What the studio makes; None where the message has been broken off meanwhile."""
        while coming is not None and not self._is_over(number):
            try:
                return coming.result(CHUNK_S)
            except TimeoutError:
                continue
        return None

    def _let_hear(self, number: int, marks: list[tuple[float, str]], heard_at_s: float, ends_s: float) -> bool:
        """Each mark when the sound has reached it; False where it was broken off."""
        for due_s, mark in [*((heard_at_s + at_s, mark) for at_s, mark in marks), (ends_s, "")]:
            while (now_s := time.perf_counter()) < due_s:
                if self._is_over(number):
                    return False
                self._sound.feed(now_s)
                self._told.wait(min(CHUNK_S, due_s - now_s))
            self._sound.feed(now_s)
            self._told.clear()
            if mark:
                self._wire.mark(mark)
                self._passed = mark if mark.startswith(SERVERS_OWN) else self._passed
        return not self._is_over(number)


def timed_marks(piece: Piece, utterance: Utterance) -> list[tuple[float, str]]:
    """(seconds from its first sample, name): each when the word that follows it begins, or at the end."""

    def moment_of(place: int) -> float:
        after = (word.start_s for word in utterance.words if word.end_char > place)
        return min(after, default=utterance.duration_s)

    return [(0.0 if mark.place == 0 else moment_of(mark.place), mark.name) for mark in piece.marks]


def _louder(samples: Samples, gain: float) -> Samples:
    return samples if gain == 1.0 else (samples * gain).astype(np.int16)
