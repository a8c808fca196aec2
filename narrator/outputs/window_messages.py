"""What narrator and its window's process say to each other, one JSON object a line.

To the window: open, frames, frame, said, state, notice, quit. From it: loaded, opened, mapped, shown, view, command,
closed.
"""

from __future__ import annotations

import json
from typing import IO, Any

Message = dict[str, Any]


def encode(kind: str, **fields: object) -> bytes:
    """One line."""
    return json.dumps({"kind": kind, **fields}).encode() + b"\n"


def receive(stream: IO[bytes]) -> Message | None:
    """The next message; None when the other side has gone. Lines that are no message are passed over."""
    while line := stream.readline():
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict) and isinstance(message.get("kind"), str):
            return message
    return None
