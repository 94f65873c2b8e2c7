"""Padé approximants: the quotient of two polynomials that touches a function most closely."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from companion.taylor import series_at_zero

from ._arguments import activation_of, finite, order, real
from ._balls import UndecidedError, ball_arithmetic, flint

_BITS = 1000


def pade(activation: Any, m: int, n: int, centre: float = 0.0) -> "PadeApproximant":
    """Return the Padé approximant [m/n] of an activation.

    Its Taylor series agrees with the activation's in as many terms as m + n + 1 coefficients allow
    [1]_. Poles make it useful beyond the radius of convergence, where no Taylor polynomial is.

    Parameters
    ----------
    activation : str or Activation
        Smooth at the centre.
    m, n : int
        Highest powers above and below, 0 or more. Where the quotient can be reduced, lower ones
        result.
    centre : float, optional
        Where the two touch.

    Returns
    -------
    PadeApproximant
        Callable on arrays.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of these, or the activation has a kink at the centre.
    ImportError
        If the Taylor coefficients are not rational and python-flint is not installed.

    Notes
    -----
    The linear equations are solved with fractions. Around 0 the coefficients of logistic, tanh,
    swish and some others are rational, and so is all of the result. Others are computed to 300
    digits by ball arithmetic, and one that is not told from 0 then counts as 0.

    References
    ----------
    .. [1] G. A. Baker, P. Graves-Morris, "Padé Approximants", 2nd edition, Cambridge University
       Press (1996), doi:10.1017/CBO9780511530074

    Examples
    --------
    >>> lambert = pade("tanh", 3, 2)  # Lambert's continued fraction: (15x + x³)/(15 + 6x²)
    >>> [str(a) for a in lambert.numerator], [str(a) for a in lambert.denominator]
    (['0', '1', '0', '1/15'], ['1', '0', '2/5'])
    >>> print(f"{lambert(1.0):.6f} for {np.tanh(1.0):.6f}")
    0.761905 for 0.761594
    """
    activation = activation_of(activation)
    m, n, centre = order(m, "m"), order(n, "n"), finite(centre, "centre")
    series, exact = _series(activation, m + n, centre)
    below = _null_vector(
        [[series[k - j] if k >= j else Fraction(0) for j in range(n + 1)] for k in _after(m, n)]
    )
    above = [
        sum((below[j] * series[k - j] for j in range(min(k, n) + 1)), Fraction(0))
        for k in range(m + 1)
    ]
    if exact or not below[0]:
        above, below = _reduced(above, below)
    sides = (tuple(c / below[0] for c in side) for side in (above, below))
    if not exact:  # Digits beyond those of the coefficients mean nothing.
        sides = (tuple(Fraction(round(c * 2**_BITS), 2**_BITS) for c in side) for side in sides)
    return PadeApproximant(repr(activation), centre, *sides)


@dataclass(frozen=True)
class PadeApproximant:
    """A quotient of two polynomials in x − centre; made by `pade`.

    Attributes
    ----------
    activation : str
        What it approximates.
    centre : float
        Where.
    numerator, denominator : tuple of Fraction
        Coefficients, lowest power first; the denominator's first one is 1.
    """

    activation: str
    centre: float
    numerator: tuple[Fraction, ...]
    denominator: tuple[Fraction, ...]

    def __call__(self, x: Any) -> np.ndarray:
        """Return the quotient at x.

        Parameters
        ----------
        x : array_like of real numbers, any shape

        Returns
        -------
        ndarray or scalar of float64
            Same shape; infinite at a pole, the limits at ±∞.
        """
        t = real(x) - self.centre
        above, below = (np.array(c, dtype=np.float64) for c in (self.numerator, self.denominator))
        # Beyond 1 in powers of 1/t, so that no power overflows.
        far = np.abs(t) > 1
        with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
            u = np.where(far, 1 / t, t)
            near = _horner(above, u) / _horner(below, u)
            away = _horner(above[::-1], u) / _horner(below[::-1], u)
            rise = len(above) - len(below)
            # No zero times infinity: where the limit is 0, the power alone says so.
            away = away * (t ** float(rise) if rise else 1.0)
        return np.where(far, away, near)[()]

    def definition(self, x: Any, mp: Any) -> Any:
        """Give the quotient in mpmath's arithmetic, or on balls for `certified_maximum`."""
        t = x - mp.mpf(self.centre)
        above, below = (
            _horner([mp.mpf(c.numerator) / c.denominator for c in side], t)
            for side in (self.numerator, self.denominator)
        )
        return above / below

    @property
    def poles(self) -> np.ndarray:
        """Where the denominator is 0: complex numbers, the nearest to the centre first."""
        roots = np.roots(np.array(self.denominator[::-1], dtype=np.float64)).astype(complex)
        return self.centre + roots[np.lexsort((roots.imag, roots.real, np.abs(roots).round(9)))]


def _horner(coefficients: Any, t: Any) -> Any:
    value = 0 * t
    for coefficient in reversed(coefficients):
        value = value * t + coefficient
    return value


def _after(m: int, n: int) -> range:
    return range(m + 1, m + n + 1)


def _series(activation: Any, highest: int, centre: float) -> tuple[list[Fraction], bool]:
    """Return the Taylor coefficients, and whether they are exact."""
    if centre == 0:
        try:
            return list(series_at_zero(activation, highest)), True
        except ValueError:  # Unknown there, or not rational.
            pass
    if centre in activation.kinks:
        raise ValueError(f"centre must not be a kink of {activation!r}, got {centre!r}")
    with ball_arithmetic(terms=highest + 1) as balls, flint().ctx.workprec(_BITS):
        place = flint().arb(centre)
        # The definition must take the same branch on both sides of the centre.
        little = flint().arb(2) ** -_BITS
        try:
            x = balls.over(place - little, place + little)
            series = balls.mpf(activation.definition(x, balls)).parts[3]
        except UndecidedError:
            raise ValueError(
                f"centre must be a point where {activation!r} is smooth, got {centre!r}"
            ) from None
        coefficients = [series[k] for k in range(highest + 1)]
    values = []
    for ball in coefficients:
        mantissa, exponent = ball.mid().man_exp()
        value = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        values.append(Fraction(0) if ball.contains(0) else value)
    return values, False


def _null_vector(rows: list[list[Fraction]]) -> list[Fraction]:
    """Return a vector, not all zeros, that each row annuls; with one number more than rows."""
    size = len(rows) + 1
    rows = [row[:] for row in rows]
    pivots: list[int] = []
    for column in range(size):
        done = len(pivots)
        found = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if found is None:
            continue
        rows[done], rows[found] = rows[found], rows[done]
        lead = rows[done][column]
        rows[done] = [a / lead for a in rows[done]]
        for r, row in enumerate(rows):
            if r != done and row[column]:
                rows[r] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        pivots.append(column)
    free = next(c for c in range(size) if c not in pivots)
    vector = [Fraction(0)] * size
    vector[free] = Fraction(1)
    for row, pivot in zip(rows, pivots, strict=False):
        vector[pivot] = -row[free]
    return vector


def _reduced(above: list[Fraction], below: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """Divide both polynomials by their greatest common divisor."""
    divisor, rest = _trimmed(below), _trimmed(above)
    while rest:
        divisor, rest = rest, _divided(divisor, rest)[1]
    return _divided(_trimmed(above), divisor)[0] or [Fraction(0)], _divided(below, divisor)[0]


def _trimmed(polynomial: list[Fraction]) -> list[Fraction]:
    last = max((k for k, a in enumerate(polynomial) if a), default=-1)
    return polynomial[: last + 1]


def _divided(
    dividend: list[Fraction], divisor: list[Fraction]
) -> tuple[list[Fraction], list[Fraction]]:
    rest = _trimmed(dividend)
    quotient = [Fraction(0)] * max(len(rest) - len(divisor) + 1, 0)
    while len(rest) >= len(divisor):
        shift, factor = len(rest) - len(divisor), rest[-1] / divisor[-1]
        quotient[shift] = factor
        rest = _trimmed(
            [a - factor * divisor[k - shift] if k >= shift else a for k, a in enumerate(rest)]
        )
    return quotient, rest
