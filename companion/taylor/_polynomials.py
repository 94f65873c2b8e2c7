"""Polynomials with integer coefficients, and a maximum that is proved instead of sampled.

A polynomial is a tuple of Python integers, lowest power first: ``(0, 1, -1)`` is y − y². Integers
do not round, so nothing here does.
"""

from fractions import Fraction
from functools import cache
from heapq import heappop, heappush
from itertools import pairwise
from math import comb, lcm

Polynomial = tuple[int, ...]


def multiply(left: Polynomial, right: Polynomial) -> Polynomial:
    """Product of two polynomials."""
    product = [0] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            product[i + j] += a * b
    return tuple(product)


def differentiate(polynomial: Polynomial) -> Polynomial:
    """Differentiate a polynomial; a constant gives ``(0,)``."""
    return tuple(k * a for k, a in enumerate(polynomial))[1:] or (0,)


def evaluate(polynomial: Polynomial, y):
    """Value at y by Horner's rule, in the arithmetic of y."""
    value = 0 * y
    for coefficient in reversed(polynomial):
        value = value * y + coefficient
    return value


@cache
def _inverse_binomials(degree: int) -> tuple[int, tuple[int, ...]]:
    """Return a number L, and L / C(degree, j) for every j: all integers."""
    binomials = [comb(degree, j) for j in range(degree + 1)]
    common = lcm(*binomials)
    return common, tuple(common // b for b in binomials)


def _bernstein(polynomial: Polynomial, low: Fraction, high: Fraction) -> tuple[list[int], int]:
    """Bernstein coefficients on [low, high]: integers, and the one number that divides them all.

    A polynomial lies between its smallest and its largest Bernstein coefficient, and takes the
    first and the last at the ends of the interval [1]_.

    References
    ----------
    .. [1] R. T. Farouki, "The Bernstein polynomial basis: a centennial retrospective", Computer
       Aided Geometric Design 29 (2012) 379–419, doi:10.1016/j.cagd.2012.03.001
    """
    degree = len(polynomial) - 1
    unit = lcm(low.denominator, high.denominator)
    start, width = int(low * unit), int((high - low) * unit)
    # Powers of t of p(low + (high − low) t), times unit^degree: Horner's rule on polynomials.
    powers = [polynomial[-1]]
    scale = 1
    for coefficient in reversed(polynomial[:-1]):
        scale *= unit
        shifted = [start * a for a in powers] + [0]
        for i, a in enumerate(powers):
            shifted[i + 1] += width * a
        shifted[0] += coefficient * scale
        powers = shifted
    common, weights = _inverse_binomials(degree)
    values = [a * w for a, w in zip(powers, weights, strict=True)]
    for first in range(1, degree + 1):
        for i in range(degree, first - 1, -1):
            values[i] += values[i - 1]
    return values, scale * common


def _halve(values: list[int]) -> tuple[list[int], list[int]]:
    """De Casteljau's step: coefficients on both halves of the interval, times 2^degree."""
    degree = len(values) - 1
    row, left, right = values, [], []
    for level in range(degree + 1):
        left.append(row[0] << (degree - level))
        right.append(row[-1] << (degree - level))
        row = [a + b for a, b in pairwise(row)]
    return left, right[::-1]


def span(polynomial: Polynomial, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Return two numbers between which the polynomial stays on [low, high]; a little generous."""
    values, scale = _bernstein(polynomial, low, high)
    return Fraction(min(values), scale), Fraction(max(values), scale)


def hull(polynomial: Polynomial, low: Fraction, high: Fraction) -> Fraction:
    """Return a number that |polynomial| never exceeds on [low, high]; quick, a little generous."""
    values, scale = _bernstein(polynomial, low, high)
    return Fraction(max(map(abs, values)), scale)


def largest(polynomial: Polynomial, low, high, slack: Fraction = Fraction(1, 2**40)) -> Fraction:
    """Return the maximum of |polynomial| on [low, high], from above, within a relative slack.

    Intervals are halved, the most promising first, until the bound of the best one is no more
    than ``1 + slack`` times a value the polynomial does take. Every step is exact.
    """
    values, scale = _bernstein(polynomial, Fraction(low), Fraction(high))
    degree = len(values) - 1
    queue: list[tuple[Fraction, int, list[int], int]] = []
    taken = Fraction(0)
    fresh = [(values, scale)]
    for ticket in range(10_000):
        for k, (coefficients, divisor) in enumerate(fresh):
            ends = max(abs(coefficients[0]), abs(coefficients[-1]))
            taken = max(taken, Fraction(ends, divisor))
            bound = Fraction(max(map(abs, coefficients)), divisor)
            heappush(queue, (-bound, 2 * ticket + k, coefficients, divisor))
        bound, _, coefficients, divisor = heappop(queue)
        if -bound <= taken * (1 + slack):
            return -bound
        fresh = [(half, divisor << degree) for half in _halve(coefficients)]
    return -bound  # Still a bound, only less tight than asked for.
