"""Numbers as a verdict takes and shows them: one finite real number, four significant digits."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from numbers import Real

import numpy as np

# Below this, a float is taken for rounding noise, whose digits differ from machine to machine.
NOISE = 1e-12

# Two roundings: the first removes the last, machine-dependent digits, so that a value that is a
# tie in exact arithmetic (0.12345) is rounded the same way wherever it was computed.
_STEADY = Context(prec=10, rounding=ROUND_HALF_UP)
_SHOWN = Context(prec=4, rounding=ROUND_HALF_UP)


def real(value: object, argument: str) -> int | float:
    """Return `value` as one finite Python number, or raise an error that names `argument`.

    Raises
    ------
    TypeError
        If `value` is not one real number (an array, a bool, a complex number, text ...).
    ValueError
        If `value` is NaN, infinite or too large for a float.

    Examples
    --------
    >>> real(3, "bound")
    3
    >>> real(float("nan"), "measured")
    Traceback (most recent call last):
        ...
    ValueError: measured must be finite, got nan
    """
    if isinstance(value, np.ndarray):
        raise TypeError(
            f"{argument} must be one number, got an array of shape {value.shape}; "
            "reduce it first, e.g. by .max()"
        )
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{argument} must be one real number, got {value!r}")
    if isinstance(value, int | np.integer):
        return int(value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{argument} must be finite, got {value}")
    return number


def is_noise(value: int | float) -> bool:
    """Whether `value` is a float so small that its digits may be rounding errors alone."""
    return isinstance(value, float) and abs(value) < NOISE


def show(value: int | float) -> str:
    """Format a number as verdicts print it, the same on every machine.

    Integers, and floats that are whole numbers below a million, are shown exactly; every other
    float is rounded to four significant digits.

    Examples
    --------
    >>> [show(x) for x in (0.11920292, 0.25, 1e-5, 4.7303e-4, 3.0, -0.2784645, 196608, 123456.7)]
    ['0.1192', '0.25', '1e-5', '0.000473', '3', '−0.2785', '196608', '1.235e5']
    """
    if isinstance(value, int) and abs(value) < 10**15:
        return _minus(str(value))
    steady = _STEADY.create_decimal(Decimal(value))
    if abs(steady) < 10**6 and steady == steady.to_integral_value():
        return _minus(str(int(steady)))
    shown = _SHOWN.create_decimal(steady)
    exponent = shown.adjusted()
    if -5 < exponent < 4:
        text = _tidy(f"{shown:f}")
    else:
        text = f"{_tidy(f'{shown.scaleb(-exponent):f}')}e{exponent}"
    return _minus(text)


def _tidy(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _minus(text: str) -> str:
    """Put a true minus sign in front; the exponent keeps its hyphen, as in code."""
    return "−" + text[1:] if text.startswith("-") else text
