"""Weights and the real material in, the figures of every way beside each other out: `narrator-train evaluate`.

Closures and silence are read from the lip height that is asked of the face; the tests of the articulation hold that
what is drawn follows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from avatar.diffusion.generator import Generator, generator
from avatar.diffusion.sound import Floats
from avatar.diffusion.track import at_16_khz
from avatar.listening.network import Listener
from avatar.listening.weights import WEIGHTS as HEARING
from avatar.listening.weights import listener
from avatar.motion_frame import INDEX, MotionTrack
from avatar.training import expression, figures, rivals
from avatar.training.labelled import Labelled, aligned_speech, labelled_speech, read_wave, utterance_of
from avatar.training.takes import HELD_OUT, channels
from narrator.flow import Utterance

DIVERSE_SENTENCES, DIVERSE_SEEDS = 4, 4


@dataclass
class Row:
    """The figures of one way; NaN where it was not asked."""

    name: str
    values: dict[str, float] = field(default_factory=dict)


def evaluate(weights: Path, material: Path, *, hearing: Path = HEARING, seed: int = 0) -> Iterator[Row]:
    """One row after another: the trained weights first, then every rival."""
    trained, ears = generator(weights), listener(hearing)
    untrained = Generator(_random_like(trained.network.weights, seed))
    deaf = Listener(_random_like(ears.weights, seed))
    english = [*labelled_speech(material / "labelled_speech"), *aligned_speech(material / "speech")]
    take = _take(material / "speech_and_mouth")
    voices, passages = expression.held_out_voices(), expression.held_out_passages()
    with_text = rivals.by_network_with_text(trained, seed)
    for name, way in (
        ("diffusion", rivals.by_network(trained, ears, seed)),
        ("diffusion, untrained", rivals.by_network(untrained, deaf, seed)),
        ("diffusion, sound shuffled", rivals.by_shuffled_sound(trained, ears, seed)),
        ("loudness alone", rivals.by_energy),
        ("free phones (pocketsphinx)", rivals.by_free_phones),
        ("rules, true text", rivals.by_rules),
        ("diffusion, true text", with_text),
    ):
        row = Row(name)
        knows_text = way in (rivals.by_rules, with_text)
        row.values |= _closures(way, english, knows_text=knows_text)
        if not knows_text:
            row.values |= _opening(way, *take, is_english=way is rivals.by_free_phones)
        row.values |= expression.following(way, voices, knows_text=knows_text)
        row.values |= expression.liveliness(way, passages, knows_text=knows_text)
        yield row


def diversity(weights: Path) -> dict[str, float]:
    """Spread across seeds of head, brows and mouth of one sentence with its text, mean over sentences and frames."""
    made, spreads = generator(weights), []
    for one in expression.held_out_voices()[:DIVERSE_SENTENCES]:
        tracks = [rivals.by_network_with_text(made, seed)(one) for seed in range(DIVERSE_SEEDS)]
        spreads.append(np.stack([track.values for track in tracks]).std(axis=0).mean(axis=0))
    spread = np.mean(spreads, axis=0)
    return {
        "head degrees across seeds": float(np.mean([spread[INDEX[f"head_{axis}_deg"]] for axis in ("yaw", "pitch")])),
        "brows across seeds": float(spread[INDEX["brow_raise_left"]]),
        "lip height mm across seeds": float(spread[INDEX["lip_height_mm"]]),
    }


def _closures(way: rivals.Way, recordings: list[Labelled], *, knows_text: bool) -> dict[str, float]:
    counted, silence, hush = figures.Closures(0, 0, 0, 0.0), 0.0, 0.0
    for one in recordings:
        track = way(one.known if knows_text else one.unknown)
        spoken = [(p.start_s, p.end_s) for p in one.known.phones if p.ipa]
        counted += figures.closures(track, one.closures, figures.spoken_stretches(spoken))
        times = track.start_s + np.arange(len(track)) / track.fps
        silence = max(silence, _widest(track, figures.silent_frames(spoken, times)))
        hush = max(hush, _widest(track, figures.quiet_frames(at_16_khz(one.unknown), len(track))))
    return {
        "closures found %": 100 * counted.recall,
        "false a minute": counted.false_per_minute,
        "silence mm": silence,
        "soundless mm": hush,
    }


def _opening(way: rivals.Way, take: Utterance, tracked: dict[str, Floats], *, is_english: bool) -> dict[str, float]:
    if is_english:
        return {}
    track = way(take)
    frames = min(len(track), len(tracked["mouth_stretch"]))
    height = track.channel("lip_height_mm")[:frames].astype(np.float64)
    forward = track.channel("lip_protrusion_mm")[:frames].astype(np.float64)
    opening, lag = figures.best_lag(height, tracked["mouth_stretch"][:frames].astype(np.float64))
    rounded = tracked["mouth_pucker"] + tracked["mouth_funnel"] + tracked["mouth_oh"]
    return {
        "opening r": opening,
        "lag frames": float(lag),
        "rounding r": figures.best_lag(forward, rounded[:frames].astype(np.float64))[0],
    }


def _widest(track: MotionTrack, where: figures.Flags) -> float:
    return float(track.channel("lip_height_mm")[where].max()) if where.any() else 0.0


def _take(folder: Path) -> tuple[Utterance, dict[str, Floats]]:
    tracked = channels(folder / f"{HELD_OUT}.npz")
    tracked = {name.removesuffix("_c"): values for name, values in tracked.items()}
    return utterance_of(*read_wave(folder / f"{HELD_OUT}.wav")), tracked


def _random_like(trained: Mapping[str, Floats], seed: int) -> dict[str, Floats]:
    """Weights of the same shapes as torch would begin with: uniform, by the width of what comes in."""
    chance = np.random.default_rng(seed)
    weights = {}
    for name, value in trained.items():
        is_scale = name.startswith(("scale.", "sequence.")) or "norm" in name
        reach = 1 / np.sqrt(max(value[0].size if value.ndim > 1 else value.size, 1))
        weights[name] = value if is_scale else chance.uniform(-reach, reach, value.shape).astype(np.float32)
    return weights
