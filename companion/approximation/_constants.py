"""Where 0.044715 and 1.702 come from: the constants that make the largest error least, by proof.

A gate g_c with one constant c, ½ (1 + tanh(√(2/π) (x + c x³))) or σ(c x), stands in for Φ. Both
differ from Φ by an odd function, so x > 0 is enough, and there g_c(x) rises with c at every x. So
the largest g_c − Φ rises with c and the largest Φ − g_c falls, and the greater of the two is least
where they cross. To prove that the crossing lies between two numbers takes no more than four
certified maxima, two at each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import inf, nextafter
from typing import Any

from scipy.optimize import brentq

from ._balls import ball_arithmetic, flint
from ._certify import certified_maximum
from ._curves import Curve, cubic_gate, gated, normal_cdf, scaled_logistic
from ._maximum import Enclosure, down, up

# The gate, the power of x that the constant multiplies, and an interval to look in.
_GATES: dict[str, tuple[Callable[[Any], Curve], int, tuple[float, float]]] = {
    "cubic": (cubic_gate, 3, (0.0443, 0.0455)),
    "linear": (scaled_logistic, 1, (1.65, 1.85)),
}
_TARGETS = ("gate", "gelu")


@dataclass(frozen=True)
class BestConstant:
    """The constant of least worst-case error.

    Attributes
    ----------
    constant : Enclosure
        The constant itself.
    error : Enclosure
        The largest error that it leaves, and in `where` the positive x of the two peaks of equal
        height and opposite sign, for a constant at the end of its enclosure.
    """

    constant: Enclosure
    error: Enclosure


def best_constant(gate: str, target: str = "gate") -> BestConstant:
    """Find the constant of a GELU approximation that makes the largest error least, by proof.

    Parameters
    ----------
    gate : {"cubic", "linear"}
        ½ (1 + tanh(√(2/π) (x + c x³))), or σ(c x).
    target : {"gate", "gelu"}
        Whether the gate is to be near Φ(x), or x times the gate near x Φ(x).

    Returns
    -------
    BestConstant

    Raises
    ------
    ImportError
        If python-flint is not installed.
    ValueError
        If an argument is not one of these.

    Examples
    --------
    The published constants are the best ones for Φ, rounded.

    >>> for gate in ("cubic", "linear"):
    ...     for target in ("gate", "gelu"):
    ...         print(gate, target, f"{best_constant(gate, target).constant.middle:.8f}")
    cubic gate 0.04471491
    cubic gelu 0.04438294
    linear gate 1.70174493
    linear gelu 1.77293397
    """
    _check(gate, target)
    return _best(gate, target)


def matching_constant(gate: str) -> Enclosure:
    """Find the constant that matches Φ's Taylor series in the power that the constant governs.

    The coefficient of that power is a straight line in the constant, so two power series with
    certified coefficients decide it.

    Parameters
    ----------
    gate : {"cubic", "linear"}
        As in `best_constant`: the power is 3 for the one and 1 for the other.

    Returns
    -------
    Enclosure
        (4 − π)/(6π) for "cubic", √(8/π) for "linear".

    Raises
    ------
    ImportError
        If python-flint is not installed.
    ValueError
        If the argument is not one of these.

    Examples
    --------
    >>> from math import pi
    >>> round(matching_constant("cubic").middle, 6), round((4 - pi) / (6 * pi), 6)
    (0.04554, 0.04554)
    """
    _check(gate, "gate")
    make, power, _ = _GATES[gate]
    with ball_arithmetic(terms=power + 1) as balls:
        zero = flint().arb(0)
        x = balls.over(zero, zero)
        one, two, wanted = (
            curve.definition(x, balls).parts[1][power] for curve in (make(1), make(2), normal_cdf)
        )
        constant = 1 + (wanted - one) / (two - one)
        return Enclosure(down(constant), up(constant))


@cache
def _best(gate: str, target: str) -> BestConstant:
    make, _, bracket = _GATES[gate]
    dress = gated if target == "gelu" else (lambda curve: curve)
    exact = dress(normal_cdf)

    @cache
    def peaks(constant: float) -> tuple[Enclosure, Enclosure]:
        """Return the largest excess and the largest shortfall on the right side."""
        form = dress(make(Fraction(constant)))
        return (
            certified_maximum(form, exact, (0.0, inf), signed=True),
            certified_maximum(exact, form, (0.0, inf), signed=True),
        )

    near = sum(bracket) / 2
    for _ in range(10):
        # Remez's exchange: level the error at the two peaks found last, look for its peaks again.
        places = [peak.where[0][0] for peak in peaks(near)]
        before, near = near, _levelled(lambda c: dress(make(Fraction(c))), exact, places, bracket)
        if abs(near - before) <= 1e-15 * near:
            break
    low, high = near, near
    for step in (2**k for k in range(1, 40)):
        low = _moved(near, -step)
        above, below = peaks(low)
        if above.upper < below.lower:
            break
    for step in (2**k for k in range(1, 40)):
        high = _moved(near, step)
        above, below = peaks(high)
        if above.lower > below.upper:
            break
    (low_above, low_below), (high_above, high_below) = peaks(low), peaks(high)
    if not (low_above.upper < low_below.lower and high_above.lower > high_below.upper):
        raise ArithmeticError(f"no crossing is proved near {near!r}")
    return BestConstant(
        Enclosure(low, high),
        Enclosure(
            max(low_above.lower, high_below.lower),
            min(low_below.upper, high_above.upper),
            tuple(sorted((*high_above.where, *low_below.where))),
        ),
    )


def _levelled(
    form: Callable[[float], Curve], exact: Curve, places: list[float], bracket: tuple[float, float]
) -> float:
    """Return the constant whose errors at the two places are opposite, nearly."""
    with ball_arithmetic() as balls:
        points = [balls.over(x, x) for x in map(flint().arb, places)]
        wanted = sum(exact.definition(x, balls).value for x in points)

        def imbalance(constant: float) -> float:
            curve = form(constant)
            return float(sum(curve.definition(x, balls).value for x in points) - wanted)

        return brentq(imbalance, *bracket, xtol=1e-16, rtol=1e-15)


def _moved(number: float, steps: int) -> float:
    spacing = nextafter(number, inf) - number
    return number + steps * spacing


def _check(gate: str, target: str) -> None:
    for name, given, accepted in (("gate", gate, tuple(_GATES)), ("target", target, _TARGETS)):
        if given not in accepted:
            raise ValueError(f"{name} must be one of {accepted}, got {given!r}")
