"""A local server that behaves badly in every way in; the right bytes, or one clear line in time, out."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from narrator.errors import SourceError, SourceMissing, SourceRefused, SourceTimeout, SourceUnreadable
from readers.fetch import check_address, fetch, shown

PAGE = b"<html><body><p>Hello there, reader.</p></body></html>"
BOMB = gzip.compress(b"\0" * 64 * 1024 * 1024)


class Handler(BaseHTTPRequestHandler):
    """Each path is one kind of behaviour."""

    seen: list[dict[str, str]] = []

    def do_GET(self) -> None:
        self.seen.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
        with suppress(BrokenPipeError, ConnectionResetError):  # the reader hangs up, as it should
            getattr(self, "do_" + self.path.strip("/"))()

    def answer(self, body: bytes, code: int = 200, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_page(self) -> None:
        self.answer(PAGE, Content_Type='text/html; charset="ISO-8859-1"')

    def do_gzip(self) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def do_deflate(self) -> None:
        raw = zlib.compressobj(wbits=-15)
        self.answer(raw.compress(PAGE) + raw.flush(), Content_Encoding="deflate")

    def do_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def do_stacked(self) -> None:
        self.answer(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")

    def do_torn(self) -> None:
        self.answer(b"\x1f\x8b\x08 no gzip at all", Content_Encoding="gzip")

    def do_redirect(self) -> None:
        self.answer(b"", 302, Location="/page")

    def do_away(self) -> None:
        self.answer(b"", 302, Location=f"http://localhost:{self.headers['Host'].rpartition(':')[2]}/page")

    def do_circle(self) -> None:
        self.answer(b"", 301, Location="/circle")

    def do_local(self) -> None:
        self.answer(b"", 302, Location="file:///etc/passwd")

    def do_missing(self) -> None:
        self.answer(b"", 404)

    def do_locked(self) -> None:
        self.answer(b"", 403)

    def do_broken(self) -> None:
        self.answer(b"", 500)

    def do_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)

    def do_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def do_silent(self) -> None:
        time.sleep(3)

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["page", "gzip", "deflate", "redirect"])
def test_a_page_arrives_whole(site: str, path: str) -> None:
    assert fetch(f"{site}/{path}").data == PAGE


def test_type_charset_and_final_address_are_told(site: str) -> None:
    fetched = fetch(f"{site}/redirect")
    assert (fetched.media_type, fetched.charset, fetched.address) == ("text/html", "ISO-8859-1", f"{site}/page")


@pytest.mark.parametrize(
    ("path", "error", "word"),
    [
        ("missing", SourceMissing, "404"),
        ("locked", SourceRefused, "403"),
        ("broken", SourceUnreadable, "500"),
        ("circle", SourceRefused, "redirects"),
        ("local", SourceRefused, "scheme 'file'"),
        ("endless", SourceRefused, "larger"),
        ("bomb", SourceRefused, "larger"),
        ("stacked", SourceUnreadable, "packed"),
        ("torn", SourceUnreadable, "damaged"),
    ],
)
def test_each_failure_is_one_clear_line(site: str, path: str, error: type[SourceError], word: str) -> None:
    with pytest.raises(error) as caught:
        fetch(f"{site}/{path}", page_bytes_max=1_000_000)
    line = str(caught.value)
    assert word in line
    assert "\n" not in line


@pytest.mark.parametrize("path", ["drip", "silent"])
def test_the_time_limit_holds_against_slow_servers(site: str, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(SourceTimeout):
        fetch(f"{site}/{path}", time_limit_s=0.5)
    assert time.monotonic() - started < 2.5, "the server takes at least 3 s"


def test_nobody_there_is_a_missing_source() -> None:
    with pytest.raises(SourceMissing, match="gave none"):
        fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1"]
)
def test_only_web_addresses_are_fetched(address: str) -> None:
    with pytest.raises(SourceRefused):
        check_address(address)


def test_a_password_in_the_address_is_neither_shown_nor_carried_along(site: str) -> None:
    address = site.replace("http://", "http://ann:secret@") + "/missing"
    with pytest.raises(SourceMissing) as caught:
        fetch(address)
    assert "secret" not in str(caught.value)
    assert shown("https://a:b@example.org/x") == "https://example.org/x"
    Handler.seen.clear()
    fetch(site.replace("http://", "http://ann:secret@") + "/away")
    assert Handler.seen[-1]["path"] == "/page"
    assert "authorization" not in Handler.seen[-1]
