"""Keys of a terminal ask for what they stand for, and anything else for nothing."""

from __future__ import annotations

import pytest

from narrator.outputs.terminal_keys import TerminalKeys


@pytest.mark.parametrize(
    ("pressed", "wanted"),
    [
        (b" ", ["pause"]),
        (b"n", ["next"]),
        (b"P", ["previous"]),
        (b"r", ["replay"]),
        (b"\x1b", ["stop"]),
        (b"q", ["close"]),
        (b"f", ["framing"]),
        (b"x", []),
        (b"\x1b[A", []),
    ],
)
def test_each_key_has_its_command(pressed: bytes, wanted: list[str]) -> None:
    asked: list[str] = []
    TerminalKeys(asked.append)._obey(pressed)
    assert asked == wanted


def test_the_space_bar_goes_on_after_a_pause() -> None:
    asked: list[str] = []
    keys = TerminalKeys(asked.append)
    keys.is_paused = True
    keys._obey(b" ")
    assert asked == ["resume"]
