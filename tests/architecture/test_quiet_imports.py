"""Importing does nothing: no heavy library, no thread, no file; and --help answers at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT

HEAVY = """
    torch mediapipe cv2 PySide6 sounddevice av numba scipy matplotlib trafilatura lxml pypdf pdfminer pocketsphinx
    pyttsx3 espeakng_loader textual httpx huggingface_hub
""".split()  # noqa: SIM905 - easier to read than a list of quoted words
HELP_LIMIT_S = 0.3
HELP_TRIES = 12
"""The best of these counts, since other work on the machine can only slow a run down."""

PROBE = """
import json, sys, threading
import {module}
heavy = [name for name in {heavy!r} if name in sys.modules]
print(json.dumps({{"heavy": heavy, "threads": threading.active_count()}}))
"""


def quiet_environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "PYTEST_", "NARRATOR_"))}
    return kept | {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def left_behind(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*")]


@pytest.mark.parametrize("module", ["narrator", "narrator.flow", "narrator.cli", "avatar", "readers", "tui"])
def test_importing_loads_nothing_heavy_and_leaves_nothing(module: str, tmp_path: Path) -> None:
    code = PROBE.format(module=module, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], env=quiet_environment(tmp_path), cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert json.loads(done.stdout) == {"heavy": [], "threads": 1}
    assert left_behind(tmp_path) == []


def test_help_answers_in_under_300_ms_and_leaves_nothing(tmp_path: Path) -> None:
    best_s = float("inf")
    for _ in range(HELP_TRIES):
        start_s = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "narrator", "--help"],
            env=quiet_environment(tmp_path),
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        best_s = min(best_s, time.perf_counter() - start_s)
        assert done.returncode == 0, done.stderr
        assert "read" in done.stdout
        if best_s < HELP_LIMIT_S:
            break
    assert best_s < HELP_LIMIT_S
    assert left_behind(tmp_path) == []
