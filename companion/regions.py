"""The straight pieces of a ReLU network: of a line for one input, of a plane for two.

One hidden layer of ReLU units makes

    f(x) = c + Σᵢ vᵢ · relu(wᵢ x + bᵢ),

a line that bends where a unit switches on or off, at x = −bᵢ / wᵢ, and nowhere else. Walking
from left to right across that bend, the slope changes by vᵢ·|wᵢ|. So the network is known in
full by where it bends and by its slopes in between, and two functions here give them. With more
inputs, and more layers, a piece is told by which units are on in it.

>>> bends([1, 1, 1], [0, -1, -2])
array([0., 1., 2.])
>>> piece_slopes([1, 1, 1], [0, -1, -2], [1, -2, 1])
array([ 0.,  1., -1.,  0.])
"""

from collections.abc import Sequence
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from companion.activations import relu

__all__ = ["activity_patterns", "bends", "most_regions", "piece_slopes", "relu_sum"]

# Bends that differ by rounding alone are one bend.
_SAME = 1e-12


def relu_sum(
    x: ArrayLike, weights: ArrayLike, biases: ArrayLike, outputs: ArrayLike, constant: float = 0.0
) -> np.ndarray:
    """Evaluate c + Σᵢ vᵢ · relu(wᵢ x + bᵢ).

    Parameters
    ----------
    x : array_like
        Where to evaluate it, any shape.
    weights, biases, outputs : array_like of shape (units,)
        w, b and v of the formula.
    constant : float
        c of the formula.

    Returns
    -------
    ndarray
        The values, in the shape of `x`.

    Raises
    ------
    ValueError
        If the units' numbers are not finite vectors of one length.

    Examples
    --------
    >>> relu_sum([0.0, 1.0, 2.0], [1, 1], [0, -1], [1, -1])
    array([0., 1., 1.])
    """
    w, b, v = _units(weights=weights, biases=biases, outputs=outputs)
    return relu(np.asarray(x, dtype=float)[..., np.newaxis] * w + b) @ v + constant


def bends(weights: ArrayLike, biases: ArrayLike) -> np.ndarray:
    """Return the places −b/w where a unit switches on or off, in order, each once.

    Parameters
    ----------
    weights, biases : array_like of shape (units,)
        w and b of the units. A unit with w = 0 never switches and has no bend.

    Returns
    -------
    ndarray of shape (≤ units,)
        Distinct, ascending.

    Raises
    ------
    ValueError
        If the units' numbers are not finite vectors of one length.

    Examples
    --------
    >>> bends([2, -1, 0, 4], [3, 2, 1, 6])
    array([-1.5,  2. ])
    """
    w, b = _units(weights=weights, biases=biases)
    # Adding 0 turns the −0 of a unit without bias into 0.
    found = np.sort(-b[w != 0] / w[w != 0]) + 0.0
    apart = np.diff(found) > _SAME * np.maximum(1, np.abs(found[1:]))
    return found[np.concatenate([np.ones(min(1, found.size), dtype=bool), apart])]


def piece_slopes(weights: ArrayLike, biases: ArrayLike, outputs: ArrayLike) -> np.ndarray:
    """Return the slope of each stretch between neighbouring bends, from left to right.

    Neighbouring stretches may have the same slope, where a unit's output is not used or two
    bends in one place cancel; the number of straight pieces is then smaller than the number of
    stretches.

    Parameters
    ----------
    weights, biases, outputs : array_like of shape (units,)
        w, b and v of the units.

    Returns
    -------
    ndarray of shape (number of bends + 1,)

    Raises
    ------
    ValueError
        If the units' numbers are not finite vectors of one length.

    Examples
    --------
    The hat |x| from two units, and a third whose output nobody reads:

    >>> piece_slopes([1, -1, 1], [0, 0, -1], [1, 1, 0])
    array([-1.,  1.,  1.])
    """
    w, b, v = _units(weights=weights, biases=biases, outputs=outputs)
    places = bends(w, b)
    # One point inside every stretch; beyond the outer bends any distance will do.
    room = 2 * np.maximum(1, np.abs(places))
    ends = np.concatenate([(places - room)[:1], places, (places + room)[-1:]])
    inside = (ends[:-1] + ends[1:]) / 2 if places.size else np.zeros(1)
    return (inside[:, np.newaxis] * w + b > 0) @ (v * w)


def activity_patterns(x: ArrayLike, layers: Sequence[tuple[ArrayLike, ArrayLike]]) -> np.ndarray:
    """Say for each input which ReLU units are on.

    Inputs with the same pattern lie in one piece, on which the network is a straight function.

    Parameters
    ----------
    x : array_like of shape (n, inputs)
        One input a row.
    layers : sequence of (weights, biases)
        From the first layer to the last; weights of shape (units, inputs), biases (units,).

    Returns
    -------
    ndarray of bool, shape (n, units of all layers)
        Where a unit's weighted sum is positive.

    Raises
    ------
    ValueError
        If there is no layer, or shapes do not chain.

    Examples
    --------
    >>> relu_pair = [[1, 0], [0, 1]], [0, 0]
    >>> activity_patterns([[1, 2], [1, -2]], [relu_pair]).astype(int)
    array([[1, 1],
           [1, 0]])
    """
    signal = np.asarray(x, dtype=float)
    if signal.ndim != 2:
        raise ValueError(f"x must have shape (n, inputs), got {signal.shape}")
    if not len(layers):
        raise ValueError("layers must hold one layer at least, not none")
    patterns = []
    for number, (weights, biases) in enumerate(layers, 1):
        w, b = np.asarray(weights, dtype=float), np.asarray(biases, dtype=float)
        if w.ndim != 2 or w.shape[1] != signal.shape[1] or b.shape != w.shape[:1]:
            raise ValueError(
                f"layers must chain: layer {number} gets {signal.shape[1]} numbers, and has "
                f"weights {w.shape} and biases {b.shape}"
            )
        sums = signal @ w.T + b
        patterns.append(sums > 0)
        signal = relu(sums)
    return np.hstack(patterns)


def most_regions(units: int, inputs: int) -> int:
    """Return into how many pieces one layer of ReLU units can cut its input space, at most.

    Each unit switches along a line, a plane, …; the largest number of pieces is
    Σ C(units, k), k from 0 to `inputs`, and any layer in general position reaches it.

    Parameters
    ----------
    units : int
        0 or more.
    inputs : int
        How many numbers the layer reads, 1 or more.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        If a number is not of these.

    Examples
    --------
    >>> most_regions(3, 1), most_regions(3, 2), most_regions(3, 3)
    (4, 7, 8)
    """
    for name, value, least in (("units", units, 0), ("inputs", inputs, 1)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{name} must be a whole number, got {value!r}")
        if value < least:
            raise ValueError(f"{name} must be {least} or more, got {value}")
    return sum(comb(int(units), k) for k in range(int(inputs) + 1))


def _units(**vectors: ArrayLike) -> list[np.ndarray]:
    arrays = {name: np.asarray(values, dtype=float) for name, values in vectors.items()}
    shapes = {array.shape for array in arrays.values()}
    if len(shapes) != 1 or len(*shapes) != 1:
        got = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"{' and '.join(arrays)} must be vectors of one length, got shapes {got}")
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise ValueError(f"{name} must be finite, got {array}")
    return list(arrays.values())
