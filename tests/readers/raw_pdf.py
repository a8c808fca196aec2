"""PDF objects as bytes in; a PDF file of exactly these objects out, right or wrong."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
HELLO = b"BT /F1 12 Tf 72 700 Td (Hello from a damaged file.) Tj ET"


def raw_pdf(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R", tail: bytes = b"") -> bytes:
    """The objects by number, with a correct cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %c \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<</Size %d %b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out + tail)


def stream(data: bytes, entries: bytes = b"", *, deflate: bool = False) -> bytes:
    """A stream object."""
    if deflate:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<</Length %d %b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def one_page(
    content: bytes = HELLO,
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    deflate: bool = False,
) -> dict[int, bytes]:
    """The objects of a file of one page: 1 catalog, 2 page tree, 3 page, 4 content, 5 font."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R %b>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>> %b>> %b>>" % (resources, page),
        4: stream(content, deflate=deflate),
        5: FONT,
        **(more or {}),
    }
