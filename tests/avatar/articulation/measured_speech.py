"""One sentence measured on a talker in, how well our curves follow it out: correlation and lag.

EMU-webApp's demo recording: German, conversational, 200 Hz, with its own phone labels (../shared/data/articulation).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.articulation.articulate import mouth_at
from avatar.articulation.score import Score, score_for
from avatar.articulation.target import HEIGHT, JAW, TIP_HEIGHT
from narrator.flow import Phone

Floats = npt.NDArray[np.float64]

SENTENCE = Path("articulation") / "dfgspp_mo1_prosody_0020_bndl.json"
SENSOR_HZ = 200
SAMPA = {"i:": "iː", "a:": "aː", "6": "ɐ", "aI": "aɪ", "@": "ə", "I": "ɪ", "E": "ɛ", "r": "ʁ", "&p:": ""}
SPEECH_END_S = 2.28
"""The last label runs on through the silence; the sound ends here."""
FROM_S, TO_S = 0.30, 2.20
"""From just before the first sound to the middle of the last."""
LAGS_S = np.arange(-0.100, 0.1001, 0.005)
CHANNELS = {"lip aperture": HEIGHT, "jaw": JAW, "tongue tip": TIP_HEIGHT}


@dataclass(frozen=True)
class Fit:
    """How well a curve follows a sensor."""

    correlation: float
    """At no lag."""
    best: float
    """At the best lag."""
    lag_s: float
    """Positive: the sensor moves later than our curve."""


def load(path: Path) -> tuple[dict[str, Floats], tuple[Phone, ...]]:
    """The three sensor curves at SENSOR_HZ, and the phones of the labels."""
    bundle = json.loads(path.read_text(encoding="utf-8"))
    upper, lower = _sensor(bundle, "upper_lip", "ul_posz"), _sensor(bundle, "lower_lip", "ll_posz")
    curves = {
        "lip aperture": upper - lower,
        "jaw": -_sensor(bundle, "jaw", "jw_posz"),
        "tongue tip": _sensor(bundle, "t_tip", "tt_posz"),
    }
    rate = bundle["annotation"]["sampleRate"]
    level = next(level for level in bundle["annotation"]["levels"] if level["name"] == "Segment")
    phones = []
    for item in level["items"]:
        start = item["sampleStart"] / rate
        end = min((item["sampleStart"] + item["sampleDur"] + 1) / rate, SPEECH_END_S)
        label = item["labels"][0]["value"]
        if end > start:
            phones.append(Phone(SAMPA.get(label, label), start, end - start))
    return curves, tuple(phones)


def compare(path: Path) -> dict[str, dict[str, Fit]]:
    """For each sensor: the fit of our curve, and of the same targets held fixed without coarticulation."""
    sensors, phones = load(path)
    score = score_for(phones, 1.0)
    times = np.arange(FROM_S, TO_S, 1 / SENSOR_HZ)
    grid = np.arange(0.0, TO_S + 0.4, 1 / SENSOR_HZ)
    mouth = mouth_at(phones, grid, 30.0, 1.0)
    return {
        name: {
            "ours": _fit(np.interp(times, grid, mouth[:, channel]), sensors[name], times),
            "fixed targets": _fit(_fixed(score, channel, times), sensors[name], times),
        }
        for name, channel in CHANNELS.items()
    }


def _sensor(bundle: Mapping[str, list[dict[str, str]]], extension: str, column: str) -> Floats:
    """One column of an SSFF track: a text header, a line of dashes, then little-endian float32 rows."""
    coded = next(track["data"] for track in bundle["ssffFiles"] if track["fileExtension"] == extension)
    header, _, body = base64.b64decode(coded).partition(b"-----------------\n")
    columns = [line.split()[1] for line in header.decode("ascii").splitlines() if line.startswith("Column")]
    values = np.frombuffer(body, "<f4").reshape(-1, len(columns))
    return np.asarray(values[:, columns.index(column)], np.float64)


def _fixed(score: Score, channel: int, times: Floats) -> Floats:
    """Each phone's own shape from its start to its end."""
    found = []
    for time in times:
        place = next((i for i, segment in enumerate(score.segments) if time < segment.end_s), len(score.segments) - 1)
        segment = score.segments[place]
        share = (time - segment.start_s) / segment.duration_s
        found.append(min(segment.target.steps, key=lambda step, share=share: abs(step.at - share)).shape[channel])
    return np.array(found)


def _fit(curve: Floats, sensor: Floats, times: Floats) -> Fit:
    sensed_at = np.arange(len(sensor)) / SENSOR_HZ
    scores = [float(np.corrcoef(curve, np.interp(times + lag, sensed_at, sensor))[0, 1]) for lag in LAGS_S]
    best = int(np.argmax(scores))
    return Fit(scores[int(np.argmin(np.abs(LAGS_S)))], scores[best], float(LAGS_S[best]))
