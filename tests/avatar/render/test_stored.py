"""Files of a foreign folder are looked at before they are unpacked, and none of them runs code."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from avatar.render.stored import LARGEST_ARRAYS_BYTES, read_arrays, read_bytes, read_json, read_texture


def npz(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as store:
        for name, content in members.items():
            store.writestr(f"{name}.npy", content)
    return path


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", x=np.arange(6.0).reshape(2, 3), y=np.array([1, 2], np.int32))
    read = read_arrays(tmp_path / "a.npz")
    assert read["x"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert read["y"].dtype == np.int32


class Trap:
    """Unpickled, it would make a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_a_pickle_is_never_run(tmp_path: Path) -> None:
    array = np.array([Trap(tmp_path / "sprung")], dtype=object)
    np.savez(tmp_path / "a.npz", x=array)
    with pytest.raises(ValueError, match="something else than numbers"):
        read_arrays(tmp_path / "a.npz")
    assert not (tmp_path / "sprung").exists()


def test_a_bomb_is_known_by_its_size_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = npz(tmp_path / "a.npz", x=npy(np.zeros(LARGEST_ARRAYS_BYTES // 8 + 1)))
    assert bomb.stat().st_size < 100_000
    with pytest.raises(ValueError, match="too large"):
        read_arrays(bomb)
    many = npz(tmp_path / "b.npz", **{f"x{i}": npy(np.zeros(1)) for i in range(500)})
    with pytest.raises(ValueError, match="too many"):
        read_arrays(many)


def test_an_array_that_says_it_is_larger_than_it_is_takes_no_memory(tmp_path: Path) -> None:
    whole = npy(np.zeros((4, 3)))
    lying = whole.replace(b"(4, 3), }          ", b"(4000000000, 3), } ")
    assert lying != whole
    for content in (lying, whole[:-8], whole + bytes(8)):
        with pytest.raises(ValueError, match="as large as it says"):
            read_arrays(npz(tmp_path / "a.npz", x=content))


def test_what_is_no_archive_is_a_value_error(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"no archive")
    with pytest.raises(ValueError, match="cannot be unpacked"):
        read_arrays(tmp_path / "a.npz")


@pytest.mark.parametrize(
    ("content", "told"),
    [("[" * 100_000, "nested"), ("[]", "no object"), ("3", "no object"), ("{", "Expecting"), ("1" * 5000, "digits")],
)
def test_hostile_json_is_a_value_error(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(ValueError, match=told):
        read_json(tmp_path / "a.json")


def test_json_has_a_limit_of_size(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"a": "x" * 300_000}))
    with pytest.raises(ValueError, match="MiB"):
        read_json(tmp_path / "a.json")


@pytest.mark.parametrize(("width", "height"), [(5000, 5), (4096, 4096), (0, 5), (2**31, 2**31)])
def test_a_texture_that_says_it_is_huge_is_not_decoded(tmp_path: Path, width: int, height: int) -> None:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    (tmp_path / "a.png").write_bytes(head + bytes(100))
    with pytest.raises(ValueError, match="pixels"):
        read_texture(tmp_path / "a.png")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 a jpeg", b"\x00" * 50])
def test_a_texture_is_a_png(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(ValueError, match="no PNG"):
        read_texture(tmp_path / "a.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only on Linux: named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ValueError, match="no plain file"):
        read_bytes(tmp_path / "pipe", 10)
