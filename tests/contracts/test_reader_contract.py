"""What every reader guarantees: one suite over files, clipboard, standard input and words."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from narrator.errors import SourceError
from narrator.stages import Reader
from readers.clipboard import ClipboardReader
from readers.clipboard_access import Copied, Desktop
from readers.literal_text import LiteralTextReader
from readers.markdown import MarkdownReader
from readers.pdf import PdfReader
from readers.plain_text import PlainTextReader
from readers.standard_input import StandardInputReader
from readers.web_page import WebPageReader

PDFS = Path(__file__).parents[1] / "readers" / "pdfs"
WORDS = "The keeper of the lighthouse wrote every evening."
CHEAP_S = 0.02
"""A reader is chosen before anything is read: no network, no parsing."""


class CopiedWords(Desktop):
    """A desktop on which these words were copied."""

    def __init__(self, words: str) -> None:
        self._words = words

    def read(self, selection: str) -> Copied:
        return Copied(self._words, "")

    def require_tools(self) -> None:
        """None are needed."""


@dataclass(frozen=True)
class ReaderCase:
    """One reader, something it reads, and the same of which nothing can be read."""

    make: Callable[[str], Reader]
    """From what is found where the source is not a file."""
    source: str
    content: str | Path = WORDS
    empty: str = " \n"


READERS = {
    "page": ReaderCase(lambda _: WebPageReader(), "page.html", f"<p>{WORDS}</p>", "<html></html>"),
    "markdown": ReaderCase(lambda _: MarkdownReader(), "page.md"),
    "text": ReaderCase(lambda _: PlainTextReader(), "page.txt"),
    "pdf": ReaderCase(lambda _: PdfReader(), "page.pdf", PDFS / "letter.pdf"),
    "standard input": ReaderCase(lambda found: StandardInputReader(io.BytesIO(found.encode())), "-"),
    "clipboard": ReaderCase(lambda found: ClipboardReader(CopiedWords(found)), "clipboard"),
    "words": ReaderCase(lambda _: LiteralTextReader(), ""),
}


def source_of(case: ReaderCase, folder: Path, content: str | Path) -> str:
    """What is handed to the reader: a file in the folder, a name, or the words themselves."""
    if not case.source:
        return str(content)
    if "." not in case.source:
        return case.source
    path = folder / case.source
    path.write_bytes(content.read_bytes() if isinstance(content, Path) else content.encode())
    return str(path)


@pytest.fixture(params=READERS)
def case(request: pytest.FixtureRequest) -> ReaderCase:
    return READERS[request.param]


def test_a_reader_knows_its_source_at_once(case: ReaderCase, tmp_path: Path) -> None:
    reader, source = case.make(""), source_of(case, tmp_path, case.content)
    began_s = time.thread_time()
    assert reader.can_read(source)
    assert time.thread_time() - began_s < CHEAP_S
    assert not reader.can_read("" if not case.source else "film.mp4")


def test_there_is_text_in_every_block(case: ReaderCase, tmp_path: Path) -> None:
    passage = case.make(str(case.content)).read(source_of(case, tmp_path, case.content))
    blocks = list(passage.blocks)
    assert blocks
    for block in blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert 0 <= block.position <= block.total or block.total == 0


def test_the_passage_says_where_it_is_from(case: ReaderCase, tmp_path: Path) -> None:
    passage = case.make(str(case.content)).read(source_of(case, tmp_path, case.content))
    assert passage.source
    assert passage.language == passage.language.strip()


def test_what_holds_no_text_is_a_source_error_with_a_next_step(case: ReaderCase, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        list(case.make(case.empty).read(source_of(case, tmp_path, case.empty)).blocks)
    assert caught.value.next_step
    assert "\n" not in str(caught.value)
