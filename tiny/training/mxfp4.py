"""MXFP4: blocks of 32 numbers of 4 bits (E2M1) with a power of two as their common scale (E8M0)."""

import numpy as np
import torch

BLOCK = 32
BIAS = 127
LARGEST = 6.0
LARGEST_EXPONENT = 2  # of 4 and 6, the largest numbers without a scale
VALUES = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6], dtype=np.float32)


def _exponent(blocks):
    """Returns the exponent of each block's scale: of two that fit its largest number, the one with the smaller error."""
    largest = blocks.abs().amax(-1, keepdim=True).clamp(min=2.0**-100)
    low = torch.floor(torch.log2(largest)) - LARGEST_EXPONENT
    errors = [(_on_grid(blocks, e) - blocks).square().sum(-1, keepdim=True) for e in (low, low + 1)]
    return torch.where(errors[0] <= errors[1], low, low + 1)


def _on_grid(blocks, exponent):
    scale = torch.exp2(exponent)
    x = (blocks.abs() / scale).clamp(max=LARGEST)
    step = torch.where(x < 2, 0.5, torch.where(x < 4, 1.0, 2.0))
    return torch.sign(blocks) * torch.round(x / step) * step * scale


def rounded(weights):
    """Returns the weights as MXFP4 has them."""
    blocks = weights.reshape(-1, BLOCK)
    return _on_grid(blocks, _exponent(blocks)).view_as(weights)


def straight_through(weights):
    """Returns the rounded weights; the gradient passes as if they were not rounded."""
    return weights + (rounded(weights) - weights).detach()


def encode(weights):
    """Returns blocks, u8 [..., in/32, 16], and scales, u8 [..., in/32], of weights [..., in]."""
    blocks = weights.detach().reshape(-1, BLOCK)
    exponent = _exponent(blocks)
    x = (_on_grid(blocks, exponent) / torch.exp2(exponent)).numpy()
    nibbles = np.searchsorted(VALUES, np.abs(x)).astype(np.uint8) | (np.signbit(x).astype(np.uint8) << 3)
    nibbles[x == 0] = 0
    shape = (*weights.shape[:-1], weights.shape[-1] // BLOCK)
    packed = nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)
    scales = (exponent.numpy().astype(np.int32) + BIAS).astype(np.uint8)
    return packed.reshape(*shape, BLOCK // 2), scales.reshape(shape)
