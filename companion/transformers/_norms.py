"""Normalisation of one token at a time: layer norm, and the simpler one that replaced it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.network._checks import float_array, number
from companion.transformers._linear import size, vector


class _Norm:
    """What the two have in common."""

    def __init__(self, scale: ArrayLike, epsilon: float):
        scale = float_array(scale, "scale")
        if scale.ndim != 1 or not scale.size:
            raise ValueError(f"scale must have shape (width,), got {scale.shape}")
        self.scale = scale.copy()
        self.epsilon = number(epsilon, "epsilon", at_least=0)

    def _tokens(self, x: ArrayLike) -> np.ndarray:
        x = float_array(x, "x")
        if x.ndim == 0 or x.shape[-1] != len(self.scale):
            raise ValueError(f"x must have shape (..., {len(self.scale)}), got {x.shape}")
        return x


class LayerNorm(_Norm):
    r"""Give each token mean 0 and variance 1, then scale and shift it.

    Parameters
    ----------
    scale : array_like of shape (width,)
        By what each entry is multiplied afterwards.
    shift : array_like of shape (width,), optional
        What is added afterwards; without it, nothing.
    epsilon : float, default 1e-5
        Added to the variance, so that a token of equal entries does no harm.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If shapes do not fit, or `epsilon` is negative or not finite.

    References
    ----------
    J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization" (2016). arXiv:1607.06450

    Examples
    --------
    >>> LayerNorm(np.ones(3))([1.0, 2.0, 3.0]).round(3)
    array([-1.225,  0.   ,  1.225])
    """

    def __init__(self, scale: ArrayLike, shift: ArrayLike | None = None, epsilon: float = 1e-5):
        super().__init__(scale, epsilon)
        self.shift = vector(shift, "shift", len(self.scale))

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Return the tokens, each normalised by itself.

        Parameters
        ----------
        x : array_like of shape (..., width)
            The tokens.

        Returns
        -------
        ndarray, shape (..., width)

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        x = self._tokens(x)
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = np.mean(centred**2, axis=-1, keepdims=True)
        normal = centred / np.sqrt(variance + self.epsilon) * self.scale
        return normal if self.shift is None else normal + self.shift

    def count(self) -> int:
        """Return the number of parameters."""
        return size(self.scale, self.shift)


class RMSNorm(_Norm):
    r"""Give each token a root mean square of 1, then scale it. The mean stays where it is.

    Parameters
    ----------
    scale : array_like of shape (width,)
        By what each entry is multiplied afterwards.
    epsilon : float, default 1e-5
        Added to the mean square.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If the shape does not fit, or `epsilon` is negative or not finite.

    References
    ----------
    B. Zhang, R. Sennrich, "Root mean square layer normalization", Advances in Neural Information
    Processing Systems 32 (2019). arXiv:1910.07467

    Examples
    --------
    >>> RMSNorm(np.ones(2))([3.0, 4.0]).round(4)
    array([0.8485, 1.1314])
    """

    def __init__(self, scale: ArrayLike, epsilon: float = 1e-5):
        super().__init__(scale, epsilon)

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Return the tokens, each normalised by itself.

        Parameters
        ----------
        x : array_like of shape (..., width)
            The tokens.

        Returns
        -------
        ndarray, shape (..., width)

        Raises
        ------
        ValueError
            If the width does not fit.
        """
        x = self._tokens(x)
        square = np.mean(x**2, axis=-1, keepdims=True)
        return x / np.sqrt(square + self.epsilon) * self.scale

    def count(self) -> int:
        """Return the number of parameters."""
        return size(self.scale)
