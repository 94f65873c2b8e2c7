"""The feed-forward part: the same small network for every token, plain or with a gate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.activations import VECTOR_ACTIVATIONS, find
from companion.network._checks import whole
from companion.transformers._linear import linear, matrix, size, tokens, vector

_GATED = ("glu", "reglu", "geglu", "swiglu")


def equal_hidden(hidden: int, multiple: int = 1) -> int:
    """Return the hidden size of a gated part that has as many weights as a plain one.

    A plain part has two matrices and a gated one three, so the hidden size shrinks to 2/3, rounded
    down, and then is rounded up to a multiple that suits the hardware.

    Parameters
    ----------
    hidden : int
        That of the plain part.
    multiple : int, default 1
        The result is rounded up to a multiple of this.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        If one is not a whole number of at least 1.

    References
    ----------
    N. Shazeer, "GLU variants improve Transformer" (2020). arXiv:2002.05202

    Examples
    --------
    >>> equal_hidden(3072)
    2048
    """
    hidden, multiple = whole(hidden, "hidden"), whole(multiple, "multiple")
    return -(-max(1, 2 * hidden // 3) // multiple) * multiple


class FeedForward:
    r"""Two layers with an activation between them: f(x W₁ᵀ + b₁) W₂ᵀ + b₂.

    Parameters
    ----------
    into : array_like of shape (hidden, width)
        The weights W₁.
    out : array_like of shape (width, hidden)
        The weights W₂.
    activation : str, default "relu"
        The name of an activation of single numbers.
    biases : pair of array_like, shapes (hidden,) and (width,), optional
        Without them there are none.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If shapes do not fit, or the activation is unknown.

    Examples
    --------
    >>> part = FeedForward([[1.0], [-1.0]], [[1.0, 1.0]], "relu")
    >>> part([[3.0], [-2.0]])  # relu(x) + relu(-x)
    array([[3.],
           [2.]])
    """

    def __init__(
        self,
        into: ArrayLike,
        out: ArrayLike,
        activation: str = "relu",
        biases: tuple[ArrayLike, ArrayLike] | None = None,
    ):
        self.into = matrix(into, "into", (None, None))
        self.hidden, self.width = self.into.shape
        self.out = matrix(out, "out", (self.width, self.hidden))
        self.activation = find(activation)
        first, second = (None, None) if biases is None else biases
        self.biases = (
            vector(first, "biases[0]", self.hidden),
            vector(second, "biases[1]", self.width),
        )

    @classmethod
    def random(
        cls,
        width: int,
        hidden: int,
        activation: str,
        seed: int | np.random.Generator,
        biases: bool = False,
    ) -> FeedForward:
        """Return one with random weights of variance 1/inputs.

        Parameters
        ----------
        width, hidden : int
            The length of a token, and the number of hidden units.
        activation : str
            The name of an activation of single numbers.
        seed : int or numpy.random.Generator
            Where the random numbers come from.
        biases : bool, default False
            Whether there are biases, which start at random, too.

        Returns
        -------
        FeedForward
        """
        rng = np.random.default_rng(seed)
        width, hidden = whole(width, "width"), whole(hidden, "hidden")
        into = rng.standard_normal((hidden, width)) / np.sqrt(width)
        out = rng.standard_normal((width, hidden)) / np.sqrt(hidden)
        shifts = (rng.standard_normal(hidden) / 4, rng.standard_normal(width) / 4)
        return cls(into, out, activation, shifts if biases else None)

    def units(self, x: ArrayLike) -> np.ndarray:
        """Return what the hidden units let through.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens.

        Returns
        -------
        ndarray, shape (..., tokens, hidden)

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        return self.activation(linear(tokens(x, "x", self.width), self.into, self.biases[0]))

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Return the output for each token, which depends on no other token.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens.

        Returns
        -------
        ndarray, shape (..., tokens, width)

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        return linear(self.units(x), self.out, self.biases[1])

    def count(self) -> int:
        """Return the number of weights and biases."""
        return size(self.into, self.out, *self.biases)


class GatedFeedForward:
    r"""One road is the gate of the other: (x Vᵀ ⊙ f(x Wᵀ)) W₂ᵀ, without biases.

    Parameters
    ----------
    gate : array_like of shape (hidden, width)
        The weights W of the road that goes through the activation f.
    value : array_like of shape (hidden, width)
        The weights V of the other road.
    out : array_like of shape (width, hidden)
        The weights W₂.
    activation : {"swiglu", "geglu", "reglu", "glu"}, default "swiglu"
        The gated linear unit, which says what f is.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If shapes do not fit, or the activation is another.

    References
    ----------
    N. Shazeer, "GLU variants improve Transformer" (2020). arXiv:2002.05202

    Examples
    --------
    >>> part = GatedFeedForward(gate=[[1.0]], value=[[2.0]], out=[[1.0]], activation="reglu")
    >>> part([[3.0], [0.5]])  # 2x · relu(x)
    array([[18. ],
           [ 0.5]])
    """

    def __init__(
        self, gate: ArrayLike, value: ArrayLike, out: ArrayLike, activation: str = "swiglu"
    ):
        self.gate = matrix(gate, "gate", (None, None))
        self.hidden, self.width = self.gate.shape
        self.value = matrix(value, "value", self.gate.shape)
        self.out = matrix(out, "out", (self.width, self.hidden))
        if activation not in _GATED:
            raise ValueError(f"activation must be one of {', '.join(_GATED)}; got {activation!r}")
        self.activation = VECTOR_ACTIVATIONS[activation]

    @classmethod
    def random(
        cls, width: int, hidden: int, activation: str, seed: int | np.random.Generator
    ) -> GatedFeedForward:
        """Return one with random weights of variance 1/inputs.

        Parameters
        ----------
        width, hidden : int
            The length of a token, and the number of hidden units.
        activation : {"swiglu", "geglu", "reglu", "glu"}
            The gated linear unit.
        seed : int or numpy.random.Generator
            Where the random numbers come from.

        Returns
        -------
        GatedFeedForward
        """
        rng = np.random.default_rng(seed)
        width, hidden = whole(width, "width"), whole(hidden, "hidden")
        gate, value = rng.standard_normal((2, hidden, width)) / np.sqrt(width)
        out = rng.standard_normal((width, hidden)) / np.sqrt(hidden)
        return cls(gate, value, out, activation)

    def roads(self, x: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Return how far each gate is open, and what stands before it.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens.

        Returns
        -------
        gates : ndarray, shape (..., tokens, hidden)
            The activation of the first road.
        values : ndarray, shape (..., tokens, hidden)
            The second road, untouched.

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        x = tokens(x, "x", self.width)
        return self.activation.activation(x @ self.gate.T), x @ self.value.T

    def units(self, x: ArrayLike) -> np.ndarray:
        """Return what the hidden units let through: gate times value.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens.

        Returns
        -------
        ndarray, shape (..., tokens, hidden)

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        x = tokens(x, "x", self.width)
        # The companion's gated linear units have what is gated first and what gates second.
        return self.activation(np.concatenate([x @ self.value.T, x @ self.gate.T], axis=-1))

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Return the output for each token, which depends on no other token.

        Parameters
        ----------
        x : array_like of shape (..., tokens, width)
            The tokens.

        Returns
        -------
        ndarray, shape (..., tokens, width)

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        return self.units(x) @ self.out.T

    def count(self) -> int:
        """Return the number of weights."""
        return size(self.gate, self.value, self.out)
