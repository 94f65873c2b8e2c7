"""Weighted sums of tokens, with their shapes looked at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.network._checks import float_array


def matrix(value: ArrayLike, name: str, shape: tuple[int | None, int | None]) -> np.ndarray:
    """Return a copy of a weight matrix whose rows or columns have to be so many."""
    array = float_array(value, name).copy()
    wanted = tuple("any" if n is None else n for n in shape)
    fits = array.ndim == 2 and all(n in (None, m) for n, m in zip(shape, array.shape, strict=True))
    if not fits or 0 in array.shape:
        accepted = str(wanted).replace("'", "")
        raise ValueError(f"{name} must have shape {accepted}, got {array.shape}")
    return array


def vector(value: ArrayLike | None, name: str, length: int) -> np.ndarray | None:
    """Return a copy of a vector of this length, or None for None."""
    if value is None:
        return None
    array = float_array(value, name).copy()
    if array.shape != (length,):
        raise ValueError(f"{name} must have shape ({length},), got {array.shape}")
    return array


def tokens(value: ArrayLike, name: str, width: int) -> np.ndarray:
    """Return tokens of this width, one a row."""
    array = float_array(value, name)
    if array.ndim < 2 or array.shape[-1] != width:
        raise ValueError(f"{name} must have shape (..., tokens, {width}), got {array.shape}")
    return array


def linear(x: np.ndarray, weights: np.ndarray, biases: np.ndarray | None) -> np.ndarray:
    """Return ``x @ weights.T + biases``."""
    sums = x @ weights.T
    return sums if biases is None else sums + biases


def size(*arrays: np.ndarray | None) -> int:
    """Return how many numbers there are in all."""
    return sum(array.size for array in arrays if array is not None)
