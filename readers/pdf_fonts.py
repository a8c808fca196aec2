"""Font dictionaries of a PDF in; pdfminer fonts out, mended where a map would be misread.

pdfminer ignores CMaps embedded as a stream, and looks ToUnicode up by CID where ISO 32000-1 (9.10.3) means the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

MAX_CACHED_FONTS = 64
"""Enough for the fonts of neighbouring pages; keeps memory flat over documents with fonts of their own per page."""
MAX_CMAP_CODES = 70_000
"""A CMap maps at most 65,536 two-byte codes; ranges beyond that are an attack."""

_IDENTITY = {"Identity-H", "Identity-V", "OneByteIdentityH", "OneByteIdentityV", "DLIdent-H", "DLIdent-V"}
_BLOCK = re.compile(rb"begin(codespacerange|cidrange|cidchar)\b(.*?)\bend\1", re.S)
_TRIPLE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(\d{1,7})")
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>")
_SINGLE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*(\d{1,7})")
_USE_CMAP = re.compile(rb"/([\w.-]+)\s+usecmap")
_WRITING_MODE = re.compile(rb"/WMode\s+1\b")


class CodeMap:
    """Character codes of one to four bytes to CIDs, as an embedded CMap says."""

    def __init__(self, source: bytes) -> None:
        self.lengths: list[tuple[int, int, int]] = []
        self.cids: dict[tuple[int, int], int] = {}
        self.is_vertical = bool(_WRITING_MODE.search(source))
        for name, body in _BLOCK.findall(source):
            if name == b"codespacerange":
                for low, high in _PAIR.findall(body):
                    self.lengths.append((len(_hex(low)), int.from_bytes(_hex(low)), int.from_bytes(_hex(high))))
            elif name == b"cidchar":
                for code, cid in _SINGLE.findall(body):
                    self.cids[len(_hex(code)), int.from_bytes(_hex(code))] = int(cid)
            else:
                self._add_ranges(body)
        if not self.lengths:
            self.lengths = [(2, 0, 0xFFFF)]

    def _add_ranges(self, body: bytes) -> None:
        for low, high, cid in _TRIPLE.findall(body):
            start, end, length = int.from_bytes(_hex(low)), int.from_bytes(_hex(high)), len(_hex(low))
            for code in range(start, min(end, start + MAX_CMAP_CODES - len(self.cids)) + 1):
                self.cids[length, code] = int(cid) + code - start

    def split(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(length in bytes, code) of each character code in a string."""
        place = 0
        shortest = min(length for length, _, _ in self.lengths) or 1
        while place < len(data):
            for length, low, high in self.lengths:
                code = int.from_bytes(data[place : place + length])
                if length and low <= code <= high and place + length <= len(data):
                    break
            else:
                length = shortest
                code = int.from_bytes(data[place : place + length])
            yield length, code
            place += length


class FontLibrary(PDFResourceManager):
    """Makes each font once, keeps the latest few, and mends composite fonts."""

    def get_font(self, objid: Any, spec: Mapping[str, Any]) -> PDFFont:
        """The font for a font dictionary."""
        font: Any = super().get_font(objid, spec)
        if "DescendantFonts" in spec and not getattr(font, "is_mended", False):
            font.is_mended = True
            _mend(font, spec)
        while len(self._cached_fonts) > MAX_CACHED_FONTS:
            self._cached_fonts.pop(next(iter(self._cached_fonts)))
        return cast(PDFFont, font)


def _mend(font: Any, spec: Mapping[str, Any]) -> None:
    encoding = resolve1(spec.get("Encoding"))
    if isinstance(encoding, PDFStream):
        data = encoding.get_data()
        used = _USE_CMAP.search(data)
        if not _BLOCK.search(data) and used:
            return
        _read_by_code(font, CodeMap(data))
        return
    name = literal_name(encoding) if isinstance(encoding, PSLiteral) else ""
    if name and name not in _IDENTITY and "ToUnicode" in spec and font.unicode_map is not None:
        # A predefined CMap turns codes into CIDs, but ToUnicode is keyed by code: keep the collection's own map.
        _prefer_collection(font, spec)


def _read_by_code(font: Any, code_map: CodeMap) -> None:
    """Makes the font decode through the embedded CMap and look characters up by their code."""
    code_of: dict[int, int] = {}
    by_code = font.unicode_map

    def decode(data: bytes) -> Iterator[int]:
        for length, code in code_map.split(data):
            cid = code_map.cids.get((length, code), 0)
            code_of.setdefault(cid, code)
            yield cid

    def to_unichr(cid: int) -> str:
        try:
            return str(by_code.get_unichr(code_of.get(cid, cid)))
        except (KeyError, AttributeError) as error:
            raise PDFUnicodeNotDefined(font.cidcoding, cid) from error

    font.decode = decode
    font.to_unichr = to_unichr
    font.vertical = code_map.is_vertical


def _prefer_collection(font: Any, spec: Mapping[str, Any]) -> None:
    from pdfminer.cmapdb import CMapDB

    try:
        collection = CMapDB.get_unicode_map(font.cidcoding, font.is_vertical())
    except (CMapDB.CMapNotFound, KeyError, IndexError):
        return
    descendants = list_value(spec["DescendantFonts"])
    if descendants:
        font.unicode_map = collection


def _hex(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
