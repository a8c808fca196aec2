"""The product's own camera process for tests, with a camera that writes down what it is sent.

RECORDED names the folder: each frame's time and brightness in frames.jsonl, the last frame in newest.npy.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyvirtualcam

from narrator.outputs.camera_process import main

FOLDER = Path(os.environ["RECORDED"])


class RecordingCamera:
    """Follows pyvirtualcam's Backend."""

    def __init__(self, *, width: int, height: int, fps: float, fourcc: int, **others: Any) -> None:
        if reason := os.environ.get("CAMERA_FAULT"):
            raise RuntimeError(reason)
        self._newest = np.zeros((height, width, 3), np.uint8)
        self._shape = (height, width, 3)
        self._lines = (FOLDER / "frames.jsonl").open("a", encoding="utf-8")
        self._lines.write(
            json.dumps({"width": width, "height": height, "fps": fps, "format": fourcc.to_bytes(4, "little").decode()})
            + "\n"
        )
        self._lines.flush()

    def send(self, frame: np.ndarray) -> None:
        picture = np.asarray(frame).reshape(self._shape)
        marks = [int(value) for value in picture[::8, ::8].reshape(-1, 3).astype(np.int64).sum(axis=0)]
        self._lines.write(json.dumps({"at_s": time.perf_counter(), "marks": marks}) + "\n")
        self._lines.flush()
        self._newest = picture.copy()

    def close(self) -> None:
        np.save(FOLDER / "newest.npy", self._newest)
        self._lines.close()

    def device(self) -> str:
        return "recorded"

    def native_fmt(self) -> Any:
        return None


pyvirtualcam.register_backend("recording", RecordingCamera)

if __name__ == "__main__":
    raise SystemExit(main())
