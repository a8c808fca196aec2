"""Our own presenters in, whose truth is known, the map from FaceMesh's shapes to our channels out.

Run once: python -m avatar.training.extraction.calibrate; its result, calibration.npz, ships with the code. FaceMesh
sees a jaw badly by any one point of the chin, and takes an open mouth for a raised head; all its points together say
more (ridge regression on how the shape differs from the same person's resting mouth).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from avatar.training.extraction.face_measure import PLACE, Doubles, measured
from avatar.training.extraction.watch import faces_in

_log = logging.getLogger(__name__)

STORE = Path(__file__).with_name("calibration.npz")
TARGETS = (
    *("jaw_drop_mm", "lip_height_mm", "mouth_width", "inner_width", "lip_protrusion_mm", "upper_teeth_mm"),
    *("brow_raise_left", "brow_raise_right"),
)
ANGLES = ("head_yaw_deg", "head_pitch_deg", "head_roll_deg")
"""Of these the map says how far the readings are off."""
RIDGE = 0.03
"""mm^2 for each frame of a thousand; chosen on presenters left out."""
RESTING_MM = 0.3
"""Jaw and lips of a mouth at rest are no further apart (lipreading.md 7)."""
TEXTS = (
    "The quick brown fox jumps over the lazy dog, but why would anyone move so far away for a cup of warm tea?",
    "Five thousand people saw the show; both boys laughed aloud, shouted hooray, and threw their thick scarves high.",
    "May I put my paper bag by the window? No, you should leave it with Bob, or above that yellow chair.",
    "Who knew you would choose two blue shoes, move to Peru, and cook good soup for the whole group?",
    "Paul saw the tall hawk fall; Tom taught all his daughters law. A calm father parks the car far off.",
    "He sees three green trees, eats cheese, then reads these pieces. Big fish live in this thin little river.",
    "Wow, how loud the crowd outside sounds now! My boy enjoys noisy toys. I like fine white rice and ripe limes.",
    "Each judge chose a rough measure. Usually we hear about the weather, the sea, our village and the yard.",
)
SIZES = ((640, 480), (1280, 720))
POSE_DEG = 7.0


def main() -> int:
    """Fits on all presenters, says how well each is measured by the others, stores."""
    from avatar.presenters.library import presenter_names

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    seen = {name: seen_of(name, seed) for seed, name in enumerate(presenter_names())}
    for name in seen:
        weights, offset = fitted([one for other, one in seen.items() if other != name])
        _log.info("%s, by the others: %s", name, _agreement(*seen[name], weights, offset))
    weights, offset = fitted(list(seen.values()))
    np.savez_compressed(STORE, weights=weights.astype(np.float16), offset=offset.astype(np.float32))
    return 0


def seen_of(name: str, seed: int) -> tuple[Doubles, Doubles]:
    """(n, FACE_POINTS * 3) shapes less the resting mouth's, and (n, TARGETS and ANGLES) the truth, of one presenter."""
    import cv2
    from mediapipe.python.solutions import face_mesh

    from avatar.presenters.library import presenter
    from avatar.render.renderer import Renderer
    from narrator.flow import Viewport

    cv2.setNumThreads(1)
    shapes, readings, truth = [], [], []
    with face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True, max_num_faces=1) as finder:
        for number, text in enumerate(TEXTS):
            width, height = SIZES[number % len(SIZES)]
            renderer = Renderer(presenter(name), Viewport(width=width, height=height))
            for frame in _spoken(text, seed * len(TEXTS) + number):
                faces = faces_in(renderer.draw(frame), finder)
                if faces:
                    row, shape = measured(faces[0])
                    shapes.append(shape)
                    readings.append(row)
                    truth.append([frame[name] for name in (*TARGETS, *ANGLES)])
    shape, row, true = np.array(shapes), np.array(readings), np.array(truth)
    resting = (true[:, [TARGETS.index(name) for name in ("jaw_drop_mm", "lip_height_mm")]] <= RESTING_MM).all(axis=1)
    for place, axis in enumerate(("yaw", "pitch", "roll"), len(TARGETS)):
        off = true[:, place] - row[:, PLACE[f"{axis}_deg"]]
        true[:, place] = off - np.median(off[resting])
    _log.info("%s: %d frames", name, len(shape))
    return shape - np.median(shape[resting], axis=0), true


def _spoken(text: str, seed: int) -> Any:
    """Frames of the text, 15 a second, in some mood, the head turning widely and slowly."""
    from avatar.motion.timeline import sway
    from avatar.motion_frame import INDEX
    from avatar.planning import plan
    from narrator.flow import Delivery, Sentence
    from narrator.speech.espeak_voice import EspeakVoice

    chance = np.random.default_rng(seed)
    emotions = ("neutral", "happy", "surprised", "angry", "concerned", "sad")
    delivery = Delivery(
        emotion=str(chance.choice(emotions)),
        emotion_strength=float(chance.uniform(0, 1)),
        exaggeration=float(chance.uniform(0.8, 1.5)),
        liveliness=1.0,
        seed=seed,
        motion="rules",
    )
    voice = EspeakVoice()
    try:
        said = voice.speak(Sentence(text, "en"), delivery)
    finally:
        voice.close()
    track = plan(said, 15.0, -0.4, said.duration_s + 0.5, float(chance.uniform(0, 100)), delivery)
    clock = 6 * np.arange(len(track)) / track.fps
    for stream, name in enumerate(ANGLES):
        track.values[:, INDEX[name]] += POSE_DEG * sway(clock, seed, 60 + stream)
    return track


def fitted(seen: Sequence[tuple[Doubles, Doubles]]) -> tuple[Doubles, Doubles]:
    """(FACE_POINTS * 3, targets) and (targets,) of least squares with a ridge."""
    shapes = np.concatenate([one for one, _ in seen])
    truth = np.concatenate([one for _, one in seen])
    middle, offset = shapes.mean(axis=0), truth.mean(axis=0)
    from_middle = shapes - middle
    square = from_middle.T @ from_middle + RIDGE * len(shapes) / 1000 * np.eye(shapes.shape[1])
    weights = np.linalg.solve(square, from_middle.T @ (truth - offset))
    return weights, offset - middle @ weights


def _agreement(shapes: Doubles, truth: Doubles, weights: Doubles, offset: Doubles) -> str:
    found = shapes @ weights + offset
    r = [np.corrcoef(found[:, k], truth[:, k])[0, 1] for k in range(truth.shape[1])]
    return ", ".join(f"{name} {value:.2f}" for name, value in zip((*TARGETS, *ANGLES), r, strict=True))


@lru_cache(maxsize=1)
def calibration() -> tuple[Doubles, Doubles]:
    """(FACE_POINTS * 3, targets) and (targets,): TARGETS, then what is to be added to ANGLES."""
    with np.load(STORE, allow_pickle=False) as stored:
        return stored["weights"].astype(np.float64), stored["offset"].astype(np.float64)


if __name__ == "__main__":
    sys.exit(main())
