"""A PDF file and a password in; its title, language, outline and pages, one at a time, out.

pypdf is the door: it opens, decrypts, and knows metadata and outline. pdfminer.six then reads the pages.
"""

from __future__ import annotations

import io
import logging
import re
import weakref
from collections.abc import Iterator
from typing import Any, BinaryIO

from readers import pdf_faults
from readers.pdf_drawing import glyphs_of
from readers.pdf_glyphs import PageGlyphs
from readers.pdf_repair import MAX_REPAIR_BYTES, repaired

log = logging.getLogger(__name__)

MAX_OUTLINE_ENTRIES = 2000
MAX_OUTLINE_DEPTH = 12
MAX_TITLE_LETTERS = 300
MAX_XMP_BYTES = 1 << 20
TAIL_BYTES = 1 << 16
"""Where the end of a PDF is looked for; 1,024 bytes would do for files without rubbish after them."""
MAX_PARENTS = 20
"""Levels of a page tree; a balanced one of 10,000 pages has 4."""
MAX_PAGES = 50_000
"""The longest PDFs in libraries have about 10,000 pages."""
CACHED_OBJECTS = 3000
"""Parsed objects kept: those of some dozens of pages."""

_PROGRAM_PREFIX = re.compile(r"^Microsoft \w+ - ")
_FILE_NAME = re.compile(r"\.(?:docx?|odt|tex|dvi|indd|qxd|pptx?|xlsx?|rtf|pdf|html?)$", re.I)
_UNTITLED = re.compile(r"^(?:untitled|unbenannt|sans titre|document\d*|\(anonymous\)|unspecified|print|none)$", re.I)
_XMP_TITLE = re.compile(rb"<dc:title>.{0,400}?<rdf:li[^>]{0,100}>([^<]{1,900})</rdf:li>", re.S)


class PdfDocument:
    """One open PDF. Parser errors of its methods are the caller's to catch, page by page."""

    def __init__(self, path: str, password: str | None) -> None:
        self._file: BinaryIO = open(path, "rb")  # noqa: SIM115 - open as long as the document
        self.close = weakref.finalize(self, self._file.close)
        self.path = path
        self.title = self.language = ""
        self.is_mended = False
        self.outline: tuple[tuple[int, str], ...] = ()
        self._refuse_endless()
        self._enter(password)
        self._open_pages(password or "")

    def _refuse_endless(self) -> None:
        """A large file without its end would be searched for minutes, and a copy to repair does not fit in memory."""
        size = self._file.seek(0, io.SEEK_END)
        self._file.seek(max(0, size - TAIL_BYTES))
        if size > MAX_REPAIR_BYTES and b"startxref" not in self._file.read():
            raise pdf_faults.damaged(self.path, "its end is missing")
        self._file.seek(0)

    def _enter(self, password: str | None) -> None:
        """Opens by pypdf; only a password fault ends here, since pdfminer may open what pypdf cannot."""
        from pypdf import PdfReader

        try:
            reader = PdfReader(self._file, strict=False)
            if reader.is_encrypted and not reader.decrypt(password or ""):
                raise pdf_faults.password_wrong(self.path) if password else pdf_faults.password_missing(self.path)
            root: Any = reader.trailer["/Root"]
        except pdf_faults.parser_faults() as fault:
            log.info("pypdf cannot open it: %s", fault)
            return
        for name, read in (("title", _title), ("language", _language), ("outline", _outline)):
            try:
                setattr(self, name, read(reader, root))
            except pdf_faults.parser_faults() as fault:
                log.info("its %s cannot be read: %s", name, fault)

    def _open_pages(self, password: str) -> None:
        from readers.pdf_fonts import FontLibrary

        self.fonts = FontLibrary()
        self._password = password
        try:
            self._mine(self._file)
            self.has_page(0)
        except pdf_faults.parser_faults() as fault:
            log.info("it cannot be opened as it is: %s", fault)
            if not self._mend():
                raise
        if not self._found:
            self._mend()

    def _mine(self, file: BinaryIO) -> None:
        """Opens a file by pdfminer."""
        from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFParser

        self._found: list[Any] = []
        try:
            self.miner = PDFDocument(PDFParser(file), password=self._password)
        except PDFPasswordIncorrect as fault:
            wrong = pdf_faults.password_wrong if self._password else pdf_faults.password_missing
            raise wrong(self.path) from fault
        except PDFEncryptionError as fault:
            raise pdf_faults.encryption_unknown(self.path) from fault
        self._coming = self._pages()

    def _mend(self) -> bool:
        """Opens a repaired copy instead, in memory; False where there is nothing to repair."""
        self._file.seek(0)
        data = self._file.read(MAX_REPAIR_BYTES + 1)
        mended = repaired(data) if len(data) <= MAX_REPAIR_BYTES else None
        if mended is None:
            return False
        log.warning("it is damaged; what is still whole of it is read")
        self._mine(io.BytesIO(mended))
        self.is_mended = True
        return True

    def _pages(self) -> Iterator[Any]:
        from pdfminer.pdfpage import PDFPage

        for count, page in enumerate(PDFPage.create_pages(self.miner)):
            if count >= MAX_PAGES:
                log.warning("only the first %d pages are read", MAX_PAGES)
                return
            yield page

    def has_page(self, index: int) -> bool:
        """Whether there is a page of that 0-based index; walks the page tree no further than that."""
        while len(self._found) <= index:
            page = next(self._coming, None)
            if page is None:
                return False
            self._found.append((page.pageid, page.attrs))
        return True

    def page_index(self, object_number: int) -> int | None:
        """0-based place of the page that is this object."""
        index = 0
        while self.has_page(index):
            if self._found[index][0] == object_number:
                return index
            index += 1
        return None

    def glyphs(self, index: int) -> PageGlyphs:
        """What is drawn on a page."""
        from pdfminer.pdfpage import PDFPage

        object_number, attributes = self._found[index]
        page = PDFPage(self.miner, object_number, _with_inherited(attributes), None)
        try:
            return glyphs_of(page, self.fonts)
        finally:
            self._forget()

    def _forget(self) -> None:
        """Keeps memory flat: parsed objects are dropped once there are many; they can be parsed again."""
        if len(self.miner._cached_objs) > CACHED_OBJECTS:
            self.miner._cached_objs.clear()
        if len(self.miner._parsed_objs) > CACHED_OBJECTS // 100:  # object streams hold about 100 objects each
            self.miner._parsed_objs.clear()


def _with_inherited(attributes: dict[str, Any]) -> dict[str, Any]:
    """A page's attributes with what its parents give it: a repaired page tree has lost them."""
    from pdfminer.pdftypes import resolve1

    whole, parent = dict(attributes), attributes
    for _ in range(MAX_PARENTS):
        if "Resources" in whole and "MediaBox" in whole:
            break
        parent = resolve1(parent.get("Parent"))
        if not isinstance(parent, dict):
            break
        for name in ("Resources", "MediaBox", "CropBox", "Rotate"):
            if name in parent:
                whole.setdefault(name, parent[name])
    return whole


def _title(reader: Any, root: Any) -> str:
    information = reader.metadata
    title = str(information.title or "") if information is not None else ""
    title = _PROGRAM_PREFIX.sub("", " ".join(title.replace("\x00", "").split()))
    if not title and "/Metadata" in root:
        found = _XMP_TITLE.search(root["/Metadata"].get_data()[:MAX_XMP_BYTES])
        title = " ".join(found.group(1).decode("utf-8", "replace").split()) if found else ""
    if _UNTITLED.match(title) or (_FILE_NAME.search(title) and " " not in title):
        return ""
    return title[:MAX_TITLE_LETTERS]


def _language(reader: Any, root: Any) -> str:
    language = str(root.get("/Lang", "") or "").strip()
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*", language) else ""


def _outline(reader: Any, root: Any) -> tuple[tuple[int, str], ...]:
    """(level, heading) pairs, each entry once even where the tree bites its tail."""
    entries: list[tuple[int, str]] = []
    outlines: Any = root.get("/Outlines")
    outlines = outlines.get_object() if outlines is not None else None
    if not hasattr(outlines, "raw_get") or "/First" not in outlines:
        return ()
    seen: set[int] = set()
    waiting = [(1, outlines.raw_get("/First"))]
    while waiting and len(entries) < MAX_OUTLINE_ENTRIES:
        level, reference = waiting.pop()
        number = getattr(reference, "idnum", None)
        entry: Any = reference.get_object()
        if number in seen or not hasattr(entry, "raw_get"):
            continue
        if number is not None:
            seen.add(number)
        title = " ".join(str(entry.get("/Title", "")).split())[:MAX_TITLE_LETTERS]
        if title:
            entries.append((level, title))
        if "/Next" in entry:
            waiting.append((level, entry.raw_get("/Next")))
        if "/First" in entry and level < MAX_OUTLINE_DEPTH:
            waiting.append((level + 1, entry.raw_get("/First")))
    return tuple(entries)
