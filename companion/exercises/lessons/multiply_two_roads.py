"""Exercises of the lesson `multiply_two_roads`."""

import numpy as np

from companion.activations import reglu, swish
from companion.exercises._answers import (
    Hint,
    array,
    function,
    integer,
    largest_difference,
    numbers,
)
from companion.exercises._engine import exercise

_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

# The layer of "fair-gated-width": inputs, plain hidden units, outputs.
_INPUTS, _HIDDEN, _OUTPUTS = 256, 512, 64

_ERROR = 1e-3


@exercise("gate-xor")
def gate_xor(value, gate):
    """Give the two roads of one ReGLU unit that computes XOR."""
    *v, c = numbers(value, 3, "your value road")
    *w, b = numbers(gate, 3, "your gate road")
    values, gates = _CORNERS @ v + c, _CORNERS @ w + b
    found = reglu(np.stack([values, gates], axis=-1))[:, 0]
    wanted = np.array([0.0, 1.0, 1.0, 0.0])
    if np.allclose(found, wanted, atol=1e-6):
        return (
            "One unit, where chapter 2 needed two layers. Along x₁ + x₂ the value falls while the "
            "gate rises, and their product goes up and down again. No single ReLU unit does that: "
            "along its one direction it never turns round."
        )
    if not (gates > 0).any():
        raise Hint("Your gate is shut at all four corners: its sum is nowhere above 0.")
    if np.allclose(found, 1 - wanted, atol=1e-6):
        raise Hint("Turned round: it is 1 where the two inputs are equal.")
    if np.allclose(found[1:3] - found[0], found[1:3] - found[3]) and found[1] > found[0]:
        raise Hint(
            f"It does tell XOR: {found[1]:.3g} where the inputs differ, {found[0]:.3g} elsewhere. "
            "Asked for are 1 and 0."
        )
    wrong = int(np.argmax(np.abs(found - wanted)))
    x1, x2 = _CORNERS[wrong]
    raise Hint(
        f"At ({x1:.0f}, {x2:.0f}) the value is {values[wrong]:.3g}, the gate lets "
        f"{max(gates[wrong], 0.0):.3g} through, and their product is {found[wrong]:.3g} instead "
        f"of {wanted[wrong]:.0f}. Try roads that depend on x₁ + x₂ alone."
    )


@exercise("swiglu-slopes")
def swiglu_slopes(answer):
    """Write the two slopes of a SwiGLU unit by hand."""
    value = np.array([-2.0, -0.5, 0.0, 1.0, 3.0])
    gate = np.array([1.5, -1.0, 2.0, 0.0, -3.0])
    given = function(answer, "your `slopes`", shape=(2, 5))(value, gate)
    first, second = swish(gate), value * swish.derivative(gate)
    if np.allclose(given, [first, second], rtol=1e-6, atol=1e-9):
        return (
            "The value's slope is the gate, and the gate's slope carries the value: each road is "
            "the step size of the other."
        )
    s = 1 / (1 + np.exp(-gate))
    slips = (
        ([second, first], "Both are right, and in the wrong order: the value's slope comes first."),
        ([s, second], "The first is the slope of GLU, whose gate is σ(g). SwiGLU's is g·σ(g)."),
        (
            [first, swish.derivative(gate)],
            "In the second slope something stands still, and it is not 1: the value.",
        ),
        ([first, value * s], "σ(g) is the gate over g, and not its slope: g stands in two places."),
        (
            [first, value * s * (1 - s)],
            "σ′(g) is the slope of GLU's gate. Swish is g·σ(g): use the product rule.",
        ),
        (
            [first, value * gate * s * (1 - s)],
            "The product rule has two terms: you have g·σ′(g) and lost the other one.",
        ),
        ([value, gate], "For the plain product v·g it would be (g, v). Here f stands around g."),
    )
    for slip, hint in slips:
        if np.allclose(given, slip, rtol=1e-6, atol=1e-9):
            raise Hint(hint)
    for name, got, wanted in (("first", given[0], first), ("second", given[1], second)):
        if off := largest_difference(got, wanted, at=gate, tolerance=1e-6):
            raise Hint(
                f"Your {name} slope is {off[2]} at g = {off[0]:g}. Hold the other road still, and "
                "differentiate v · g · σ(g)."
            )
    raise Hint("Nearly. Hold one road still, and differentiate v · g · σ(g).")


@exercise("fair-gated-width")
def fair_gated_width(units):
    """Give a gated layer as many parameters as a plain one, when the ends differ in width."""
    given = integer(units, "your number of units", low=1)
    plain = _HIDDEN * (_INPUTS + 1) + _OUTPUTS * (_HIDDEN + 1)

    def gated(h):
        return 2 * h * (_INPUTS + 1) + _OUTPUTS * (h + 1)

    right = min(range(1, _HIDDEN), key=lambda h: abs(gated(h) - plain))
    if given == right:
        return (
            f"{right} units have {gated(right):,} parameters and the plain ones {plain:,}: less "
            "than 0.2 % apart. The ⅔ would have been 341, with a fifth too many."
        )
    if given in (2 * _HIDDEN // 3, -(-2 * _HIDDEN // 3)):
        raise Hint(
            f"⅔ is for layers that are as wide at their end as at their start. With {given} units "
            f"the gated one has {gated(given) / plain - 1:.0%} too many parameters."
        )
    if given == _HIDDEN // 2:
        raise Hint(
            "Half would be right if the output weights cost nothing. Nearly, but count them."
        )
    if given == _HIDDEN:
        raise Hint("With as many units the second road comes on top, for nothing.")
    more = "more" if gated(given) > plain else "fewer"
    raise Hint(
        f"With {given} units it has {abs(gated(given) - plain):,} parameters {more} than the plain "
        "one. A gated unit has two rows of weights and two biases, and one column of outputs."
    )


@exercise("lines-of-a-valley")
def lines_of_a_valley(lines):
    """Write |x − 1| + |x + 1| as the largest of some lines."""
    given = array(lines, "your lines", shape=(None, 2))
    x = np.linspace(-4, 4, 65)
    found = (given[:, :1] * x + given[:, 1:]).max(axis=0)
    wanted = np.abs(x - 1) + np.abs(x + 1)
    if np.allclose(found, wanted, rtol=0, atol=1e-9):
        extra = len(given) - 3
        also = f" (Three would do; {extra} of yours never stick out.)" if extra else ""
        return f"Left of −1 the line −2x is on top, in between 2, on the right 2x.{also}"
    if np.allclose((given[:, 1:] * x + given[:, :1]).max(axis=0), wanted, atol=1e-9):
        raise Hint("Slope first, then offset: you have them the other way round.")
    off = largest_difference(found, wanted, at=x, tolerance=1e-9)
    at, got, way = off
    if way == "too high":
        raise Hint(
            f"At x = {at:g} one of your lines gives {got:g}, and the function only "
            f"{abs(at - 1) + abs(at + 1):g}. No line of a maxout may stick out above it."
        )
    raise Hint(
        f"At x = {at:g} your largest line gives {got:g}, and the function is "
        f"{abs(at - 1) + abs(at + 1):g}. Which line does it follow there?"
    )


@exercise("tangents-needed")
def tangents_needed(count):
    """Say how many tangents bring x² on [−1, 1] to within 0.001."""
    given = integer(count, "your number of tangents", low=1)
    right = int(np.ceil(1 / np.sqrt(_ERROR)))
    if given == right:
        return (
            "1/k² ≤ 0.001 asks for k ≥ 31.6. Ten times as many tangents would come a hundred times "
            "as near."
        )
    if given == right - 1:
        raise Hint("Just too few: 31 tangents stay 0.00104 away. Round up.")
    if given in (1000, 500):
        raise Hint("The distance falls with the *square* of k, and not with k.")
    if given < right:
        raise Hint(
            f"With {given} tangents the largest distance is 1/{given}² = {1 / given**2:.2g}."
        )
    raise Hint(
        f"Enough, and more than needed: {given} tangents come as near as {1 / given**2:.2g}."
    )
