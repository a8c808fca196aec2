"""Lines come out whole whatever the pieces they arrive in, and what is no object is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.remote.lines import LineBuffer, NoLine, decode, encode


@given(st.lists(st.dictionaries(st.text(), st.text()), max_size=6), st.integers(1, 9))
def test_lines_come_out_as_they_went_in_whatever_the_pieces(lines: list[dict[str, str]], size: int) -> None:
    data = b"".join(encode(line) for line in lines)
    buffer = LineBuffer()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert [decode(raw) for piece in pieces for raw in buffer.lines(piece)] == lines


@pytest.mark.parametrize("raw", [b"{", b"[1]", b"3", b'"x"', b"\xff\xfe", b"null", b"[" * 60_000])
def test_what_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(NoLine):
        decode(raw)


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    buffer = LineBuffer(limit=1000)
    for _ in range(10):
        assert list(buffer.lines(b"x" * 100)) == []
    with pytest.raises(NoLine):
        list(buffer.lines(b"x"))
