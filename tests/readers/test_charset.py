"""Bytes in every encoding that pages still use in; the text that was written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.charset import binary_kind, decode_text

GERMAN = "Die Gärtner über dem Fluß grüßen: „Äpfel für alle“ – und Öl."
RUSSIAN = "В тихом городе у реки старый мастер каждый вечер чинит часы и поёт."
JAPANESE = "港町で百年ぶりに朝市が開かれ、若い漁師たちも店を出した。魚のにおいがした。"
CHINESE = "每个星期日的早上五点，渔港前面的街道上排列着大约四十家店铺。"
KOREAN = "매주 일요일 새벽 다섯 시에 항구 앞 거리에 마흔 개쯤의 가게가 줄을 선다."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_german_is_read_without_being_told_the_encoding(encoding: str) -> None:
    assert decode_text(GERMAN.encode(encoding)) == GERMAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (JAPANESE, "iso2022_jp")]
    + [(CHINESE, "gb18030"), (CHINESE, "big5"), (KOREAN, "cp949")],
)
def test_other_scripts_are_read_without_being_told(text: str, encoding: str) -> None:
    text = text if encoding != "big5" else "每個星期日的早上五點漁港前面的街道上排列著大約四十家店舖"
    assert decode_text((text * 4).encode(encoding)) == text * 4


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("latin1", "cp1252"), ("ISO-8859-15", "iso8859-15")],
)
def test_the_servers_word_is_taken_as_browsers_take_it(declared: str, encoding: str) -> None:
    text = GERMAN.replace("„", "").replace("“", "").replace("–", "-")
    assert decode_text(text.encode(encoding), declared) == text


def test_the_pages_own_word_is_taken() -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>{RUSSIAN}'
    assert RUSSIAN in decode_text(page.encode("cp1251"))


@pytest.mark.parametrize(
    "lie", ["iso-8859-1", "shift_jis", "x-user-defined", "rot13", "utf-7", "idna", "nonsense", "\x00"]
)
def test_a_wrong_word_does_not_spoil_utf8(lie: str) -> None:
    assert decode_text(GERMAN.encode(), lie) == GERMAN


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    damaged = (GERMAN * 40).encode() + b"\xff\xfe"
    assert decode_text(damaged).startswith(GERMAN)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04aaaa", "ZIP"),
        (b"\x7fELF\x02", "program"),
        (b"\0\0\0 ftypisom", "video"),
    ]
    + [(bytes(range(256)) * 4, "binary")],
)
def test_binary_files_are_named(data: bytes, kind: str) -> None:
    assert kind in binary_kind(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252", "utf-32"])
def test_text_is_not_taken_for_binary(encoding: str) -> None:
    assert binary_kind(GERMAN.encode(encoding)) == ""


@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_give_some_text(data: bytes, declared: str) -> None:
    decode_text(data, declared).encode("utf-8", "replace")
    binary_kind(data)
