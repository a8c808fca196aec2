"""The bytes of a damaged PDF in; a PDF with a new table over the objects that are still whole out.

Nothing of the old table or trailer is believed, except where the document is encrypted and its keys are needed.
"""

from __future__ import annotations

import re
import zlib

MAX_REPAIR_BYTES = 48 << 20
"""Larger files are not copied in memory."""
MAX_UNPACKED_BYTES = 16 << 20
"""Of all object streams together."""
MAX_OBJECT_NUMBER = 2_000_000

_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s+(\d{1,5})\s+obj\b")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_COUNT = re.compile(rb"/N\s+(\d{1,6})")
_FIRST = re.compile(rb"/First\s+(\d{1,8})")
_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PAGES = re.compile(rb"/Pages\s+(\d{1,7})\s+\d{1,5}\s+R")
_ENCRYPT = re.compile(rb"/Encrypt\s+\d{1,7}\s+\d{1,5}\s+R")
_IDENTITY = re.compile(rb"/ID\s*\[[^\]]{0,400}\]")
_HEAD_BYTES = 2000
"""How much of an object is searched for its type."""


def repaired(data: bytes) -> bytes | None:
    """The file with a new table; None where there is not even one page left."""
    out = bytearray(data)
    out += b"\nendstream\nendobj\n"  # closes whatever the end of the file cut
    places: dict[int, int] = {}
    for match in _OBJECT.finditer(data):
        places[int(match.group(1))] = match.start()  # the last one counts, as after an incremental update
    _unpack_object_streams(data, places, out)
    heads = {number: _head(out, place) for number, place in places.items() if number <= MAX_OBJECT_NUMBER}
    pages = [number for number, head in heads.items() if _PAGE.search(head)]
    if not pages:
        return None
    root = next((n for n, head in heads.items() if _CATALOG.search(head) and _has_pages(head, heads)), None)
    if root is None:
        root = _add_catalog(out, places, pages)
    _add_table(out, places, root, _keys(data))
    return bytes(out)


def _head(data: bytearray, place: int) -> bytes:
    """An object's dictionary, or what of it is short enough to be one."""
    head = bytes(data[place : place + _HEAD_BYTES])
    end = re.search(rb"\bendobj\b|\bstream\r?\n", head)
    return head[: end.start()] if end else head


def _has_pages(catalog: bytes, heads: dict[int, bytes]) -> bool:
    found = _PAGES.search(catalog)
    return bool(found) and b"/Kids" in heads.get(int(found.group(1)) if found else 0, b"")


def _unpack_object_streams(data: bytes, places: dict[int, int], out: bytearray) -> None:
    """Writes the objects of compressed object streams out as plain ones."""
    left = MAX_UNPACKED_BYTES
    for place in sorted(places.values()):
        head = data[place : place + _HEAD_BYTES]
        start = _STREAM.search(head)
        count, first = _COUNT.search(head), _FIRST.search(head)
        if not (start and count and first and _OBJECT_STREAM.search(head[: start.start()])):
            continue
        unpacked = _inflated(data[place + start.end() :], left)
        left -= len(unpacked)
        numbers = unpacked[: int(first.group(1))].split()[: 2 * int(count.group(1))]
        pairs = [(int(a), int(b)) for a, b in zip(numbers[::2], numbers[1::2], strict=False) if (a + b).isdigit()]
        ends = [*(start for _, start in pairs[1:]), len(unpacked)][: len(pairs)]
        for (number, begin), end in zip(pairs, ends, strict=True):
            if number in places or number > MAX_OBJECT_NUMBER:
                continue
            base = int(first.group(1))
            places[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, unpacked[base + begin : base + end])


def _inflated(data: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, max(limit, 1))
    except zlib.error:
        return b""


def _add_catalog(out: bytearray, places: dict[int, int], pages: list[int]) -> int:
    """A catalog and page tree over all pages found, in the order they stand in the file."""
    root = max(places) + 1
    places[root] = len(out)
    out += b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, root + 1)
    places[root + 1] = len(out)
    kids = b" ".join(b"%d 0 R" % number for number in sorted(pages, key=lambda n: places[n]))
    out += b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%b]>>\nendobj\n" % (root + 1, len(pages), kids)
    return root


def _keys(data: bytes) -> bytes:
    encryption, identity = _ENCRYPT.search(data), _IDENTITY.search(data)
    return (encryption.group() if encryption else b"") + (identity.group() if identity else b"")


def _add_table(out: bytearray, places: dict[int, int], root: int, keys: bytes) -> None:
    start = len(out)
    out += b"xref\n"
    for number in sorted(n for n in places if n <= MAX_OBJECT_NUMBER):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    out += b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, root, keys, start)
