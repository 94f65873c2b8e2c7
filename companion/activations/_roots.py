"""Roots of an activation's derivatives, for the points that it declares."""

from __future__ import annotations

from collections.abc import Callable


def root_between(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the root of a continuous function between two points of opposite sign.

    Examples
    --------
    >>> round(root_between(lambda x: x * x - 2, 1.0, 2.0), 12)
    1.414213562373
    """
    from scipy.optimize import brentq  # here, since importing it takes as long as all the rest

    return brentq(function, low, high, xtol=1e-300, rtol=1e-15)
