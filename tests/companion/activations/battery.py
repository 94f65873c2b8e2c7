"""Every registered activation, with the parameter values worth a look, and its exact oracle."""

import math

import mpmath
import numpy as np
import pytest

from companion.activations import ACTIVATIONS, Activation

VARIANTS = [variant for a in ACTIVATIONS.values() for variant in type(a).variants()]

each_variant = pytest.mark.parametrize("activation", VARIANTS, ids=repr)

METHODS = ("__call__", "derivative", "second_derivative")


def exact(activation: Activation, x: float, order: int) -> mpmath.mpf:
    """Return the derivative of that order of the textbook definition, to 25 digits or better.

    Differences lose digits, unpredictably many in a tail. So the working precision is doubled
    until two results agree; two zeros agree only at the highest, as both may be lost digits.
    """
    previous = None
    for digits in (60, 120, 240, 480, 960):
        tiny = int(abs(math.log10(abs(x)))) if x else 0
        with mpmath.workdps(digits + tiny):
            point = mpmath.mpf(x)
            if order == 0:
                result = activation.definition(point, mpmath)
            else:
                # The step stays on one side of a kink at 0.
                step = mpmath.mpf(min(abs(x), 1.0) if x else 1.0) * mpmath.mpf(10) ** -digits
                result = mpmath.diff(
                    lambda t: activation.definition(t, mpmath), point, order, h=step
                )
            agree = previous is not None and abs(result - previous) <= abs(result) * 1e-25
            if agree and result != 0:
                return result
            previous = result
    if abs(previous) < mpmath.mpf("1e-400"):
        return mpmath.mpf(0)
    raise ArithmeticError(f"{activation}: derivative {order} at {x} did not settle")


def ulp(x: float) -> float:
    """Return the distance from |x| to the next double."""
    return math.ulp(abs(x))


def near_a_root(activation: Activation, order: int, x: float) -> bool:
    """Whether terms cancel here: then the error counts in units of the terms, not of the result."""
    roots = {1: activation.turning_points, 2: activation.steepest_points}.get(order, ())
    kinks = activation.kinks if order == 0 else ()
    return any(abs(x - r) < max(abs(r), 0.1) for r in roots) or any(
        abs(x - k) < 0.5 for k in kinks if k != 0
    )


def unit_of_error(activation: Activation, order: int, x: float, truth: float) -> float:
    """Return what the error of a double counts in: an ulp of the result, or of its terms."""
    if near_a_root(activation, order, x):
        return max(ulp(truth), ulp(1.0) * max(1.0, activation.facts.lipschitz))
    return ulp(truth)


def points(activation: Activation) -> np.ndarray:
    """Return points dense, wide, tiny, far out and about the places that the activation names."""
    places = {*activation.kinks, *activation.turning_points, *activation.steepest_points}
    about = [p + d for p in places for d in (-1e-3, -1e-9, 1e-9, 1e-3)]
    about += [math.nextafter(p, side) for p in activation.kinks for side in (-9e9, 9e9)]
    magnitudes = np.concatenate(
        [np.logspace(-307, -5, 8), [5e-324, 37.0, 38.4, 88.7, 300.0, 709.0, 745.0, 1e4]]
    )
    tail = -np.linspace(20.0, 760.0, 38)
    grid = np.concatenate([np.linspace(-12.0, 12.0, 74), magnitudes, -magnitudes, tail, about])
    return np.setdiff1d(grid, activation.kinks)
