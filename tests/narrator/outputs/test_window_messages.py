"""Messages survive the pipe, and noise on it is passed over."""

from __future__ import annotations

import io

from narrator.outputs.live_screen import COMMANDS
from narrator.outputs.window_messages import encode, receive
from narrator.stages import Steering


def test_what_is_sent_is_received() -> None:
    pipe = io.BytesIO(encode("notice", text="né\nà") + encode("frame"))
    assert receive(pipe) == {"kind": "notice", "text": "né\nà"}
    assert receive(pipe) == {"kind": "frame"}
    assert receive(pipe) is None


def test_lines_that_are_no_message_are_passed_over() -> None:
    pipe = io.BytesIO(b"qt.qpa: a warning\n[1, 2]\n{}\n\xff\xfe\n" + encode("quit"))
    assert receive(pipe) == {"kind": "quit"}


def test_every_command_is_an_order_of_the_session() -> None:
    assert all(callable(getattr(Steering, command)) for command in COMMANDS)
