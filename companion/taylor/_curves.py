"""The curves that companion.taylor knows, each a shifted, stretched logistic function.

y(x) = low + (high − low) · σ(rate · x) is the logistic function for (0, 1, 1) and tanh for
(−1, 1, 2). All such curves solve y' = q(y) with a polynomial q, so each derivative is a polynomial
in y itself. A further kind of curve needs the same five methods that the rest of the package calls:
``derivative``, ``coefficient_at_zero``, ``taylor_coefficient``, ``cells`` and ``pole``.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from math import factorial, inf, log, nextafter, pi

import numpy as np

from ._polynomials import Polynomial, differentiate, evaluate, hull, largest, multiply

# σ(−2000) is below 10^−868, far under the smallest float; further out nothing changes any more.
_FLAT = 2000


def round_up(number: Fraction) -> float:
    """Return the smallest float that is not below the number."""
    nearest = float(number)
    return nextafter(nearest, inf) if Fraction(nearest) < number else nearest


def root_up(number: Fraction, degree: int) -> float:
    """Return a float just above the degree-th root of a positive number, however small or large."""
    if number == 0:
        return 0.0
    logarithm = (log(number.numerator) - log(number.denominator)) / degree
    return float(np.exp(logarithm)) * (1 + 1e-12)


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


@dataclass(frozen=True)
class LogisticCurve:
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

    def taylor_coefficient(self, n: int, centre: float) -> float:
        """Return the float nearest to f⁽ⁿ⁾(centre) / n!.

        The value y at the centre is enclosed between two rationals, the polynomial evaluated
        without rounding, and the digits doubled until both ends round to the same float. That
        happens sooner or later: apart from centre 0, which is exact, the true coefficient is
        transcendental (Lindemann), so it is no tie between two floats.
        """
        polynomial = self.derivative(n)
        if centre == 0:
            return float(self.coefficient_at_zero(n))
        # |p(y) − p(middle)| ≤ lipschitz · |y − middle|, as |y| ≤ 1 for every curve here.
        lipschitz = sum(k * abs(a) for k, a in enumerate(polynomial))
        digits = 40
        while True:
            middle, radius = self._enclose(centre, digits)
            value, spread = evaluate(polynomial, middle), lipschitz * radius
            low = float((value - spread) / factorial(n))
            high = float((value + spread) / factorial(n))
            if low == high:
                return low + 0.0  # no negative zero
            digits *= 2

    def _enclose(self, centre: float, digits: int) -> tuple[Fraction, Fraction]:
        """Return y(centre) as a rational number in [low, high], and how far off it can be."""
        # decimal's exp is correctly rounded, and a float has fewer than 800 decimal digits.
        reach = Context(prec=800).multiply(Decimal(min(abs(centre), _FLAT)), Decimal(self.rate))
        growth = Fraction(Context(prec=digits + 5).exp(reach))
        share = 1 / (1 + growth)  # σ(−reach)
        side = 1 if centre < 0 else -1
        end = self.low if centre < 0 else self.high
        width = self.high - self.low
        radius = width * share / 10**digits
        if abs(centre) > _FLAT:  # Anything from the end itself to the value at the flat point.
            radius += width * share
        return end + side * width * share, radius

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
ALIASES = {"sigmoid": "logistic", "expit": "logistic"}


def curve_of(activation) -> LogisticCurve:
    """Find the curve by its name, or by an activation of the companion that bears the name."""
    name = activation if isinstance(activation, str) else getattr(activation, "name", None)
    if not isinstance(name, str):
        raise TypeError(
            f"activation must be a name or an activation of the companion, got {activation!r} "
            f"({type(activation).__name__})"
        )
    name = ALIASES.get(name, name)
    if name not in CURVES:
        raise ValueError(f"activation must be one of {sorted(CURVES)}, got {name!r}")
    return CURVES[name]
