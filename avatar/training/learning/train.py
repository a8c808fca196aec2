"""Shards of training pairs in, the weights of the motion out: `narrator-train train`; seeded, resumable.

The network predicts the clean motion (Ramesh et al. 2022) with the mean squared error over what is known, of positions
and of their differences from frame to frame; the ears are also taught directly what the mouth does.
"""

from __future__ import annotations

import logging
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from avatar.diffusion.layout import HEARD_MOUTH, MOTION, VERSION
from avatar.diffusion.sampler import STEPS
from avatar.diffusion.weights import write_weights
from avatar.training.batches import Batch, Scale, batches, scale_of
from avatar.training.data import HELD_OUT_SHARD, REAL
from avatar.training.learning.torch_network import TorchNetwork
from avatar.training.pairs import Pair
from avatar.training.storage import SHARD, read_shard
from narrator.errors import SourceRefused

_log = logging.getLogger(__name__)

CHECKPOINT = "checkpoint.pt"
WEIGHTS = "motion.safetensors"
AVERAGING = 0.99
"""Share of the running mean of the weights that each step keeps; the mean is what ships."""
VELOCITY_WEIGHT, EARS_WEIGHT = 2.0, 0.25
CHANNEL_WEIGHT = dict.fromkeys(MOTION[HEARD_MOUTH], 0.1) | dict.fromkeys(
    ("head_pitch_deg", "brow_raise_left", "brow_raise_right"), 3.0
)
"""1 for the others. The sampler is given the mouth, so nobody asks for it; nods and brows are what must follow the
voice, and are small beside what moods do to the same channels."""
STEPPED_SHARE = 0.5
"""Of the noise levels, those at which the sampler stops: it asks for no others."""
LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn."""

    steps: int = 20_000
    batch: int = 8
    learning_rate: float = 9e-4
    warm_up: int = 100
    save_every: int = 100
    seed: int = 0
    stop_after_s: float = math.inf
    """Ends by then; the learning rate falls with whichever of time and steps is further."""


def train(data: Path, into: Path, plan: Plan) -> Path:
    """Trains from the checkpoint that is there, or from nothing; the weights' file. Raises SourceRefused."""
    into.mkdir(parents=True, exist_ok=True)
    synthetic, real = load(data)
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network, mean = TorchNetwork().to(device), TorchNetwork().to(device)
    mean.load_state_dict(network.state_dict())
    scale = scale_of([*synthetic, *real])
    optimiser = torch.optim.AdamW(network.parameters(), plan.learning_rate, betas=(0.9, 0.98), weight_decay=0.02)
    step = _resume(into / CHECKPOINT, network, mean, optimiser)
    if step:
        stored = np.load(into / "scale.npz")
        scale = Scale(stored["mean"], stored["spread"])
    np.savez(into / "scale.npz", **asdict(scale))
    feed = batches(synthetic, real, scale, plan.batch, plan.seed + step)
    began_s, losses = time.monotonic(), []
    while step < plan.steps and time.monotonic() - began_s < plan.stop_after_s:
        for group in optimiser.param_groups:
            group["lr"] = plan.learning_rate * _rate(step, time.monotonic() - began_s, plan)
        with torch.autocast(device, torch.bfloat16):
            loss = losses_of(network, next(feed), device)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        _average(mean, network, step)
        losses.append(float(loss.detach()))
        step += 1
        if step % LOG_EVERY == 0:
            _log.info(
                "step %d: loss %.4f, %.2f s a step",
                step,
                np.mean(losses[-LOG_EVERY:]),
                (time.monotonic() - began_s) / len(losses),
            )
        if step % plan.save_every == 0:
            save(into, network, mean, optimiser, step, scale)
    save(into, network, mean, optimiser, step, scale)
    return into / WEIGHTS


def load(data: Path) -> tuple[list[Pair], list[Pair]]:
    """The synthetic pairs and the recorded ones. Raises SourceRefused where there are none."""
    files = sorted(data.glob(SHARD.replace("{:05d}", "*")))
    numbers = {file: int(file.stem.split("_")[1]) for file in files}
    synthetic = [pair for file in files if numbers[file] < HELD_OUT_SHARD for pair in read_shard(file)]
    real = [pair for file in files if numbers[file] >= REAL for pair in read_shard(file)]
    if not synthetic:
        raise SourceRefused("training pairs", f"{data} holds none", "Make them first: narrator-train data")
    return synthetic, real


def losses_of(network: TorchNetwork, batch: Batch, device: str) -> Tensor:
    """One number for one batch."""
    tensors = {name: torch.from_numpy(value).to(device) for name, value in asdict(batch).items()}
    motion, known, is_context = tensors["motion"], tensors["known"], tensors["is_context"]
    ears = network.hear(tensors["sound"])
    weight = torch.tensor([CHANNEL_WEIGHT.get(name, 1.0) for name in MOTION], device=device)
    learnt = _mean_square(network.mouth_out(ears) - motion[..., HEARD_MOUTH], known[..., HEARD_MOUTH])
    has_sound = tensors["has_sound"][:, None, None]
    ears = has_sound * ears + (1 - has_sound) * network.unheard
    moment = torch.rand(len(motion), device=device)
    is_stepped = torch.rand(len(motion), device=device) < STEPPED_SHARE
    moment = torch.where(is_stepped, torch.ceil(moment * STEPS) / STEPS, moment)
    keep, blur = torch.cos(0.5 * math.pi * moment), torch.sin(0.5 * math.pi * moment)
    noisy = keep[:, None, None] * motion + blur[:, None, None] * torch.randn_like(motion)
    held = is_context[..., None]
    noisy = torch.where((held > 0) & (known > 0), motion, noisy)
    clean = network(noisy, is_context, moment, ears, tensors["text"], tensors["wishes"])
    asked = known * (1 - held) * weight
    error = clean - motion
    both = asked[:, 1:] * known[:, :-1]
    place, speed = _mean_square(error, asked), _mean_square(error[:, 1:] - error[:, :-1], both)
    return place + VELOCITY_WEIGHT * speed + EARS_WEIGHT * learnt


def _mean_square(error: Tensor, weight: Tensor) -> Tensor:
    return (error.square() * weight).sum() / weight.sum().clamp_min(1.0)


def _rate(step: int, elapsed_s: float, plan: Plan) -> float:
    """Up in a line, down along half a cosine."""
    if step < plan.warm_up:
        return (step + 1) / plan.warm_up
    done = min(max(step / plan.steps, elapsed_s / plan.stop_after_s), 1.0)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done))


@torch.no_grad()
def _average(mean: TorchNetwork, network: TorchNetwork, step: int) -> None:
    share = min(AVERAGING, (step + 1) / (step + 10))
    for kept, new in zip(mean.parameters(), network.parameters(), strict=True):
        kept.lerp_(new, 1 - share)


def save(
    into: Path, network: TorchNetwork, mean: TorchNetwork, optimiser: torch.optim.Optimizer, step: int, scale: Scale
) -> None:
    """The checkpoint to go on from, and the weights as they ship."""
    state = {
        "network": network.state_dict(),
        "mean": mean.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
    }
    unfinished = into / (CHECKPOINT + ".part")
    torch.save(state, unfinished)
    unfinished.replace(into / CHECKPOINT)
    arrays = {name: value.detach().cpu().numpy() for name, value in mean.state_dict().items()}
    notes = {"layout": " ".join(MOTION), "version": VERSION, "steps": str(step)}
    write_weights(into / WEIGHTS, arrays | {"scale.mean": scale.mean, "scale.spread": scale.spread}, notes)


def _resume(file: Path, network: TorchNetwork, mean: TorchNetwork, optimiser: torch.optim.Optimizer) -> int:
    if not file.exists():
        return 0
    state = torch.load(file, weights_only=True)
    network.load_state_dict(state["network"])
    mean.load_state_dict(state["mean"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])
