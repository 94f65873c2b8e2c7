"""Ball arithmetic that speaks mpmath's names, so that an activation's definition runs on it.

A ball is a number with a proved bound of its error [1]_. An `Expansion` carries a function of x
over a whole cell [a, b] of the real line at once, as balls for its value, slope and half its
curvature, and beside it the same at the points a, b and (a + b)/2. Comparisons inside a definition,
such as the ``x > 0`` of a ReLU, are answered only if they have one answer on the whole cell.

References
----------
.. [1] F. Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic", IEEE
   Transactions on Computers 66 (2017) 1281-1292, doi:10.1109/TC.2017.2690633
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

_BITS = 160
_TERMS = 3  # value, slope, half the curvature


class UndecidedError(ArithmeticError):
    """A comparison has two answers on one cell."""


def flint() -> Any:
    """Return the module of ball arithmetic, which is needed for nothing else."""
    try:
        import flint
    except ImportError:
        raise ImportError(
            "a certified bound needs ball arithmetic; get it with: pip install python-flint"
        ) from None
    return flint


@contextmanager
def ball_arithmetic(terms: int = _TERMS) -> Iterator["Balls"]:
    """Set the working precision and the length of power series, and put them back."""
    context = flint().ctx
    before = context.cap
    context.cap = terms
    try:
        with context.workprec(_BITS):
            yield Balls()
    finally:
        context.cap = before


class Expansion:
    """A function of x on a cell: its balls over the whole cell, at both ends and in the middle.

    Attributes
    ----------
    parts : tuple of four power series
        About any point of the cell, and about its left end, its right end and its middle.
    """

    __slots__ = ("parts",)

    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    def map(self, function: Callable[[Any], Any]) -> "Expansion":
        """Apply a function of power series to every part."""
        if self._is_constant:
            part = function(self.parts[0])
            return Expansion(part, part, part, part)
        return Expansion(*map(function, self.parts))

    def __add__(self, other: Any) -> "Expansion":
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> "Expansion":
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, other: Any) -> "Expansion":
        return self._with(other, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> "Expansion":
        return self._with(other, _divided)

    def __rsub__(self, other: Any) -> "Expansion":
        return self._with(other, lambda a, b: b - a)

    def __rtruediv__(self, other: Any) -> "Expansion":
        return self._with(other, lambda a, b: _divided(b, a))

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> "Expansion":
        return self.map(lambda a: -a)

    def __pow__(self, exponent: int) -> "Expansion":
        if not isinstance(exponent, int):
            raise TypeError(f"an exponent must be an integer, got {exponent!r}")
        return self.map(lambda a: a**exponent)

    def __abs__(self) -> "Expansion":
        return self if self > 0 else -self

    # Where both sides are equal at single points only, as at the ends of a cell, a function that
    # is continuous there takes the same value by either answer.

    def __gt__(self, other: Any) -> bool:
        difference = self - other
        whole, *points = difference.parts
        if whole[0].is_zero() or whole[0] <= 0:
            return False
        if whole[0] >= 0:
            return True
        if not whole[1].contains(0):  # Monotone, so the ends tell.
            left, right, _ = (point[0] for point in points)
            if left >= 0 and right >= 0:
                return True
            if left <= 0 and right <= 0:
                return False
        raise UndecidedError("a comparison changes its answer within a cell")

    def __lt__(self, other: Any) -> bool:
        return -self > -other

    def __ge__(self, other: Any) -> bool:
        return (self - other).value.is_zero() or self > other

    def __le__(self, other: Any) -> bool:
        return -self >= -other

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        if (self - other).value.is_zero():
            return True
        _ = self > other  # Raises, if they can be equal anywhere but at an end of the cell.
        return False

    @property
    def value(self) -> Any:
        """The ball that holds all values on the cell."""
        return self.parts[0][0]

    def _with(self, other: Any, combine: Callable[[Any, Any], Any]) -> "Expansion":
        if isinstance(other, Expansion):
            if self._is_constant and other._is_constant:
                part = combine(self.parts[0], other.parts[0])
                return Expansion(part, part, part, part)
            return Expansion(*map(combine, self.parts, other.parts))
        if isinstance(other, (int, float, flint().arb)):
            return self.map(lambda part: combine(part, other))
        return NotImplemented

    @property
    def _is_constant(self) -> bool:
        return self.parts[0] is self.parts[1]


def _divided(a: Any, b: Any) -> Any:
    try:
        return a / b
    except ValueError:  # A ball that holds 0: halve the cell.
        raise UndecidedError("a divisor may be 0 within a cell") from None


class Balls:
    """The part of mpmath's vocabulary that definitions use, for `Expansion`.

    It is made by `ball_arithmetic`, inside which it is valid.
    """

    def mpf(self, number: int | float | str | Fraction) -> Expansion:
        """Return a constant: a float as the dyadic number it is, a text as the decimal it says."""
        if isinstance(number, Expansion):
            return number
        arb = flint().arb
        if isinstance(number, Fraction):
            return self._constant(arb(number.numerator) / number.denominator)
        return self._constant(arb(number))

    def over(self, low: Any, high: Any) -> Expansion:
        """Return the expansion of x itself over the cell from low to high, two exact balls."""
        series = flint().arb_series
        middle = ((low + high) / 2).mid()
        return Expansion(*(series([place, 1]) for place in (low.union(high), low, high, middle)))

    @property
    def pi(self) -> Expansion:
        """The number π."""
        return self._constant(flint().arb.pi())

    @property
    def e(self) -> Expansion:
        """The number e."""
        return self._constant(flint().arb.const_e())

    def exp(self, x: Any) -> Expansion:
        """Return the exponential."""
        return self.mpf(x).map(lambda a: a.exp())

    def expm1(self, x: Any) -> Expansion:
        """Return exp(x) − 1."""
        return self.exp(x) - 1

    def log(self, x: Any) -> Expansion:
        """Return the natural logarithm."""
        return self.mpf(x).map(lambda a: a.log())

    def log1p(self, x: Any) -> Expansion:
        """Return log(1 + x)."""
        return self.log(1 + self.mpf(x))

    def sign(self, x: Any) -> Expansion:
        """Return −1, 0 or 1."""
        x = self.mpf(x)
        return self.mpf(0 if x == 0 else 1 if x > 0 else -1)

    def sqrt(self, x: Any) -> Expansion:
        """Return the square root."""
        return self.mpf(x).map(lambda a: a.sqrt())

    def tanh(self, x: Any) -> Expansion:
        """Return the hyperbolic tangent; with x in one place only, no ball grows without need."""
        return 1 - 2 / (self.exp(2 * self.mpf(x)) + 1)

    def erf(self, x: Any) -> Expansion:
        """Return the error function."""
        return self.mpf(x).map(lambda a: a.erf())

    def erfc(self, x: Any) -> Expansion:
        """Return 1 − erf(x)."""
        return self.mpf(x).map(lambda a: a.erfc())

    def ncdf(self, x: Any) -> Expansion:
        """Return the normal distribution function Φ."""
        return self.erfc(-self.mpf(x) / self.sqrt(2)) / 2

    def lambertw(self, x: Any) -> Expansion:
        """Return Lambert's W of a constant."""
        return self._constant(self.mpf(x).value.lambertw())

    def _constant(self, ball: Any) -> Expansion:
        series = flint().arb_series([ball])
        return Expansion(series, series, series, series)
