"""What is true of an activation, derived from the function itself.

An activation declares where its graph does something: the kinks, the turning points and the points
of extreme slope. The rest follows by evaluating it there and at the two infinities, so a fact
cannot disagree with the function. Whether the declared points are the right ones is for the tests
to measure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.activations._activation import Activation


def _tidy(number: float) -> str:
    """Write a number as a reader expects it: ∞, no -0, at most 4 significant digits."""
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    return f"{number + 0.0:.4g}".replace("-", "−")


@dataclass(frozen=True)
class Interval:
    """A set of real numbers from `lower` to `upper`, with each end in or out.

    Examples
    --------
    >>> print(Interval(0.0, math.inf, lower_in=True, upper_in=False))
    [0, ∞)
    """

    lower: float
    upper: float
    lower_in: bool = False
    upper_in: bool = False

    def __contains__(self, number: float) -> bool:
        above = number >= self.lower if self.lower_in else number > self.lower
        return above and (number <= self.upper if self.upper_in else number < self.upper)

    def __str__(self) -> str:
        left, right = "[" if self.lower_in else "(", "]" if self.upper_in else ")"
        return f"{left}{_tidy(self.lower)}, {_tidy(self.upper)}{right}"


@dataclass(frozen=True)
class Kink:
    """A point where the value or the slope jumps, with the convention for the point itself.

    Attributes
    ----------
    at : float
        Where it is.
    values : tuple of float
        The value just left of it, at it and just right of it.
    slopes : tuple of float
        The slope just left of it, the one that `derivative` returns at it, and just right of it.
    """

    at: float
    values: tuple[float, float, float]
    slopes: tuple[float, float, float]

    @property
    def is_jump(self) -> bool:
        """Whether the value itself is discontinuous here."""
        return abs(self.values[2] - self.values[0]) > 1e-9

    @property
    def reached(self) -> tuple[float, ...]:
        """The values among `values` that are taken.

        At a jump, a side comes as close to its value as you like, and takes it only if it is flat.
        """
        sides = (0, 1, 2) if not self.is_jump else (1, *(i for i in (0, 2) if not self.slopes[i]))
        return tuple(self.values[i] for i in sides)

    def __str__(self) -> str:
        kind = "jump" if self.is_jump else "kink"
        left, here, right = map(_tidy, self.slopes)
        return f"{kind} at {_tidy(self.at)}: slope {left} | {right}, taken as {here}"


@dataclass(frozen=True)
class Facts:
    r"""The facts of one activation; see `facts_of` for how they come about.

    Attributes
    ----------
    limits : tuple of float
        The limits of the value at −∞ and at +∞.
    slope_limits : tuple of float
        The limits of the derivative at −∞ and at +∞.
    range : Interval
        The least interval that holds the values taken; between two pieces of a function that jumps
        it may hold others, too.
    lipschitz : float
        The least L with |f(a) − f(b)| ≤ L |a − b|; infinite where the value jumps.
    kinks : tuple of Kink
        Where the value or the slope jumps.
    decreasing_on, flat_on : tuple of Interval
        Where the function falls, and where its slope is exactly 0.
    odd : bool
        Whether f(−x) = −f(x).
    """

    limits: tuple[float, float]
    slope_limits: tuple[float, float]
    range: Interval
    lipschitz: float
    kinks: tuple[Kink, ...]
    decreasing_on: tuple[Interval, ...]
    flat_on: tuple[Interval, ...]
    odd: bool

    @property
    def continuous(self) -> bool:
        """Whether the value jumps nowhere."""
        return not any(kink.is_jump for kink in self.kinks)

    @property
    def differentiable(self) -> bool:
        """Whether the derivative exists everywhere."""
        return not self.kinks

    @property
    def monotone(self) -> bool:
        """Whether the function never falls."""
        return not self.decreasing_on

    @property
    def zero_centred(self) -> bool:
        """Whether inputs spread evenly about 0 give outputs of mean 0, whatever their spread.

        That is so exactly if the function is odd, but for its value at jumps.
        """
        return self.odd

    @property
    def saturates(self) -> tuple[str, ...]:
        """The sides, "left" or "right", on which the slope tends to 0."""
        return tuple(
            side
            for side, slope in zip(("left", "right"), self.slope_limits, strict=True)
            if slope == 0
        )


def facts_of(activation: Activation) -> Facts:
    """Derive the facts of an activation from its values at the points that it declares.

    Parameters
    ----------
    activation : Activation
        Any activation.

    Returns
    -------
    Facts
        The facts for these very parameters.

    Examples
    --------
    >>> from companion.activations import swish
    >>> print(facts_of(swish).range)
    [−0.2785, ∞)
    """

    def value(x: float) -> float:
        return float(activation(x)) + 0.0  # no -0

    def slope(x: float) -> float:
        return float(activation.derivative(x)) + 0.0

    kinks = tuple(
        Kink(
            at,
            tuple(value(x) for x in _around(at)),
            tuple(slope(x) for x in _around(at)),
        )
        for at in activation.kinks
    )
    limits = (value(-math.inf), value(math.inf))
    slope_limits = (slope(-math.inf), slope(math.inf))
    reached = [value(x) for x in (*activation.turning_points, *activation.seams)]
    reached += [y for kink in kinks for y in kink.reached]
    near = [y for kink in kinks for y in kink.values]
    slopes = [*slope_limits, *(slope(x) for x in activation.steepest_points)]
    slopes += [s for kink in kinks for s in kink.slopes]
    ends = [*limits, *reached, *near]
    lower, upper = min(ends), max(ends)
    pieces = _pieces(sorted({*activation.turning_points, *activation.kinks, *activation.seams}))
    return Facts(
        limits=limits,
        slope_limits=slope_limits,
        range=Interval(lower, upper, lower in reached, upper in reached),
        lipschitz=math.inf if any(k.is_jump for k in kinks) else max(map(abs, slopes)),
        kinks=kinks,
        decreasing_on=tuple(i for i, inside in pieces if all(slope(x) < 0 for x in inside)),
        flat_on=tuple(i for i, inside in pieces if all(slope(x) == 0 for x in inside)),
        odd=activation.odd,
    )


def _around(x: float) -> tuple[float, float, float]:
    return math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)


def _pieces(cuts: list[float]) -> list[tuple[Interval, tuple[float, float]]]:
    """Cut the real line, and name two points inside each piece."""
    ends = [-math.inf, *cuts, math.inf]
    pieces = []
    for left, right in pairwise(ends):
        if math.isinf(left) and math.isinf(right):
            inside = (-1.0, 1.0)
        elif math.isinf(left):
            inside = (right - 2.0, right - 1.0)
        elif math.isinf(right):
            inside = (left + 1.0, left + 2.0)
        else:
            inside = (left + (right - left) / 3, left + 2 * (right - left) / 3)
        pieces.append((Interval(left, right), inside))
    return pieces
