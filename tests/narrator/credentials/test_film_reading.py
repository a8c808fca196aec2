"""Credentials that are read back say what was signed; a single changed byte is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narrator.credentials.film_reading import Credentials, State, read_credentials
from narrator.credentials.film_signing import sign_film
from narrator.credentials.provenance import PICTURE, Provenance
from tests.isolation import SEED

MADE_FROM = Provenance("mona", PICTURE, ("espeak",), ("rules",))


@pytest.fixture
def signed(film: Path, tmp_path: Path) -> Path:
    target = tmp_path / "signed.mp4"
    sign_film(film, target, MADE_FROM, tmp_path / "key")
    return target


def test_they_say_who_is_seen_and_heard_and_how_it_was_made(signed: Path, tmp_path: Path) -> None:
    read = read_credentials(signed, tmp_path / "key")
    assert (read.state, read.signed_here, read.fault) == (State.VALID, True, "")
    assert read.generator.startswith("narrator 0")
    assert (read.source_type, read.presenter, read.voice) == ("compositeSynthetic", "mona", "espeak")
    for words in ("valid", "narrator", "presenter mona, made from a picture", "face moved by rules", "your own key"):
        assert words in read.in_plain_words


def test_another_user_sees_that_it_is_whole_but_not_whose_key_it_was(signed: Path, tmp_path: Path) -> None:
    read = read_credentials(signed, tmp_path / "nobody")
    assert (read.state, read.signed_here) == (State.VALID, False)
    assert "not your own" in read.in_plain_words


def test_a_film_without_any_says_so(film: Path, tmp_path: Path) -> None:
    assert read_credentials(film, tmp_path / "key").state is State.ABSENT


def flipped(whole: bytes, place: int) -> bytes:
    return whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]


def test_any_byte_changed_in_picture_sound_or_captions_is_told(signed: Path, tmp_path: Path) -> None:
    whole, changed = signed.read_bytes(), tmp_path / "changed.mp4"
    for place in np.random.default_rng(SEED).integers(end_of_credentials(whole), len(whole), 60):
        changed.write_bytes(flipped(whole, int(place)))
        assert read_credentials(changed, tmp_path / "key").state is State.TAMPERED, place


def test_changed_credentials_are_never_believed(signed: Path, tmp_path: Path) -> None:
    """Some bytes of their box mean nothing (padding, labels of its container): then it says what it said before."""
    whole, changed = signed.read_bytes(), tmp_path / "changed.mp4"
    before = read_credentials(signed, tmp_path / "key")
    states = set()
    for place in np.random.default_rng(SEED).integers(32, end_of_credentials(whole), 120):
        changed.write_bytes(flipped(whole, int(place)))
        read = read_credentials(changed, tmp_path / "key")
        states.add(read.state)
        assert read.state is not State.VALID or read == before, place
    assert State.TAMPERED in states


def test_a_film_cut_short_is_told(signed: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.mp4"
    short.write_bytes(signed.read_bytes()[:-500])
    assert read_credentials(short, tmp_path / "key").state is State.TAMPERED


def test_what_a_foreign_film_says_cannot_steer_a_terminal(film: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.mp4"
    sign_film(
        film, hostile, Provenance("\x1b[2Jada\r\n" + "x" * 5000, PICTURE, ("\x9b31m",), ("\x1b[0m",)), tmp_path / "key"
    )
    line = read_credentials(hostile, tmp_path / "key").in_plain_words
    assert line.isprintable()
    assert len(line) < 600


def test_another_kind_of_file_carries_none(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(b"not a film at all" * 100)
    assert read_credentials(tmp_path / "x.mp4", tmp_path).state is not State.VALID


def test_a_tampered_film_is_told_in_plain_words() -> None:
    told = Credentials(State.TAMPERED, generator="narrator 0.1.0", fault="assertion.bmffHash.mismatch").in_plain_words
    assert told.startswith("tampered: the film or its credentials were changed after it was made with narrator 0.1.0")


def end_of_credentials(whole: bytes) -> int:
    """ftyp comes first, which C2PA leaves out of the signature, then the box of the credentials."""
    ftyp = int.from_bytes(whole[:4], "big")
    assert whole[ftyp + 4 : ftyp + 8] == b"uuid"
    return ftyp + int.from_bytes(whole[ftyp : ftyp + 4], "big")
