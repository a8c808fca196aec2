"""A network and what it is told in, one window of motion out: at most eight evaluations, each projected.

Deterministic steps (Song et al. 2021, eta 0) with the clean motion predicted; guidance as Ho and Salimans (2022), both
branches in one batch and within the same count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from avatar.diffusion.layout import TEXT, WIDTH
from avatar.diffusion.network import Condition, Network, noise_share
from avatar.diffusion.sound import Floats

MOST_EVALUATIONS = 8
"""For one window, guidance included."""
STEPS = 4
ACCENT = TEXT.index("accent")


@dataclass(frozen=True, slots=True)
class Guidance:
    """How much further each condition pulls than it would by itself; 0 leaves it alone.

    sound is all that the voice says: what is heard, and how prominent the accents of a known text are.
    """

    sound: float = 0.5
    wishes: float = 0.0


def sample(
    network: Network,
    condition: Condition,
    context: Floats,
    project: Callable[[Floats], Floats],
    chance: np.random.Generator,
    guidance: Guidance = Guidance(),  # noqa: B008
) -> Floats:
    """(frames, WIDTH) normalised motion that begins with the context (first frames, given).

    project makes an estimate keep its promises; it is called after each step.
    """
    frames = len(condition.text)
    branches, pulls = _branches(condition, guidance)
    steps = min(STEPS, MOST_EVALUATIONS // len(branches))
    is_context = np.zeros(frames, np.float32)
    is_context[: len(context)] = 1.0
    moments = np.linspace(1.0, 0.0, steps + 1)
    noisy = chance.standard_normal((frames, WIDTH)).astype(np.float32)
    clean = noisy
    for now, following in zip(moments[:-1], moments[1:], strict=True):
        noisy[: len(context)] = context
        estimates = network.move(noisy, is_context, float(now), branches)
        clean = np.tensordot(pulls, estimates, axes=1).astype(np.float32)
        clean[: len(context)] = context
        clean = project(clean)
        keep, blur = noise_share(float(now))
        noise = (noisy - keep * clean) / blur
        keep, blur = noise_share(float(following))
        noisy = (keep * clean + blur * noise).astype(np.float32)
    return clean


def _branches(condition: Condition, guidance: Guidance) -> tuple[list[Condition], Floats]:
    """What is evaluated, and with which weight each estimate counts: 1 + s of all, -s of all but one."""
    branches, pulls = [condition], [1.0]
    if guidance.sound and condition.ears is not None:
        unaccented = condition.text.copy()
        unaccented[:, ACCENT] = 0.0
        branches.append(replace(condition, ears=None, text=unaccented))
        pulls.append(-guidance.sound)
    if guidance.wishes and condition.wishes.any():
        branches.append(replace(condition, wishes=np.zeros_like(condition.wishes)))
        pulls.append(-guidance.wishes)
    pulls[0] = 1.0 - sum(pulls[1:])
    return branches, np.array(pulls, np.float32)
