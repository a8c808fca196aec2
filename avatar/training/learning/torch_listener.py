"""The network of avatar/listening/network.py as torch trains it: the same names, the same arithmetic."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from avatar.listening.features import FEATURES
from avatar.listening.layout import OUTPUT_WIDTH
from avatar.listening.network import BLOCKS, MODEL_WIDTH, TAPS


class Block(nn.Module):
    """What is near in time, then across the channels."""

    def __init__(self, step: int, ahead: int) -> None:
        super().__init__()
        self.reach = (step * (TAPS - 1 - ahead), step * ahead)
        self.norm = nn.LayerNorm(MODEL_WIDTH)
        self.near = nn.Conv1d(MODEL_WIDTH, MODEL_WIDTH, TAPS, dilation=step)
        self.mix = nn.Linear(MODEL_WIDTH, MODEL_WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, looks, MODEL_WIDTH) to the same; the ends are held beyond the stretch."""
        normal = functional.pad(self.norm(x).transpose(1, 2), self.reach, mode="replicate")
        mixed: Tensor = self.mix(functional.silu(self.near(normal)).transpose(1, 2))
        return x + mixed


class TorchListener(nn.Module):
    """From features to kinds of sound and mouth."""

    def __init__(self) -> None:
        super().__init__()
        self.come_in = nn.Linear(FEATURES, MODEL_WIDTH)
        self.blocks = nn.ModuleList(Block(step, ahead) for step, ahead in BLOCKS)
        self.last_norm = nn.LayerNorm(MODEL_WIDTH)
        self.tell = nn.Linear(MODEL_WIDTH, OUTPUT_WIDTH)

    def forward(self, features: Tensor) -> Tensor:
        """(batch, looks, OUTPUT_WIDTH): logarithms of kinds' chances, then the normalised mouth."""
        x = self.come_in(features)
        for block in self.blocks:
            x = block(x)
        told: Tensor = self.tell(self.last_norm(x))
        return told
