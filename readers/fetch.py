"""A web address in; its bytes, type and final address out, within limits of time, size and redirects."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from narrator.errors import SourceError, SourceMissing, SourceRefused, SourceTimeout, SourceUnreadable

if TYPE_CHECKING:
    import httpx

TIME_LIMIT_S = 20.0
"""For everything together: looking up the name, redirects, and the last byte."""
PAGE_BYTES_MAX = 20 * 1024 * 1024
"""Ten times the longest Wikipedia page."""
PDF_BYTES_MAX = 200 * 1024 * 1024
REDIRECTS_MAX = 10
"""Browsers follow 20, curl 50; honest sites need three."""

_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; narrator; reads pages aloud for one person)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_REDIRECT_CODES = (301, 302, 303, 307, 308)
_GONE = (404, 410, 451)
_LOCKED = (401, 402, 403, 407)
_INFLATE_STEP = 256 * 1024  # bytes unpacked at once, so that a bomb never gets far past the cap
_BROWSER_STEP = "Open it in a browser, select the text, copy it, and read the clipboard."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back."""

    data: bytes
    media_type: str
    """Lower case, without parameters; empty when the server does not say."""
    charset: str
    """As the server names it; may be empty or wrong."""
    address: str
    """Where the last redirect led."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """What one fetch may take."""

    time_limit_s: float
    page_bytes_max: int
    given_up: threading.Event
    deadline_s: float
    """On the clock of time.monotonic."""

    def left_s(self) -> float:
        return max(0.1, self.deadline_s - time.monotonic())

    def is_over(self) -> bool:
        return self.given_up.is_set() or time.monotonic() > self.deadline_s


def fetch(address: str, *, time_limit_s: float = TIME_LIMIT_S, page_bytes_max: int = PAGE_BYTES_MAX) -> Fetched:
    """The bytes behind the address. Raises a SourceError within the time limit, whatever the server does."""
    check_address(address)
    limits = _Limits(time_limit_s, page_bytes_max, threading.Event(), time.monotonic() + time_limit_s)
    outcome: list[Fetched | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_follow(address, limits))
        except BaseException as error:  # noqa: BLE001  handed to the caller's thread and raised there
            outcome.append(error)

    # A thread of its own, since looking up a host's name cannot be given a time limit.
    worker = threading.Thread(target=work, name="narrator-fetch", daemon=True)
    worker.start()
    worker.join(time_limit_s + 0.5)
    limits.given_up.set()
    if not outcome:
        raise _too_slow(address, time_limit_s)
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result


def check_address(address: str) -> None:
    """Raises SourceRefused for any scheme but http and https, and for an address without a host."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise SourceRefused("a web address", f"{shown(address)} is not one ({error})", "Check the address.") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise SourceRefused(
            "an http or https address",
            f"{shown(address)} has the scheme {parts.scheme or 'of no'!r}",
            "Give a web address, or the path of a file.",
        )
    if not host:
        raise SourceRefused("an address with a host name", f"{shown(address)} has none", "Check the address.")


def shown(address: str) -> str:
    """The address as it may be printed: no user name, no password, not endless."""
    try:
        parts = urlsplit(address)
        if "@" in parts.netloc:
            address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        pass
    longest = 200
    return address if len(address) <= longest else address[:longest] + "..."


def _follow(address: str, limits: _Limits) -> Fetched:
    import httpx

    place = address
    try:
        with httpx.Client(headers=_HEADERS, follow_redirects=False) as client:
            for _ in range(REDIRECTS_MAX + 1):
                with client.stream("GET", place, timeout=limits.left_s()) as response:
                    target = _redirect_target(response, place)
                    if target is None:
                        _check_status(response, place)
                        return _receive(response, place, limits)
                check_address(target)
                place = target
                client.cookies.clear()
                if limits.is_over():
                    raise _too_slow(address, limits.time_limit_s)
    except httpx.TimeoutException as error:
        raise _too_slow(address, limits.time_limit_s) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise SourceRefused("a web address", f"{shown(place)} is not one ({error})", "Check the address.") from error
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise SourceMissing(
            "an answer from the site", f"{shown(place)} gave none ({reason})", "Check the address and the network."
        ) from error
    raise SourceRefused(
        "a page", f"{shown(address)} redirects more than {REDIRECTS_MAX} times without reaching one", _BROWSER_STEP
    )


def _redirect_target(response: httpx.Response, place: str) -> str | None:
    location: str | None = response.headers.get("location")
    if response.status_code not in _REDIRECT_CODES or not location:
        return None
    try:
        return urljoin(place, location)
    except ValueError as error:
        raise SourceRefused("a web address to be redirected to", "the site named none", _BROWSER_STEP) from error


def _check_status(response: httpx.Response, place: str) -> None:
    code = response.status_code
    if code < 400:  # noqa: PLR2004  RFC 9110: 4xx and 5xx are errors
        return
    came = f"{shown(place)} answers {code} {response.reason_phrase}".rstrip()
    if code in _GONE:
        raise SourceMissing("a page", came, "Check the address.")
    if code in _LOCKED:
        raise SourceRefused("a page anyone may read", came, _BROWSER_STEP)
    raise SourceUnreadable("a page", came, "Try again later.")


def _receive(response: httpx.Response, place: str, limits: _Limits) -> Fetched:
    media_type, charset = _content_type(response)
    data = bytearray()
    for chunk in _unpacked(response, place):
        data += chunk
        is_pdf = media_type == "application/pdf" or data[:1024].find(b"%PDF-") >= 0
        limit = PDF_BYTES_MAX if is_pdf else limits.page_bytes_max
        if len(data) > limit:
            raise SourceRefused(
                f"at most {limit // (1024 * 1024) or 1} MB",
                f"{shown(place)} is larger",
                "Save the part you want and read the file.",
            )
        if limits.is_over():
            raise _too_slow(place, limits.time_limit_s)
    return Fetched(bytes(data), media_type, charset, place)


def _unpacked(response: httpx.Response, place: str) -> Iterator[bytes]:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceUnreadable(
            "a page packed as gzip or not at all", f"{shown(place)} is packed as {encoding!r}", _BROWSER_STEP
        )
    unpacker = zlib.decompressobj(47)  # zlib.h: 32 + 15 finds gzip and zlib headers by itself
    try:
        first = True
        for chunk in response.iter_raw():
            if first and encoding == "deflate" and chunk[:1] != b"\x78":  # some servers leave the zlib header out
                unpacker = zlib.decompressobj(-15)
            first = False
            while chunk:
                yield unpacker.decompress(chunk, _INFLATE_STEP)
                chunk = unpacker.unconsumed_tail
    except zlib.error as error:
        raise SourceUnreadable("a page that unpacks", f"{shown(place)} is damaged ({error})", "Try again.") from error


def _content_type(response: httpx.Response) -> tuple[str, str]:
    media_type, _, parameters = response.headers.get("content-type", "").partition(";")
    charset = ""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'")
    return media_type.strip().lower(), charset


def _too_slow(address: str, limit_s: float) -> SourceError:
    return SourceTimeout(
        f"the page within {limit_s:.3g} s",
        f"{shown(address)} took longer",
        "Try again, or save the page and read the file.",
    )
