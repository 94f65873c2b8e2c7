"""The portrait of an activation in the atlas: value, slope and curvature, and the same in words."""

from __future__ import annotations

import math
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.activations import Activation, Interval
from companion.activations._jumps import jumps
from companion.figures._style import BLUE, GREEN, GREY, INK, VERMILLION, styled

# As wide as a column beside the facts, and as a telephone: no letter is shrunk there.
_SIZE = (3.8, 4.6)
_POINTS = 401
_REACH, _MARGIN = 5.0, 1.5
_LOOKS = (("value f(x)", BLUE), ("slope f′(x)", VERMILLION), ("curvature f″(x)", GREEN))


@styled
def draw_activation(activation: Activation) -> np.ndarray:
    """Draw value, slope and curvature of an activation, one above the other.

    Parameters
    ----------
    activation : Activation
        With the parameters that it is to be drawn for.

    Returns
    -------
    ndarray of Axes
        Shape (3,). Where something jumps, a ring marks what each side tends to and a dot what the
        function returns; a dashed line is a level that the value tends to.

    Examples
    --------
    >>> from companion.activations import relu
    >>> value, slope, curvature = draw_activation(relu)
    >>> slope.get_title(loc="left")
    'slope f′(x)'
    """
    lower, upper = span(activation)
    # Every portrait has the same frame: to work it out anew takes longer than to draw.
    figure, axes = plt.subplots(3, sharex=True, figsize=_SIZE, layout="none")
    figure.subplots_adjust(left=0.145, right=0.97, bottom=0.1, top=0.945, hspace=0.3)
    functions = (activation, activation.derivative, activation.second_derivative)
    for ax, evaluate, (name, colour) in zip(axes, functions, _LOOKS, strict=True):
        breaks = jumps(evaluate, lower, upper)
        ax.axhline(0, color=INK, linewidth=0.7, zorder=1)
        ax.axvline(0, color=INK, linewidth=0.7, zorder=1)
        for x in _pieces(lower, upper, {*breaks, *activation.kinks}):
            ax.plot(x, evaluate(x), color=colour, linestyle="-")
        _mark(ax, evaluate, breaks, colour)
        ax.set_title(name, color=colour, fontsize=10, pad=3)
        _give_room(ax)
    value = axes[0]
    for limit in activation.facts.limits:
        if math.isfinite(limit) and limit != 0:
            value.axhline(limit, color=GREY, linewidth=1, linestyle=(0, (5, 3)), zorder=1)
    corners = [k.at for k in activation.facts.kinks if not k.is_jump and lower < k.at < upper]
    value.plot(corners, activation(np.array(corners)), "o", color=BLUE, markersize=5, zorder=4)
    axes[-1].set(xlabel="input x", xlim=(lower, upper))
    return axes


def span(activation: Activation) -> tuple[float, float]:
    """Return the inputs that are drawn: −5 to 5, or beyond every place that something happens at.

    Examples
    --------
    >>> from companion.activations import relu6
    >>> span(relu6)
    (-5.0, 7.5)
    """
    places = (*activation.kinks, *activation.turning_points, *activation.steepest_points)
    lower = min([-_REACH, *(place - _MARGIN for place in places)])
    return lower, max([_REACH, *(place + _MARGIN for place in places)])


def describe_activation(activation: Activation) -> str:
    """Say in words what `draw_activation` shows and what it means; made from the facts.

    Examples
    --------
    >>> from companion.activations import relu
    >>> print(describe_activation(relu))
    Three plots of relu above one another, for x from −5 to 5. The value is 0 on the far left and \
rises without end on the right; it never falls. The slope is 0 on the far left and 1 on the far \
right, and jumps at 0 from 0 to 1. The curvature is 0. So inputs far to the left get no gradient; \
those far to the right do.
    """
    lower, upper = span(activation)
    return " ".join(
        [
            f"Three plots of {activation.name} above one another, for x from {number(lower)} "
            f"to {number(upper)}.",
            _value_in_words(activation),
            _slope_in_words(activation),
            _curvature_in_words(activation),
            _meaning(activation),
        ]
    )


def number(x: float) -> str:
    """Write a number with at most 4 significant digits, ∞, a true minus, and no -0.

    Examples
    --------
    >>> number(-0.0), number(-math.inf), number(9007199254740992.0)
    ('0', '−∞', '9.007 × 10¹⁵')
    """
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    digits, _, power = f"{x + 0.0:.4g}".partition("e")
    if power:
        digits += " × 10" + str(int(power)).translate(_RAISED)
    return digits.replace("-", "−")


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def union(intervals: tuple[Interval, ...]) -> str:
    """Write down some intervals, one after the other."""
    return " and ".join(map(str, intervals))


def _pieces(lower: float, upper: float, cuts: set[float]) -> list[np.ndarray]:
    """Return the inputs to draw, cut where a line would bridge a jump or round a corner."""
    ends = [lower, *sorted(cut for cut in cuts if lower < cut < upper), upper]
    pieces = []
    for left, right in pairwise(ends):
        count = max(2, round(_POINTS * (right - left) / (upper - lower)))
        # The ends belong to the piece: the number next to a cut stands for it.
        first = left if left == lower else math.nextafter(left, math.inf)
        last = right if right == upper else math.nextafter(right, -math.inf)
        pieces.append(np.linspace(first, last, count))
    return pieces


def _mark(ax: Axes, evaluate, breaks: tuple[float, ...], colour: str) -> None:
    """Mark each jump: rings for what the sides tend to, a dot for what is returned."""
    ring = {"color": colour, "markerfacecolor": "white", "markersize": 6, "zorder": 4}
    for x in breaks:
        for side in (-math.inf, math.inf):
            ax.plot(x, evaluate(math.nextafter(x, side)), "o", **ring)
        ax.plot(x, evaluate(x), "o", color=colour, markersize=5, zorder=5)


def _give_room(ax: Axes) -> None:
    """Keep what is constant, or nearly so, from filling the height."""
    low, high = ax.get_ylim()
    if high - low < 0.05:
        middle = (high + low) / 2
        ax.set_ylim(middle - 0.5, middle + 0.5)
    ax.locator_params(axis="y", nbins=4)


def _value_in_words(activation: Activation) -> str:
    facts = activation.facts
    ways = [
        _far_value(limit, side, flat=_is_flat(activation, side))
        for side, limit in zip(("left", "right"), facts.limits, strict=True)
    ]
    words = "The value " + " and ".join(ways)
    for kink in facts.kinks:
        if kink.is_jump:
            left, _, right = map(number, kink.values)
            words += f", with a step at {number(kink.at)} from {left} to {right}"
    if facts.monotone:
        return words + "; it never falls."
    words += f"; it falls on {union(facts.decreasing_on)}"
    turns = [f"{number(float(activation(x)))} at {number(x)}" for x in activation.turning_points]
    return words + (f" and turns at {', '.join(turns)}." if turns else ".")


def _far_value(limit: float, side: str, *, flat: bool) -> str:
    if math.isfinite(limit):
        return f"{'is' if flat else 'tends to'} {number(limit)} on the far {side}"
    if side == "left":
        return f"comes {'up' if limit < 0 else 'down'} from {number(limit)} on the left"
    return f"{'rises' if limit > 0 else 'falls'} without end on the right"


def _is_flat(activation: Activation, side: str) -> bool:
    """Whether the slope is exactly 0 from some place on."""
    if side == "left":
        return any(interval.lower == -math.inf for interval in activation.facts.flat_on)
    return any(interval.upper == math.inf for interval in activation.facts.flat_on)


def _slope_in_words(activation: Activation) -> str:
    facts = activation.facts
    left, right = map(number, facts.slope_limits)
    if left == right and not facts.kinks and facts.lipschitz == abs(facts.slope_limits[0]):
        return f"The slope is {left} everywhere."
    words = f"The slope is {left} on the far left and {right} on the far right"
    smooth = [k for k in facts.kinks if k.slopes[0] != k.slopes[2]]
    if smooth:
        words += ", and jumps" + ",".join(
            f" at {number(k.at)} from {number(k.slopes[0])} to {number(k.slopes[2])}"
            for k in smooth
        )
    steepest = [x for x in activation.steepest_points if activation.derivative(x) != 0]
    if steepest and math.isfinite(facts.lipschitz):
        at = max(steepest, key=lambda x: abs(activation.derivative(x)))
        words += f"; it is steepest, {number(float(activation.derivative(at)))}, at {number(at)}"
    return words + "."


def _curvature_in_words(activation: Activation) -> str:
    lower, upper = span(activation)
    x = np.linspace(lower, upper, _POINTS)
    seen = activation.second_derivative(x)
    if not seen.any():
        return "The curvature is 0."
    low, high = float(f"{seen.min():.2g}"), float(f"{seen.max():.2g}")
    words = f"The curvature lies between {number(low)} and {number(high)}"
    places = jumps(activation.second_derivative, lower, upper)
    if places:
        words += " and jumps at " + " and ".join(map(number, places))
    return words + "."


def _meaning(activation: Activation) -> str:
    facts = activation.facts
    if facts.lipschitz == math.inf and not any(facts.slope_limits):
        return "So no input gets a gradient, though the output steps."
    sides = facts.saturates
    amount = "no" if all(_is_flat(activation, side) for side in sides) else "hardly any"
    if len(sides) == 2:
        return f"So inputs far out on either side get {amount} gradient."
    if not sides:
        return "So every input gets a gradient, however far out."
    side, other = sides[0], "right" if sides[0] == "left" else "left"
    return f"So inputs far to the {side} get {amount} gradient; those far to the {other} do."
