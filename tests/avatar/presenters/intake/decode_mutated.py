"""Pictures of every kind, damaged in seeded ways, in; how many were read and refused out.

A program of its own, under the worker's own limit of memory: a crash in a decoder would take the tests along.
"""

from __future__ import annotations

import io
import resource
import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT))

from avatar.presenters.intake.decode import decode  # noqa: E402
from avatar.presenters.intake.worker import MEMORY_LIMIT_BYTES  # noqa: E402
from narrator.errors import PictureError  # noqa: E402

EACH = 60
PROCESSOR_LIMIT_S = 60
SEED = 20261122
KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "PPM")


def pictures() -> list[bytes]:
    """Small pictures of every kind and mode."""
    chance = np.random.default_rng(SEED)
    noise = Image.fromarray(chance.integers(0, 255, (48, 48, 3), np.uint8))
    made: list[tuple[Image.Image, str, dict[str, object]]] = [(noise, kind, {}) for kind in KINDS]
    for mode in ("L", "P", "RGBA", "1", "I;16"):
        changed = (
            Image.fromarray(chance.integers(0, 65535, (48, 48), np.uint16)) if mode == "I;16" else noise.convert(mode)
        )
        made.append((changed, "PNG", {}))
        made.append((changed, "TIFF", {"compression": "tiff_lzw"} if mode != "I;16" else {}))
    made.append((noise.convert("CMYK"), "JPEG", {}))
    made.append((noise, "JPEG", {"progressive": True}))
    files = []
    for image, kind, options in made:
        file = io.BytesIO()
        image.save(file, kind, **options)
        files.append(file.getvalue())
    return files


def damaged(whole: bytes, chance: np.random.Generator) -> bytes:
    """One of six things that happen to files."""
    content = bytearray(whole)
    way = chance.integers(6)
    if way == 0:
        return bytes(content[: chance.integers(len(content))])
    if way == 1:  # lengths and sizes stand in the first bytes
        for place in chance.integers(0, min(64, len(content)), 3):
            content[place] = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
    elif way == 2:
        for place in chance.integers(0, len(content), 1 + len(content) // 100):
            content[place] = chance.integers(256)
    elif way == 3:
        start, end = sorted(chance.integers(0, len(content), 2))
        content[start:end] = content[start:end] * 3
    elif way == 4:
        start = chance.integers(len(content))
        content[start : start + 8] = b"\xff" * 8
    else:
        place = chance.integers(len(content))
        content[place : place + 4] = b"\x7f\xff\xff\xff"
    return bytes(content)


def main() -> None:
    """Prints the two numbers."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_LIMIT_S, PROCESSOR_LIMIT_S))
    chance = np.random.default_rng(SEED)
    read = refused = 0
    for whole in pictures():
        for _ in range(EACH):
            try:
                image, _name = decode(io.BytesIO(damaged(whole, chance)))
                read += 1
                assert image.mode == "RGB"
                assert 0 < max(image.size) <= 4096
            except PictureError:
                refused += 1
    print(read, refused)


if __name__ == "__main__":
    main()
