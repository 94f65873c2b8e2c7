"""Exercises of the lesson `kill_a_relu_then_save_it`."""

import math

import numpy as np

from companion.exercises._answers import Hint, function, integer, number
from companion.exercises._engine import exercise

# The unit of "killing-step": relu(w x + b) for inputs from 0 to 2, and the loss's gradient.
_W, _B, _FARTHEST = 1.0, 0.5, 2.0
_SLOPE_W, _SLOPE_B = 0.6, 0.5

# The unit of "leak-patience": its sum, leaky ReLU's slope there, the step, what comes from above.
_SUM, _LEAK, _STEP, _FROM_ABOVE = -2.0, 0.01, 0.5, -1.0

_GAP = 0.01


@exercise("killing-step")
def killing_step(step):
    """Find the smallest step that kills a unit at once."""
    given = number(step, "your step size", low=0)
    right = (_W * _FARTHEST + _B) / (_SLOPE_W * _FARTHEST + _SLOPE_B)
    if math.isclose(given, right, rel_tol=2e-3):
        return (
            "At this step the sum is 0 for x = 2 and negative for all smaller x: nothing is left "
            "that could pull the unit back. Half of it would have left the unit on for every x."
        )
    if math.isclose(given, _B / _SLOPE_B, rel_tol=2e-3):
        raise Hint(
            "There the sum is 0 at x = 0. But what is it at x = 2? One input keeps it alive."
        )
    if math.isclose(given, _W / _SLOPE_W, rel_tol=2e-3):
        raise Hint(
            "There the new weight is 0. That is more than needed: the new bias is negative by "
            "then. Add the two moves at the input that is the last to go silent."
        )
    highest = max((_W - given * _SLOPE_W) * x + _B - given * _SLOPE_B for x in (0.0, _FARTHEST))
    if highest > 0:
        raise Hint(
            f"After a step of {given:g} the highest sum is still {highest:.3g}: the unit lives. "
            "For which input is that?"
        )
    raise Hint(
        f"A step of {given:g} does kill it, with {-highest:.3g} to spare. Set the highest of the "
        "new sums to exactly 0."
    )


@exercise("count-the-dead")
def count_the_dead(answer):
    """Say from the weighted sums which ReLU units are dead."""
    given = function(answer, "your `is_dead`", shape=(4,))
    # A unit that lives by one image only; one that is dead; one that ends at 0; one always on.
    sums = np.array([[-3.0, -1.0, -2.0, 1.0], [-5.0, -2.0, 0.0, 2.0], [0.5, -9.0, -1.0, 3.0]])
    found = given(sums)
    if not np.isin(found, (0, 1)).all():
        raise Hint("Answer with True or False for each unit: is there any image that it is on for?")
    truth = [0, 1, 1, 0]
    hints = {
        (1, 1, 1, 0): "You call the first unit dead, whose sums are −3, −5 and 0.5. One image is "
        "enough to pull it back: then it must be off for *all* of them, not only for some.",
        (0, 1, 0, 0): "Nearly. The third unit has a highest sum of exactly 0. Which slope did the "
        "course agree on there?",
        (1, 0, 0, 1): "Turned round: these are the units that live.",
        (0, 0, 0, 1): "These are the units that are on for every image. Asked is who is on for "
        "none.",
    }
    if (key := tuple(found.astype(int).tolist())) in hints:
        raise Hint(hints[key])
    if key != tuple(truth):
        unit = next(i for i in range(4) if key[i] != truth[i])
        listed = ", ".join(f"{z:g}" for z in sums[:, unit])
        raise Hint(
            f"Look at the unit with the sums {listed}: you call it "
            f"{'dead' if key[unit] else 'alive'}. Is any of its sums above 0?"
        )
    taller = given(np.vstack([sums, [[-1.0, 0.1, -1.0, -1.0]]]))
    if not np.array_equal(taller, [0, 0, 1, 0]):
        raise Hint(
            "Right for three images, and wrong for four: does a number of images stand in it?"
        )
    return (
        "Dead means off for every image that it learns from, so the answer depends on the images "
        "as much as on the unit: with other data it might be alive."
    )


@exercise("leak-patience")
def leak_patience(updates):
    """Count the updates that a leaky unit needs to come back."""
    given = integer(updates, "your number of updates", low=0)
    move = -_STEP * _LEAK * _FROM_ABOVE
    right = round(-_SUM / move)
    if given == right:
        return (
            "Each update lifts the sum by 0.5 · 0.01 = 0.005, so a way of 2 takes 400. A leak "
            "revives, but slowly. ELU's slope there is e⁻² ≈ 0.14 and grows on the way up."
        )
    hints = {
        round(-_SUM / _STEP): "That is how long it takes with a slope of 1. What is the slope of "
        "leaky ReLU left of 0?",
        round(-_SUM / _LEAK): "You have the slope, and not the step size of 0.5.",
        round(-_SUM / (_LEAK * _LEAK * _STEP)): "You multiply by the slope twice. It stands once "
        "in the chain rule.",
        right - 1: "One more: after so many the sum is still below 0, by one update.",
        right + 1: "One fewer is enough: the sum is to *reach* 0.",
    }
    raise Hint(
        hints.get(
            given,
            "The bias moves by step · slope · gradient from above, and the sum moves with it. How "
            "far is that in one update, and how far is the way?",
        )
    )


@exercise("softplus-sharpness")
def softplus_sharpness(beta):
    """Choose β so that softplus stays close to ReLU."""
    given = number(beta, "your β", low=0)
    right = math.log(2) / _GAP
    if math.isclose(given, right, rel_tol=5e-3):
        return "The gap is widest at 0 and is log 2 / β there, so β = 100 log 2 ≈ 69.3 does it."
    slips = (
        (_GAP / math.log(2), "That is the inverse. A large β makes the corner sharp."),
        (math.log(2) * _GAP, "You multiplied by the gap. What does β do to log 2?"),
        (1 / _GAP, "That would be right if softplus were 1 above ReLU at 0. What is log(1 + e⁰)?"),
        (math.log10(2) / _GAP, "The logarithm of softplus is the natural one: `np.log`."),
    )
    for slip, what in slips:
        if math.isclose(given, slip, rel_tol=5e-3):
            raise Hint(what)
    gap = math.log(2) / given if given else math.inf
    if gap > _GAP:
        raise Hint(f"With your β softplus is {gap:.3g} above ReLU at 0: too far. Make it sharper.")
    raise Hint(f"With your β the gap is {gap:.3g}, smaller than asked for. Find the smallest β.")
