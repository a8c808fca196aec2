"""A way to move faces in, how head, brows and gaze follow voices that were never trained on out.

Stress is a bump on each accent, as high as its prominence; melody is the smoothed pitch. Both are measured in the same
sound for every way.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import islice

import numpy as np

from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, bands_db, level_db, middle_pitch_hz, pitch
from avatar.diffusion.track import at_16_khz
from avatar.motion.timeline import bump
from avatar.motion_frame import MotionTrack
from avatar.training import figures
from avatar.training.data import joined
from avatar.training.labelled import utterance_of
from avatar.training.pairs import prosody
from avatar.training.rivals import Way
from avatar.training.speakers import HELD_OUT_TIMBRES, SENTENCES_OF_A_SPEAKER, Spoken, speakers
from avatar.training.teacher import accents
from narrator.flow import Utterance

HELD_OUT_SENTENCES = 24
HELD_OUT_SEED = 999_983
BUMP_S = 0.35
PAUSE_S = 0.7
"""Between two sentences of a passage: long enough to look away."""
ON_VIEWER_DEG = 4.0


def following(way: Way, voices: list[Utterance], *, knows_text: bool) -> dict[str, float]:
    """Correlation of the head's bow and of the brows with stress and with melody, while something is said."""
    collected: dict[str, list[Doubles]] = {name: [] for name in ("nod", "brow", "stress", "pitch")}
    for one in voices:
        track = way(one if knows_text else replace(one, phones=()))
        stress, melody = _prosody(one, len(track))
        spoken = np.flatnonzero(_speaking(one, len(track)))
        bow = -track.channel("head_pitch_deg").astype(np.float64)
        brow = track.channel("brow_raise_left").astype(np.float64)
        for name, values in (("nod", bow), ("brow", brow), ("stress", stress), ("pitch", melody)):
            piece = values[int(spoken[0]) : int(spoken[-1]) + 1]
            collected[name].append(piece - piece.mean())
    whole = {name: np.concatenate(pieces) for name, pieces in collected.items()}
    return {
        f"{moved}-{voice} r": figures.correlation(whole[moved], whole[voice])
        for moved in ("nod", "brow")
        for voice in ("stress", "pitch")
    }


def liveliness(way: Way, passages: list[Utterance], *, knows_text: bool) -> dict[str, float]:
    """How eyes keep to the viewer in speech and leave in pauses, how lids blink and heads move."""
    away, paused, variation, blinks, lengths, slow = [], [], [], [], [], []
    for one in passages:
        track = way(one if knows_text else replace(one, phones=()))
        away.append(away_deg(track))
        paused.append(_speaking(one, len(track)) == 0)
        variation.append(figures.pose_variation_deg(track))
        blinks.append(figures.blinks_per_minute(track))
        lengths += figures.blink_lengths_s(track)
        slow.append(figures.below_one_hertz(track))
    looks, is_pause = np.concatenate(away), np.concatenate(paused)
    return {
        "gaze-pause r": figures.correlation(looks, is_pause.astype(np.float64)),
        "eyes on viewer in speech %": 100 * float((looks[~is_pause] < ON_VIEWER_DEG).mean()),
        "pose deg/frame": float(np.mean(variation)),
        "blinks a minute": float(np.mean(blinks)),
        "blink s": float(np.mean(lengths)) if lengths else 0.0,
        "below 1 Hz %": 100 * float(np.mean(slow)),
    }


def away_deg(track: MotionTrack) -> Doubles:
    """(frames,) degrees between where the eyes look and the viewer."""
    look = [track.channel(f"gaze_{axis}_deg") + track.channel(f"head_{axis}_deg") for axis in ("yaw", "pitch")]
    return np.hypot(*look).astype(np.float64)


@lru_cache(maxsize=1)
def _said() -> tuple[Spoken, ...]:
    return tuple(islice(speakers(HELD_OUT_SEED, timbres=HELD_OUT_TIMBRES, flite=False), HELD_OUT_SENTENCES))


def held_out_voices() -> list[Utterance]:
    """Sentences of voices that are never trained on."""
    return [_as_utterance(one) for one in _said()]


def held_out_passages() -> list[Utterance]:
    """The sentences of each of these voices, one after the other with pauses between."""
    passages = []
    for first in range(0, HELD_OUT_SENTENCES, SENTENCES_OF_A_SPEAKER):
        whole, *others = _said()[first : first + SENTENCES_OF_A_SPEAKER]
        for other in others:
            whole = joined(whole, other, PAUSE_S)
        passages.append(_as_utterance(whole))
    return passages


def _as_utterance(said: Spoken) -> Utterance:
    return utterance_of((said.signal * 32767).clip(-32768, 32767).astype(np.int16), RATE_HZ, said.phones)


def _prosody(utterance: Utterance, frames: int) -> tuple[Doubles, Doubles]:
    """(stress as bumps, melody in octaves), one number per frame each."""
    signal = at_16_khz(utterance)
    times = np.arange(frames) / FRAME_HZ
    bands = bands_db(signal, frames)
    hertz, _ = pitch(signal, frames)
    heard = prosody(bands, hertz, middle_pitch_hz(hertz), level_db(bands), times)
    stress = np.zeros(frames)
    for moment, weight in accents(utterance.phones, heard):
        stress = np.maximum(stress, weight * bump(times, moment, BUMP_S))
    return stress, heard.octaves


def _speaking(utterance: Utterance, frames: int) -> Doubles:
    """(frames,) 1 where a phone is said."""
    times, speaking = np.arange(frames) / FRAME_HZ, np.zeros(frames)
    for phone in utterance.phones:
        if phone.ipa:
            speaking[(times >= phone.start_s) & (times < phone.end_s)] = 1
    return speaking
