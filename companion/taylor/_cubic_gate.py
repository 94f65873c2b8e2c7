"""GELU's tanh form, x σ(p(x)) with p(x) = √(8/π) (x + 0.044715 x³).

y = σ(p) solves y' = y (1 − y) p', which gives its Taylor coefficients one after another; they are
computed with balls, a middle and a radius. A ball around a point gives coefficients, a ball that
covers a stretch of the line gives bounds on it.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import ceil, comb, exp, factorial, isqrt

import numpy as np

from ._curves import CURVES, Cells, SmoothCurve
from ._enclosures import Enclosed, enclose_logistic, enclose_pi, round_up
from ._polynomials import evaluate, multiply

_CUBIC = Fraction("0.044715")
_LOGISTIC = CURVES["logistic"]
_HALF_STEP = Fraction(1, 64)
_TERMS = 8
_SMALL = 1e-9
_DIGITS = 30
# √(8/π) = 1.5957…
_BELOW, _ABOVE = Fraction("1.5957"), Fraction("1.5958")
_ROUNDINGS = 1 + 1e-12


class _Ball:
    """Middle ± radius in whole units of 2^−bits; whatever is cut off goes to the radius."""

    __slots__ = ("bits", "middle", "radius")

    def __init__(self, middle: int, radius: int, bits: int) -> None:
        self.middle, self.radius, self.bits = middle, radius, bits

    @classmethod
    def around(cls, middle: Fraction, radius: Fraction, bits: int) -> "_Ball":
        return cls(round(middle * 2**bits), ceil(radius * 2**bits) + 1, bits)

    def __add__(self, other: "_Ball") -> "_Ball":
        return _Ball(self.middle + other.middle, self.radius + other.radius, self.bits)

    def __neg__(self) -> "_Ball":
        return _Ball(-self.middle, self.radius, self.bits)

    def __mul__(self, other: "_Ball") -> "_Ball":
        spread = abs(self.middle) * other.radius + self.radius * (abs(other.middle) + other.radius)
        middle = self.middle * other.middle >> self.bits
        return _Ball(middle, (spread >> self.bits) + 2, self.bits)

    def over(self, number: int) -> "_Ball":
        return _Ball(self.middle // number, self.radius // number + 2, self.bits)

    @property
    def ends(self) -> Enclosed:
        """The middle and the radius, as numbers."""
        return Fraction(self.middle, 2**self.bits), Fraction(self.radius, 2**self.bits)

    @property
    def largest(self) -> Fraction:
        return Fraction(abs(self.middle) + self.radius, 2**self.bits)


@dataclass(frozen=True)
class CubicGateCurve(SmoothCurve):
    """GELU's tanh form."""

    name: str

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        # x/2 + x · (odd function): odd powers from the third on are absent.
        return Fraction(int(n == 1), 2) if n == 0 or n % 2 else None

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        return _coefficients(centre, Fraction(0), n, digits)[n].ends

    def cells(self, n: int) -> Cells:
        return _cells(n)

    def radius(self, centre: float) -> float:
        """Return the distance of the nearest pole, where p(z) is an odd multiple of πi."""
        factor = np.sqrt(8 / np.pi)
        poles = np.concatenate(
            [np.roots([factor * float(_CUBIC), 0, factor, -1j * k * np.pi]) for k in (-3, -1, 1, 3)]
        )
        return float(np.abs(poles - centre).min())


def _coefficients(centre: Fraction, reach: Fraction, order: int, digits: int) -> list[_Ball]:
    """Enclose f⁽ᵏ⁾/k! for k = 0 … order at every point within reach of the centre."""
    bits = 4 * digits

    def exactly(number: Fraction | int) -> _Ball:
        return _Ball.around(Fraction(number), Fraction(0), bits)

    x = _Ball.around(centre, reach, bits)
    root = _Ball.around(*_root_of_eight_over_pi(digits), bits)
    cubic = exactly(_CUBIC)
    exponent = root * (x + x * x * x * cubic)
    slopes = [
        root * (exactly(1) + exactly(3) * x * x * cubic),
        root * exactly(6) * x * cubic,
        root * exactly(3) * cubic,
    ]
    gate = [_logistic(exponent, digits)]
    growth: list[_Ball] = []  # of y (1 − y)
    for k in range(order):
        square = exactly(0)
        for i in range(k + 1):
            square = square + gate[i] * gate[k - i]
        growth.append(gate[k] + -square)
        total = exactly(0)
        for i, slope in enumerate(slopes[: k + 1]):
            total = total + slope * growth[k - i]
        gate.append(total.over(k + 1))
    return [x * gate[0], *(x * a + b for b, a in pairwise(gate))]


def _logistic(exponent: _Ball, digits: int) -> _Ball:
    """Enclose σ, which rises, by its values at both ends."""
    middle, radius = exponent.ends
    low, below = enclose_logistic(middle - radius, digits)
    high, above = enclose_logistic(middle + radius, digits)
    return _Ball.around((low + high) / 2, (high - low) / 2 + below + above, exponent.bits)


@cache
def _root_of_eight_over_pi(digits: int) -> Enclosed:
    unit = 10 ** (digits + 5)
    pi = enclose_pi(digits + 10)
    return Fraction(isqrt(int(8 / pi * unit**2)), unit), Fraction(2, unit)


@cache
def _cells(n: int) -> Cells:
    end, last, factor = _start_of_tail(n), n + _TERMS, factorial(n)
    weights = [comb(n + j, j) * _HALF_STEP**j * factor for j in range(_TERMS + 1)]
    left, right = [], []
    for k in range(int(end / (2 * _HALF_STEP))):
        middle = -(2 * k + 1) * _HALF_STEP
        # Taylor's theorem for f⁽ⁿ⁾ itself: a ball as wide as the stretch, whose radius is much too
        # large, serves for the remainder only.
        there = _coefficients(middle, Fraction(0), last, _DIGITS)[n:last]
        there.append(_coefficients(middle, _HALF_STEP, last, _DIGITS)[last])
        # f(x) = x + f(−x): the right half is the mirror image, but for a straight line.
        line = _Ball.around(Fraction(int(n == 1)), Fraction(0), there[0].bits)
        rest = sum(w * a.largest for w, a in zip(weights[1:], there[1:], strict=True))
        left.append(round_up(factor * there[0].largest + rest))
        right.append(round_up(factor * (line + -there[0]).largest + rest))
    tail, far = _tail(n, end)
    places = [float(2 * k * _HALF_STEP) for k in range(len(left) + 1)]
    bounds = np.array([far, *reversed(left), *right, far + int(n == 1)]) * _ROUNDINGS
    return Cells(
        edges=np.array([-x for x in reversed(places[1:])] + places),
        bounds=bounds,
        tail=float(bounds.max()) if n == 1 else tail,
        rate=0 if n == 1 else 1,
        largest=float(bounds.max()),
    )


def _start_of_tail(n: int) -> int:
    """Return where a polynomial of degree 2n + 1 times exp(t − p(t)) falls and is small already."""
    end = 4
    edge = max((float(_LOGISTIC.cells(k).edges[-1]) for k in range(1, n + 1)), default=0.0)
    while (
        end * (_BELOW * (1 + 3 * _CUBIC * end**2) - 1) < 2 * n + 1
        or _BELOW * (end + _CUBIC * end**3) < edge
        or _tail(n, end)[1] > _SMALL
    ):
        end += 1
    return end


def _tail(n: int, end: int) -> tuple[float, float]:
    """Bound |f⁽ⁿ⁾| on the left of −end: by tail · exp(−|x|), and by a number."""
    polynomial = (0, *_gate_majorant(n))
    rest = _gate_majorant(n - 1)
    total = float(evaluate(polynomial, Fraction(end)) + n * evaluate(rest, Fraction(end)))
    fall = float(_BELOW * (end + _CUBIC * end**3))
    return total * exp(end - fall) * _ROUNDINGS, total * exp(-fall) * _ROUNDINGS


@cache
def _gate_majorant(n: int) -> tuple[Fraction, ...]:
    """Return a polynomial Q with |(σ∘p)⁽ⁿ⁾(x)| ≤ Q(|x|) exp(−|p(x)|) far out on the left.

    Faà di Bruno's formula, Σₖ σ⁽ᵏ⁾(p) Bₙₖ(p', p'', p'''), with every term made positive.
    """
    if n == 0:
        return (Fraction(1),)  # σ(p) ≤ eᵖ
    total = (Fraction(0),)
    for k in range(1, n + 1):
        size = Fraction(_LOGISTIC.cells(k).tail)
        total = _add(total, tuple(size * a for a in _bell(n, k)))
    return total


@cache
def _bell(n: int, k: int) -> tuple[Fraction, ...]:
    """Return the partial Bell polynomial Bₙₖ of p', p'', p''', with |x| for x."""
    if n == 0 or k == 0:
        return (Fraction(int(n == k)),)
    slopes = (
        (_ABOVE, Fraction(0), 3 * _CUBIC * _ABOVE),
        (Fraction(0), 6 * _CUBIC * _ABOVE),
        (6 * _CUBIC * _ABOVE,),
    )
    total = (Fraction(0),)
    for i, slope in enumerate(slopes[:n]):
        product = multiply(slope, _bell(n - 1 - i, k - 1))
        total = _add(total, tuple(comb(n - 1, i) * a for a in product))
    return total


def _add(a: tuple, b: tuple) -> tuple:
    size = max(len(a), len(b))
    a, b = (tuple(p) + (Fraction(0),) * (size - len(p)) for p in (a, b))
    return tuple(x + y for x, y in zip(a, b, strict=True))
