"""Exercises of the lesson `remember_through_a_gate`."""

import math

import numpy as np

from companion.exercises._answers import Hint, function, number
from companion.exercises._engine import exercise

_STEPS = 50
_WEIGHT = 1.5


@exercise("gate-bias")
def gate_bias(bias):
    """Find the forget bias that keeps one half for 50 steps."""
    given = number(bias, "your bias")
    right = -math.log(2 ** (1 / _STEPS) - 1)
    if math.isclose(given, right, rel_tol=2e-3):
        return (
            "σ(b) = 2^(−1/50) ≈ 0.986, and its log-odds are about 4.27. For a long time k the bias "
            "is close to log(k / log 2): it grows only with the logarithm of the time."
        )
    slips = (
        (0.5 ** (1 / _STEPS), "That is how far the gate must be open. Which bias opens it so far?"),
        (-right, "With this bias the gate is nearly shut. Mind the sign."),
        (math.log(_STEPS), "After 50 steps this leaves σ(b)⁵⁰ ≈ 0.37, one part in e. Asked is ½."),
        (0.0, "σ(0) = ½ keeps one half for a single step. You want ½ after 50 of them."),
    )
    for slip, what in slips:
        if math.isclose(given, slip, rel_tol=2e-3, abs_tol=1e-9):
            raise Hint(what)
    left = math.exp(-_STEPS * math.log1p(math.exp(-given))) if given > -700 else 0.0
    raise Hint(
        f"With your bias, {left:.3g} is left after 50 steps: the gate is "
        f"{'too far' if left > 0.5 else 'not far enough'} open. Solve σ(b)⁵⁰ = ½ for σ(b) first."
    )


@exercise("latched-slope")
def latched_slope(factor):
    """Say by how much one step back through a unit at rest multiplies a gradient."""
    given = number(factor, "your factor")
    rest = 0.8
    for _ in range(200):
        rest = math.tanh(_WEIGHT * rest)
    right = _WEIGHT * (1 - rest * rest)
    if math.isclose(given, right, rel_tol=5e-3):
        return (
            "The weight alone would let the gradient grow, but at rest the slope of tanh is only "
            "0.263. The product is 0.394, and 0.394¹⁰⁰ is below 10⁻⁴⁰. What holds the value firmly "
            "is just what forgets how it came about."
        )
    slips = (
        (_WEIGHT, "That is the weight. Which slope does tanh have where the unit rests?"),
        (1 - rest * rest, "That is the slope of tanh at rest. The weight multiplies it."),
        (rest, "That is where the unit rests. Asked is the derivative of one step there."),
        (_WEIGHT * (1 - rest), "The slope of tanh is 1 − h², with a square."),
        (
            _WEIGHT * (1 - math.tanh(rest) ** 2),
            "You have taken tanh once too often: h is already a value of tanh.",
        ),
    )
    for slip, what in slips:
        if math.isclose(given, slip, rel_tol=5e-3):
            raise Hint(what)
    raise Hint(
        "One step is h ↦ tanh(1.5 h). Find the h that it leaves alone, by repeating the step, and "
        "differentiate there."
    )


@exercise("direct-path")
def direct_path(answer):
    """Compute from the forget gates what the direct path leaves of a gradient."""
    given = function(answer, "your `left_of`", shape=(3,))
    gates = np.array([[0.9, 0.5, 1.0], [0.8, 0.5, 0.99], [0.5, 0.25, 0.98], [0.9, 1.0, 0.97]])
    found, wanted = given(gates), gates.prod(axis=0)
    if np.allclose(found, wanted, rtol=1e-9):
        if not np.allclose(given(gates[:2]), gates[:2].prod(axis=0), rtol=1e-9):
            raise Hint("Right for four steps, wrong for two: does a number of steps stand in it?")
        return (
            "Each unit's stored value is multiplied by one number a step, and by no matrix. So its "
            "direct path is a plain product, for each unit on its own."
        )
    slips = (
        (gates.mean(axis=0), "That is how far the gates are open on average."),
        (gates.sum(axis=0), "A sum. What does each step do to what is left by then?"),
        (gates[-1], "Those are the gates of the last step only."),
        (gates.min(axis=0), "The narrowest gate alone does not decide: the others shrink too."),
        (gates.mean(axis=0) ** len(gates), "Near. But the product is not the mean to that power."),
    )
    for slip, what in slips:
        if np.allclose(found, slip, rtol=1e-9):
            raise Hint(what)
    raise Hint(
        "At the first step 0.9 of the first unit's value is kept, then 0.8 of that. What is left "
        "of it after both?"
    )


@exercise("other-convention")
def other_convention(answer):
    """Mix old and new state in the convention in which z = 1 takes the new one."""
    given = function(answer, "your `mix`", shape=(3,))
    old, new, z = np.array([1.0, -0.5, 0.2]), np.array([0.0, 0.5, -0.8]), np.array([0.25, 1.0, 0.0])
    found = given(old, new, z)
    if np.allclose(found, (1 - z) * old + z * new, atol=1e-12):
        return (
            "Here z says how much is renewed, and a unit remembers with z near 0. Before you open "
            "a gate by its bias, look up which way round your program has it."
        )
    slips = (
        ((1 - z) * new + z * old, "That is PyTorch's way round, where z = 1 keeps the old state."),
        (old + z * new, "What comes in should make room: the two shares have to add up to 1."),
        (z * new, "And the old state? At z = 0 nothing of it would be left."),
    )
    for slip, what in slips:
        if np.allclose(found, slip, atol=1e-12):
            raise Hint(what)
    raise Hint("At z = 1 it should give the new state, at z = 0 the old one, at ½ their mean.")
