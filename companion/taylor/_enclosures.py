"""Values of σ, log(1 + eᵗ), φ and Φ between two rational numbers, as close as one asks for.

Python's decimal rounds exp, ln and sqrt correctly, so what is left to bound is the little that
happens around them. Each function returns a middle and a radius, both exact.
"""

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from math import ceil, inf, log, nextafter

import numpy as np

Enclosed = tuple[Fraction, Fraction]

# σ(−2000) is below 10^−868, far under the smallest float; further out nothing changes any more.
FLAT = 2000
# Φ(−60) is below 10^−783.
FLAT_NORMAL = 60


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


def nearest_float(enclose: Callable[[int], Enclosed]) -> float:
    """Return the float nearest to a number, from enclosures with as many digits as it takes.

    The digits are doubled until both ends round to the same float. That happens sooner or later
    unless the number is a tie between two floats, which no transcendental number is.
    """
    digits = 40
    while True:
        middle, radius = enclose(digits)
        low, high = float(middle - radius), float(middle + radius)
        if low == high:
            return low + 0.0  # no negative zero
        digits *= 2


def enclose_logistic(t: Fraction, digits: int) -> Enclosed:
    """Return σ(t), the smaller of it and 1 − σ(t) to so many digits."""
    share, radius = _share(t, digits)
    return (share if t < 0 else 1 - share), radius


def enclose_softplus(t: Fraction, digits: int) -> Enclosed:
    """Return log(1 + eᵗ), what it exceeds max(t, 0) by to so many digits."""
    share, radius = _share(t, digits)  # of e^−|t| / (1 + e^−|t|): log(1 + z) = −log(1 − share)
    line = max(t, Fraction(0))
    if abs(t) > FLAT:
        return line + share, 2 * share
    arithmetic = Context(prec=digits + 20 + ceil(abs(t) / 2))
    excess = -Fraction(arithmetic.ln(_decimal(1 - share, arithmetic)))
    # d log(1 − s) = ds / (1 − s), and s ≤ 1/2; the decimals lose far less than share / 10^digits.
    return line + excess, 2 * radius + share / 10**digits


def enclose_bell(x: Fraction, digits: int) -> Enclosed:
    """Return φ(x) = exp(−x²/2)/√(2π) to so many digits."""
    arithmetic = Context(prec=digits + 30)
    exponent = min(x * x / 2, Fraction(FLAT_NORMAL**2, 2))
    density = arithmetic.divide(
        arithmetic.exp(_decimal(-exponent, arithmetic)),
        arithmetic.sqrt(_decimal(2 * enclose_pi(digits + 30), arithmetic)),
    )
    value = Fraction(density)
    # Beyond the flat point: anything from 0 to the value there.
    return value, value / 10**digits + (value if abs(x) > FLAT_NORMAL else 0)


def enclose_normal(x: Fraction, digits: int) -> Enclosed:
    """Return Φ(x), with an error below 10^−digits.

    Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …), where all terms have the same sign.
    """
    if abs(x) > FLAT_NORMAL:
        return Fraction(int(x > 0)), Fraction(1, 10**783)
    arithmetic = Context(prec=digits + 30)
    square = _decimal(x * x, arithmetic)
    term = total = _decimal(abs(x), arithmetic)
    odd = 1
    while term > total * Decimal(10) ** (-digits - 20) or odd < 2 * square:
        odd += 2
        term = arithmetic.divide(arithmetic.multiply(term, square), Decimal(odd))
        total = arithmetic.add(total, term)
    # From odd = 2x² on the terms halve at least, so the rest is below the last one. Thousands of
    # roundings, each below 10^(−digits − 29) of a sum with φ · total < ½, stay below 10^(−digits).
    half = Fraction(total) * enclose_bell(x, digits + 20)[0]
    return Fraction(1, 2) + (half if x > 0 else -half), Fraction(1, 10**digits)


def _share(t: Fraction, digits: int) -> Enclosed:
    """Return σ(−|t|)."""
    arithmetic = Context(prec=digits + 30)
    growth = Fraction(arithmetic.exp(_decimal(min(abs(t), Fraction(FLAT)), arithmetic)))
    share = 1 / (1 + growth)
    # Beyond the flat point: anything from 0 to the value there.
    return share, share / 10**digits + (share if abs(t) > FLAT else 0)


def _decimal(number: Fraction, arithmetic: Context) -> Decimal:
    return arithmetic.divide(Decimal(number.numerator), Decimal(number.denominator))


@cache
def enclose_pi(digits: int) -> Fraction:
    """Return π to so many digits, by Machin's formula 16 arctan(1/5) − 4 arctan(1/239)."""
    unit = 10 ** (digits + 10)

    def arctangent(inverse: int) -> int:
        power = total = unit // inverse
        k = 1
        while power:
            power //= -inverse * inverse
            k += 2
            total += power // k
        return total

    return Fraction(16 * arctangent(5) - 4 * arctangent(239), unit)
