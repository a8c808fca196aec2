"""Every ordinary picture is read upright and in its colours; every other file is refused."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from avatar.presenters.intake import decode as decoding
from avatar.presenters.intake.decode import LONGEST_PX, decode
from narrator.errors import PictureError

FUZZ = Path(__file__).with_name("decode_mutated.py")
LEFT, RIGHT = (200, 60, 40), (40, 90, 180)


def picture(width: int = 64, height: int = 40) -> Image.Image:
    """Red at the left, blue at the right, a white line along the top."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:, : width // 2], pixels[:, width // 2 :] = LEFT, RIGHT
    pixels[: height // 8] = 255
    return Image.fromarray(pixels)


def stored(image: Image.Image, kind: str, **options: object) -> io.BytesIO:
    file = io.BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def colours(image: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    """The middle of the left half and of the right half."""
    pixels = np.asarray(image).astype(int)
    assert pixels.dtype == int
    assert image.mode == "RGB"
    height, width = pixels.shape[:2]
    return pixels[height // 2, width // 4], pixels[height // 2, width * 3 // 4]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "PPM"])
def test_a_picture_of_each_kind_keeps_its_colours(kind: str) -> None:
    image, name = decode(stored(picture(), kind))
    left, right = colours(image)
    assert (name, image.size) == (kind, (64, 40))
    assert left == pytest.approx(LEFT, abs=14)
    assert right == pytest.approx(RIGHT, abs=14)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_rotated_by_exif_stands_upright(turned: int) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that makes what the tag undoes
    lying = picture().transpose(Image.Transpose(undo[turned])) if turned in undo else picture()
    exif = Image.Exif()
    exif[0x0112] = turned
    image, _ = decode(stored(lying, "JPEG", exif=exif, quality=95, subsampling=0))
    assert image.size == (64, 40)
    left, right = colours(image)
    assert left == pytest.approx(LEFT, abs=14)
    assert right == pytest.approx(RIGHT, abs=14)
    assert np.asarray(image)[1].min() > 200  # the white line is at the top


def test_grey_one_bit_and_palette_pictures_are_read() -> None:
    grey = int(np.asarray(picture().convert("L"))[30, 10])
    for mode in ("L", "LA"):
        image, _ = decode(stored(picture().convert(mode), "PNG"))
        assert np.asarray(image)[30, 10] == pytest.approx([grey] * 3, abs=1)
    image, _ = decode(stored(picture().convert("1"), "PNG"))
    assert set(np.unique(np.asarray(image))) <= {0, 255}
    image, _ = decode(stored(picture().convert("P", palette=Image.Palette.ADAPTIVE), "PNG"))
    assert colours(image)[0] == pytest.approx(LEFT, abs=3)


def test_sixteen_bits_and_floats_keep_their_shades() -> None:
    ramp = np.tile(np.linspace(0, 65535, 64).astype(np.uint16), (40, 1))
    for kind in ("PNG", "TIFF"):
        image, _ = decode(stored(Image.fromarray(ramp), kind))
        assert np.asarray(image)[20, :, 0] == pytest.approx(ramp[20] / 257, abs=1.0)
    image, _ = decode(stored(Image.fromarray((ramp / 65535).astype(np.float32)), "TIFF"))
    assert np.asarray(image)[20, :, 0] == pytest.approx(ramp[20] / 257, abs=1.0)


def test_cmyk_is_turned_into_what_it_shows() -> None:
    left, right = colours(decode(stored(picture().convert("CMYK"), "JPEG", quality=95))[0])
    assert left == pytest.approx(LEFT, abs=14)
    assert right == pytest.approx(RIGHT, abs=14)


def test_transparency_becomes_a_neutral_grey() -> None:
    clear = picture().convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 32, 40))
    left, right = colours(decode(stored(clear, "PNG"))[0])
    assert left == pytest.approx(decoding.BEHIND, abs=1)
    assert right == pytest.approx(RIGHT, abs=1)
    palette = picture().convert("P", palette=Image.Palette.ADAPTIVE)
    place = palette.getpixel((10, 30))
    left, right = colours(decode(stored(palette, "PNG", transparency=place))[0])
    assert left == pytest.approx(decoding.BEHIND, abs=1)


def test_a_colour_profile_is_followed_and_a_broken_one_is_as_none() -> None:
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert colours(decode(stored(picture(), "PNG", icc_profile=lab_like))[0])[0] == pytest.approx(LEFT, abs=2)
    assert colours(decode(stored(picture(), "PNG", icc_profile=b"no profile"))[0])[0] == pytest.approx(LEFT, abs=1)


def test_a_large_picture_is_made_smaller_as_it_is_decoded() -> None:
    image, _ = decode(stored(picture(9000, 3000), "JPEG"))
    assert max(image.size) <= LONGEST_PX
    assert image.size[0] / image.size[1] == pytest.approx(3, abs=0.01)


def png_saying(width: int, height: int) -> io.BytesIO:
    """A few bytes that say they are that large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunks)


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (2**31 - 1, 1), (1, 70_000), (20_000, 20_000)])
def test_a_decompression_bomb_is_refused_by_what_its_header_says(width: int, height: int) -> None:
    with pytest.raises(PictureError, match="million pixels"):
        decode(png_saying(width, height))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"hello, I am a text", "something else"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "film"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "something else"),
    ],
)
def test_what_is_no_picture_is_named(content: bytes, told: str) -> None:
    with pytest.raises(PictureError, match=told):
        decode(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (80, 80, 3), np.uint8))
    whole = stored(noise, kind).getvalue()
    with pytest.raises(PictureError, match="damaged or cut short|something else"):
        decode(io.BytesIO(whole[: len(whole) // 2]))


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: it limits memory")
def test_nothing_that_can_be_done_to_a_file_crashes_hangs_or_swallows_memory() -> None:
    done = subprocess.run([sys.executable, str(FUZZ)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    read, refused = map(int, done.stdout.split())
    assert read > 50, "some changes do no harm"
    assert refused > 300
