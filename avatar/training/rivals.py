"""An utterance in, the motion that simpler ways give it out: the baselines that the network must beat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from avatar.articulation.articulate import articulate
from avatar.articulation.score import SILENCE_MIN_S
from avatar.articulation.target import COUNT, HEIGHT, INNER, JAW, MOUTH_REST
from avatar.diffusion.generator import Generator
from avatar.diffusion.projection import projected, score_of
from avatar.diffusion.sound import FRAME_HZ, HOPS, Floats, bands_db, frame_count, level_db, loudness_db
from avatar.diffusion.track import at_16_khz, grow, hear
from avatar.listening.contacts import runs
from avatar.listening.network import Listener
from avatar.motion.rules import move as move_by_rules
from avatar.motion_frame import MotionTrack
from avatar.training.labelled import utterance_of
from avatar.training.speakers import IPA_OF_ARPABET
from narrator.flow import Delivery, Phone, Utterance

Way = Callable[[Utterance], MotionTrack]
"""Gives an utterance its motion at FRAME_HZ, from its first sample on."""

LIP_MM_PER_DB, ZERO_DB, WIDEST_MM = 0.55, -28.0, 15.0
SILENT_DB = -35.0
PIECE_S = 1.0


def by_network(generator: Generator, ears: Listener, seed: int = 0) -> Way:
    """The networks with nothing but the sound."""

    def way(utterance: Utterance) -> MotionTrack:
        unknown = replace(utterance, phones=())
        return hear(generator, unknown, _rest(utterance), 0.0, Delivery(seed=seed), ears)

    return way


def by_network_with_text(generator: Generator, seed: int = 0) -> Way:
    """The articulation's mouth, and the network's face knowing the true phones."""

    def way(utterance: Utterance) -> MotionTrack:
        mouth = articulate(utterance, FRAME_HZ, 0.0, utterance.duration_s)
        base = move_by_rules(mouth, utterance, 0.0, Delivery(seed=seed))
        return [base, *(track for _, track in grow(generator, utterance, base, 0.0, Delivery(seed=seed)))][-1]

    return way


def by_shuffled_sound(generator: Generator, ears: Listener, seed: int = 0) -> Way:
    """The same network, hearing the seconds of the sound in another order."""

    def way(utterance: Utterance) -> MotionTrack:
        size = int(PIECE_S * utterance.rate_hz)
        pieces = np.array_split(utterance.samples, max(2, len(utterance.samples) // size))
        order = np.random.default_rng(seed + 1).permutation(len(pieces))
        if (order == np.arange(len(pieces))).all():
            order = order[::-1]
        mixed = np.concatenate([pieces[i] for i in order])
        return by_network(generator, ears, seed)(replace(utterance, samples=mixed))

    return way


def by_energy(utterance: Utterance) -> MotionTrack:
    """The louder, the wider; closed in silence."""
    like = _rest(utterance)
    bands = bands_db(at_16_khz(utterance), len(like))
    loud = loudness_db(bands).reshape(len(like), HOPS).mean(axis=1) - level_db(bands)
    mouth = np.tile(MOUTH_REST, (len(like), 1))
    mouth[:, HEIGHT] = np.clip((loud - ZERO_DB) * LIP_MM_PER_DB, 0, WIDEST_MM)
    mouth[:, JAW] = mouth[:, HEIGHT] * 0.8
    mouth[:, INNER] = 0.6
    times = np.arange(len(like)) / FRAME_HZ
    sealed = projected(mouth.astype(np.float32), score_of((), silences_by_loudness(loud)), times, FRAME_HZ)
    # the sealing opens every mouth that is no contact; loudness alone knows none, so it may close by itself
    sealed[:, HEIGHT] = np.where(mouth[:, HEIGHT] < 0.3, 0.0, sealed[:, HEIGHT])
    values = like.values.copy()
    values[:, :COUNT] = sealed
    return replace(like, values=values)


def silences_by_loudness(loud: Floats) -> list[tuple[float, float]]:
    """(start, end) s of pauses: (frames,) dB against the voice."""
    found = []
    for first, last in runs(loud < SILENT_DB):
        if (last - first) / FRAME_HZ >= SILENCE_MIN_S:
            found.append((first / FRAME_HZ if first else -np.inf, last / FRAME_HZ if last < len(loud) else np.inf))
    return found


def by_free_phones(utterance: Utterance) -> MotionTrack:
    """pocketsphinx's free phone recognition (English) and the articulation."""
    return by_rules(replace(utterance, phones=free_phones(utterance)))


def by_rules(utterance: Utterance) -> MotionTrack:
    """The articulation and the rules, with the true phones."""
    end_s = utterance.duration_s
    mouth = articulate(utterance, FRAME_HZ, 0.0, end_s)
    return move_by_rules(mouth, utterance, 0.0, Delivery())


def free_phones(utterance: Utterance) -> tuple[Phone, ...]:
    """What pocketsphinx hears without a text."""
    from pocketsphinx import Decoder, get_model_path

    model = Path(str(get_model_path())) / "en-us"
    decoder = Decoder(
        hmm=str(model / "en-us"),
        allphone=str(model / "en-us-phone.lm.bin"),
        lw=2.0,
        beam=1e-20,
        pbeam=1e-20,
        loglevel="FATAL",
    )
    pcm = (at_16_khz(utterance) * 32767).astype(np.int16).tobytes()
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    return tuple(
        Phone(
            IPA_OF_ARPABET.get(one.word.lower(), ""), one.start_frame / 100, (one.end_frame + 1 - one.start_frame) / 100
        )
        for one in decoder.seg()
    )


def _rest(utterance: Utterance) -> MotionTrack:
    frames = frame_count(len(at_16_khz(utterance)))
    nobody = utterance_of(utterance.samples, utterance.rate_hz)
    return articulate(nobody, FRAME_HZ, 0.0, frames / FRAME_HZ)
