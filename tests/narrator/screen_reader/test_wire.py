"""Requests come in line by line, sound goes out with its line ends escaped."""

from __future__ import annotations

import io

import pytest

from narrator.screen_reader.wire import Wire


def unescaped(escaped: bytes) -> bytes:
    """As the server reads it."""
    plain, bytes_left = bytearray(), iter(escaped)
    for byte in bytes_left:
        plain.append(next(bytes_left) ^ 0x20 if byte == 0x7D else byte)
    return bytes(plain)


def test_data_ends_with_a_lone_full_stop_and_a_doubled_one_stands_for_itself() -> None:
    wire = Wire(io.BytesIO(b"one\r\n..two\n...\n.\nSTOP\n"), io.BytesIO())
    assert wire.data() == ["one", ".two", ".."]
    assert wire.request() == "STOP"
    assert wire.request() is None


@pytest.mark.parametrize("pcm", [bytes(range(256)), b"\n\n}}\n}", b"\0" * 8])
def test_sound_arrives_as_it_was_whatever_its_bytes(pcm: bytes) -> None:
    sent = io.BytesIO()
    Wire(io.BytesIO(), sent).sound(pcm, 22_050)
    head, _, rest = sent.getvalue().partition(b"705-AUDIO\0")
    body, ending = rest.split(b"\n", 1)
    assert unescaped(body) == pcm
    assert ending == b"705 AUDIO\n"
    assert f"705-num_samples={len(pcm) // 2}\n".encode() in head


def test_a_mark_stays_one_line_whatever_its_name() -> None:
    sent = io.BytesIO()
    Wire(io.BytesIO(), sent).mark("a\n702 END")
    assert sent.getvalue() == b"700-a 702 END\n700 INDEX MARK\n"
