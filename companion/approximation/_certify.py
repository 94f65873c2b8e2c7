"""The largest distance of two functions, proved."""

from collections.abc import Callable
from math import inf, isfinite, isnan
from numbers import Real
from typing import Any

from companion.activations import Activation

from ._balls import Balls, Expansion, UndecidedError, ball_arithmetic, flint
from ._curves import Curve, Tail, curve_of
from ._maximum import Enclosure, enclosure_of, largest

_FARTHEST = 2.0**60


def certified_maximum(
    f: Any,
    g: Any = None,
    interval: tuple[float, float] = (-inf, inf),
    *,
    signed: bool = False,
    tolerance: float = 1e-28,
) -> Enclosure:
    """Enclose the largest |f(x) − g(x)| over an interval or the whole line, by proof.

    Nothing is sampled: the functions' definitions run in ball arithmetic, whole cells at a time,
    and a cell is given up only when it is proved to hold no larger value than one that is attained
    [1]_. On an endless interval, the parts far out are bounded by the functions' tails.

    Parameters
    ----------
    f : Activation, Curve, or callable of (x, mp)
        The function, by its definition in mpmath's vocabulary.
    g : Activation, Curve, or callable of (x, mp), optional
        What it is compared with; 0 if omitted.
    interval : (float, float), optional
        Where, ends included; the whole real line unless given. At a jump, the limits from both
        sides count like the value.
    signed : bool, optional
        Maximise f − g instead of its absolute value.
    tolerance : float, optional
        How far apart the ends may be, relative to the maximum, 1e-30 or more, before they are
        rounded outwards to floats.

    Returns
    -------
    Enclosure
        Between which numbers the maximum lies, and where alone it can be attained.

    Raises
    ------
    ImportError
        If python-flint is not installed.
    TypeError, ValueError
        If an argument is not of these; the message says which, what came and what is accepted.
    ArithmeticError
        If the difference is unbounded, or the tolerance cannot be reached.

    References
    ----------
    .. [1] R. E. Moore, R. B. Kearfott, M. J. Cloud, "Introduction to Interval Analysis", SIAM
       (2009), doi:10.1137/1.9780898717716

    Examples
    --------
    >>> from companion.activations import hard_tanh, tanh
    >>> error = certified_maximum(hard_tanh, tanh)  # 1 − tanh 1
    >>> 0.23840584404423 < error.lower <= error.upper < 0.23840584404424
    True
    >>> error.where
    ((-1.0, -1.0), (1.0, 1.0))
    """
    first = curve_of(f, "f")
    second = curve_of((lambda x, mp: 0 * x) if g is None else g, "g")
    if g is None:
        second = Curve("0", second.definition, (), _NOTHING, _NOTHING)
    low, high = _interval(interval)
    tolerance = _tolerance(tolerance)
    if f is g or (isinstance(f, Activation) and f == g):
        # Balls forget where they come from, so they could not tell.
        return Enclosure(0.0, 0.0, ((low, high),))

    def difference(x: Expansion, balls: Balls) -> Expansion:
        return balls.mpf(first.definition(x, balls)) - balls.mpf(second.definition(x, balls))

    with ball_arithmetic() as balls:
        sides = [
            _Far(side, first, second, balls)
            for side, end in (("left", low), ("right", high))
            if not isfinite(end)
        ]
        reach = _reach(sides, difference, balls, (low, high), signed, (first, second), tolerance)
        low, high = max(low, -reach), min(high, reach)
        inside = sorted({0.0, *first.kinks, *second.kinks})
        cuts = [low, *(x for x in inside if low < x < high), high]
        arb = flint().arb
        found = largest(
            difference,
            balls,
            [arb(x) for x in cuts],
            absolute=not signed,
            tolerance=tolerance / 2,
        )
        lower, upper = found.lower, found.upper
        cells = list(found.cells)
        for side in sides:
            limit = side.limit(signed)
            beyond = (limit + side.excess(reach)).upper()
            if beyond >= lower:
                cells.append(side.cell(reach))
            lower, upper = max(lower, limit.lower()), max(upper, beyond)
        return enclosure_of(lower, upper, cells)


_NOTHING = Tail(0, lambda mp: mp.mpf(0), lambda t, mp: mp.mpf(0))


class _Far:
    """One endless side of a difference."""

    def __init__(self, side: str, first: Curve, second: Curve, balls: Balls) -> None:
        tails = []
        for curve in (first, second):
            tail = getattr(curve, side)
            if tail is None:
                raise ValueError(
                    f"interval must be finite, as nothing is proved about the {side} tail of "
                    f"{curve.name}"
                )
            tails.append(tail)
        if tails[0].slope != tails[1].slope:
            raise ArithmeticError(
                f"{first.name} − {second.name} is unbounded on the {side}: their slopes tend to "
                f"{tails[0].slope} and {tails[1].slope}"
            )
        self.side = side
        self.balls = balls
        self.tails = tails
        self.start = max(tail.start for tail in tails)
        self.level = (tails[0].level(balls) - tails[1].level(balls)).value

    def limit(self, signed: bool) -> Any:
        return self.level if signed else abs(self.level)

    def cell(self, distance: float) -> tuple[Any, Any]:
        arb = flint().arb
        if self.side == "left":
            return arb("-inf"), arb(-distance)
        return arb(distance), arb("inf")

    def excess(self, distance: float) -> Any:
        t = self.balls.mpf(distance)
        return sum(tail.excess(t, self.balls).value for tail in self.tails)


def _reach(
    sides: list[_Far],
    difference: Callable[[Expansion, Balls], Expansion],
    balls: Balls,
    interval: tuple[float, float],
    signed: bool,
    curves: tuple[Curve, Curve],
    tolerance: float,
) -> float:
    """Return how far from 0 to search, so that beyond it the function is smaller than somewhere."""
    if not sides:
        return inf
    arb = flint().arb
    low, high = interval
    places = [sign * 2.0**k for k in range(-30, 13) for sign in (-1, 1)]
    places += [kink for curve in curves for kink in curve.kinks]
    places += [end for end in interval if isfinite(end)]
    best = arb(0)
    for place in places:
        if low <= place <= high:
            try:
                value = difference(balls.over(arb(place), arb(place)), balls).value
            except UndecidedError:
                continue
            best = max(best, (value if signed else abs(value)).lower())
    reach = 2.0**-40
    least = max([*(side.start for side in sides), *(2 * abs(e) for e in interval if isfinite(e))])
    while True:
        smaller = reach >= least and all(
            bool((side.limit(signed) + side.excess(reach)) <= best)
            # Then the maximum may be the limit itself.
            or bool(side.excess(reach) <= abs(side.level) * (tolerance / 4))
            for side in sides
        )
        if smaller:
            return reach
        if reach > _FARTHEST:
            first, second = curves
            raise ArithmeticError(
                f"{first.name} − {second.name} may be largest infinitely far out, or its tails "
                "fall too slowly to tell; give a finite interval"
            )
        reach *= 2


def _interval(interval: Any) -> tuple[float, float]:
    try:
        low, high = interval
    except (TypeError, ValueError):
        raise TypeError(f"interval must be two numbers (low, high), got {interval!r}") from None
    for end in (low, high):
        if isinstance(end, bool) or not isinstance(end, Real):
            raise TypeError(f"interval must be two real numbers, got {interval!r}")
    low, high = float(low), float(high)
    if isnan(low) or isnan(high) or not low <= high or low == inf or high == -inf:
        raise ValueError(f"interval must run from low to high, low ≤ high, got {interval!r}")
    return low, high


def _tolerance(tolerance: Any) -> float:
    if isinstance(tolerance, bool) or not isinstance(tolerance, Real):
        raise TypeError(f"tolerance must be a number from 1e-30 to 1, got {tolerance!r}")
    if not 1e-30 <= tolerance <= 1:
        raise ValueError(f"tolerance must be a number from 1e-30 to 1, got {tolerance!r}")
    return float(tolerance)
