"""Each message has its events, once and in order, whether what speaks lives, dies, hangs or cannot start."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from narrator.screen_reader import voice_link as module
from narrator.screen_reader.manner import Manner
from narrator.screen_reader.reports import News, Report
from narrator.screen_reader.voice_link import SERVER, SERVER_REST_S, VoiceLink
from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import Kind, Message
from tests.narrator.quick_narration import wait_for

HELLO = Message(Kind.TEXT, "<speak>Hello. There.</speak>", Manner())


class Child:
    """Follows narrator.screen_reader.voice_child.VoiceChild; the test decides what it does."""

    made: list[Child]

    def __init__(self, way: str, heard: Callable[[Child, Report], object], lost: Callable[[Child], object]) -> None:
        self.heard, self.lost = heard, lost
        self.wishes: list[dict[str, Any]] = []
        self.age_s = 1.0
        self.is_killed = False
        Child.made.append(self)

    def tell(self, **wish: Any) -> None:
        self.wishes.append(wish)

    def report(self, *news: News, number: int = 1, detail: str = "") -> None:
        for one in news:
            self.heard(self, Report(one, number, detail))

    def die(self) -> None:
        self.lost(self)

    def kill(self) -> None:
        self.is_killed = True
        threading.Thread(target=self.die).start()

    def close(self) -> None: ...


class Server:
    """What the server is told."""

    def __init__(self) -> None:
        self._told = io.BytesIO()
        self.link = VoiceLink(Wire(io.BytesIO(), self._told), SERVER)

    @property
    def lines(self) -> list[str]:
        told = self._told.getvalue().decode("latin-1").splitlines()
        return [line for line in told if line != "700 INDEX MARK" and not line.startswith("705-")]

    @property
    def events(self) -> list[str]:
        return [line for line in self.lines if line != "705 AUDIO"]

    @property
    def child(self) -> Child:
        return Child.made[-1]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(module, "VoiceChild", Child)
    Child.made = []
    made = Server()
    yield made
    made.link.close()


def test_what_is_reported_reaches_the_server_in_order(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.ALIVE, number=0)
    server.child.report(News.BEGUN)
    server.child.heard(server.child, Report(News.SOUND, 1, "22050", b"\0\0"))
    server.child.report(News.MARK, detail="a")
    server.child.report(News.HEARD, News.ENDED)
    assert server.lines == ["701 BEGIN", "705 AUDIO", "700-a", "702 END"]


def test_nothing_to_say_begins_and_ends(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.ENDED)
    assert server.lines == ["701 BEGIN", "702 END"]


def test_a_stop_is_answered_at_once_whatever_the_process_does_and_nothing_follows(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.BEGUN)
    server.link.stop()
    assert server.lines == ["701 BEGIN", "703 STOP"]
    assert server.child.wishes[-1] == {"stop": 1}
    server.child.report(News.SOUND, News.MARK, News.ENDED, detail="1")
    server.link.stop()
    assert server.lines == ["701 BEGIN", "703 STOP"], "it has ended, and nothing is stopped twice"


def test_a_message_that_was_stopped_before_it_began_never_begins(server: Server) -> None:
    server.link.say(HELLO)
    server.link.stop()
    server.link.say(HELLO)
    server.child.report(News.BEGUN, News.ENDED, number=2)
    assert server.events == ["703 STOP", "701 BEGIN", "702 END"]


def test_last_events_keep_the_distance_that_the_server_needs(server: Server) -> None:
    began_s = time.monotonic()
    for _ in range(5):
        server.link.say(HELLO)
        server.link.stop()
    assert time.monotonic() - began_s >= 4 * SERVER_REST_S


def test_a_pause_is_completed_at_a_mark_of_the_servers_own(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.MARK, detail="__spd_0")
    server.link.pause()
    assert server.child.wishes[-1] == {"pause": 1}
    server.child.report(News.PAUSED)
    assert server.events == ["701 BEGIN", "700-__spd_0", "700-__spd_0", "704 PAUSE"]


def test_whoever_asks_for_a_pause_hears_something_at_once(server: Server) -> None:
    server.link.say(HELLO)
    server.link.pause()
    assert set(server.lines) == {"705 AUDIO"}
    server.child.report(News.PAUSED)
    server.link.pause()
    assert server.lines[-3:] == ["701 BEGIN", "700-__spd_none", "704 PAUSE"], "but not where nothing is said"


def test_a_pause_with_no_such_mark_is_completed_at_one_that_is_nowhere(server: Server) -> None:
    server.link.say(HELLO)
    server.link.pause()
    server.child.report(News.PAUSED)
    assert server.events == ["701 BEGIN", "700-__spd_none", "704 PAUSE"]


def test_a_death_in_mid_sentence_has_another_process_say_that_sentence_again(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.BEGUN, News.HEARD)
    server.child.report(News.MARK, detail="a")
    server.child.die()
    assert len(Child.made) == 2
    again = server.child.wishes[0]
    assert (again["number"], again["heard"], again["say"]) == (1, 1, HELLO.body)
    server.child.report(News.BEGUN)
    server.child.report(News.MARK, detail="a")
    server.child.report(News.MARK, detail="b")
    server.child.report(News.HEARD, News.ENDED)
    assert server.lines == ["701 BEGIN", "700-a", "700-b", "702 END"], "nothing is told twice"


def test_a_sentence_at_which_two_processes_die_is_not_tried_with_a_third(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.BEGUN)
    server.child.die()
    server.child.die()
    assert server.lines == ["701 BEGIN", "702 END"]
    server.link.say(HELLO)
    server.child.report(News.BEGUN, News.ENDED, number=2)
    assert server.lines[2:] == ["701 BEGIN", "702 END"], "the next message has a process of its own again"


def test_a_death_at_each_of_many_sentences_loses_none(server: Server) -> None:
    server.link.say(HELLO)
    for _ in range(6):
        server.child.report(News.BEGUN, News.HEARD)
        server.child.die()
    assert server.child.wishes[0]["heard"] == 6
    server.child.report(News.ENDED)
    assert server.lines == ["701 BEGIN", "702 END"]


def test_a_death_in_a_pause_that_was_asked_for_completes_it(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.MARK, detail="__spd_0")
    server.link.pause()
    server.child.die()
    assert server.events == ["701 BEGIN", "700-__spd_0", "700-__spd_0", "704 PAUSE"]


def test_what_a_dead_process_had_still_to_say_is_not_heard(server: Server) -> None:
    server.link.say(HELLO)
    dead = server.child
    dead.die()
    dead.report(News.ENDED)
    assert server.lines == []
    server.child.report(News.ENDED)
    assert server.lines == ["701 BEGIN", "702 END"]


def test_a_process_that_dies_idle_is_replaced_only_if_it_lived(server: Server) -> None:
    server.link.say(HELLO)
    server.child.report(News.ENDED)
    server.child.die()
    assert len(Child.made) == 1, "the next message starts one"
    server.link.say(HELLO)
    server.child.report(News.ENDED, number=2)
    server.child.age_s = 1000.0
    server.child.die()
    assert len(Child.made) == 3


def test_a_process_that_hangs_is_killed_and_the_message_said_by_another(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HANGS_AFTER_S", 0)
    server.link.say(HELLO)
    first = server.child
    wait_for(lambda: first.is_killed, 20)
    wait_for(lambda: len(Child.made) > 1, 20)
    server.link.stop()
    assert server.lines == ["703 STOP"]


def test_where_no_process_can_be_started_each_message_ends(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Child:
        raise OSError("out of memory")

    monkeypatch.setattr(module, "VoiceChild", refuse)
    for _ in range(2):
        server.link.say(HELLO)
    assert server.lines == ["701 BEGIN", "702 END"] * 2
    assert server.link.voices() == []


def test_the_list_of_voices_survives_a_death_and_is_asked_for_once(server: Server) -> None:
    found: list[list[str]] = []
    asking = threading.Thread(target=lambda: found.append(server.link.voices()))
    asking.start()
    wait_for(lambda: bool(Child.made and Child.made[0].wishes), 20)
    server.child.die()
    wait_for(lambda: len(Child.made) == 2 and bool(Child.made[1].wishes), 20)
    server.child.report(News.VOICES, number=0, detail=json.dumps(["a\tb\tc"]))
    asking.join(20)
    assert found == [["a\tb\tc"]] == [server.link.voices()]
    assert server.child.wishes == [{"voices": True}]


def test_a_server_that_has_gone_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "VoiceChild", Child)
    Child.made = []
    gone = io.BytesIO()
    link = VoiceLink(Wire(io.BytesIO(), gone), SERVER)
    link.say(HELLO)
    monkeypatch.setattr(Wire, "_send", lambda *_: (_ for _ in ()).throw(BrokenPipeError()))
    Child.made[0].report(News.BEGUN, News.ENDED)
    Child.made[0].die()
    link.close()
