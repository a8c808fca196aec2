"""Nothing in, whose lips are judged out: the built-in presenters, and presenters made here from paintings."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from avatar.presenters.library import presenter_names
from benchmarks.kept import FOLDER
from benchmarks.lip_film import program
from benchmarks.lip_watch import LipFace

PAINTINGS = Path(__file__).resolve().parents[2] / "shared" / "data" / "paintings"
CONSENT = "A painting in the public domain; nobody living is shown."


def built_in() -> list[LipFace]:
    """Every presenter that comes with the program."""
    return [LipFace(name) for name in presenter_names()]


def paintings() -> Iterator[LipFace]:
    """Those of the paintings beside this checkout that the program makes presenters of, in a home of their own."""
    shutil.rmtree(FOLDER / "home", ignore_errors=True)
    home = {"XDG_DATA_HOME": str(FOLDER / "home")}
    for picture in sorted(PAINTINGS.glob("*.jpg")):
        name = picture.stem.replace("_", "-")
        try:
            program(("presenter", "add", str(picture), "--name", name, "--consent", CONSENT, "--replace"), home)
        except subprocess.CalledProcessError:
            continue  # the program says on standard error why
        os.environ.update(home)
        yield LipFace(name, home, hashlib.sha256(picture.read_bytes()).hexdigest()[:16])
