"""What a PDF parser can stumble over in; what a person is told, or a class to catch, out."""

from __future__ import annotations

import struct
import zlib

from narrator.errors import PasswordNeeded, SourceError, SourceRefused, SourceTimeout, SourceUnreadable

PARSER_FAULTS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What damaged and hostile files make pypdf and pdfminer.six raise besides their own errors."""


class PageTooSlow(BaseException):
    """The time limit of one step ran out; no Exception, so that no parser's own handler swallows it."""


def parser_faults() -> tuple[type[Exception], ...]:
    """Every class to catch round a call into a parser; imports both of them."""
    from pdfminer.psexceptions import PSException
    from pypdf.errors import DependencyError, PyPdfError

    return (*PARSER_FAULTS, PSException, PyPdfError, DependencyError)


def not_a_pdf(path: str) -> SourceError:
    """The file does not begin like a PDF."""
    return SourceRefused(
        "a PDF", f'"{path}" does not begin with "%PDF-"', "Check that the download was complete, or name another file."
    )


def damaged(path: str, reason: str) -> SourceError:
    """It begins like a PDF, but cannot be opened."""
    return SourceUnreadable(
        "a whole PDF",
        f'"{path}" is damaged ({reason})',
        f'Download it again, or try to mend it: "qpdf {path} mended.pdf".',
    )


def password_missing(path: str) -> SourceError:
    """Encrypted, and no password given."""
    return PasswordNeeded(
        "a PDF that is open to all, or its password",
        f'"{path}" is encrypted and no password was given',
        "Give it with --password, or in the environment variable NARRATOR_PDF_PASSWORD.",
    )


def password_wrong(path: str) -> SourceError:
    """Encrypted, and the password does not open it."""
    return PasswordNeeded(
        "the password of the PDF",
        f'the one given does not open "{path}"',
        "Check capitals and keyboard layout, and give it again with --password.",
    )


def encryption_unknown(path: str) -> SourceError:
    """Encrypted in a way no password can open here."""
    return SourceUnreadable(
        "a PDF encrypted with a password",
        f'"{path}" is encrypted in another way (a certificate or a rights server)',
        "Open it in the program it was made for and save or print it without protection.",
    )


def no_text(path: str, pages: int, images: int, unknown_letters: int) -> SourceError:
    """It was read to the end and there was nothing to say."""
    ocr = f'Let OCR add the text first: "ocrmypdf {path} with-text.pdf".'
    if images:
        many = "page is a picture" if pages == 1 else f"{pages} pages are pictures"
        return SourceUnreadable("a PDF with text", f'"{path}" is scanned: its {many} without text', ocr)
    if unknown_letters:
        return SourceUnreadable(
            "a PDF with text", f'the fonts of "{path}" do not say which letters they show', ocr.replace(" first", "")
        )
    return SourceUnreadable("a PDF with text", f'"{path}" has no text on its {pages} pages', ocr)


def broke_off(path: str, page: int) -> SourceError:
    """The parser died in the middle; what came before has been handed over."""
    return SourceUnreadable(
        "a whole PDF",
        f'"{path}" could be read only up to page {page}',
        f'The rest is damaged; try to mend it: "qpdf {path} mended.pdf".',
    )


def too_slow(path: str, page: int, limit_s: float) -> SourceError:
    """The parser met its time limit."""
    where = f"page {page}" if page else "opening it"
    return SourceTimeout(
        f'to read "{path}" in time',
        f"{where} took longer than {limit_s:.0f} s",
        f'The file may be damaged or made to hang readers; try "qpdf {path} mended.pdf".',
    )
