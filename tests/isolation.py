"""A plug-in of pytest: no test reaches beyond this machine, and chance is the same in every run."""

from __future__ import annotations

import ipaddress
import random
import signal
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import numpy as np
import pytest

SEED = 20261122
"""Any number would do; this one is the day the suite was begun."""

hypothesis.settings.register_profile("narrator", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.load_profile("narrator")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell makes its background jobs deaf to Ctrl-C, and programs started by tests would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


class NetworkUsedError(RuntimeError):
    """A test tried to leave this machine."""


def _refuse_foreign(host: object) -> None:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost", "ip6-localhost") or str(host).endswith(".localhost"):
        return
    try:
        is_loopback = ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise NetworkUsedError(f"a test may only reach 127.0.0.1; it asked for {host!r}")


def _guarded_connect(sock: socket.socket, address: Any) -> None:
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        _refuse_foreign(address[0])
    _connect(sock, address)


def _guarded_connect_ex(sock: socket.socket, address: Any) -> int:
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        _refuse_foreign(address[0])
    return _connect_ex(sock, address)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    _refuse_foreign(host)
    return _getaddrinfo(host, *args, **kwargs)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Loopback and local sockets only, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", _guarded_getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def seeded() -> None:
    """The same random numbers for each test, whatever ran before it."""
    random.seed(SEED)
    np.random.seed(SEED)


@pytest.fixture(autouse=True)
def _signals_as_in_a_fresh_process() -> Iterator[None]:
    """A command that was run within a test leaves signals as one does that ends with its process: deadly."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    endings = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(one) for one in endings]
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for one, handler in zip(endings, before, strict=True):
        signal.signal(one, handler)
