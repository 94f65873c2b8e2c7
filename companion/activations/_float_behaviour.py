"""Where floating point stops telling an activation from its limit, found by search.

Far out, the value of a saturating function differs from its limit by less than half the gap between
two floating-point numbers; from there on the computed value *is* the limit. The same happens to the
slope, and where its limit is 0 that is where gradients are lost for good.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from companion.activations._activation import Activation

#: The dtypes that are looked at.
DTYPES = (np.float64, np.float32)

_SIDES = (("left", -1.0), ("right", 1.0))
# So many floating-point numbers are tried in one go.
_TRIED = 2**12
# Far enough for an asymptote to be reached, near enough for its constant not to be rounded away.
_FAR = 2.0**20


@dataclass(frozen=True)
class Arrival:
    """From where on a computed number is exactly what it tends to.

    Attributes
    ----------
    side : {"left", "right"}
        Towards −∞ or towards +∞.
    of : {"value", "slope"}
        What arrives.
    slope, level : float
        What it tends to: the line slope · x + level, a constant for slope 0.
    distances : tuple of float
        For each of `DTYPES` the least |x| from which on the two are equal; 0 if x = 0 is among
        them, the least positive number if every x of that side is, infinity if none is.
    """

    side: str
    of: str
    slope: float
    level: float
    distances: tuple[float, ...]


def arrivals(activation: Activation) -> tuple[Arrival, ...]:
    """Find where value and slope reach their limits, or the value its asymptote.

    Parameters
    ----------
    activation : Activation
        Any activation.

    Returns
    -------
    tuple of Arrival
        First the left side, then the right; a value without limit or asymptote is left out.

    Examples
    --------
    >>> from companion.activations import logistic
    >>> *_, value, slope = arrivals(logistic)
    >>> value.of, value.level, [round(d, 1) for d in value.distances]
    ('value', 1.0, [36.7, 16.6])
    >>> slope.of, slope.level, [round(d) for d in slope.distances]
    ('slope', 0.0, [745, 104])
    """
    found = []
    for side, sign in _SIDES:
        end = int(side == "right")
        limit, slope = activation.facts.limits[end], _exact(activation.facts.slope_limits[end])
        line = _asymptote(activation, sign, limit, slope)
        if line is not None:
            found.append(_arrival(activation, side, sign, "value", *line))
        if math.isfinite(slope):
            found.append(_arrival(activation, side, sign, "slope", 0.0, slope))
    return tuple(found)


def promised_ulp(activation: Activation) -> tuple[float, float]:
    """Return the least and the greatest error that the activation promises, in ULP of float64.

    Examples
    --------
    >>> from companion.activations import tanh
    >>> promised_ulp(tanh)
    (4.0, 4.0)
    """
    magnitudes = np.concatenate([[0.0], np.logspace(-3, 3, 121)])
    promises = [activation.tolerance_ulp(x) for x in (*magnitudes, *-magnitudes)]
    return min(promises), max(promises)


def first_from(holds: Callable[[np.ndarray], np.ndarray], dtype: type[np.floating]) -> float:
    """Return the least number >= 0 from which on a condition holds, up to the largest finite one.

    Parameters
    ----------
    holds : callable
        Takes an array of numbers of `dtype`, returns an array of booleans of the same shape.
    dtype : type
        numpy.float64 or numpy.float32.

    Returns
    -------
    float
        That number, or infinity if the condition fails at the largest one. It is the true one if
        beyond it the condition fails nowhere that a logarithmic grid of 4096 numbers would miss.

    Examples
    --------
    >>> first_from(lambda x: x > 3, np.float32)
    3.000000238418579
    """
    # The bits of positive floats, read as integers, are in the order of the floats.
    bits = np.int64 if dtype is np.float64 else np.int32
    low, high = 0, int(np.array(np.finfo(dtype).max, dtype).view(bits))
    if not holds(np.array([high], bits).view(dtype))[0]:
        return math.inf
    while True:
        tried = [low + (high - low) * i // _TRIED for i in range(_TRIED + 1)]
        tried = np.unique(np.array(tried, bits))
        fails = np.flatnonzero(~holds(tried.view(dtype)))
        if fails.size == 0:
            return float(tried[:1].view(dtype)[0])
        low, high = int(tried[fails[-1]]), int(tried[fails[-1] + 1])
        if high == low + 1:
            return float(np.array(high, bits).view(dtype))


def _arrival(
    activation: Activation, side: str, sign: float, of: str, slope: float, level: float
) -> Arrival:
    evaluate = activation if of == "value" else activation.derivative

    def distance(dtype: type[np.floating]) -> float:
        def arrived(magnitude: np.ndarray) -> np.ndarray:
            x = np.copysign(magnitude, dtype(sign))
            with np.errstate(all="ignore"):
                line = dtype(slope) * x + dtype(level)
            return evaluate(x) == line

        return first_from(arrived, dtype)

    return Arrival(side, of, slope, level, tuple(map(distance, DTYPES)))


def _exact(slope: float) -> float:
    """Return the whole number that a slope limit is but for rounding, or the limit itself."""
    if math.isfinite(slope) and abs(slope - round(slope)) < 1e-12:
        return round(slope) + 0.0
    return slope


def _asymptote(
    activation: Activation, sign: float, limit: float, slope: float
) -> tuple[float, float] | None:
    """Return slope and constant of the line that the value approaches, if there is one."""
    if math.isfinite(limit):
        return 0.0, limit
    if slope == 0 or not math.isfinite(slope):
        return None
    levels = [float(activation(sign * far)) - slope * (sign * far) for far in (_FAR, 16.0 * _FAR)]
    if not math.isclose(*levels, abs_tol=1e-4):
        return None
    # What is left of a constant so far out is rounded to a few units of 2⁻³³.
    return slope, round(levels[1], 5) + 0.0
