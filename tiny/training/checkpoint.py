"""Writes a checkpoint in OpenAI's original layout: config.json and model.safetensors, with MXFP4 experts and BF16 elsewhere.

The embedding and the unembedding have all rows of o200k_harmony; those that are not used are zero, and holes in the file.
"""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

import mxfp4


def bf16(tensor):
    return tensor.detach().to(torch.bfloat16).view(torch.int16).numpy()


def tensors(model):
    """Yields name, type and values of all tensors but the embeddings."""
    for i, (attention, experts) in enumerate(zip(model.attention, model.experts)):
        block = f"block.{i}"
        yield f"{block}.attn.norm.scale", "BF16", bf16(attention.norm)
        yield f"{block}.attn.qkv.weight", "BF16", bf16(attention.qkv.weight)
        yield f"{block}.attn.qkv.bias", "BF16", bf16(attention.qkv.bias)
        yield f"{block}.attn.sinks", "BF16", bf16(attention.sinks)
        yield f"{block}.attn.out.weight", "BF16", bf16(attention.out.weight)
        yield f"{block}.attn.out.bias", "BF16", bf16(attention.out.bias)
        yield f"{block}.mlp.norm.scale", "BF16", bf16(experts.norm)
        yield f"{block}.mlp.gate.weight", "BF16", bf16(experts.gate.weight)
        yield f"{block}.mlp.gate.bias", "BF16", bf16(experts.gate.bias)
        for name, weight, bias in (
            ("mlp1", interleaved(experts.mlp1), interleaved(experts.mlp1_bias)),
            ("mlp2", experts.mlp2, experts.mlp2_bias),
        ):
            blocks, scales = mxfp4.encode(weight)
            yield f"{block}.mlp.{name}_weight.blocks", "U8", blocks
            yield f"{block}.mlp.{name}_weight.scales", "U8", scales
            yield f"{block}.mlp.{name}_bias", "BF16", bf16(bias)
    yield "norm.scale", "BF16", bf16(model.norm)


def interleaved(mlp1):
    """Returns gate and linear rows in turns, as the file has them."""
    gate, linear = mlp1.chunk(2, 1)
    return torch.stack((gate, linear), 2).flatten(1, 2)


def write(model, vocabulary, directory):
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "config.json").write_text(json.dumps(asdict(model.config), indent=2) + "\n")
    rows = {"embedding.weight": bf16(model.embedding), "unembedding.weight": bf16(model.unembedding)}
    plain = list(tensors(model))
    header, offset = {}, 0
    shape = [model.config.vocab_size, model.config.hidden_size]
    for name, kind, size, dims in [
        *((name, kind, values.nbytes, list(values.shape)) for name, kind, values in plain),
        *((name, "BF16", 2 * shape[0] * shape[1], shape) for name in rows),
    ]:
        header[name] = {"dtype": kind, "shape": dims, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    start = 8 + len(text)
    with open(directory / "model.safetensors", "wb") as file:
        file.write(len(text).to_bytes(8, "little"))
        file.write(text)
        for _, _, values in plain:
            file.write(values.tobytes())
        for name, values in rows.items():
            for token, row in zip(vocabulary, values):
                file.seek(start + header[name]["data_offsets"][0] + int(token) * row.nbytes)
                file.write(row.tobytes())
        file.truncate(start + offset)


def round_trip(model):
    """Rounds the model's weights in place to what the checkpoint holds."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith(("mlp1", "mlp2")):
                parameter.copy_(mxfp4.rounded(parameter))
            else:
                parameter.copy_(parameter.to(torch.bfloat16).float())
