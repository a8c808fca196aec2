"""Bytes of a page or text file in; the text out, whatever encoding it was written in."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Labels mean what browsers take them for (WHATWG Encoding Standard, section 4.2), where Python's codec is narrower.
_BROWSER_MEANING = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^<>]{0,300}?(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?\s{0,4}([A-Za-z0-9_:.-]{2,40})", re.I
)
_META_WITHIN = 16_384  # browsers look at the first 1024 bytes; pages that break the rule are common
_SAMPLE = 65_536  # bytes shown to the guesser: more does not change its mind
_BROKEN_SHARE_MAX = 0.002  # share of bytes that may be damaged in text that otherwise is what it says
_CONTROL_SHARE_MAX = 0.02
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_ASCII_LETTERS = re.compile(rb"[A-Za-z]")
_LATIN_SHARE_MAX, _LATIN_RUN_MAX = 0.35, 2.0  # Vietnamese and Czech reach 0.3; Cyrillic and Chinese run on
# What is left in use beside UTF-8; with all of Python's tables to choose from, short texts come out as Arabic DOS.
_LATIN = ["cp1252", "cp1250", "cp1254", "cp1257", "cp1258"]
_OTHERS = [
    "cp1251",
    "koi8_r",
    "cp866",
    "cp1253",
    "cp1255",
    "cp1256",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
]
_NULS_UTF16 = 0.2  # every second byte of ASCII text in UTF-16 is zero

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"RIFF", "a sound or picture file"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format", "a database"),
)


def decode_text(data: bytes, declared: str = "") -> str:
    """The text; never fails. declared is the charset the server named, if any."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff")
    meta = _META_CHARSET.search(data[:_META_WITHIN])
    candidates = [_codec(declared), _codec(meta.group(1).decode("ascii")) if meta else ""]
    if _is_utf8(data):
        return data.decode("utf-8", "replace")
    for name in filter(None, candidates):
        text = data.decode(name, "replace")
        if text.count("\ufffd") <= max(1, _BROKEN_SHARE_MAX * len(data)):
            return text
    return data.decode(_guess(data), "replace")


def binary_kind(data: bytes) -> str:
    """What the bytes are when they are no text ("a PNG picture"); empty for text in any encoding."""
    head = data[:_SAMPLE]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp":
        return "a video or sound file"
    if not head or any(head.startswith(mark) for mark, _ in _BOMS) or _utf16_order(head):
        return ""
    controls = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1b\x08")
    return "binary data" if controls > _CONTROL_SHARE_MAX * len(head) or b"\x00\x00\x00" in head else ""


def _is_utf8(data: bytes) -> bool:
    """True for UTF-8, also where a page was cut or a few bytes of it are damaged; ASCII with escapes is not."""
    if b"\x1b" in data and b"\x1b$" in data:  # ISO-2022-JP is ASCII bytes with escapes
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        broken = data.decode("utf-8", "replace").count("\ufffd")
        high = sum(data.count(byte) for byte in range(0xC2, 0xF5))  # lead bytes of sequences
        return high > 0 and broken <= 0.02 * high  # noqa: PLR2004  legacy text breaks nearly every time
    return b"\x00" not in data or not _utf16_order(data)


def _codec(label: str) -> str:
    """Python's codec for a charset label, as browsers take it; empty for an unknown one."""
    label = label.strip().strip("\"'").lower().replace("x-sjis", "shift_jis").replace("x-x-big5", "big5")
    label = {"unicode": "utf-8", "utf8mb4": "utf-8", "windows-31j": "cp932", "ks_c_5601-1987": "cp949"}.get(
        label, label
    )
    try:
        info = codecs.lookup(label)
        b"".decode(label)  # refuses codecs that turn no bytes into text, such as rot13
    except (LookupError, ValueError, UnicodeError, AssertionError):
        return ""
    if not getattr(info, "_is_text_encoding", True) or info.name in (
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
    ):
        return ""
    return _BROWSER_MEANING.get(info.name, info.name)


def _guess(data: bytes) -> str:
    order = _utf16_order(data[:_SAMPLE])
    if order:
        return order
    if b"\x1b$" in data[:_SAMPLE]:
        return "iso2022_jp"
    from charset_normalizer import from_bytes

    best = from_bytes(_sample(data), cp_isolation=_LATIN if _is_latin(_sample(data)) else _OTHERS).best()
    name = _codec(best.encoding) if best is not None else ""
    return name if name and _looks_written(_sample(data).decode(name, "replace")) else "cp1252"


def _sample(data: bytes) -> bytes:
    """Lines with bytes beyond ASCII first: the rest tells a guesser nothing."""
    telling = [line for line in data[: 16 * _SAMPLE].splitlines() if not line.isascii()]
    return b"\n".join(telling)[:_SAMPLE] or data[:_SAMPLE]


def _is_latin(sample: bytes) -> bool:
    """True where bytes beyond ASCII are few and stand alone, as accented letters do among plain ones."""
    runs = _HIGH_BYTES.findall(sample)
    high = sum(map(len, runs))
    letters = high + len(_ASCII_LETTERS.findall(sample))
    return high < _LATIN_SHARE_MAX * letters and high < _LATIN_RUN_MAX * len(runs)


def _looks_written(text: str) -> bool:
    beyond = [character for character in text if not character.isascii()]
    letters = sum(1 for character in beyond if unicodedata.category(character)[0] in "LMPZ")
    return not beyond or letters >= 0.8 * len(beyond)  # noqa: PLR2004  a wrong table gives symbols and boxes


def _utf16_order(head: bytes) -> str:
    if len(head) < 4:  # noqa: PLR2004  two characters
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > _NULS_UTF16 * len(head) and even < odd // 4:
        return "utf-16-le"
    if even > _NULS_UTF16 * len(head) and odd < even // 4:
        return "utf-16-be"
    return ""
