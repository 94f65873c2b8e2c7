"""Attention: every token asks a question, and gets a weighted mean of the answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.activations import softmax
from companion.network._checks import float_array, whole
from companion.transformers._linear import linear, matrix, size, tokens, vector


def causal_mask(length: int) -> np.ndarray:
    """Say who may look at whom if nobody may look ahead.

    Parameters
    ----------
    length : int
        The number of tokens.

    Returns
    -------
    ndarray of bool, shape (length, length)
        True where the token of the row may look at that of the column.

    Raises
    ------
    TypeError, ValueError
        If `length` is not a whole number of at least 1.

    Examples
    --------
    >>> causal_mask(3).astype(int)
    array([[1, 0, 0],
           [1, 1, 0],
           [1, 1, 1]])
    """
    length = whole(length, "length")
    return np.tri(length, dtype=bool)


def attention_weights(
    queries: ArrayLike, keys: ArrayLike, mask: ArrayLike | None = None
) -> np.ndarray:
    r"""Return how much each query looks at each key: softmax(Q Kᵀ / √d).

    Parameters
    ----------
    queries : array_like of shape (..., n, d)
        What each of n tokens asks.
    keys : array_like of shape (..., m, d)
        What each of m tokens offers to be found by.
    mask : array_like of bool, shape (..., n, m), optional
        True where a query may look. Without it, all may look at all.

    Returns
    -------
    ndarray, shape (..., n, m)
        Weights of at least 0; each row sums to 1.

    Raises
    ------
    TypeError
        If queries or keys are not real numbers, or the mask is not made of truth values.
    ValueError
        If the shapes do not fit, or the mask leaves a query nothing to look at.

    References
    ----------
    A. Vaswani et al., "Attention is all you need", Advances in Neural Information Processing
    Systems 30 (2017). arXiv:1706.03762

    Examples
    --------
    >>> attention_weights([[2.0, 0.0]], [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]).round(3)
    array([[0.446, 0.108, 0.446]])
    """
    queries, keys = float_array(queries, "queries"), float_array(keys, "keys")
    if min(queries.ndim, keys.ndim) < 2 or queries.shape[-1] != keys.shape[-1]:
        raise ValueError(
            "queries and keys must have shapes (..., n, d) and (..., m, d), "
            f"got {queries.shape} and {keys.shape}"
        )
    scores = queries @ keys.swapaxes(-1, -2) / np.sqrt(queries.shape[-1])
    if mask is not None:
        mask = np.asarray(mask)
        if mask.dtype != bool:
            raise TypeError(f"mask must hold truth values, got dtype {mask.dtype}")
        try:
            mask = np.broadcast_to(mask, scores.shape)
        except ValueError:
            raise ValueError(f"mask must fit shape {scores.shape}, got {mask.shape}") from None
        if not mask.any(axis=-1).all():
            raise ValueError("mask must leave every query at least one key, and leaves one none")
        scores = np.where(mask, scores, -np.inf)
    return softmax(scores)


def attention(
    queries: ArrayLike, keys: ArrayLike, values: ArrayLike, mask: ArrayLike | None = None
) -> np.ndarray:
    r"""Return for each query the mean of the values, weighted by `attention_weights`.

    Parameters
    ----------
    queries : array_like of shape (..., n, d)
        What each of n tokens asks.
    keys : array_like of shape (..., m, d)
        What each of m tokens offers to be found by.
    values : array_like of shape (..., m, v)
        What each of them hands over.
    mask : array_like of bool, shape (..., n, m), optional
        True where a query may look.

    Returns
    -------
    ndarray, shape (..., n, v)

    Raises
    ------
    TypeError
        If something is not made of real numbers, or the mask is not made of truth values.
    ValueError
        If the shapes do not fit, or the mask leaves a query nothing to look at.

    References
    ----------
    A. Vaswani et al., "Attention is all you need", Advances in Neural Information Processing
    Systems 30 (2017). arXiv:1706.03762

    Examples
    --------
    A query that fits no key better than another gets the plain mean.

    >>> attention([[0.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]], [[10.0], [20.0]])
    array([[15.]])
    """
    weights = attention_weights(queries, keys, mask)
    values = float_array(values, "values")
    if values.ndim < 2 or values.shape[-2] != weights.shape[-1]:
        raise ValueError(
            f"values must have shape (..., {weights.shape[-1]}, v), one row a key, "
            f"got {values.shape}"
        )
    return weights @ values


class MultiHeadAttention:
    """Several attentions side by side, each on its own share of the width.

    The rows of `query`, `key` and `value` belong to the heads in turn: the first width/heads rows
    to the first head, and so on.

    Parameters
    ----------
    query, key, value, output : array_like of shape (width, width)
        The weights (outputs, inputs) of the four maps.
    heads : int
        How many heads; it must divide the width.
    biases : sequence of four array_like of shape (width,), optional
        Those of the four maps, in the same order. Without them there are none.

    Raises
    ------
    TypeError
        If something is not a real number, or `heads` is not a whole one.
    ValueError
        If shapes do not fit, or `heads` does not divide the width.

    Examples
    --------
    >>> look = MultiHeadAttention.random(width=6, heads=2, seed=0)
    >>> x = np.eye(4, 6)
    >>> look(x).shape, look.weights(x).shape
    ((4, 6), (2, 4, 4))
    """

    def __init__(
        self,
        query: ArrayLike,
        key: ArrayLike,
        value: ArrayLike,
        output: ArrayLike,
        heads: int,
        biases: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike] | None = None,
    ):
        self.query = matrix(query, "query", (None, None))
        self.width = self.query.shape[1]
        square = (self.width, self.width)
        self.query = matrix(query, "query", square)
        self.key = matrix(key, "key", square)
        self.value = matrix(value, "value", square)
        self.output = matrix(output, "output", square)
        self.heads = whole(heads, "heads")
        if self.width % self.heads:
            raise ValueError(f"heads must divide the width, {self.width}; got {self.heads}")
        if biases is None:
            biases = (None, None, None, None)
        if len(biases) != 4:
            raise ValueError(f"biases must be four vectors, got {len(biases)}")
        names = ("query", "key", "value", "output")
        self.biases = tuple(
            vector(bias, f"the bias of {name}", self.width)
            for name, bias in zip(names, biases, strict=True)
        )

    @classmethod
    def random(
        cls, width: int, heads: int, seed: int | np.random.Generator, biases: bool = False
    ) -> MultiHeadAttention:
        """Return one with weights from N(0, 1/width).

        Parameters
        ----------
        width, heads : int
            The length of a token, and the number of heads.
        seed : int or numpy.random.Generator
            Where the random numbers come from.
        biases : bool, default False
            Whether there are biases, which start at random, too.

        Returns
        -------
        MultiHeadAttention
        """
        rng, width = np.random.default_rng(seed), whole(width, "width")
        maps = rng.standard_normal((4, width, width)) / np.sqrt(width)
        shifts = tuple(rng.standard_normal((4, width)) / np.sqrt(width)) if biases else None
        return cls(*maps, heads=heads, biases=shifts)

    def _heads(self, x: np.ndarray, weights: np.ndarray, bias: np.ndarray | None) -> np.ndarray:
        """Return (..., heads, tokens, width of a head)."""
        flat = linear(x, weights, bias)
        split = flat.reshape(*flat.shape[:-1], self.heads, self.width // self.heads)
        return split.swapaxes(-2, -3)

    def weights(self, x: ArrayLike, causal: bool = False) -> np.ndarray:
        """Return who looks at whom.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens.
        causal : bool, default False
            Whether nobody may look ahead.

        Returns
        -------
        ndarray, shape (..., heads, tokens, tokens)
            Row by row, how the token spreads its attention.

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        x = tokens(x, "x", self.width)
        mask = causal_mask(x.shape[-2]) if causal else None
        queries = self._heads(x, self.query, self.biases[0])
        return attention_weights(queries, self._heads(x, self.key, self.biases[1]), mask)

    def __call__(self, x: ArrayLike, causal: bool = False) -> np.ndarray:
        """Return what each token has gathered from all it may look at.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens.
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
        gathered = self.weights(x, causal) @ self._heads(x, self.value, self.biases[2])
        joined = gathered.swapaxes(-2, -3).reshape(x.shape)
        return linear(joined, self.output, self.biases[3])

    def count(self) -> int:
        """Return the number of weights and biases."""
        return size(self.query, self.key, self.value, self.output, *self.biases)
