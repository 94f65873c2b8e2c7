"""Curves made of the logistic function: softplus, log-sigmoid, and x times a gate (swish, Mish).

With y = σ(x), softplus is the curve with the derivative y. The gate of swish is y, that of Mish is
tanh(log(1 + eˣ)) = (2y − y²)/(y² − 2y + 2); their derivatives are polynomials in y over powers of
one denominator, and Leibniz's rule gives (x g)⁽ⁿ⁾ = x g⁽ⁿ⁾ + n g⁽ⁿ⁻¹⁾.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import exp, factorial, hypot, log, pi

import numpy as np

from ._curves import CURVES, Cells, SmoothCurve
from ._enclosures import Enclosed, enclose_logistic, enclose_softplus, round_up
from ._polynomials import Polynomial, differentiate, evaluate, multiply, span

_LOGISTIC = CURVES["logistic"]
Span = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class SoftplusCurve(SmoothCurve):
    """log(1 + eˣ)."""

    name: str = "softplus"

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        return _LOGISTIC.coefficient_at_zero(n - 1) / n if n else None  # log 2

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        if n == 0:
            return enclose_softplus(centre, digits)
        middle, radius = _LOGISTIC.enclose(n - 1, centre, digits)
        return middle / n, radius / n

    def cells(self, n: int) -> Cells:
        if n == 1:  # σ itself
            return Cells(np.array([0.0]), np.array([0.5, 1.0]), tail=1.0, rate=0, largest=1.0)
        return _LOGISTIC.cells(n - 1)

    def radius(self, centre: float) -> float:
        return _LOGISTIC.radius(centre)


@dataclass(frozen=True)
class Gate:
    """A function of y = σ(x): numerator(y)/denominator(y), and a singularity of it as one of x."""

    numerator: Polynomial
    denominator: Polynomial
    singularity: complex

    def derivative(self, n: int) -> Polynomial:
        """Return the numerator of the n-th derivative; below it is denominatorⁿ⁺¹."""
        return _gate_derivative(self, n)


@cache
def _gate_derivative(gate: Gate, n: int) -> Polynomial:
    if n == 0:
        return gate.numerator
    top = _gate_derivative(gate, n - 1)
    if len(gate.denominator) == 1:
        return multiply((0, 1, -1), differentiate(top))
    # (N/qⁿ)' = y(1 − y) (N' q − n q' N)/qⁿ⁺¹
    left = multiply(differentiate(top), gate.denominator)
    right = multiply(differentiate(gate.denominator), tuple(n * a for a in top))
    size = max(len(left), len(right))
    padded = (tuple(p) + (0,) * (size - len(p)) for p in (left, right))
    return multiply((0, 1, -1), tuple(a - b for a, b in zip(*padded, strict=True)))


LOGISTIC_GATE = Gate((0, 1), (1,), complex(0, pi))
MISH_GATE = Gate((0, 2, -1), (2, -2, 1), complex(log(2) / 2, 3 * pi / 4))


@dataclass(frozen=True)
class GatedCurve(SmoothCurve):
    """x times a gate."""

    name: str
    gate: Gate

    def coefficient_at_zero(self, n: int) -> Fraction:
        return self._leibniz(n, Fraction(0), Fraction(1, 2)) / factorial(n)

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        y, radius = enclose_logistic(centre, digits)
        # The denominator is between 1 and 2, with a slope of at most 2.
        steepness = Fraction(0)
        for k, factor in ((n, abs(centre)), (n - 1, Fraction(n))):
            if factor and k >= 0:
                top = self.gate.derivative(k)
                slope = sum(j * abs(a) for j, a in enumerate(top))
                steepness += factor * (slope + 2 * (k + 1) * sum(map(abs, top)))
        return self._leibniz(n, centre, y) / factorial(n), steepness * radius / factorial(n)

    def cells(self, n: int) -> Cells:
        return _gated_cells(self.gate, n)

    def radius(self, centre: float) -> float:
        return hypot(centre - self.gate.singularity.real, self.gate.singularity.imag)

    def _leibniz(self, n: int, x: Fraction, y: Fraction) -> Fraction:
        below = evaluate(self.gate.denominator, y)
        value = x * evaluate(self.gate.derivative(n), y) / below ** (n + 1)
        if n:
            value += n * evaluate(self.gate.derivative(n - 1), y) / below**n
        return value


@cache
def _gated_cells(gate: Gate, n: int) -> Cells:
    # As for the logistic function: sixteenths of an octave of the distance to the nearer end. They
    # are quarters further out, where the factor x makes the tails of all orders look alike.
    shares = [Fraction(16 + j, 64 << k) for k in range(n + 3) for j in range(16)]
    shares += [Fraction(16 + j, 64 << k) for k in range(n + 3, n + 27) for j in range(0, 16, 4)]
    shares = sorted({*shares, Fraction(1, 2)})
    ys = [*shares, *(1 - s for s in reversed(shares[:-1]))]
    edges = [log(y / (1 - y)) for y in ys]
    bounds = []
    for (y_low, y_high), ends in zip(pairwise(ys), pairwise(edges), strict=True):
        slack = Fraction(1, 10**12)
        x = Fraction(ends[0]) - slack, Fraction(ends[1]) + slack
        product = _product(x, _gate_span(gate, n, y_low, y_high))
        gates = _gate_span(gate, n - 1, y_low, y_high)
        bounds.append(round_up(max(abs(a + n * b) for a, b in zip(product, gates, strict=True))))
    # Far out, with t = |x|: g⁽ᵏ⁾ = y(1 − y) M/qᵏ⁺¹ and y(1 − y) ≤ e^−t, for k ≥ 1. t e^−t falls
    # from t = 1 on, and is at most (10/e) e^(−0.9t).
    far, tails = [], []
    t = -edges[0]
    for y_low, y_high in ((Fraction(0), ys[0]), (ys[-1], Fraction(1))):
        outer = _far_factor(gate, n, y_low, y_high)
        if n == 1:
            gates = _gate_span(gate, 0, y_low, y_high)
            far.append(outer * t * exp(-t) + float(max(map(abs, gates))))
            tails.append(far[-1])
        else:
            inner = n * _far_factor(gate, n - 1, y_low, y_high)
            far.append((outer * t + inner) * exp(-t))
            tails.append(outer * 10 / exp(1) + inner)
    raised = 1 + 1e-12  # above the few roundings of these products
    bounds = np.array([far[0] * raised, *bounds, far[1] * raised])
    return Cells(
        edges=np.array(edges),
        bounds=bounds,
        tail=max(tails) * raised,
        rate=0 if n == 1 else 0.9,
        largest=float(bounds.max()),
    )


def _gate_span(gate: Gate, n: int, y_low: Fraction, y_high: Fraction) -> Span:
    top = span(gate.derivative(n), y_low, y_high)
    # The denominators fall from y = 0 to y = 1, or are constant.
    below = sorted(evaluate(gate.denominator, y) ** (n + 1) for y in (y_low, y_high))
    return _product(top, (1 / Fraction(below[1]), 1 / Fraction(below[0])))


def _far_factor(gate: Gate, n: int, y_low: Fraction, y_high: Fraction) -> float:
    """Bound |g⁽ⁿ⁾| / (y(1 − y)) for n ≥ 1; the quotient of the polynomials is one."""
    quotient: list[int] = []
    for a in gate.derivative(n)[1:-1]:
        quotient.append(a + (quotient[-1] if quotient else 0))
    least = min(evaluate(gate.denominator, y) for y in (y_low, y_high))
    return round_up(
        max(map(abs, span(tuple(quotient), y_low, y_high))) / Fraction(least) ** (n + 1)
    )


def _product(a: Span, b: Span) -> Span:
    products = [p * q for p in a for q in b]
    return min(products), max(products)


@dataclass(frozen=True)
class Stretched(SmoothCurve):
    """F(rate · x)/rate for a curve F: softplus and swish with their sharpness."""

    name: str
    curve: SmoothCurve
    rate: Fraction

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        exact = self.curve.coefficient_at_zero(n)
        return exact if exact is None else exact * self.rate ** (n - 1)

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        middle, radius = self.curve.enclose(n, self.rate * centre, digits)
        return middle * self.rate ** (n - 1), radius * self.rate ** (n - 1)

    def cells(self, n: int) -> Cells:
        cells, rate = self.curve.cells(n), float(self.rate)
        # Edges may be off by a rounding: whoever looks x up in them pads it by far more.
        grown = rate ** (n - 1) * (1 + 1e-14 * (n + 2))
        return Cells(
            cells.edges / rate,
            cells.bounds * grown,
            cells.tail * grown,
            cells.rate * rate * (1 - 1e-15),
            cells.largest * grown,
        )

    def radius(self, centre: float) -> float:
        return self.curve.radius(float(self.rate) * centre) / float(self.rate)


@dataclass(frozen=True)
class Mirrored(SmoothCurve):
    """−F(−x) for a curve F: the log-sigmoid of softplus."""

    name: str
    curve: SmoothCurve

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        exact = self.curve.coefficient_at_zero(n)
        return exact if exact is None else exact * (-1) ** (n + 1)

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        middle, radius = self.curve.enclose(n, -centre, digits)
        return middle * (-1) ** (n + 1), radius

    def cells(self, n: int) -> Cells:
        c = self.curve.cells(n)
        return Cells(-c.edges[::-1], c.bounds[::-1], c.tail, c.rate, c.largest)

    def radius(self, centre: float) -> float:
        return self.curve.radius(-centre)


@dataclass(frozen=True)
class Shrunk(SmoothCurve):
    """x − F(x) for a curve F with slopes from 0 to 1: the tanhshrink of tanh."""

    name: str
    curve: SmoothCurve

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        exact = self.curve.coefficient_at_zero(n)
        return exact if exact is None else int(n == 1) - exact

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        middle, radius = self.curve.enclose(n, centre, digits)
        line = (centre, Fraction(1), Fraction(0))[min(n, 2)]
        return line - middle, radius

    def cells(self, n: int) -> Cells:
        if n == 1:
            return Cells(np.array([0.0]), np.array([1.0, 1.0]), tail=1.0, rate=0, largest=1.0)
        return self.curve.cells(n)

    def radius(self, centre: float) -> float:
        return self.curve.radius(centre)
