"""An image file in, an upright sRGB picture out, whatever its depth, colours and rotation.

Nothing in the file is trusted. Runs in a child process (worker.py) that has a limit of memory and of processor time.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import IO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from narrator.errors import PictureError

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "PPM")
"""What is asked to look at a file. Others of Pillow's run programs (EPS) or are hardly tried."""
MOST_PIXELS = 120_000_000
"""A telephone's largest pictures; known from the header, before anything is decoded."""
LONGEST_PX = 4096
"""Larger ones are made smaller: a face needs no more."""
LONGEST_SIDE_PX = 60_000
BEHIND = (190, 190, 190)
"""A neutral grey behind what is transparent."""
SIXTEEN_TO_EIGHT = 1 / 257
CHOOSE = "Choose another picture, or save it again as JPEG or PNG."


def decode(file: IO[bytes]) -> tuple[Image.Image, str]:
    """An RGB picture, sides at most LONGEST_PX, and the name of the file's format. Raises PictureError."""
    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, and refuse instead of warning
    try:
        image = Image.open(file, formats=FORMATS)
        _check_size(image)
        image.draft("RGB", (LONGEST_PX, LONGEST_PX))  # JPEG: decodes a half, quarter or eighth at once
        image.load()
        name = image.format or ""
        return _srgb(_smaller(ImageOps.exif_transpose(image))), name
    except UnidentifiedImageError:
        raise PictureError("a picture (JPEG, PNG, WebP, TIFF, BMP, GIF or AVIF)", _what_came(file), CHOOSE) from None
    except MemoryError:
        raise PictureError("a picture that can be held in memory", "it takes too much of it", CHOOSE) from None
    except (OSError, ValueError, SyntaxError, LookupError, TypeError, ArithmeticError, AttributeError) as fault:
        raise _damaged(fault) from fault
    except (EOFError, RuntimeError, struct.error, zlib.error) as fault:
        raise _damaged(fault) from fault


def _damaged(fault: Exception) -> PictureError:
    why = " ".join(str(fault).split())[:100] or type(fault).__name__
    return PictureError("a whole picture", f"this one is damaged or cut short ({why})", CHOOSE)


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE_PX:
        most = f"a picture of at most {MOST_PIXELS // 1_000_000} million pixels"
        raise PictureError(most, f"it says it has {width} by {height}", "Choose another picture, or save it smaller.")


def _what_came(file: IO[bytes]) -> str:
    """What the file is instead, as far as its first bytes tell."""
    file.seek(0)
    head = file.read(32)
    if not head:
        return "the file is empty"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        return "this is HEIC, which cannot be read here"
    if head.startswith(b"%PDF"):
        return "this is a PDF"
    if b"<svg" in head or head.startswith(b"<?xml"):
        return "this is a drawing made of lines (SVG)"
    if head[4:8] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3"):
        return "this is a film"
    return "this is something else"


def _smaller(image: Image.Image) -> Image.Image:
    if max(image.size) <= LONGEST_PX:
        return image
    if image.mode in ("P", "1"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _srgb(image: Image.Image) -> Image.Image:
    """Whatever the mode: 1 bit to 32 bits, palette, CMYK, Lab, with or without alpha or a colour profile."""
    profile = image.info.get("icc_profile")
    image = _eight_bits(image)
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        behind = Image.new("RGB", image.size, BEHIND)
        behind.paste(image, mask=image.getchannel("A"))
        image = behind
    if isinstance(profile, bytes) and image.mode in ("RGB", "CMYK", "L"):
        image = _by_profile(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * SIXTEEN_TO_EIGHT).convert("L")
    if image.mode in ("I", "F"):
        low, high = image.getextrema()
        if not isinstance(low, (int, float)) or not isinstance(high, (int, float)) or not high - low < float("inf"):
            raise ValueError("its values are not finite")
        top = next((top for top in (1.0, 255.0, 65535.0) if low >= 0 and high <= top), None)
        low, top = (0.0, top) if top else (low, max(high, low + 1e-9))
        scale = 255.0 / (top - low)
        return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")
    return image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """From the file's own colours to sRGB; a broken profile is as none."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return turned or image
