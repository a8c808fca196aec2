"""A name and what it depends on in, the arrays of an earlier run, or new ones, out."""

from __future__ import annotations

import functools
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "benchmarks"
DRAWN_BY = ("avatar", "narrator/outputs", "narrator/speech", "narrator/sentences", "benchmarks")
"""What a picture of a film depends on; anything changed there makes it anew."""

Arrays = dict[str, npt.NDArray[Any]]


def kept(name: str, depends_on: Iterable[str], make: Callable[[], Arrays]) -> Arrays:
    """make()'s arrays, from build/benchmarks where the same were made before by the same code."""
    key = hashlib.sha256("\n".join([state_of_the_code(), name, *depends_on]).encode()).hexdigest()[:16]
    path = FOLDER / f"{name}-{key}.npz"
    if path.is_file():
        with np.load(path, allow_pickle=False) as store:
            return {each: store[each] for each in store.files}
    made = make()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"{name}-{'[0-9a-f]' * 16}.npz"):
        old.unlink()
    handle, unfinished = tempfile.mkstemp(dir=FOLDER, suffix=".npz")
    with os.fdopen(handle, "wb") as file:
        np.savez_compressed(file, **made)
    os.replace(unfinished, path)
    return made


@functools.cache
def state_of_the_code() -> str:
    """A digest of every file that has a part in a picture."""
    digest = hashlib.sha256()
    for folder in DRAWN_BY:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ".nbi", ".nbc"):
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
