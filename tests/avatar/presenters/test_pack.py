"""A pack comes back as it was; a hostile one writes nowhere, runs nothing and fills no disk."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest

from avatar.presenters.consent import FILE as CONSENT
from avatar.presenters.consent import consent, load_consent
from avatar.presenters.pack import LARGEST_BYTES, add_pack, export
from avatar.presenters.shelf import own_names, own_presenter
from narrator.errors import FaceError
from tests.isolation import SEED


@pytest.fixture
def pack(grace: Path, tmp_path: Path) -> Path:
    export("grace", tmp_path / "grace.zip")
    return tmp_path / "grace.zip"


def rewritten(pack: Path, **extra: bytes) -> Path:
    """The pack with some files more, or others in their place; a name's "__" stands for a slash."""
    target = pack.with_name("hostile.zip")
    named = {name.replace("__", "/"): content for name, content in extra.items()}
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            new.writestr(name, content)
    return target


def test_a_presenter_comes_back_out_of_its_pack_with_its_consent(pack: Path, grace: Path) -> None:
    again = add_pack(pack, "again", None)
    np.testing.assert_array_equal(
        own_presenter("again").part("skin").vertices, own_presenter("grace").part("skin").vertices
    )
    assert load_consent(again) == load_consent(grace)
    export("grace", pack.with_name("twice.zip"))
    assert pack.read_bytes() == pack.with_name("twice.zip").read_bytes()


def test_a_pack_without_consent_needs_the_persons_own(pack: Path) -> None:
    with zipfile.ZipFile(pack) as old:
        bare = {name: old.read(name) for name in old.namelist() if name != CONSENT}
    with zipfile.ZipFile(pack, "w") as new:
        for name, content in bare.items():
            new.writestr(name, content)
    with pytest.raises(FaceError, match="consent"):
        add_pack(pack, "bare", None)
    assert "bare" not in own_names()
    add_pack(pack, "bare", consent("A picture of nobody at all.", pack.name))
    assert "bare" in own_names()


def everything_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name",
    [
        "..__..__evil.png",
        "__tmp__evil.png",
        "sub__evil.png",
        "evil.py",
        "evil.pth",
        "EVIL.PNG",
        "evil.png\\x",
        "C:evil.png",
    ],
)
def test_a_file_that_leads_elsewhere_is_refused(pack: Path, tmp_path: Path, name: str) -> None:
    hostile = rewritten(pack, **{name: b"evil"})
    before = everything_below(tmp_path)
    with pytest.raises(FaceError, match="no file of a presenter"):
        add_pack(hostile, "evil", None)
    assert everything_below(tmp_path) == before


def test_a_link_in_a_pack_is_refused(pack: Path) -> None:
    link = zipfile.ZipInfo("evil.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(pack, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    with pytest.raises(FaceError, match="no file of a presenter"):
        add_pack(pack, "evil", None)


def test_a_bomb_is_known_before_it_is_unpacked(pack: Path) -> None:
    bomb = rewritten(pack, **{"zeros.png": bytes(LARGEST_BYTES)})
    assert bomb.stat().st_size < 3_000_000
    with pytest.raises(FaceError, match="larger than"):
        add_pack(bomb, "bomb", None)
    many = rewritten(pack, **{f"p{number}.png": b"" for number in range(80)})
    with pytest.raises(FaceError, match="too many"):
        add_pack(many, "many", None)


def test_a_pack_damaged_anyhow_is_refused_in_one_line_or_whole(pack: Path, tmp_path: Path) -> None:
    chance = np.random.default_rng(SEED)
    whole = pack.read_bytes()
    refused = 0
    for number in range(40):
        damaged = bytearray(whole)
        near_the_end = len(whole) - 1500 if chance.random() < 0.5 else 0  # where names and sizes stand
        for place in chance.integers(near_the_end, len(whole), 20):
            damaged[place] = chance.integers(256)
        pack.write_bytes(damaged[: chance.integers(len(whole))] if chance.random() < 0.2 else damaged)
        try:
            add_pack(pack, f"p{number}", None)
        except FaceError as fault:
            refused += 1
            assert "\n" not in str(fault)  # noqa: PT017
    assert refused > 30
    assert {path.name for path in tmp_path.iterdir()} == {"data", "grace.zip"}


def test_a_file_that_is_no_pack_is_one_line(own_shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    for path in (tmp_path / "x.zip", tmp_path / "absent.zip", tmp_path):
        with pytest.raises(FaceError, match="a presenter's pack"):
            add_pack(path, "x", None)
