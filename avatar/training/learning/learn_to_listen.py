"""Shards of listening examples in, the weights of the listening network out; seeded, resumable.

Kinds of sound by cross entropy, the mouth by squared error; of a filmed mouth only touching or not is known.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from avatar.diffusion.weights import write_weights
from avatar.listening.features import FEATURES
from avatar.listening.layout import KIND, MOUTH_WIDTH, NAMES
from avatar.listening.spectra import BANDS
from avatar.training.learning.torch_listener import TorchListener
from avatar.training.listening_data import HELD_OUT_SHARD, REAL, SHARD
from avatar.training.listening_examples import CLOSED, NOT_CLOSED, Example, restored
from narrator.errors import SourceRefused

Arrays = tuple[npt.NDArray[Any], ...]

_log = logging.getLogger(__name__)

CHECKPOINT, WEIGHTS = "listening.pt", "listening.safetensors"
AVERAGING = 0.995
LOOKS, BATCH = 256, 16
REAL_SHARE = 0.12
SMOOTHING = 0.05
"""Labels of a synthesiser are exact in time; what one hears there is not."""
MOUTH_WEIGHT, LIPS_WEIGHT = 0.6, 0.5
KIND_WEIGHTS = {"stop": 1.6, "hum": 1.6, "tuck": 1.4, "tongue": 1.4}
LIPS = (KIND["stop"], KIND["hum"])
NO_SCORES, NO_BANDS, MASKED = 0.05, 0.4, 0.3
"""How often scores or bands are taken away, and some of either: bands tell how synthesisers sound, scores less."""
COLOUR_SPREAD, JITTER = 0.12, 0.05
LOG_EVERY = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn."""

    steps: int = 8_000
    learning_rate: float = 2e-3
    warm_up: int = 100
    seed: int = 0
    stop_after_s: float = math.inf


def learn(data: Path, into: Path, plan: Plan) -> Path:
    """Trains from the checkpoint that is there, or from nothing; the weights' file. Raises SourceRefused."""
    into.mkdir(parents=True, exist_ok=True)
    synthetic, real = load(data)
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network, mean = TorchListener().to(device), TorchListener().to(device)
    mean.load_state_dict(network.state_dict())
    optimiser = torch.optim.AdamW(network.parameters(), plan.learning_rate, betas=(0.9, 0.98), weight_decay=0.02)
    step = _resume(into / CHECKPOINT, network, mean, optimiser)
    scale, sequence = mouth_scale(synthetic), sequence_of(synthetic)
    feed, began_s, losses = batches(synthetic, real, plan.seed + step), time.monotonic(), [0.0]
    while step < plan.steps and time.monotonic() - began_s < plan.stop_after_s:
        for group in optimiser.param_groups:
            group["lr"] = plan.learning_rate * _rate(step, time.monotonic() - began_s, plan)
        with torch.autocast(device, torch.bfloat16):
            loss = loss_of(network, next(feed), scale, device)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        _average(mean, network, step)
        losses.append(float(loss.detach()))
        step += 1
        if step % LOG_EVERY == 0:
            spent = (time.monotonic() - began_s) / (len(losses) - 1)
            _log.info("step %d: loss %.4f, %.2f s a step", step, np.mean(losses[-LOG_EVERY:]), spent)
            _save(into, network, mean, optimiser, step)
            _ship(into / WEIGHTS, mean, step, scale, sequence)
    _save(into, network, mean, optimiser, step)
    _ship(into / WEIGHTS, mean, step, scale, sequence)
    return into / WEIGHTS


def load(data: Path) -> tuple[list[Example], list[Example]]:
    """The synthetic examples and the recorded ones. Raises SourceRefused where there are none."""
    numbers = {file: int(file.stem.split("_")[1]) for file in sorted(data.glob(SHARD.replace("{:05d}", "*[0-9]")))}
    synthetic = [one for file, number in numbers.items() if number < HELD_OUT_SHARD for one in restored(file)]
    real = [one for file, number in numbers.items() if number >= REAL for one in restored(file)]
    if not synthetic:
        raise SourceRefused("listening examples", f"{data} holds none", "Make them first: narrator-train data")
    return synthetic, real


def mouth_scale(examples: Sequence[Example]) -> Arrays:
    """Mean and spread of each channel of the mouth."""
    mouth = np.concatenate([one.mouth[::10] for one in examples]).astype(np.float64)
    return np.nanmean(mouth, 0).astype(np.float32), (np.nanstd(mouth, 0) + 1e-3).astype(np.float32)


def sequence_of(examples: Sequence[Example]) -> dict[str, npt.NDArray[Any]]:
    """What avatar/listening/sequence.py needs: which kind follows which, how long each lasts, how common each is."""
    following = np.ones((len(NAMES), len(NAMES)))
    share, stretches = np.ones(len(NAMES)), np.ones(len(NAMES))
    for one in examples:
        kinds = one.kinds[one.kinds >= 0].astype(int)
        if len(kinds) == 0:
            continue
        changes = np.flatnonzero(np.diff(kinds))
        np.add.at(following, (kinds[changes], kinds[changes + 1]), 1)
        share += np.bincount(kinds, minlength=len(NAMES))
        stretches += np.bincount(kinds[[*changes, -1]], minlength=len(NAMES))
    return {
        "sequence.next": following / following.sum(axis=1, keepdims=True),
        "sequence.looks": share / stretches,
        "sequence.share": share / share.sum(),
    }


def batches(synthetic: Sequence[Example], real: Sequence[Example], seed: int) -> Iterator[Arrays]:
    """(features, kinds, mouth) of BATCH crops, without end."""
    chance = np.random.default_rng((seed, 9))
    weights = {id(pool): np.array([len(one.kinds) for one in pool], float) for pool in (synthetic, real)}
    while True:
        crops = []
        for _ in range(BATCH):
            pool = real if len(real) and chance.random() < REAL_SHARE else synthetic
            weight = weights[id(pool)]
            crops.append(_crop(pool[int(chance.choice(len(pool), p=weight / weight.sum()))], chance))
        features, kinds, mouth = (np.stack(column) for column in zip(*crops, strict=True))
        yield features, kinds, mouth


def _crop(one: Example, chance: np.random.Generator) -> Arrays:
    first = int(chance.integers(0, max(len(one.kinds) - LOOKS, 0) + 1))
    span = slice(first, first + LOOKS)
    features = one.features[span].astype(np.float32)
    features[:, :BANDS] += np.interp(np.arange(BANDS), np.linspace(0, BANDS - 1, 5), chance.normal(0, COLOUR_SPREAD, 5))
    features += JITTER * chance.standard_normal(features.shape, np.float32)
    if chance.random() < NO_SCORES:
        features[:, 2 * BANDS + 2 :] = 0
    elif chance.random() < NO_BANDS:
        features[:, :BANDS] = 0
    if chance.random() < MASKED:
        start, length = int(chance.integers(0, len(features))), int(chance.integers(3, 12))
        features[start : start + length] = 0
    if chance.random() < MASKED:
        start, length = int(chance.integers(0, FEATURES)), int(chance.integers(2, 12))
        features[:, start : start + length] = 0
    short = LOOKS - len(features)
    kinds = np.pad(one.kinds[span].astype(np.int64), (0, short), constant_values=-1)
    mouth = np.pad(one.mouth[span].astype(np.float32), ((0, short), (0, 0)), constant_values=np.nan)
    return np.pad(features, ((0, short), (0, 0)), "edge"), kinds, mouth


def loss_of(network: TorchListener, batch: Arrays, scale: Arrays, device: str) -> Tensor:
    """One number for one batch."""
    features, kinds, mouth = (torch.from_numpy(one).to(device) for one in batch)
    told = network(features).float()
    chances = told[..., : len(NAMES)]
    weight = torch.ones(len(NAMES), device=device)
    for name, value in KIND_WEIGHTS.items():
        weight[KIND[name]] = value
    named = torch.where(kinds >= 0, kinds, torch.full_like(kinds, -100))
    loss = functional.cross_entropy(chances.flatten(0, 1), named.flatten(), weight, label_smoothing=SMOOTHING)
    touching = functional.log_softmax(chances, dim=2)[..., list(LIPS)].logsumexp(2).clamp(max=-1e-4)
    apart = torch.log1p(-touching.exp())
    count = ((kinds == CLOSED) | (kinds == NOT_CLOSED)).sum().clamp_min(1)
    lips = -(touching * (kinds == CLOSED) + apart * (kinds == NOT_CLOSED)).sum() / count
    mean, spread = (torch.from_numpy(one).to(device) for one in scale)
    known = torch.isfinite(mouth)
    error = (told[..., -MOUTH_WIDTH:] - torch.nan_to_num((mouth - mean) / spread)).square() * known
    total: Tensor = loss + LIPS_WEIGHT * lips + MOUTH_WEIGHT * error.sum() / known.sum().clamp_min(1)
    return total


def _rate(step: int, elapsed_s: float, plan: Plan) -> float:
    """Up in a line, down along half a cosine."""
    done = min(max(step / plan.steps, elapsed_s / plan.stop_after_s), 1.0)
    return min((step + 1) / plan.warm_up, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))


@torch.no_grad()
def _average(mean: TorchListener, network: TorchListener, step: int) -> None:
    share = min(AVERAGING, (step + 1) / (step + 10))
    for kept, new in zip(mean.parameters(), network.parameters(), strict=True):
        kept.lerp_(new, 1 - share)


def _save(into: Path, network: TorchListener, mean: TorchListener, optimiser: torch.optim.Optimizer, step: int) -> None:
    states = {"network": network.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict()}
    unfinished = into / (CHECKPOINT + ".part")
    torch.save(states | {"step": step}, unfinished)
    unfinished.replace(into / CHECKPOINT)


def _ship(file: Path, mean: TorchListener, step: int, scale: Arrays, sequence: dict[str, npt.NDArray[Any]]) -> None:
    arrays = {name: value.detach().cpu().numpy() for name, value in mean.state_dict().items()}
    notes = {"layout": " ".join(NAMES), "steps": str(step)}
    write_weights(file, arrays | sequence | {"scale.mean": scale[0], "scale.spread": scale[1]}, notes)


def _resume(file: Path, network: TorchListener, mean: TorchListener, optimiser: torch.optim.Optimizer) -> int:
    if not file.exists():
        return 0
    state = torch.load(file, weights_only=True)
    network.load_state_dict(state["network"])
    mean.load_state_dict(state["mean"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])
