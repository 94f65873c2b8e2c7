"""Squareplus (x + √(x² + b))/2, whose derivatives are polynomials over powers of the root.

With s = √(x² + b), s⁽ⁿ⁾ = Pₙ(x)/s²ⁿ⁻¹ for n ≥ 1: P₁ = x and Pₙ₊₁ = (x² + b) Pₙ′ − (2n − 1) x Pₙ.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import factorial, hypot, isqrt, lcm, sqrt

import numpy as np

from ._curves import Cells, SmoothCurve
from ._enclosures import Enclosed, round_up
from ._polynomials import evaluate, hull

_NEAR, _OCTAVES = 4, 24


@dataclass(frozen=True)
class SquareplusCurve(SmoothCurve):
    """(x + √(x² + b))/2 with b > 0."""

    name: str
    b: Fraction

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        middle, radius = self.enclose(n, Fraction(0), 1)
        return None if radius else middle

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        square = centre * centre + self.b
        root, radius = _root(square, digits)
        if n == 0:
            return (centre + root) / 2, radius / 2
        # 1/s²ⁿ⁻¹ is s/(s²)ⁿ, and s² is exact.
        factor = evaluate(_numerator(self.b, n), centre) / (2 * square**n * factorial(n))
        return Fraction(int(n == 1), 2) + factor * root, abs(factor) * radius

    def cells(self, n: int) -> Cells:
        return _cells(self.b, n)

    def radius(self, centre: float) -> float:
        return hypot(centre, sqrt(self.b))


@cache
def _numerator(b: Fraction, n: int) -> tuple[Fraction, ...]:
    """Return Pₙ, n ≥ 1; from the second on its degree is n − 2."""
    if n == 1:
        return (Fraction(0), Fraction(1))
    last = _numerator(b, n - 1)
    powers = [Fraction(0)] * (len(last) + 1)
    for k, a in enumerate(last):
        if k:
            powers[k - 1] += k * a * b
        powers[k + 1] += (k - (2 * n - 3)) * a
    while len(powers) > 1 and not powers[-1]:
        powers.pop()
    return tuple(powers)


def _root(number: Fraction, digits: int) -> Enclosed:
    """Return the root of a positive number, exactly where it is rational."""
    top, below = isqrt(number.numerator), isqrt(number.denominator)
    if top**2 == number.numerator and below**2 == number.denominator:
        return Fraction(top, below), Fraction(0)
    unit = 10**digits
    whole = isqrt(number.numerator * unit**2 // number.denominator)
    return Fraction(2 * whole + 1, 2 * unit), Fraction(1, unit)


@cache
def _cells(b: Fraction, n: int) -> Cells:
    if n == 1:
        return Cells(np.array([0.0]), np.array([0.5, 1.0]), tail=1.0, rate=0, largest=1.0)
    numerator = _numerator(b, n)
    scale = lcm(*(a.denominator for a in numerator))
    whole = tuple(int(a * scale) for a in numerator)
    unit = Fraction(sqrt(b))
    parts = 8 * (n + 1)
    steps = [Fraction(k, parts) for k in range(_NEAR * parts)]
    steps += [Fraction(_NEAR * 2**k * (8 + j), 8) for k in range(_OCTAVES) for j in range(8)]
    places = [unit * step for step in steps]
    half = [
        round_up(hull(whole, low, high) / scale * _power_up(low * low + b, n))
        for low, high in pairwise(places)
    ]
    # |Pₙ(x)|/|x|²ⁿ⁻¹ falls, even with every coefficient made positive.
    end = places[-1]
    far = round_up(evaluate(tuple(map(abs, numerator)), end) / (2 * end ** (2 * n - 1)))
    edges = [float(place) for place in places]
    return Cells(
        edges=np.array([-x for x in reversed(edges[1:])] + edges),
        bounds=np.array([far, *reversed(half), *half, far]),
        tail=far,
        rate=0,
        largest=max(*half, far),
    )


def _power_up(square: Fraction, n: int) -> Fraction:
    """Bound 1/(2 s²ⁿ⁻¹) = s/(2 s²ⁿ) from above, s² given."""
    root, radius = _root(square, 20)
    return (root + radius) / (2 * square**n)
