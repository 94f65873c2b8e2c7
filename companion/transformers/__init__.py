"""One block of a transformer in plain NumPy: attention, normalisation and a feed-forward part.

It runs forwards only, and is there to be looked into. Tokens are rows: an input has shape
(tokens, width), or (sequences, tokens, width). Weights have shape (outputs, inputs), as everywhere
in the companion.

>>> import numpy as np
>>> from companion.transformers import Block
>>> block = Block.random(width=8, heads=2, hidden=16, activation="swiglu", seed=0)
>>> tokens = np.random.default_rng(0).standard_normal((5, 8))
>>> block(tokens, causal=True).shape
(5, 8)
>>> block.count()
{'attention': 256, 'feed-forward': 384, 'norms': 16}

`published_models` is another thing to look into: a table of what published models put between the
two layers of their feed-forward part, each with a quotation of its source.
"""

from companion.transformers._attention import (
    MultiHeadAttention,
    attention,
    attention_weights,
    causal_mask,
)
from companion.transformers._block import Block
from companion.transformers._feed_forward import FeedForward, GatedFeedForward, equal_hidden
from companion.transformers._norms import LayerNorm, RMSNorm
from companion.transformers._published import PublishedModel, published_models

__all__ = [
    "Block",
    "FeedForward",
    "GatedFeedForward",
    "LayerNorm",
    "MultiHeadAttention",
    "PublishedModel",
    "RMSNorm",
    "attention",
    "attention_weights",
    "causal_mask",
    "equal_hidden",
    "published_models",
]
