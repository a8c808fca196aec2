"""Hand-made pages of very different build in; their hand-written texts out, close and in order."""

from __future__ import annotations

import random
import re
import threading
import time
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.reading_score import score_reading
from narrator.errors import SourceError, SourceMissing
from readers.html_passage import passage_of_page
from readers.open_source import open_source
from readers.web_page import WebPageReader, full_address, is_address

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))
F1_GOAL = 0.97
FUZZ_ROUNDS = 60
PARSE_LIMIT_S = 10.0


@pytest.mark.parametrize("name", NAMES)
def test_each_page_is_read_as_a_person_would_read_it(name: str) -> None:
    expected = (PAGES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    score = score_reading(expected, [block.text for block in WebPageReader().read(str(PAGES / f"{name}.html")).blocks])
    assert score.f1 >= F1_GOAL, score
    assert score.order_errors == 0


def test_no_citation_mark_cookie_bar_or_share_button_is_left() -> None:
    for name in NAMES:
        text = "\n".join(block.text for block in open_source(str(PAGES / f"{name}.html")).blocks)
        assert not re.search(r"\[\d+\]|\[edit\]|citation needed|\bcookies\b|Share on", text.replace("argv[1]", "")), (
            name
        )


def test_a_page_is_read_from_its_address() -> None:
    handler = partial(QuietHandler, directory=str(PAGES))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        passage = open_source(f"{address}/japanese_shift_jis.html")
        assert passage.language == "ja"
        assert "島田文子さん" in " ".join(block.text for block in passage.blocks)
        with pytest.raises(SourceMissing, match="404"):
            WebPageReader().read(f"{address}/nothing.html")
    finally:
        server.shutdown()
        server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and writes no log."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""


def test_addresses_and_html_files_are_its_own() -> None:
    reader = WebPageReader()
    assert all(map(reader.can_read, ("https://a.b", "HTTP://a.b", "www.a.b/c", "page.HTML", "dir/p.xhtml")))
    assert not any(map(reader.can_read, ("a.pdf", "clipboard", "-", "ftp://a.b/c.html")))
    assert is_address("www.example.org")
    assert full_address("www.example.org") == "https://www.example.org"


@pytest.mark.parametrize("seed", range(3))
def test_mutated_pages_never_crash_or_hang(seed: int) -> None:
    chance = random.Random(seed)
    pages = [(PAGES / f"{name}.html").read_bytes() for name in NAMES]
    for _ in range(FUZZ_ROUNDS // 3):
        mutated = mutate(chance.choice(pages), chance)
        started = time.thread_time()
        with suppress(SourceError):
            blocks = list(passage_of_page(mutated.decode("utf-8", "replace"), "fuzz").blocks)
            assert all(block.text.strip() for block in blocks)
        assert time.thread_time() - started < PARSE_LIMIT_S


def mutate(page: bytes, chance: random.Random) -> bytes:
    """A page with a few things done to it that transfers, editors and attackers do."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(page))
        end = min(len(page), start + chance.randrange(1, 400))
        piece = page[start:end]
        change = chance.randrange(7)
        if change == 0:
            page = page[:start] + page[end:]
        elif change == 1:
            page = page[:start] + piece * chance.randrange(2, 60) + page[start:]
        elif change == 2:
            page = page[:start] + bytes(chance.randrange(256) for _ in range(40)) + page[end:]
        elif change == 3:
            page = (
                page[:start]
                + chance.choice([b"<", b">", b"</", b"<!--", b'"', b"<table>", b"<svg>", b"&#", b"\0"])
                + page[start:]
            )
        elif change == 4:
            page = page[: max(200, start)]
        elif change == 5:
            page = re.sub(rb"</(?:p|div|li|td)>", b"", page, count=chance.randrange(1, 50))
        else:
            tag = chance.choice([b"div", b"ul", b"table", b"b", b"a", b"span"])
            page = page[:start] + (b"<" + tag + b">") * 2000 + page[start:]
    return page
