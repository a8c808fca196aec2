"""Messages in, said by a process that is started again when it dies or hangs; their events in order, always, out."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field

from narrator.screen_reader.reports import News, Report
from narrator.screen_reader.voice_child import VoiceChild
from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import SERVERS_OWN, Message

_log = logging.getLogger(__name__)

SERVER, DEVICE = "server", "device"
"""Ways of the sound: as frames to the server, or to our own sound device."""
BEGIN, END, STOP, PAUSE = "701 BEGIN", "702 END", "703 STOP", "704 PAUSE"
NOWHERE = f"{SERVERS_OWN}none"
"""Release 0.11.4 completes a pause only at a mark of its own: of one that is in no message nothing is left to say."""
LIVES = 2
"""A sentence at which two processes have died is not tried with a third one."""
HANGS_AFTER_S = 30
"""Without a sign of life; a busy machine may need ten seconds to load the voice."""
LIST_LIMIT_S = 15.0
SETTLED_S = 10.0
"""One that has lived so long is started again at once when it dies, and not only for the next message."""
SERVER_REST_S = 0.02
"""At least, between the last events of two messages. In 0.11.4 the thread that ends one is not ready for the next at
once; where that one ends meanwhile, the server never hears of it, and says nothing any more. On a busy machine three
floods of 10,000 messages in six ended so without this rest, none of eighteen with it."""
WORD_EVERY_S, WORDS_FOR_A_PAUSE = 0.002, 25
"""To a server that waits for one; it misses every other."""
SOUNDS_EVERY_S = 0.05
SILENCE, SILENCE_HZ = b"\0\0", 22_050


class VoiceLost(Exception):
    """The process has died before it answered."""


@dataclass(slots=True)
class Owed:
    """A message that has not ended yet, and how far it has come."""

    number: int
    message: Message
    has_begun: bool = False
    heard: int = 0
    """Sentences that were heard to their end."""
    marks: list[str] = field(default_factory=list)
    """Told since then."""
    told_before: list[str] = field(default_factory=list)
    """Marks of the sentence it is in that were told by a process that has died, so not to be told again."""
    own_mark: str = ""
    """The last of the server's own that was told."""
    pauses: bool = False
    lives: int = LIVES


class VoiceLink:
    """What speaks, as the conversation with the server sees it: it takes every message, and each one ends."""

    def __init__(self, wire: Wire, way: str) -> None:
        self._wire = wire
        self._way = way
        self._lock = threading.Lock()
        self._child: VoiceChild | None = None
        self._owed: deque[Owed] = deque()
        self._number = 0
        self._voices: Future[list[str]] = Future()
        self._last_event_s = self._sounded_s = 0.0
        self._has_breathed = False
        self._wakes = threading.Condition(self._lock)
        self._closing = threading.Event()
        threading.Thread(target=self._watch, name="narrator-watch", daemon=True).start()

    def say(self, message: Message) -> None:
        """When those before it have ended."""
        with self._lock:
            self._number += 1
            owed = Owed(self._number, message)
            self._owed.append(owed)
            self._wakes.notify()
            if self._child is None:
                self._start()
            else:
                self._tell(self._child, owed)

    def stop(self) -> None:
        """All that was taken ends, whatever the process does."""
        with self._lock:
            if self._child is not None and self._owed:
                self._child.tell(stop=self._number)
            while self._owed:
                self._end(STOP)

    def pause(self) -> None:
        """It ends at the next place from which the server can go on."""
        with self._lock:
            for owed in self._owed:
                owed.pauses = True
            if self._child is not None and self._owed:
                self._child.tell(pause=self._number)
        for _ in range(WORDS_FOR_A_PAUSE):
            with self._lock:
                if not self._owed or time.monotonic() - self._sounded_s < SOUNDS_EVERY_S:
                    break  # what is heard is word enough
                self._say_a_word()
            time.sleep(WORD_EVERY_S)

    def voices(self) -> list[str]:
        """What LIST VOICES answers; empty where nobody knows."""
        for _ in range(LIVES):
            with self._lock:
                wanted = self._voices
                if not wanted.done():
                    if self._child is None:
                        self._start()
                    if self._child is None:
                        break
                    self._child.tell(voices=True)
            try:
                return wanted.result(LIST_LIMIT_S)
            except TimeoutError:
                break
            except VoiceLost:
                continue
        _log.warning("nobody knows which voices there are")
        return []

    def close(self) -> None:
        """Ends the process."""
        self._closing.set()
        with self._lock:
            child, self._child = self._child, None
            self._wakes.notify()
        if child is not None:
            child.close()

    # What the process does. All but _heard, _lost and _watch is done with the lock.

    def _start(self) -> None:
        """A new one, which is told all that is owed; where none can be started, that ends."""
        try:
            child = self._child = VoiceChild(self._way, self._heard, self._lost)
        except OSError as fault:
            _log.warning("no process for the voice: %s", fault)
            while self._owed:
                self._end(END)
            return
        for owed in self._owed:
            self._tell(child, owed)

    @staticmethod
    def _tell(child: VoiceChild, owed: Owed) -> None:
        message = owed.message
        child.tell(
            say=message.body,
            kind=message.kind,
            manner=asdict(message.manner),
            number=owed.number,
            heard=owed.heard,
            own_mark=owed.own_mark,
        )

    def _heard(self, child: VoiceChild, report: Report) -> None:
        with self._lock, _until_the_server_goes():
            self._has_breathed = True
            if child is not self._child:
                return
            if report.news is News.VOICES and not self._voices.done():
                self._voices.set_result(json.loads(report.detail))
            if self._owed and self._owed[0].number == report.number:
                self._follow(self._owed[0], report)

    def _follow(self, owed: Owed, report: Report) -> None:
        if report.news is News.BEGUN:
            self._begin(owed)
        elif report.news is News.SOUND:
            self._begin(owed)
            self._sounded_s = time.monotonic()
            self._wire.sound(report.sound, int(report.detail))
        elif report.news is News.MARK:
            self._mark(owed, report.detail)
        elif report.news is News.HEARD:
            owed.heard += 1
            owed.marks, owed.told_before, owed.lives = [], [], LIVES
        elif report.news is News.ENDED:
            self._end(END)
        elif report.news is News.PAUSED:
            self._end(PAUSE)

    def _begin(self, owed: Owed) -> None:
        if not owed.has_begun:
            owed.has_begun = True
            self._wire.answer(BEGIN)

    def _mark(self, owed: Owed, name: str) -> None:
        if name in owed.told_before:
            owed.told_before.remove(name)
            return
        self._begin(owed)
        self._wire.mark(name)
        owed.marks.append(name)
        if name.startswith(SERVERS_OWN):
            owed.own_mark = name

    def _end(self, event: str) -> None:
        """Of the first message that is owed. Only a stop may come to one that has not begun."""
        owed = self._owed.popleft()
        self._let_the_server_rest(event)
        if event != STOP:
            self._begin(owed)
        if event == PAUSE:
            self._wire.mark(owed.own_mark or NOWHERE)
        self._wire.answer(event)
        self._last_event_s = time.monotonic()

    def _let_the_server_rest(self, event: str) -> None:
        while (left_s := self._last_event_s + SERVER_REST_S - time.monotonic()) > 0.0:
            if event == STOP:
                self._say_a_word()
            time.sleep(min(left_s, WORD_EVERY_S))

    def _say_a_word(self) -> None:
        """A moment of silence: in 0.11.4 who asks for a stop or a pause waits until anything comes from us."""
        if self._way == SERVER:
            self._wire.sound(SILENCE, SILENCE_HZ)

    def _lost(self, child: VoiceChild) -> None:
        """It has died: another one says the sentence it was in again, and goes on from there."""
        with self._lock, _until_the_server_goes():
            if child is not self._child or self._closing.is_set():
                return
            self._child = None
            _log.warning("the voice has ended after %.0f s; another one takes over", child.age_s)
            if not self._voices.done():
                self._voices.set_exception(VoiceLost())
                self._voices = Future()
            if self._owed:
                self._give_another_life(self._owed[0])
            if self._owed or child.age_s > SETTLED_S:
                self._start()

    def _give_another_life(self, owed: Owed) -> None:
        owed.lives -= 1
        if owed.pauses:
            self._end(PAUSE)
        elif not owed.lives:
            self._end(END)
        else:
            owed.told_before = list(owed.marks)

    def _watch(self) -> None:
        """Ends a process that gives no sign of life; counted, since a machine that slept has no fault in it."""
        silent_s = 0
        while not self._closing.wait(1.0):
            with self._lock:
                if not self._owed:
                    silent_s = 0
                    self._wakes.wait_for(lambda: self._owed or self._closing.is_set())
                silent_s = 0 if self._has_breathed else silent_s + 1
                self._has_breathed = False
                if silent_s > HANGS_AFTER_S and self._child is not None:
                    _log.warning("the voice has given no sign of life for %d s; it is ended", HANGS_AFTER_S)
                    silent_s = 0
                    self._child.kill()


@contextlib.contextmanager
def _until_the_server_goes() -> Iterator[None]:
    """The thread that reads its requests learns of it by itself."""
    try:
        yield
    except OSError as fault:
        _log.info("the server has gone: %s", fault)
