"""The same block in PyTorch, for those who have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from companion.transformers._feed_forward import FeedForward
from companion.transformers._norms import LayerNorm

if TYPE_CHECKING:
    from companion.transformers._block import Block


def torch_layer(block: Block) -> Any:
    """Return PyTorch's TransformerEncoderLayer with a block's numbers."""
    try:
        import torch
    except ImportError as error:
        raise ImportError(
            "to_torch needs PyTorch, which is not installed; https://pytorch.org says how"
        ) from error
    part, look = block.feed_forward, block.attention
    first, second = block.norms
    if not (
        isinstance(part, FeedForward)
        and part.activation.name in ("relu", "gelu")
        and isinstance(first, LayerNorm)
        and isinstance(second, LayerNorm)
    ):
        raise ValueError(
            "PyTorch's TransformerEncoderLayer has layer norms and a plain feed-forward part with "
            "relu or gelu; this block is another"
        )
    weights = {
        "self_attn.in_proj_weight": np.concatenate([look.query, look.key, look.value]),
        "self_attn.out_proj.weight": look.output,
        "linear1.weight": part.into,
        "linear2.weight": part.out,
        "norm1.weight": first.scale,
        "norm2.weight": second.scale,
    }
    biases = {
        "self_attn.out_proj.bias": look.biases[3],
        "linear1.bias": part.biases[0],
        "linear2.bias": part.biases[1],
        "norm1.bias": first.shift,
        "norm2.bias": second.shift,
    }
    shifts = [*look.biases[:3], *biases.values()]
    there = [shift is not None for shift in shifts]
    if any(there) and not all(there):
        raise ValueError(
            "PyTorch's TransformerEncoderLayer has all biases or none; this block has some"
        )
    if all(there):
        weights |= biases | {"self_attn.in_proj_bias": np.concatenate(look.biases[:3])}
    layer = torch.nn.TransformerEncoderLayer(
        block.width,
        look.heads,
        part.hidden,
        dropout=0.0,
        activation=part.activation.name,
        batch_first=True,
        norm_first=block.norm_first,
        bias=all(there),
        dtype=torch.float64,
    )
    layer.load_state_dict({name: torch.tensor(value) for name, value in weights.items()})
    layer.norm1.eps, layer.norm2.eps = first.epsilon, second.epsilon
    return layer.eval()
