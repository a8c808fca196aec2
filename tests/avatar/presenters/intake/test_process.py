"""A picture file becomes a presenter's folder; a bad file, a pipe or a hang is one line."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from avatar.presenters.intake import process
from avatar.presenters.intake.process import make_from_picture, open_picture
from avatar.render.presenter_folder import load_presenter
from narrator.errors import PictureError
from narrator.flow import RgbImage


def make(picture: Path, into: Path, face: int | None = None) -> tuple[dict[str, object], list[tuple[str, str]]]:
    told: list[tuple[str, str]] = []
    done = make_from_picture(
        picture, into, name="p", title="A title", face=face, tell=lambda kind, words: told.append((kind, words))
    )
    return done, told


def test_a_picture_becomes_a_presenter_step_by_step(portrait: RgbImage, tmp_path: Path) -> None:
    Image.fromarray(portrait).rotate(90, expand=True).save(tmp_path / "p.jpg", exif=_turned(6))
    done, told = make(tmp_path / "p.jpg", tmp_path / "made")
    assert done["format"] == "JPEG"
    assert [kind for kind, _ in told] == ["step", "step", "step"]
    assert load_presenter(tmp_path / "made").title == "A title"


def _turned(way: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = way
    return exif


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(100), b"\xff\xd8\xff\xe0" * 40])
def test_a_file_that_is_no_picture_is_one_line_and_leaves_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(content)
    with pytest.raises(PictureError) as refused:
        make(tmp_path / "bad.jpg", tmp_path / "made")
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "made").exists()


def test_folders_devices_and_absent_files_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.jpg", Path(os.devnull), Path("\0"), tmp_path / ("x" * 5000)):
        with pytest.raises(PictureError, match="Choose a picture file"):
            open_picture(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only on Linux: named pipes")
def test_a_pipe_that_nobody_writes_into_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PictureError, match="it is no file"):
        open_picture(tmp_path / "pipe.jpg")


@pytest.mark.skipif(os.name != "posix", reason="only on Linux: symbolic links need no right there")
def test_a_link_is_followed_to_its_file_and_a_circle_of_links_refused(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    (tmp_path / "link.png").symlink_to("a.png")
    os.close(open_picture(tmp_path / "link.png"))
    (tmp_path / "circle.png").symlink_to("circle.png")
    with pytest.raises(PictureError):
        open_picture(tmp_path / "circle.png")


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large.png").open("wb") as file:
        file.truncate(process.LARGEST_BYTES + 1)
    with pytest.raises(PictureError, match="at most 200 MiB"):
        open_picture(tmp_path / "large.png")


def test_a_child_that_is_too_slow_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("RGB", (64, 64)).save(tmp_path / "a.png")
    monkeypatch.setattr(process, "TIME_LIMIT_S", 0.05)
    before = threading.active_count()
    with pytest.raises(PictureError, match="was not done by then"):
        make(tmp_path / "a.png", tmp_path / "made")
    assert threading.active_count() <= before + 1
