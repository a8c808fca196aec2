"""A PDF's structure tree in; its elements one by one with standard roles out, loops or not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import decode_text

log = logging.getLogger(__name__)

MAX_ROLE_STEPS = 8
"""Role maps point to standard types in one or two steps; more is a loop."""
MAX_KIDS = 100_000
MAX_OBJECT_NUMBER = 8_388_607
"""ISO 32000-1, table C.1: the largest number of indirect objects."""
MAX_ALTERNATIVE_LETTERS = 4000

_SAME_AS = {
    "Title": "H1",
    "FENote": "Note",
    "Em": "Span",
    "Strong": "Span",
    "Sub": "Span",
    "DocumentFragment": "Div",
    "Aside": "Div",
}
"""PDF 2.0 types (ISO 32000-2, 14.8.4) as the PDF 1.7 types that are read the same way."""


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of marked content: which page, which form on it, which number."""

    page_id: int
    form: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Element:
    """One structure element."""

    role: str
    attributes: dict[str, Any]
    page_id: int
    """Object number of the page its numbers refer to, inherited; 0 when unknown."""
    language: str

    def words(self, name: str) -> str | None:
        """Its Alt, ActualText or E entry as text; None where it has none."""
        value = resolve1(self.attributes.get(name))
        if isinstance(value, bytes):
            value = decode_text(value)
        return " ".join(value[:MAX_ALTERNATIVE_LETTERS].split()) if isinstance(value, str) else None


class StructureTree:
    """Gives an element's kids in order, each element of the file once."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        root = resolve1(catalog.get("StructTreeRoot"))
        self._root: dict[str, Any] = root if isinstance(root, dict) else {}
        roles = resolve1(self._root.get("RoleMap"))
        self._roles: dict[str, Any] = roles if isinstance(roles, dict) else {}
        self._seen = bytearray()

    def __bool__(self) -> bool:
        return "K" in self._root

    def top(self) -> Element:
        """The root as an element without a role."""
        return Element("", self._root, 0, "")

    def kids(self, parent: Element) -> Iterator[Element | Content]:
        """Elements and marked content directly inside an element; damaged kids are left out."""
        entry = parent.attributes.get("K")
        kids = resolve1(entry)
        for kid in kids[:MAX_KIDS] if isinstance(kids, list) else [entry]:
            if isinstance(kid, PDFObjRef) and not self._is_new(kid.objid):
                log.info("structure element %d occurs twice; its second place is left out", kid.objid)
                continue
            found = self._kid(resolve1(kid), parent)
            if found is not None:
                yield found

    def _kid(self, kid: Any, parent: Element) -> Element | Content | None:
        if isinstance(kid, int):
            return Content(parent.page_id, 0, kid)
        if not isinstance(kid, dict):
            return None
        page = kid.get("Pg")
        page_id = page.objid if isinstance(page, PDFObjRef) else parent.page_id
        kind = resolve1(kid.get("Type"))
        name = literal_name(kind) if isinstance(kind, PSLiteral) else ""
        if name == "OBJR":
            return None
        if name == "MCR" or ("MCID" in kid and "S" not in kid):
            return _reference(kid, page_id)
        role = resolve1(kid.get("S"))
        if not isinstance(role, PSLiteral):
            return None
        language = resolve1(kid.get("Lang"))
        spoken = decode_text(language).strip() if isinstance(language, bytes) else parent.language
        return Element(self._standard(literal_name(role)), kid, page_id, spoken)

    def _standard(self, role: str) -> str:
        for _ in range(MAX_ROLE_STEPS):
            mapped = resolve1(self._roles.get(role))
            if not isinstance(mapped, PSLiteral) or literal_name(mapped) == role:
                break
            role = literal_name(mapped)
        return _SAME_AS.get(role, role)

    def _is_new(self, number: int) -> bool:
        """Marks an object as met; a bit each, so that a million elements take 128 KiB."""
        if not 0 <= number <= MAX_OBJECT_NUMBER:
            return False
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._seen):
            self._seen.extend(bytes(place + 1024 - len(self._seen)))
        if self._seen[place] & bit:
            return False
        self._seen[place] |= bit
        return True


def _reference(kid: dict[str, Any], page_id: int) -> Content | None:
    mcid = resolve1(kid.get("MCID"))
    stream = kid.get("Stm")
    form = stream.objid if isinstance(stream, (PDFObjRef, PDFStream)) else 0
    return Content(page_id, form or 0, mcid) if isinstance(mcid, int) else None
