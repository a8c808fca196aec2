"""Weights and the real material in, the figures of every way beside each other out: `narrator-train evaluate`.

Closures and silence are read from the lip height that is asked of the face; the tests of the articulation hold that
what is drawn follows it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.generator import Generator, generator
from avatar.diffusion.sound import FRAME_HZ, Floats, bands_db, level_db, middle_pitch_hz, pitch
from avatar.diffusion.track import at_16_khz
from avatar.listening.network import Listener
from avatar.listening.weights import WEIGHTS as HEARING
from avatar.listening.weights import listener
from avatar.motion_frame import INDEX, MotionTrack
from avatar.training import figures, rivals
from avatar.training.labelled import Labelled, aligned_speech, labelled_speech, read_wave, utterance_of
from avatar.training.pairs import prosody
from avatar.training.speakers import HELD_OUT_TIMBRES, speakers
from avatar.training.takes import HELD_OUT, channels
from avatar.training.teacher import accents
from narrator.flow import Utterance

HELD_OUT_SENTENCES = 24
HELD_OUT_SEED = 999_983
BUMP_S = 0.35
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
    voices = list(_held_out_voices())
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
        row.values |= _head_and_brows(way, voices, knows_text=knows_text)
        yield row


def cost(weights: Path, material: Path) -> dict[str, float]:
    """Processor milliseconds for each second of motion (one core where BLAS has one thread), and of loading."""
    began_s = time.process_time()
    generator.cache_clear()
    made = generator(weights)
    loaded_ms = 1000 * (time.process_time() - began_s)
    utterance = labelled_speech(material / "labelled_speech")[0].unknown
    way = rivals.by_network(made, listener())
    way(utterance)
    began_s = time.process_time()
    way(utterance)
    spent_ms = 1000 * (time.process_time() - began_s)
    return {"ms a second": spent_ms / utterance.duration_s, "ms to load": loaded_ms}


def diversity(weights: Path) -> dict[str, float]:
    """Spread across seeds of head, brows and mouth of one sentence with its text, mean over sentences and frames."""
    made, spreads = generator(weights), []
    for one in list(_held_out_voices())[:DIVERSE_SENTENCES]:
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


def _head_and_brows(way: rivals.Way, voices: list[Utterance], *, knows_text: bool) -> dict[str, float]:
    """Correlation of downward head pitch and of brows with stress and with pitch, over voices never trained on."""
    collected: dict[str, list[Doubles]] = {name: [] for name in ("nod", "brow", "stress", "pitch")}
    variation, blinks, lengths, slow = [], [], [], []
    for one in voices:
        track = way(one if knows_text else replace(one, phones=()))
        stress, octaves = _prosody(one, len(track))
        spoken = np.flatnonzero(stress[1])
        slice_ = slice(int(spoken[0]), int(spoken[-1]) + 1)
        head = -track.channel("head_pitch_deg").astype(np.float64)
        brow = track.channel("brow_raise_left").astype(np.float64)
        for name, values in (("nod", head), ("brow", brow), ("stress", stress[0]), ("pitch", octaves)):
            piece = values[slice_]
            collected[name].append(piece - piece.mean())
        variation.append(figures.pose_variation_deg(track))
        blinks.append(figures.blinks_per_minute(track))
        lengths += figures.blink_lengths_s(track)
        slow.append(figures.below_one_hertz(track))
    joined = {name: np.concatenate(pieces) for name, pieces in collected.items()}
    return {
        "nod-stress r": figures.correlation(joined["nod"], joined["stress"]),
        "brow-stress r": figures.correlation(joined["brow"], joined["stress"]),
        "brow-pitch r": figures.correlation(joined["brow"], joined["pitch"]),
        "pose deg/frame": float(np.mean(variation)),
        "blinks a minute": float(np.mean(blinks)),
        "blink s": float(np.mean(lengths)) if lengths else 0.0,
        "below 1 Hz %": 100 * float(np.mean(slow)),
    }


def _prosody(utterance: Utterance, frames: int) -> tuple[tuple[Doubles, Doubles], Doubles]:
    """((stress as bumps, speaking), pitch in octaves), one number per frame."""
    from avatar.motion.timeline import bump

    signal = at_16_khz(utterance)
    times = np.arange(frames) / FRAME_HZ
    bands = bands_db(signal, frames)
    hertz, _ = pitch(signal, frames)
    heard = prosody(bands, hertz, middle_pitch_hz(hertz), level_db(bands), times)
    stress = np.zeros(frames)
    for moment, weight in accents(utterance.phones, heard):
        stress = np.maximum(stress, weight * bump(times, moment, BUMP_S))
    speaking = np.zeros(frames)
    for phone in utterance.phones:
        if phone.ipa:
            speaking[(times >= phone.start_s) & (times < phone.end_s)] = 1
    return (stress, speaking), heard.octaves


def _widest(track: MotionTrack, where: figures.Flags) -> float:
    return float(track.channel("lip_height_mm")[where].max()) if where.any() else 0.0


def _take(folder: Path) -> tuple[Utterance, dict[str, Floats]]:
    tracked = channels(folder / f"{HELD_OUT}.npz")
    tracked = {name.removesuffix("_c"): values for name, values in tracked.items()}
    return utterance_of(*read_wave(folder / f"{HELD_OUT}.wav")), tracked


def _held_out_voices() -> Iterator[Utterance]:
    said = speakers(HELD_OUT_SEED, timbres=HELD_OUT_TIMBRES, flite=False)
    for _ in range(HELD_OUT_SENTENCES):
        one = next(said)
        yield utterance_of((one.signal * 32767).clip(-32768, 32767).astype(np.int16), 16_000, one.phones)


def _random_like(trained: Mapping[str, Floats], seed: int) -> dict[str, Floats]:
    """Weights of the same shapes as torch would begin with: uniform, by the width of what comes in."""
    chance = np.random.default_rng(seed)
    weights = {}
    for name, value in trained.items():
        is_scale = name.startswith(("scale.", "sequence.")) or "norm" in name
        reach = 1 / np.sqrt(max(value[0].size if value.ndim > 1 else value.size, 1))
        weights[name] = value if is_scale else chance.uniform(-reach, reach, value.shape).astype(np.float32)
    return weights
