"""Messages in; their sound and how far it has come out as reports, and what the face is to say meanwhile."""

from __future__ import annotations

import contextlib
import logging
import math
import queue
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np

from narrator.errors import NarratorError
from narrator.flow import Samples, Sentence, Utterance
from narrator.screen_reader.faces import Faces, told
from narrator.screen_reader.manner import Manner
from narrator.screen_reader.reports import News, Report, Reports
from narrator.screen_reader.sounding import CHUNK_S, Sound
from narrator.screen_reader.voices import Voices
from narrator.screen_reader.wording import SERVERS_OWN, Message, Piece, pieces
from narrator.speech.silent_voice import silent_utterance

_log = logging.getLogger(__name__)

LEAD_S = 0.2
"""From the message to its sound where a face is there: lips lead by 0.12 s, and have to be drawn before that."""
BEGIN_AFTER_S, END_AFTER_S = 0.01, 0.1
"""After a message was taken: python3-speechd learns its number from the answer, and misses what it is told sooner."""
GAP_S = 0.2
"""Between two sentences: as long as the lead, in which the next one is drawn."""
HOLD_S = 1.0
"""After the last one the face stays with the screen reader this long, so that a document does not go on in between."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A message to be said."""

    number: int
    """Higher than that of any before."""
    message: Message
    heard: int = 0
    """Sentences of it that need not be said."""
    own_mark: str = ""
    """The last mark of the server's own in those."""


class Speaking:
    """One message after the other, in a thread of its own; the others only tell it to stop."""

    def __init__(self, reports: Reports, voices: Voices, sound: Sound, faces: Faces) -> None:
        self._reports = reports
        self._voices = voices
        self._sound = sound
        self._faces = faces
        self._wishes: queue.Queue[Wish | None] = queue.Queue()
        self._told = threading.Event()
        self._stopped = self._paused = 0
        """The last message that is to end at once, and at a place from which it can be gone on with."""
        self._own_mark = ""
        self._taken_s = 0.0
        self._studio = ThreadPoolExecutor(1, thread_name_prefix="narrator-synthesis")
        self._thread = threading.Thread(target=self._run, name="narrator-speaking", daemon=True)
        self._thread.start()

    def accept(self, wish: Wish) -> None:
        """To be said when those before it have ended."""
        self._wishes.put(wish)

    def stop(self, last: int) -> None:
        """Ends sound and face of all messages up to that number. Nothing is reported of them any more."""
        self._stopped = last
        self._told.set()
        self._faces.hush()

    def pause(self, last: int) -> None:
        """Ends them at a mark of the server's own; each is reported."""
        self._paused = last
        self._told.set()

    def close(self) -> None:
        """Says no more."""
        self._wishes.put(None)
        self.stop(sys.maxsize)
        self._thread.join(1.0)
        self._studio.shutdown(wait=False, cancel_futures=True)
        self._sound.close()
        self._voices.close()
        self._faces.close()

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            self._own_mark, self._taken_s = wish.own_mark, time.perf_counter()
            try:
                self._perform(wish)
            except OSError as fault:
                _log.info("nobody listens any more: %s", fault)
            except Exception:  # noqa: BLE001 - whatever happens, the client must hear of the end
                _log.exception("a message could not be said")
            with contextlib.suppress(OSError):
                self._end(wish.number)

    def _tell(self, news: News, number: int, detail: str = "") -> None:
        self._reports.tell(Report(news, number, detail))

    def _let_pass(self, least_s: float) -> None:
        time.sleep(max(0.0, self._taken_s + least_s - time.perf_counter()))

    def _end(self, number: int) -> None:
        if number <= self._stopped:
            return
        if number <= self._paused:
            self._faces.hush()
            self._tell(News.PAUSED, number)
            return
        self._let_pass(END_AFTER_S)
        self._tell(News.ENDED, number)

    def _is_over(self, number: int) -> bool:
        """A pause waits for the first mark of the server's, since it could not go on from anywhere before that."""
        self._reports.breathe()
        return number <= self._stopped or (number <= self._paused and bool(self._own_mark))

    def _perform(self, wish: Wish) -> None:
        """Each sentence is made while the one before it is heard."""
        number, message = wish.number, wish.message
        self._faces.attend(lambda: self._is_over(number))
        breaths = islice(pieces(message), wish.heard, None)
        piece, ends_s, is_new = next(breaths, None), -math.inf, True
        coming = self._made(message, piece)
        while piece is not None and (utterance := self._await(number, coming)) is not None:
            following = next(breaths, None)
            coming = self._made(message, following)
            lead_s = LEAD_S if self._faces.is_there else 0.0
            heard_at_s = max(time.perf_counter() + max(lead_s, self._sound.latency_s), ends_s + GAP_S)
            ends_s = heard_at_s + utterance.duration_s
            if utterance.phones:
                pause_s = HOLD_S if following is None else 0.0
                rate_wpm = self._voices.rate_wpm(message.manner)
                self._faces.show(told(utterance, heard_at_s, pause_s, rate_wpm), is_new=is_new)
            if is_new:
                self._let_pass(BEGIN_AFTER_S)
                self._tell(News.BEGUN, number)
            self._sound.start(_louder(utterance.samples, message.manner.gain), utterance.rate_hz, heard_at_s, number)
            if not self._let_hear(number, timed_marks(piece, utterance), heard_at_s, ends_s):
                self._sound.stop()
                break
            self._tell(News.HEARD, number)
            piece, is_new = following, False
        if coming is not None:
            coming.cancel()  # else those of a thousand messages that were broken off would be made before the next one

    def _made(self, message: Message, piece: Piece | None) -> Future[Utterance] | None:
        return None if piece is None else self._studio.submit(self._make, piece.text, message.manner)

    def _make(self, text: str, manner: Manner) -> Utterance:
        """Silent, where no voice can say it: the marks in it, and what follows, still come."""
        try:
            return self._voices.speak(text, manner)
        except NarratorError as fault:
            _log.warning("%s", fault)
            return silent_utterance(Sentence(text, manner.language))

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
            while True:
                self._told.clear()
                if self._is_over(number):
                    return False
                now_s = time.perf_counter()
                self._sound.feed(now_s)
                if now_s >= due_s:
                    break
                self._told.wait(min(CHUNK_S, due_s - now_s))
            if mark:
                self._tell(News.MARK, number, mark)
                self._own_mark = mark if mark.startswith(SERVERS_OWN) else self._own_mark
        return not self._is_over(number)


def timed_marks(piece: Piece, utterance: Utterance) -> list[tuple[float, str]]:
    """(seconds from its first sample, name): each when the word that follows it begins, or at the end."""

    def moment_of(place: int) -> float:
        after = (word.start_s for word in utterance.words if word.end_char > place)
        return min(after, default=utterance.duration_s)

    return [(0.0 if mark.place == 0 else moment_of(mark.place), mark.name) for mark in piece.marks]


def _louder(samples: Samples, gain: float) -> Samples:
    return samples if gain == 1.0 else (samples * gain).astype(np.int16)
