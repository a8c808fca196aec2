"""Requests are answered in order; a hostile client harms nobody and costs little memory."""

from __future__ import annotations

import os
import queue
import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from narrator.errors import SettingError
from narrator.remote import server as server_module
from narrator.remote.client import Client
from narrator.remote.door import open_door
from narrator.remote.server import MOST_CLIENTS, Server
from tests.narrator.quick_narration import wait_for

ANSWERED_S = 2.0


class News:
    """States that a test makes by hand."""

    def __init__(self) -> None:
        self.waiting: queue.Queue[tuple[dict[str, Any], bool]] = queue.Queue()

    def newest(self) -> dict[str, Any]:
        return {"state": {"status": "idle"}}

    def next(self, limit_s: float) -> tuple[dict[str, Any], bool] | None:
        try:
            return self.waiting.get(timeout=min(limit_s, 0.05))
        except queue.Empty:
            return None


def answer(request: dict[str, Any]) -> dict[str, Any]:
    if request.get("command") == "fail":
        raise SettingError("a wish", "none came", "Make one.")
    if request.get("command") == "break":
        raise ZeroDivisionError("oh")
    return {"echo": request.get("value")}


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture(params=["socket file", "port and secret"])
def running(request: pytest.FixtureRequest, runtime_folder: Path, news: News) -> Iterator[Server]:
    made = Server(open_door(with_socket_file=request.param == "socket file"), answer, news)
    made.start()
    yield made
    made.close()


@pytest.fixture
def client(running: Server) -> Iterator[Client]:
    with Client(running._door.door) as made:
        yield made


def raw(running: Server) -> socket.socket:
    """A connection that is let in, and says what it likes."""
    connection, secret = running._door.door.connect()
    if secret:
        connection.sendall(b'{"secret":"%s"}\n' % secret.encode())
    return connection


def is_still_served(running: Server) -> bool:
    with Client(running._door.door) as other:
        began_s = time.monotonic()
        return other.ask("echo", value=7) == {"echo": 7} and time.monotonic() - began_s < ANSWERED_S


def test_requests_are_answered_in_order(running: Server) -> None:
    with raw(running) as connection:
        connection.sendall(b"".join(b'{"id":%d,"command":"echo","value":%d}\n' % (n, n * n) for n in range(50)))
        stream = connection.makefile("rb")
        assert [stream.readline() for _ in range(50)] == [
            b'{"id":%d,"ok":true,"result":{"echo":%d}}\n' % (n, n * n) for n in range(50)
        ]


def test_a_refusal_is_told_in_its_own_words_and_the_next_request_is_answered(client: Client) -> None:
    with pytest.raises(Exception, match="expected a wish; none came. Make one."):
        client.ask("fail")
    with pytest.raises(Exception, match="ZeroDivisionError"):
        client.ask("break")
    assert client.ask("echo", value=1) == {"echo": 1}


def test_watchers_get_every_step(client: Client, news: News) -> None:
    lines = client.watch()
    assert next(lines) == {"state": {"status": "idle"}}
    for number in range(5):
        news.waiting.put(({"state": {"number": number}}, False))
    assert [next(lines)["state"]["number"] for _ in range(5)] == list(range(5))


def test_a_stranger_without_the_secret_is_not_listened_to(runtime_folder: Path, news: News) -> None:
    made = Server(open_door(with_socket_file=False), answer, news)
    made.start()
    connection, _ = made._door.door.connect()
    connection.sendall(b'{"secret":"guess"}\n{"command":"echo","value":1}\n')
    assert connection.recv(1000) == b""
    connection.close()
    made.close()


@pytest.mark.parametrize("seed", range(3))
def test_garbage_is_refused_in_one_line_and_harms_nobody(running: Server, seed: int) -> None:
    with raw(running) as connection:
        connection.sendall(random.Random(seed).randbytes(5000) + b"\n")
        told = connection.makefile("rb").read()
    assert told.count(b"\n") == 1
    assert b'"ok":false' in told
    assert is_still_served(running)


def test_a_line_of_100_mb_is_cut_off_early(running: Server) -> None:
    sent = 0
    with raw(running) as connection:
        try:
            for _ in range(1600):
                connection.sendall(b"x" * (1 << 16))
                sent += 1 << 16
        except OSError:
            pass
    assert sent < 5e6
    assert is_still_served(running)


def test_one_thousand_connections_take_a_bounded_number_of_files(running: Server) -> None:
    kept: list[socket.socket] = []
    most = 0
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(1000):
        try:
            kept.append(raw(running))
        except OSError:
            continue
        if len(kept) > 100:
            kept.pop(0).close()
        most = max(most, len(running._clients))
    assert most <= MOST_CLIENTS
    if before:
        assert len(os.listdir("/proc/self/fd")) - before <= 101 + MOST_CLIENTS + 8
    for connection in kept:
        connection.close()
    wait_for(lambda: len(running._clients) == 0)
    assert is_still_served(running)


def test_who_never_reads_is_dropped_and_the_others_miss_nothing(running: Server, client: Client, news: News) -> None:
    lines = client.watch()
    next(lines)
    with raw(running) as deaf:
        deaf.sendall(b'{"command":"watch"}\n')
        wait_for(lambda: sum(one.is_watching for one in running._clients) == 2)
        heard: list[int] = []
        for number in range(60):
            news.waiting.put(({"state": {"number": number, "text": "x" * 50_000}}, False))
            heard.append(next(lines)["state"]["number"])
        assert heard == list(range(60))
        wait_for(lambda: len(running._clients) == 1)


def test_who_says_nothing_for_long_is_dropped(running: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "SILENCE_LIMIT_S", 0.1)
    silent = raw(running)
    silent.settimeout(5)
    assert silent.recv(10) == b""
    silent.close()


def test_half_a_request_holds_up_nobody(running: Server) -> None:
    with raw(running) as connection:
        connection.sendall(b'{"command":')
        assert is_still_served(running)
