"""The largest value of a function between two proved numbers, by branch and bound on balls."""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import count, pairwise
from math import inf, nextafter
from typing import Any

from ._balls import Balls, Expansion, UndecidedError, flint

# A cell narrower than this share of where it lies cannot be halved usefully any more.
_NARROWEST = 2.0**-100
_MOST_CELLS = 20_000
# Cells that are left over closer together than this are shown as one.
_NEAR = 1e-12


@dataclass(frozen=True)
class Enclosure:
    """A number that was proved to lie between two floats.

    Attributes
    ----------
    lower, upper : float
        The number is not below the one, and not above the other.
    where : tuple of (float, float)
        Intervals, ascending. Where the maximum is attained on the real line, it is attained
        nowhere else than in them.

    Examples
    --------
    >>> third = Enclosure(0.25, 0.5, ((0.0, 1.0),))
    >>> third.width, 1 / 3 in third, 0.6 in third
    (0.25, True, False)
    """

    lower: float
    upper: float
    where: tuple[tuple[float, float], ...] = ()

    @property
    def width(self) -> float:
        """How far the two ends are apart."""
        return self.upper - self.lower

    @property
    def middle(self) -> float:
        """The number halfway between the ends."""
        return self.lower + self.width / 2

    def __contains__(self, number: Any) -> bool:
        return bool(self.lower <= number <= self.upper)


@dataclass(frozen=True)
class Search:
    """What branch and bound has proved, in balls: the ends, and the cells that are left."""

    lower: Any
    upper: Any
    cells: tuple[tuple[Any, Any], ...]


def largest(
    function: Callable[[Expansion, Balls], Expansion],
    balls: Balls,
    cuts: list[Any],
    *,
    absolute: bool,
    tolerance: float,
) -> Search:
    """Enclose the maximum of a function between the first and the last of some exact numbers.

    Each cell gets an upper bound: by its ends, if the slope cannot be 0 in it; otherwise by
    Taylor's formula about its middle. Newton's operator narrows a cell down to where the slope can
    be 0. The cell with the highest bound is looked at next, until the bound is a value that is
    attained.

    Parameters
    ----------
    function : callable of (x, balls)
    balls : Balls
        The arithmetic, in force.
    cuts : list of exact arb
        Ascending; the function is smooth between two of them.
    absolute : bool
        Whether the absolute value is maximised.
    tolerance : float
        How far the ends of the result may be apart, relative to them.

    Raises
    ------
    ArithmeticError
        If the tolerance is not reached, or a comparison is undecided however small the cell.
    """
    size = abs if absolute else (lambda ball: ball)
    taken = None
    queue: list[tuple[Any, int, Any, Any]] = []
    crowded = 100
    ticket = count()

    def push(bound: Any, low: Any, high: Any) -> None:
        if taken is None or bound >= taken:
            # Of equal bounds the newest first: an undecided cell is halved until it is found out.
            heappush(queue, (-bound, -next(ticket), low, high))

    def point(place: Any, value: Any) -> None:
        push(size(value).upper(), place, place)

    def examine(low: Any, high: Any) -> None:
        nonlocal taken
        try:
            whole, *parts = _finite(function(balls.over(low, high), balls).parts)
        except UndecidedError:
            if (high - low) < _NARROWEST * (1 + abs(low)):
                raise ArithmeticError(
                    f"the function has a kink or no value near x = {float(low):.6g}; kinks must "
                    "name the point, and be a float exactly"
                ) from None
            push(flint().arb("inf"), low, high)
            return
        left, right, middle = parts
        reached = max(size(part[0]).lower() for part in parts)
        taken = reached if taken is None else max(taken, reached)
        ends = (low, left[0]), (high, right[0])
        if low == high:
            point(low, middle[0])
            return
        if not whole[1].contains(0):
            for place, value in ends:
                point(place, value)
            return
        centre = ((low + high) / 2).mid()
        cell = low.union(high)
        if not whole[2].contains(0):
            # The slope is 0 at most once, within Newton's image of the cell.
            image = centre - middle[1] / (2 * whole[2])
            for place, value in ends:
                point(place, value)
            if not image.overlaps(cell):
                return
            low, high = max(low, image.lower()), min(high, image.upper())
            cell = low.union(high)
        bounds = enclosures(whole, middle, cell - centre)
        push(min(size(bound).upper() for bound in bounds), low, high)

    for place in cuts:
        examine(place, place)  # At a jump the value may differ from both limits.
    for low, high in pairwise(cuts):
        examine(low, high)
    for _ in range(_MOST_CELLS):
        bound, _ticket, low, high = queue[0]
        bound = -bound
        if taken is not None and bound - taken <= tolerance * abs(taken):
            kept = [(low, high) for b, _, low, high in queue if -b >= taken]
            return Search(taken, bound, tuple(kept))
        heappop(queue)
        middle = ((low + high) / 2).mid()
        if not low < middle < high:
            break
        examine(low, middle)
        examine(middle, high)
        if len(queue) > crowded and taken is not None:
            queue[:] = [entry for entry in queue if -entry[0] >= taken]
            heapify(queue)
            crowded = max(100, 2 * len(queue))
    raise ArithmeticError(
        f"the tolerance of {tolerance:g} is not reached: the maximum is between "
        f"{'−∞' if taken is None else f'{float(taken):.6g}'} and {float(bound):.6g}"
    )


def enclosures(whole: Any, middle: Any, step: Any) -> tuple[Any, Any, Any]:
    """Return three balls that each hold the values on a cell, by Taylor's formula of order 0 to 2.

    Parameters
    ----------
    whole, middle : arb_series
        The function's expansions about any point of the cell, and about its middle.
    step : arb
        The cell minus its middle.
    """
    square = step * step  # As a power, a ball that holds 0 would become no number.
    return (
        whole[0],
        middle[0] + whole[1] * step,
        middle[0] + middle[1] * step + whole[2] * square,
    )


def _finite(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the parts, unless a ball is unbounded or no number at all: then the cell is halved."""
    whole, _, _, middle = parts
    balls = (*(part[0] for part in parts), middle[1], whole[1], whole[2])
    if not all(ball.is_finite() for ball in balls):
        raise UndecidedError("the function is not finite on a whole cell")
    return parts


def enclosure_of(lower: Any, upper: Any, cells: Any) -> Enclosure:
    """Round outwards to floats, and join cells that are close together."""
    intervals: list[list[float]] = []
    for low, high in sorted((down(low), up(high)) for low, high in cells):
        if intervals and low - intervals[-1][1] <= _NEAR * (1 + abs(low)):
            intervals[-1][1] = max(intervals[-1][1], high)
        else:
            intervals.append([low, high])
    return Enclosure(down(lower), up(upper), tuple(map(tuple, intervals)))


def down(ball: Any) -> float:
    """Return the largest float that is not above a ball's lower end, or its neighbour."""
    number = float(ball.lower())
    return number if flint().arb(number) <= ball.lower() else nextafter(number, -inf)


def up(ball: Any) -> float:
    """Return the smallest float that is not below a ball's upper end, or its neighbour."""
    number = float(ball.upper())
    return number if flint().arb(number) >= ball.upper() else nextafter(number, inf)
