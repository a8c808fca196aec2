"""Tests cannot leave this machine, and meet the same random numbers each time."""

from __future__ import annotations

import random
import socket

import numpy as np
import pytest

from tests.isolation import SEED, NetworkUsedError


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_a_foreign_address_is_refused(host: str) -> None:
    with pytest.raises(NetworkUsedError):
        socket.create_connection((host, 80), timeout=1)


def test_a_foreign_socket_is_refused_without_a_name_too() -> None:
    with socket.socket() as sock, pytest.raises(NetworkUsedError):
        sock.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_chance_is_the_same_in_every_test() -> None:
    assert random.random() == random.Random(SEED).random()
    assert np.random.random() == np.random.RandomState(SEED).random_sample()
