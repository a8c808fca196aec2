"""For scripts/test_camera: writes the frames that are sent, and judges those that were received."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import numpy as np

from avatar.performer import FacePerformance, Performer
from avatar.render.measure import Ruler
from benchmarks.face_mesh import FaceMesh
from narrator.flow import Delivery, Sentence, Viewport
from narrator.speech.espeak_voice import EspeakVoice

TEXT = "Papa may bob up, how far we saw."
WIDTH, HEIGHT = 1280, 720
FRAME_BYTES = WIDTH * HEIGHT * 3 // 2
EVERY = 2
"""Of 30 frames a second; speed is not judged in emulation."""
WORST_LEVELS = 3
"""Mean difference between a plane of a frame as sent and as received, of 255: rounding of the conversion."""
LEAST_R = 0.9


def write_frames(folder: Path) -> None:
    """Every second frame of a sentence as `narrator read --to camera` draws it, and how far the lips are apart."""
    face, voice = Performer("ada"), EspeakVoice("")
    utterance = voice.speak(Sentence(TEXT, "en"), Delivery())
    voice.close()
    performance = face.perform(utterance, Delivery(), Viewport(WIDTH, HEIGHT, 30.0), 0.0)
    assert isinstance(performance, FacePerformance)
    ruler, heights = Ruler(face.presenter), []
    folder.mkdir(parents=True)
    for index in range(0, round(30 * (performance.end_s - performance.start_s)), EVERY):
        moment_s = performance.start_s + index / 30
        cv2.imwrite(str(folder / f"{index:04d}.png"), performance.draw(moment_s)[..., ::-1])
        heights.append(ruler.read(performance.track.at(moment_s))["lip_height_mm"])
    (folder / "lip_height_mm.json").write_text(json.dumps(heights))


def check(folder: Path, disk: Path) -> bool:
    """Whether every frame came, whole, in order, in its colours, with lips that follow; says so in a line each."""
    sent = [np.asarray(cv2.imread(str(path)))[..., ::-1] for path in sorted(folder.glob("*.png"))]
    heights = json.loads((folder / "lip_height_mm.json").read_text())
    raw = np.memmap(disk, np.uint8, "r")
    count = int.from_bytes(bytes(raw[:8]), "little")
    received = [raw[FRAME_BYTES * (1 + place) : FRAME_BYTES * (2 + place)] for place in range(count)]
    expected = [np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2YUV_I420)).reshape(-1) for one in sent]
    places = _matched(received, expected)
    found = sorted(set(places))
    colours = [_plane_differences(frame, expected[place]) for frame, place in zip(received, places, strict=True)]
    r = float(np.corrcoef(_gaps(received), [heights[place] for place in places])[0, 1]) if count > 2 else 0.0
    worst = max((max(planes) for planes in colours), default=255.0)
    verdicts = {
        f"{len(found)} of {len(sent)} frames arrived": len(found) == len(sent),
        f"in order, {count} different ones were read": places == sorted(places) and count == len(sent),
        f"whole and in their colours: the worst plane is off by {worst:.2f} of 255": worst <= WORST_LEVELS,
        f"lips follow the articulation: r = {r:.3f}": r >= LEAST_R,
    }
    for words, holds in verdicts.items():
        print(f"{'passed' if holds else 'FAILED'}: {words}")
    return all(verdicts.values())


def _matched(received: list[np.ndarray], expected: list[np.ndarray]) -> list[int]:
    """For each received frame the sent one it is most like, by its brightness."""
    luma = [one[: WIDTH * HEIGHT : 7].astype(np.int16) for one in expected]
    places = []
    for frame in received:
        away = [float(np.abs(frame[: WIDTH * HEIGHT : 7].astype(np.int16) - one).mean()) for one in luma]
        places.append(int(np.argmin(away)))
    return places


def _plane_differences(frame: np.ndarray, expected: np.ndarray) -> list[float]:
    edges = np.cumsum([0, WIDTH * HEIGHT, WIDTH * HEIGHT // 4, WIDTH * HEIGHT // 4])
    away = np.abs(frame.astype(np.int16) - expected)
    return [float(away[first:last].mean()) for first, last in zip(edges, edges[1:], strict=False)]


def _gaps(frames: list[np.ndarray]) -> list[float]:
    """What FaceMesh sees between the lips in each received frame, over the pupil distance."""
    with FaceMesh() as instrument:
        sightings = [instrument.see(cv2.cvtColor(_planes(frame), cv2.COLOR_YUV2RGB_I420)) for frame in frames]
    return [sighting.gap if sighting else -1.0 for sighting in sightings]


def _planes(frame: np.ndarray) -> np.ndarray:
    return np.array(frame).reshape(HEIGHT * 3 // 2, WIDTH)


if __name__ == "__main__":
    if sys.argv[1] == "frames":
        write_frames(Path(sys.argv[2]))
    else:
        raise SystemExit(0 if check(Path(sys.argv[2]), Path(sys.argv[3])) else 1)
