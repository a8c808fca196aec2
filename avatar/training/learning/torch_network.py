"""The network of avatar/diffusion/network.py as torch trains it: the same names, the same arithmetic."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from avatar.diffusion.layout import WIDTH
from avatar.diffusion.network import (
    EAR_BLOCKS,
    HEADS,
    HEARING_WIDTH,
    INNER_WIDTH,
    INPUT_WIDTH,
    KERNEL,
    MODEL_WIDTH,
    MOUTH_WIDTH,
    MOVER_BLOCKS,
    TIME_WIDTH,
    WISHING_WIDTH,
    distance_bias,
)


class Block(nn.Module):
    """Near, far, wide."""

    def __init__(self) -> None:
        super().__init__()
        self.near_norm = nn.LayerNorm(MODEL_WIDTH)
        self.near = nn.Conv1d(MODEL_WIDTH, MODEL_WIDTH, KERNEL, padding=KERNEL // 2, groups=MODEL_WIDTH)
        self.far_norm = nn.LayerNorm(MODEL_WIDTH)
        self.ask = nn.Linear(MODEL_WIDTH, 3 * MODEL_WIDTH)
        self.answer = nn.Linear(MODEL_WIDTH, MODEL_WIDTH)
        self.wide_norm = nn.LayerNorm(MODEL_WIDTH)
        self.up = nn.Linear(MODEL_WIDTH, INNER_WIDTH)
        self.down = nn.Linear(INNER_WIDTH, MODEL_WIDTH)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(batch, frames, MODEL_WIDTH) to the same."""
        x = x + self.near(self.near_norm(x).transpose(1, 2)).transpose(1, 2)
        batch, frames, width = x.shape
        mixed = self.ask(self.far_norm(x)).reshape(batch, frames, 3, HEADS, width // HEADS)
        query, key, value = (mixed[:, :, i].transpose(1, 2) for i in range(3))
        mean = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        x = x + self.answer(mean.transpose(1, 2).reshape(batch, frames, width))
        wide: Tensor = self.down(functional.silu(self.up(self.wide_norm(x))))
        return x + wide


class TorchNetwork(nn.Module):
    """Ears and mover."""

    def __init__(self) -> None:
        super().__init__()
        self.ears_in = nn.Linear(HEARING_WIDTH, MODEL_WIDTH)
        self.ears = nn.ModuleList(Block() for _ in range(EAR_BLOCKS))
        self.ears_norm = nn.LayerNorm(MODEL_WIDTH)
        self.mouth_out = nn.Linear(MODEL_WIDTH, MOUTH_WIDTH)
        self.unheard = nn.Parameter(torch.zeros(MODEL_WIDTH))
        self.mover_in = nn.Linear(INPUT_WIDTH, MODEL_WIDTH)
        self.mover_ears = nn.Linear(MODEL_WIDTH, MODEL_WIDTH)
        self.wishes_in = nn.Linear(WISHING_WIDTH, MODEL_WIDTH)
        self.time_in = nn.Linear(TIME_WIDTH, MODEL_WIDTH)
        self.time_out = nn.Linear(MODEL_WIDTH, MODEL_WIDTH)
        self.mover = nn.ModuleList(Block() for _ in range(MOVER_BLOCKS))
        self.mover_norm = nn.LayerNorm(MODEL_WIDTH)
        self.mover_out = nn.Linear(MODEL_WIDTH, WIDTH)

    def hear(self, sound: Tensor) -> Tensor:
        """(batch, frames, HEARING_WIDTH) to (batch, frames, MODEL_WIDTH)."""
        bias = torch.from_numpy(distance_bias(sound.shape[1])).to(sound)
        x = self.ears_in(sound)
        for block in self.ears:
            x = block(x, bias)
        heard: Tensor = self.ears_norm(x)
        return heard

    def forward(
        self, noisy: Tensor, is_context: Tensor, moment: Tensor, ears: Tensor, text: Tensor, wishes: Tensor
    ) -> Tensor:
        """(batch, frames, WIDTH); moment is (batch,) 0..1, wishes (batch, WISHING_WIDTH)."""
        x = self.mover_in(torch.cat([noisy, is_context[..., None], text], dim=2)) + self.mover_ears(ears)
        x = x + (self.wishes_in(wishes) + self._time(moment))[:, None]
        bias = torch.from_numpy(distance_bias(noisy.shape[1])).to(noisy)
        for block in self.mover:
            x = block(x, bias)
        clean: Tensor = self.mover_out(self.mover_norm(x))
        return clean

    def _time(self, moment: Tensor) -> Tensor:
        steps = torch.arange(TIME_WIDTH // 2, device=moment.device) / (TIME_WIDTH // 2)
        waves = 1000.0 * moment[:, None] * torch.exp(-torch.log(torch.tensor(10000.0)) * steps)
        time: Tensor = self.time_out(functional.silu(self.time_in(torch.cat([waves.sin(), waves.cos()], dim=1))))
        return time
