"""Exercises of the lesson `pay_for_an_activation`."""

import numpy as np

from companion.activations import leaky_relu
from companion.exercises._answers import Hint, choice, function, largest_difference, number
from companion.exercises._engine import exercise

_SHARE, _FASTER = 0.08, 4.0


@exercise("leaky-by-maximum")
def leaky_by_maximum(leaky):
    """Write leaky ReLU with slope 0.1 as the larger of two lines."""
    given = function(leaky, "your `leaky`", shape="same")
    x = np.linspace(-5.0, 5.0, 41)
    y, wanted = given(x), leaky_relu(x, negative_slope=0.1)
    if np.allclose(y, np.maximum(x, 0.0)):
        raise Hint("That is ReLU itself: the left side is flat, but it should have slope 0.1.")
    if np.allclose(y, np.minimum(x, 0.1 * x)):
        raise Hint("The two lines are right, but you take the lower one everywhere.")
    if np.allclose(y, -wanted):
        raise Hint("The shape is right, but the sign is turned round.")
    if wrong := largest_difference(y, wanted, at=x, tolerance=1e-9):
        place, value, direction = wrong
        raise Hint(f"At x = {place:g} yours gives {value:.3g}, which is {direction}.")
    return (
        "For a slope between 0 and 1 the steeper line is the higher one on the right and the lower "
        "one on the left, so `maximum` picks the right piece without asking."
    )


@exercise("layer-speedup")
def layer_speedup(speedup):
    """Compute what a faster activation does to the whole layer."""
    given = number(speedup, "your factor")
    new = 1 - _SHARE + _SHARE / _FASTER
    if np.isclose(given, 1 / new, rtol=2e-3):
        return f"The layer takes {new:.2f} of its time: 1.06 times as fast, for a fourfold gain."
    if np.isclose(given, new, rtol=2e-3):
        raise Hint("That is the new time over the old one; turn the fraction round.")
    if np.isclose(given, _FASTER, rtol=2e-3):
        raise Hint("Only the activation becomes so much faster. The other 92 % stay as they are.")
    if np.isclose(given, 1 + _SHARE, rtol=2e-3) or np.isclose(given, 1 / (1 - _SHARE), rtol=2e-3):
        raise Hint("That would be so if the activation took no time at all; it still takes 2 %.")
    raise Hint("Add up the new time: the 92 % that stay, and a quarter of the 8 %.")


@exercise("find-the-branch")
def find_the_branch(line):
    """Find the line that pays for a branch."""
    given = choice(line, ["a", "b", "c", "d"], "your line")
    if given == "c":
        return "It writes only where the mask says so, and random signs cannot be guessed."
    raise Hint(
        {
            "a": "The larger of two numbers is one instruction and asks nothing.",
            "b": "Here every number is multiplied, whatever its sign.",
            "d": "A root takes a while, but the same while for every number.",
        }[given]
    )
