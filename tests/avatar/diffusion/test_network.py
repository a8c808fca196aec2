"""The network that runs is the network that was trained."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.diffusion.layout import TEXT_WIDTH, WIDTH
from avatar.diffusion.network import WISHING_WIDTH, Condition, Network
from avatar.diffusion.sound import SOUND_WIDTH, Floats

FRAMES = 40


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(0)


def normal(chance: np.random.Generator, *shape: int) -> Floats:
    return chance.normal(size=shape).astype(np.float32)


def test_numpy_and_torch_give_the_same_motion(chance: np.random.Generator) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    from avatar.training.learning.torch_network import TorchNetwork

    trained = TorchNetwork().eval()
    weights = {name: 0.08 * normal(chance, *value.shape) for name, value in trained.state_dict().items()}
    trained.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    sound, noisy, text = (normal(chance, FRAMES, width) for width in (SOUND_WIDTH, WIDTH, TEXT_WIDTH))
    wishes, is_context = normal(chance, WISHING_WIDTH), np.arange(FRAMES, dtype=np.float32) < 9
    ours = Network(weights)
    moved = ours.move(noisy, is_context, 0.3, [Condition(ours.hear(sound), text, wishes)])[0]
    with torch.no_grad():
        one = [torch.from_numpy(np.asarray(x, np.float32))[None] for x in (noisy, is_context, sound, text, wishes)]
        theirs = trained(one[0], one[1], torch.tensor([0.3]), trained.hear(one[2]), one[3], one[4])[0].numpy()
    assert np.abs(moved - theirs).max() < 1e-4
    assert np.abs(theirs).max() > 0.1
