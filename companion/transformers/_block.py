"""The block: gather from the others, think for yourself, and add both to what you were."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion.transformers._attention import MultiHeadAttention
from companion.transformers._feed_forward import _GATED, FeedForward, GatedFeedForward
from companion.transformers._linear import tokens
from companion.transformers._norms import LayerNorm, RMSNorm
from companion.transformers._torch import torch_layer


class Block:
    r"""One block of a transformer: attention and a feed-forward part, each beside a shortcut.

    With the norms first, x ← x + attention(norm(x)), then x ← x + feed_forward(norm(x)): so do
    GPT-2 and LLaMA. With the norms last, x ← norm(x + attention(x)) and
    x ← norm(x + feed_forward(x)): so did the Transformer of 2017 and BERT.

    Parameters
    ----------
    attention : MultiHeadAttention
        How a token gathers from others.
    feed_forward : FeedForward or GatedFeedForward
        What then happens to each token alone.
    norms : pair of LayerNorm or RMSNorm
        That of the attention and that of the feed-forward part.
    norm_first : bool, default True
        Whether the norm stands before its part.

    Raises
    ------
    ValueError
        If the parts have not all the same width.

    References
    ----------
    A. Vaswani et al., "Attention is all you need", Advances in Neural Information Processing
    Systems 30 (2017). arXiv:1706.03762

    Examples
    --------
    >>> block = Block.random(width=4, heads=2, hidden=8, activation="gelu", seed=0)
    >>> block(np.eye(3, 4)).shape
    (3, 4)
    """

    def __init__(
        self,
        attention: MultiHeadAttention,
        feed_forward: FeedForward | GatedFeedForward,
        norms: tuple[LayerNorm | RMSNorm, LayerNorm | RMSNorm],
        norm_first: bool = True,
    ):
        if len(norms) != 2:
            raise ValueError(f"norms must be two, got {len(norms)}")
        widths = attention.width, feed_forward.width, *(len(norm.scale) for norm in norms)
        if len(set(widths)) > 1:
            raise ValueError(
                "attention, feed_forward and both norms must have the same width, "
                f"got {', '.join(map(str, widths))}"
            )
        self.attention, self.feed_forward = attention, feed_forward
        self.norms, self.norm_first = tuple(norms), bool(norm_first)
        self.width = attention.width

    @classmethod
    def random(
        cls,
        width: int,
        heads: int,
        hidden: int,
        activation: str,
        seed: int | np.random.Generator,
        classic: bool = False,
    ) -> Block:
        """Return a block with random weights.

        Parameters
        ----------
        width, heads, hidden : int
            The length of a token, the number of heads, and of hidden units.
        activation : str
            A gated linear unit ("swiglu", "geglu", "reglu", "glu") makes the feed-forward part a
            gated one; the name of any other activation makes it plain.
        seed : int or numpy.random.Generator
            Where the random numbers come from.
        classic : bool, default False
            Whether to build it as in 2017: with biases, layer norm, and the norms last. Otherwise
            there are no biases, and RMS norms come first.

        Returns
        -------
        Block

        Raises
        ------
        ValueError
            If `heads` does not divide `width`, the activation is unknown, or a classic block is
            asked for a gate.
        """
        rng = np.random.default_rng(seed)
        gated = activation in _GATED
        if gated and classic:
            raise ValueError(f"activation must be plain in a classic block; got {activation!r}")
        attention = MultiHeadAttention.random(width, heads, rng, biases=classic)
        if gated:
            part = GatedFeedForward.random(width, hidden, activation, rng)
        else:
            part = FeedForward.random(width, hidden, activation, rng, biases=classic)
        ones, zeros = np.ones(width), np.zeros(width)
        norms = [LayerNorm(ones, zeros) if classic else RMSNorm(ones) for _ in range(2)]
        return cls(attention, part, tuple(norms), norm_first=not classic)

    def __call__(self, x: ArrayLike, causal: bool = False) -> np.ndarray:
        """Return the tokens after this block.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens before it.
        causal : bool, default False
            Whether nobody may look ahead.

        Returns
        -------
        ndarray, shape (..., tokens, width)

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        x = tokens(x, "x", self.width)
        first, second = self.norms
        if self.norm_first:
            x = x + self.attention(first(x), causal)
            return x + self.feed_forward(second(x))
        x = first(x + self.attention(x, causal))
        return second(x + self.feed_forward(x))

    def count(self) -> dict[str, int]:
        """Return the number of parameters, part by part."""
        return {
            "attention": self.attention.count(),
            "feed-forward": self.feed_forward.count(),
            "norms": sum(norm.count() for norm in self.norms),
        }

    def products(self, length: int) -> dict[str, int]:
        """Return the number of multiplications for a text, part by part; norms are left out.

        Parameters
        ----------
        length : int
            The number of tokens.

        Returns
        -------
        dict of str to int
            ``"maps"``, the four of the attention; ``"looking"``, the scores and the weighted
            means, which grow with the square of the length; ``"feed-forward"``.

        Examples
        --------
        >>> Block.random(4, 2, 16, "relu", seed=0).products(length=8)
        {'maps': 512, 'looking': 512, 'feed-forward': 1024}
        """
        part = self.feed_forward
        matrices = 3 if isinstance(part, GatedFeedForward) else 2
        return {
            "maps": 4 * length * self.width**2,
            "looking": 2 * length**2 * self.width,
            "feed-forward": matrices * length * self.width * part.hidden,
        }

    def to_torch(self) -> Any:
        """Return the same block as PyTorch's ``torch.nn.TransformerEncoderLayer``.

        Returns
        -------
        torch.nn.TransformerEncoderLayer
            In double precision and evaluation mode, with this block's numbers; it takes tensors
            of shape (sequences, tokens, width).

        Raises
        ------
        ImportError
            If PyTorch is not installed.
        ValueError
            If PyTorch's layer has no such block: it knows layer norm only, ReLU and GELU only,
            and no gate; and its biases are all there or all absent.
        """
        return torch_layer(self)
