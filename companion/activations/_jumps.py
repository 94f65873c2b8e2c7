"""Where a function jumps, found by bisection: no list of places is needed, and none is believed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from companion.activations._activation import Activation

_CELLS = 2001  # odd, so that no cell begins at 0 or at another round number
_HALVINGS = 60
_LEAST_JUMP = 1e-6


def jumps(
    evaluate: Callable[[np.ndarray], np.ndarray], lower: float, upper: float
) -> tuple[float, ...]:
    """Return where a function jumps between two numbers, ascending.

    The interval is cut into 2001 cells. Each is halved again and again, keeping the half over which
    the function changes more; where a change remains across neighbouring numbers, it is a jump.

    Parameters
    ----------
    evaluate : callable
        Takes a float64 array and returns one of the same shape.
    lower, upper : float
        Where to look.

    Returns
    -------
    tuple of float
        The places; jumps smaller than 1e-6 are not seen.

    Examples
    --------
    >>> jumps(np.sign, -1.0, 1.0), jumps(np.tanh, -1.0, 1.0)
    ((0.0,), ())
    """
    edges = np.linspace(lower, upper, _CELLS + 1)
    left, right = edges[:-1], edges[1:]
    at_left, at_right = evaluate(left), evaluate(right)
    for _ in range(_HALVINGS):
        middle = left + (right - left) / 2
        at_middle = evaluate(middle)
        first = np.abs(at_middle - at_left) >= np.abs(at_right - at_middle)
        left, at_left = np.where(first, left, middle), np.where(first, at_left, at_middle)
        right, at_right = np.where(first, middle, right), np.where(first, at_middle, at_right)
    found = np.abs(at_right - at_left) > _LEAST_JUMP
    places = map(_roundest, left[found].tolist(), right[found].tolist())
    return tuple(dict.fromkeys(places))  # a jump at an edge is found in both of its cells


def smoothness(activation: Activation, lower: float = -8.0, upper: float = 8.0) -> int:
    """Return how often an activation can be differentiated with a continuous result: −1 to 2.

    −1 means that the value itself jumps, 0 that the slope does, 1 that the curvature does, and 2
    that none of them does.

    Parameters
    ----------
    activation : Activation
        Any activation.
    lower, upper : float
        Where to look, beside its kinks.

    Examples
    --------
    >>> from companion.activations import elu, relu, tanh
    >>> smoothness(relu), smoothness(elu), smoothness(tanh)
    (0, 1, 2)
    """
    if not activation.facts.continuous:
        return -1
    if activation.facts.kinks:
        return 0
    for order, evaluate in enumerate((activation.derivative, activation.second_derivative)):
        if jumps(evaluate, lower, upper):
            return order
    return 2


def _roundest(a: float, b: float) -> float:
    """Of the few numbers from a to b, return the one with the fewest digits."""
    for digits in range(16):
        for number in (a, b):
            if a <= round(number, digits) <= b:
                return round(number, digits) + 0.0
    return b
