"""GELU, x Φ(x), whose derivatives from the second on are Hermite polynomials times the bell φ.

φ⁽ᵏ⁾ = (−1)ᵏ Heₖ φ, so Leibniz's rule gives (x Φ)⁽ⁿ⁾ = (−1)ⁿ (n Heₙ₋₂ − x Heₙ₋₁) φ for n ≥ 2.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import ceil, factorial, inf, isqrt

import numpy as np

from ._curves import Cells, SmoothCurve
from ._enclosures import Enclosed, enclose_bell, enclose_normal, round_up
from ._polynomials import Polynomial, evaluate, hull

_STEP = Fraction(1, 32)
# The largest slope Φ(√2) + √2 φ(√2): the second derivative φ (2 − x²) changes sign at ±√2 only.
_STEEPEST = 1.1289


@cache
def hermite(n: int) -> Polynomial:
    """Return the probabilists' Hermite polynomial: Heₙ₊₁ = x Heₙ − n Heₙ₋₁."""
    if n < 2:
        return (1,) if n == 0 else (0, 1)
    first, second = (0, *hermite(n - 1)), (*hermite(n - 2), 0, 0)
    return tuple(a - (n - 1) * b for a, b in zip(first, second, strict=True))


@cache
def bell_factor(n: int) -> Polynomial:
    """Return the n-th derivative of x Φ(x) over φ(x), n ≥ 2."""
    first, second = (*hermite(n - 2), 0, 0), (0, *hermite(n - 1))
    return tuple((-1) ** n * (n * a - b) for a, b in zip(first, second, strict=True))


@dataclass(frozen=True)
class GELUCurve(SmoothCurve):
    """x Φ(x)."""

    name: str = "gelu"

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        if n == 0 or n == 1 or n % 2:
            return Fraction(int(n == 1), 2)
        return None  # a rational number times 1/√(2π)

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        if n == 0:
            middle, radius = enclose_normal(centre, digits)
            return centre * middle, abs(centre) * radius
        bell, spread = enclose_bell(centre, digits)
        if n == 1:
            middle, radius = enclose_normal(centre, digits)
            return middle + centre * bell, radius + abs(centre) * spread
        factor = evaluate(bell_factor(n), centre) / Fraction(factorial(n))
        return factor * bell, abs(factor) * spread

    def cells(self, n: int) -> Cells:
        return _cells(n)

    def radius(self, centre: float) -> float:
        return inf


@cache
def _cells(n: int) -> Cells:
    if n == 1:
        # On the left the slope is between −0.129 and 1/2.
        return Cells(
            np.array([0.0]), np.array([0.5, _STEEPEST]), tail=_STEEPEST, rate=0, largest=_STEEPEST
        )
    factor = bell_factor(n)
    # On x ≥ T with T² − T > n, xⁿ φ(x) eˣ falls, and lower powers fall faster.
    end = 4 + 2 * (isqrt(n) + 1)
    steps = ceil(end / _STEP)
    places = [k * _STEP for k in range(steps + 1)]
    half = [round_up(hull(factor, a, b) * _bell_up(a)) for a, b in pairwise(places)]
    absolute = tuple(map(abs, factor))
    bell = _bell_up(places[-1])
    outside = round_up(evaluate(absolute, places[-1]) * bell)
    # S(x) φ(x) ≤ (S(T) φ(T) e^T) e^−x for x ≥ T; e^T from above.
    tail = round_up(evaluate(absolute, places[-1]) * bell * Fraction(2719, 1000) ** end)
    edges = [float(p) for p in places]
    return Cells(
        edges=np.array([-x for x in reversed(edges[1:])] + edges),
        bounds=np.array([outside, *reversed(half), *half, outside]),
        tail=tail,
        rate=1,
        largest=max(*half, outside),
    )


@cache
def _bell_up(x: Fraction) -> Fraction:
    middle, radius = enclose_bell(x, 20)
    return middle + radius
