"""What stands behind the person is what was asked for, and a clear background is clear round every hair."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from avatar.render.background import background, check
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.errors import SettingError
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose

WIDTH, HEIGHT = 160, 90


def behind(presenter: Presenter, wish: str) -> np.ndarray:
    return background(presenter, Viewport(WIDTH, HEIGHT, background=wish))


@pytest.fixture
def striped(tmp_path: Path) -> Path:
    """A square picture: left half black, right half white."""
    picture = np.zeros((200, 200, 3), np.uint8)
    picture[:, 100:] = 255
    cv2.imwrite(str(tmp_path / "striped.png"), picture)
    return tmp_path / "striped.png"


@pytest.mark.parametrize(
    ("wish", "colour"), [("navy", (0, 0, 128)), ("#204060", (32, 64, 96)), ("#fff", (255, 255, 255))]
)
def test_a_colour_fills_the_picture(ada: Presenter, wish: str, colour: tuple[int, int, int]) -> None:
    assert (behind(ada, wish) == (*colour, 255)).all()


def test_a_picture_covers_everything_and_keeps_its_middle(ada: Presenter, striped: Path) -> None:
    seen = behind(ada, str(striped))
    assert seen.shape == (HEIGHT, WIDTH, 4)
    assert seen[:, : WIDTH // 2 - 2, :3].max() == 0
    assert seen[:, WIDTH // 2 + 2 :, :3].min() == 255


def test_a_blurred_picture_has_no_edge_left(ada: Presenter, striped: Path) -> None:
    steps = np.abs(np.diff(behind(ada, f"blurred:{striped}")[..., 0].astype(int), axis=1))
    assert 0 < steps.max() < 60


def test_blurred_alone_is_the_presenters_own_wall_out_of_focus(ada: Presenter) -> None:
    difference = behind(ada, "blurred").astype(int) - behind(ada, "own").astype(int)
    assert np.abs(difference).max() <= 6


@pytest.mark.parametrize("wish", ["no-such-colour", "#12345", "blurred:nowhere.png", "nowhere/at/all.jpg", ""])
def test_what_is_no_background_is_told_in_one_line(wish: str) -> None:
    with pytest.raises(SettingError, match="expected a background: own, blurred, transparent, a colour") as told:
        check(wish)
    assert "\n" not in str(told.value)


def test_a_file_that_is_no_picture_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "letter.png").write_text("not a picture", encoding="utf-8")
    with pytest.raises(SettingError, match=r"letter\.png is no picture"):
        check(str(tmp_path / "letter.png"))


@pytest.mark.parametrize("side", [12_000, 100_000])
def test_a_picture_that_says_it_is_vast_is_told_in_one_line_and_not_unpacked(tmp_path: Path, side: int) -> None:
    size = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    sizes = struct.pack(">I", len(size) - 4) + size + struct.pack(">I", zlib.crc32(size))
    (tmp_path / "vast.png").write_bytes(b"\x89PNG\r\n\x1a\n" + sizes + struct.pack(">I", 0) + b"IDAT" + bytes(4))
    with pytest.raises(SettingError, match="at most 120 million pixels"):
        check(str(tmp_path / "vast.png"))


@pytest.mark.parametrize("wish", ["own", "blurred", "transparent", "navy", "#204060"])
def test_every_other_wish_is_granted(wish: str) -> None:
    check(wish)


def test_laid_over_a_colour_a_clear_picture_is_the_one_drawn_on_that_colour(ada: Presenter, pose: Pose) -> None:
    frame = pose(head_yaw_deg=6.0)
    clear = Renderer(ada, Viewport(640, 480, background="transparent")).draw(frame).astype(float)
    direct = Renderer(ada, Viewport(640, 480, background="#c02090")).draw(frame).astype(float)
    share = clear[..., 3:] / 255
    laid = clear[..., :3] * share + np.array((0xC0, 0x20, 0x90)) * (1 - share)
    assert np.abs(laid - direct).max() <= 3


def test_a_clear_picture_is_opaque_in_the_person_and_soft_only_at_the_edges(ada: Presenter, pose: Pose) -> None:
    alpha = Renderer(ada, Viewport(640, 480, background="transparent")).draw(pose())[..., 3]
    assert alpha[0, 0] == 0
    assert alpha[240, 320] == 255
    soft = (alpha > 0) & (alpha < 255)
    assert 0 < soft.mean() < 0.03
