"""The logistic function and tanh, and what a curve has to offer to the rest of the package.

y(x) = low + (high − low) · σ(rate · x) is the logistic function for (0, 1, 1) and tanh for
(−1, 1, 2). All such curves solve y' = q(y) with a polynomial q, so each derivative is a polynomial
in y itself. A further kind of curve is a `SmoothCurve` as well, with the same methods: ``enclose``,
``coefficient_at_zero``, ``cells`` and ``radius``, and ``derivative`` if it is a polynomial in y.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import factorial, hypot, log, pi

import numpy as np

from ._enclosures import Enclosed, enclose_logistic, nearest_float, round_up
from ._polynomials import Polynomial, differentiate, evaluate, hull, largest, multiply


@dataclass(frozen=True)
class Cells:
    """Proved bounds of |f⁽ⁿ⁾|, stretch by stretch of the real line.

    Attributes
    ----------
    edges : ndarray, shape (m,)
        Inner ends of the stretches, ascending; the first and the last stretch are endless.
    bounds : ndarray, shape (m + 1,)
        What |f⁽ⁿ⁾| does not exceed in each stretch.
    tail : float
        In the endless stretches |f⁽ⁿ⁾(x)| ≤ tail · exp(−rate · |x|) as well.
    rate : float
        How fast the tails fall.
    largest : float
        Maximum of |f⁽ⁿ⁾| over the real line, rounded up.
    """

    edges: np.ndarray
    bounds: np.ndarray
    tail: float
    rate: float
    largest: float


class SmoothCurve:
    """A function with derivatives of every order, and what Taylor's theorem needs to know of it."""

    name: str

    def about(self, centre: float) -> "SmoothCurve":
        """Return the curve as it is around that centre."""
        return self

    def derivative(self, n: int) -> Polynomial:
        """Return the n-th derivative as a polynomial in y, lowest power first."""
        raise ValueError(
            f"activation must be one whose derivatives are polynomials in its value, 'logistic' or "
            f"'tanh', got {self.name!r}"
        )

    def coefficient_at_zero(self, n: int) -> Fraction | None:
        """Return f⁽ⁿ⁾(0) / n!, or None if it is not rational."""
        raise NotImplementedError

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        """Return f⁽ⁿ⁾(centre) / n! as a middle and a radius that falls as the digits grow."""
        raise NotImplementedError

    def taylor_coefficient(self, n: int, centre: float) -> float:
        """Return the float nearest to f⁽ⁿ⁾(centre) / n!.

        Apart from centre 0, the true coefficient of all curves here is transcendental
        (Lindemann), or rational and then exact, with the radius 0.
        """
        if centre == 0:
            exact = self.coefficient_at_zero(n)
            if exact is not None:
                return float(exact)
        return nearest_float(lambda digits: self.enclose(n, Fraction(centre), digits))

    def cells(self, n: int) -> Cells:
        """Return proved bounds of the n-th derivative, n ≥ 1, over stretches of the real line."""
        raise NotImplementedError

    def radius(self, centre: float) -> float:
        """Return the distance of the nearest singularity from the centre."""
        raise NotImplementedError


@dataclass(frozen=True)
class LogisticCurve(SmoothCurve):
    """y(x) = low + (high − low) · σ(rate · x), with integers low, high and rate."""

    name: str
    low: int
    high: int
    rate: int

    def derivative(self, n: int) -> Polynomial:
        """Return the n-th derivative as a polynomial in y, lowest power first."""
        return _derivative(self, n)

    @property
    def slope(self) -> Polynomial:
        """The polynomial q of y' = q(y) = rate · (y − low)(high − y) / (high − low)."""
        product = multiply((-self.low, 1), (self.high, -1))
        return tuple(self.rate * a // (self.high - self.low) for a in product)

    @property
    def pole(self) -> float:
        """Distance of the nearest pole from the real axis: the zeros of 1 + exp(−rate · x)."""
        return pi / self.rate

    def coefficient_at_zero(self, n: int) -> Fraction:
        """Return f⁽ⁿ⁾(0) / n!, which is rational because y(0) is, halfway between the ends."""
        halfway = Fraction(self.low + self.high, 2)
        return Fraction(evaluate(self.derivative(n), halfway), factorial(n))

    def enclose(self, n: int, centre: Fraction, digits: int) -> Enclosed:
        """Return f⁽ⁿ⁾(centre) / n! by the polynomial, evaluated without rounding."""
        polynomial = self.derivative(n)
        width = self.high - self.low
        share, radius = enclose_logistic(self.rate * centre, digits)
        # |p(y) − p(middle)| ≤ lipschitz · |y − middle|, as |y| ≤ 1 for every curve here.
        lipschitz = sum(k * abs(a) for k, a in enumerate(polynomial))
        value = evaluate(polynomial, self.low + width * share)
        return value / factorial(n), lipschitz * width * radius / factorial(n)

    def radius(self, centre: float) -> float:
        """Return the distance of the nearest pole."""
        return hypot(centre, self.pole)

    def cells(self, n: int) -> Cells:
        """Return proved bounds of the n-th derivative, n ≥ 1, over stretches of the real line."""
        return _cells(self, n)


@cache
def _derivative(curve: LogisticCurve, n: int) -> Polynomial:
    polynomial: Polynomial = (0, 1)
    for _ in range(n):
        polynomial = multiply(curve.slope, differentiate(polynomial))
    return polynomial


@cache
def _cells(curve: LogisticCurve, n: int) -> Cells:
    # The stretches are chosen in y: in sixteenths of an octave of the distance to the nearer end
    # and down to where f⁽ⁿ⁾ has no root any more and falls like the slope (about n octaves).
    # |f⁽ⁿ⁾| is even, since y − y(0) is odd, so the left half serves for both.
    width = curve.high - curve.low
    shares = [Fraction(16 + j, 64 << k) for k in range(n + 3) for j in range(16)]
    shares = sorted({*shares, Fraction(1, 2)})
    polynomial = curve.derivative(n)
    ends = [curve.low + width * s for s in shares]
    stretches = zip([Fraction(curve.low), *ends], ends, strict=False)
    half = [round_up(hull(polynomial, a, b)) for a, b in stretches]
    left = [log(s / (1 - s)) / curve.rate for s in shares[:-1]]  # the last one is x = 0
    # f⁽ⁿ⁾ = q(y) · P'(y) with P the polynomial before, and q(y) ≤ rate · width · exp(−rate |x|).
    factor = differentiate(curve.derivative(n - 1))
    tail = hull(factor, Fraction(curve.low), ends[0]) * curve.rate * width
    return Cells(
        edges=np.array([*left, 0.0, *(-x for x in reversed(left))]),
        bounds=np.array([*half, *reversed(half)]),
        tail=round_up(tail),
        rate=curve.rate,
        largest=round_up(largest(polynomial, curve.low, curve.low + Fraction(width, 2))),
    )


CURVES = {c.name: c for c in (LogisticCurve("logistic", 0, 1, 1), LogisticCurve("tanh", -1, 1, 2))}
