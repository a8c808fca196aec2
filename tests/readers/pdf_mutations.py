"""A real PDF and a seed in; the same file with bytes flipped, cut out, spliced or cut off out."""

from __future__ import annotations

import random
import re

_NUMBER = re.compile(rb"\d+")
_ABSURD = (b"0", b"-1", b"4294967295", b"99999999999999999999", b"1e309", b"null", b"[", b"<<", b"(")


def mutated(data: bytes, other: bytes, seed: int) -> bytes:
    """The file changed in one to four ways; other gives material to splice in."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        change = chance.choice((_flip, _cut_off, _cut_out, _repeat, _number, _splice, _swap_word))
        change(changed, other, chance)
        if len(changed) < 16:
            break
    return b"%PDF-1.7\n" + bytes(changed) if b"%PDF-" not in changed[:1024] else bytes(changed)


def _flip(data: bytearray, other: bytes, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 8, 64))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _cut_off(data: bytearray, other: bytes, chance: random.Random) -> None:
    del data[chance.randrange(len(data) // 8, len(data)) :]


def _cut_out(data: bytearray, other: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 20, 500, 5000))]


def _repeat(data: bytearray, other: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((4, 200, 3000))]
    data[start:start] = piece * chance.choice((1, 5, 50))


def _number(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Numbers are lengths, offsets, references, counts: what a parser trusts."""
    places = list(_NUMBER.finditer(data))
    for match in sorted(chance.sample(places, min(len(places), chance.choice((1, 3)))), key=lambda m: -m.start()):
        absurd = chance.choice((*_ABSURD, str(chance.randrange(60)).encode()))
        data[match.start() : match.end()] = absurd


def _splice(data: bytearray, other: bytes, chance: random.Random) -> None:
    start, source = chance.randrange(len(data)), chance.randrange(len(other))
    length = chance.choice((30, 800, 8000))
    data[start : start + length] = other[source : source + length]


def _swap_word(data: bytearray, other: bytes, chance: random.Random) -> None:
    words = (
        b"/Kids",
        b"/Parent",
        b"/Contents",
        b"/Font",
        b"/Length",
        b"/Filter",
        b"/Type",
        b"/Root",
        b"/K",
        b"/ToUnicode",
    )
    word, new = chance.choice(words), chance.choice(words)
    start = data.find(word, chance.randrange(len(data)))
    if start >= 0:
        data[start : start + len(word)] = new
