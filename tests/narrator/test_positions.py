"""A place is found again by the document's bytes or name; what is half-written is never taken for one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from narrator.positions import Positions, identities_of, places_to_look

HERE = ("file:1:a", "path:/a")


def test_a_place_that_was_kept_is_found(tmp_path: Path) -> None:
    Positions(tmp_path).save(HERE, 41, "The forty-second.", "a.pdf")
    mark = Positions(tmp_path).load(HERE)
    assert mark is not None
    assert (mark.sentence, mark.text, mark.source) == (41, "The forty-second.", "a.pdf")


def test_one_of_its_identities_is_enough(tmp_path: Path) -> None:
    Positions(tmp_path).save(HERE, 3, "x", "a.pdf")
    for identity in HERE:
        assert Positions(tmp_path).load((identity,)) is not None
    assert Positions(tmp_path).load(("path:/b",)) is None


def test_what_was_read_to_its_end_is_forgotten(tmp_path: Path) -> None:
    positions = Positions(tmp_path)
    positions.save(HERE, 3, "x", "a.pdf")
    positions.forget(HERE)
    assert positions.load(HERE) is None
    assert list(positions.folder.iterdir()) == []


@pytest.mark.parametrize(
    "kept", [b"", b"{", b"[1]", b'{"sentence": -1, "text": "x"}', b'{"sentence": "1", "text": "x"}']
)
def test_what_is_no_place_is_none(tmp_path: Path, kept: bytes) -> None:
    positions = Positions(tmp_path)
    positions.save(HERE, 3, "x", "a.pdf")
    for file in positions.folder.iterdir():
        file.write_bytes(kept)
    assert positions.load(HERE) is None


def test_a_save_that_is_cut_off_leaves_the_place_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    positions = Positions(tmp_path)
    positions.save(HERE, 3, "x", "a.pdf")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        positions.save(HERE, 4, "y", "a.pdf")
    mark = positions.load(HERE)
    assert mark is not None
    assert mark.sentence == 3
    assert not list(positions.folder.glob("*.part"))


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    positions = Positions(tmp_path)
    positions.save(HERE, 3, "secret", "a.pdf")
    assert positions.folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in positions.folder.iterdir())


def test_a_file_is_known_by_its_bytes_and_by_its_path(tmp_path: Path) -> None:
    first, moved, changed = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"
    first.write_text("The same.")
    moved.write_text("The same.")
    changed.write_text("Another.")
    assert identities_of(str(first))[0] == identities_of(str(moved))[0]
    assert identities_of(str(first))[1] != identities_of(str(moved))[1]
    before = identities_of(str(changed))
    changed.write_text("Another, longer.")
    assert identities_of(str(changed))[0] != before[0]
    assert identities_of(str(changed))[1] == before[1]


def test_a_page_is_known_by_its_address_and_a_text_by_its_words() -> None:
    assert identities_of("https://example.org/a#part") == identities_of("https://example.org/a")
    assert identities_of("the text", text="Hello.") != identities_of("the text", text="Hello!")


def test_what_has_no_identity_beyond_the_moment_is_not_kept(tmp_path: Path) -> None:
    for source in ("-", "clipboard", "selection", str(tmp_path), str(tmp_path / "gone"), "\0"):
        assert identities_of(source) == ()


def test_a_sentence_that_moved_is_looked_for_nearby_first() -> None:
    assert list(places_to_look(2))[:6] == [2, 1, 3, 0, 4, 5]
