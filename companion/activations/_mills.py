"""The Mills ratio Q(t)/φ(t) of the normal distribution: its upper tail over its density.

Q underflows and φ underflows, but their quotient is a gentle curve, about 1/t. A quotient of two
polynomials with positive coefficients fits it for 0 <= t <= 40 to 5.4e-17, so Horner's rule loses
nothing; for single precision one of half the degrees, written as a continued fraction, fits it for
0 <= t <= 15 to 6.3e-9. The fits are made anew, and compared, by
tests/companion/activations/test_mills.py.
"""

import numpy as np

# Ascending powers of t.
NUMERATOR = (
    1.2533141373155001837,
    1.9438218177976294256,
    1.4912295000187780284,
    0.72680495492621822372,
    0.24559465038526617661,
    0.059426254925930576319,
    0.010295794342182605971,
    0.0012358655318928794714,
    0.00009397971514821041199,
    3.5000708295434018347e-6,
)
DENOMINATOR = (
    1.0,
    2.3488299781753436671,
    2.563924170216135179,
    1.7171684939111468971,
    0.78379471611214204787,
    0.25570247401327642525,
    0.060655120722724175511,
    0.010389774046735168946,
    0.0012393656029092395722,
    0.000093979715146232512137,
    3.5000708295528303549e-6,
)
# (a, b), (c, d), … of a/(t + b + c/(t + d + …)): a third fewer passes than Horner's rule.
SINGLE_FRACTION = (
    (1.00001072992, 0.000693333191793),
    (0.979811042099, -0.36437070229),
    (6.60585118426, 6.74029959119),
    (-5.59026156218, -7.49949738793),
    (105.875986594, 10.9670105304),
)
#: Up to here the fits hold; beyond, φ(t) is 0 in double and in single precision.
LARGEST, SINGLE_LARGEST = 40.0, 15.0


def largest(dtype: np.dtype) -> float:
    """Return the largest t that `mills_ratio` takes in this precision."""
    return SINGLE_LARGEST if dtype == np.float32 else LARGEST


def mills_ratio(t: np.ndarray) -> np.ndarray:
    """Return Q(t)/φ(t) for 0 <= t <= ``largest(t.dtype)``.

    Examples
    --------
    >>> mills_ratio(np.array([0.0, 1.0])).round(6)
    array([1.253314, 0.65568 ])
    """
    if t.dtype == np.float32:
        above, below = _continued_fraction(SINGLE_FRACTION, t)
        return np.divide(above, below, out=below)
    ratio = _horner(NUMERATOR, t)
    ratio /= _horner(DENOMINATOR, t)
    return ratio


def scaled_mills_ratio(t: np.ndarray) -> tuple[np.ndarray, float]:
    """Return t Q(t)/φ(t) over some number, and the number: that saves a pass.

    Examples
    --------
    >>> ratio, scale = scaled_mills_ratio(np.array([0.0, 1.0], dtype=np.float32))
    >>> (ratio * scale).round(4)
    array([0.    , 0.6557], dtype=float32)
    """
    if t.dtype == np.float32:
        above, below = _continued_fraction(SINGLE_FRACTION, t)
        return np.divide(t, below, out=below), above
    ratio = mills_ratio(t)
    ratio *= t
    return ratio, 1.0


def _continued_fraction(
    levels: tuple[tuple[float, float], ...], t: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return a, and what it stands above: t + b + c/(t + d + …)."""
    above, beside = levels[-1]
    total = t + beside
    for outer_above, beside in levels[-2::-1]:
        np.divide(above, total, out=total)
        total += t
        total += beside
        above = outer_above
    return above, total


def _horner(coefficients: tuple[float, ...], t: np.ndarray) -> np.ndarray:
    total = t * coefficients[-1]
    for coefficient in coefficients[-2:0:-1]:
        total += coefficient
        total *= t
    total += coefficients[0]
    return total
