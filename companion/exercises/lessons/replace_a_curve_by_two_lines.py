"""Exercises of the lesson `replace_a_curve_by_two_lines`."""

import numpy as np
import scipy

from companion.activations import hard_sigmoid, logistic
from companion.exercises._answers import Hint, function, largest_difference, number
from companion.exercises._engine import exercise


def _least_worst() -> tuple[float, float]:
    """Slope of the clipped line nearest to σ, and its worst error: the two peaks are level."""

    def knee(slope):
        return 1 - logistic(0.5 / slope)

    def inside(slope):
        value = (1 + np.sqrt(1 - 4 * slope)) / 2  # σ where its slope equals the line's
        return value - 0.5 - slope * np.log(value / (1 - value))

    slope = scipy.optimize.brentq(lambda s: knee(s) - inside(s), 0.15, 0.2, xtol=1e-15)
    return slope, float(knee(slope))


@exercise("tanh-best-line")
def tanh_best_line(slope, error):
    """Find the slope of the clipped line with the least worst error for tanh, and that error."""
    slope, error = number(slope, "the slope"), number(error, "the error")
    for_logistic, its_error = _least_worst()
    right_slope, right_error = 4 * for_logistic, 2 * its_error
    slope_fits, error_fits = abs(slope - right_slope) < 2e-3, abs(error - right_error) < 2e-3
    if slope_fits and error_fits:
        return (
            "tanh(x) = 2σ(2x) − 1 is twice as tall, which doubles the error, and it runs through "
            "its input twice as fast, which doubles the slope once more."
        )
    if abs(slope - for_logistic) < 2e-3:
        raise Hint(
            "That slope is the best one for σ. In tanh(x) = 2σ(2x) − 1 two things are doubled: "
            "what does each do to a line?"
        )
    if abs(slope - 2 * for_logistic) < 2e-3:
        raise Hint(
            "Your slope is doubled once. The 2 in front of σ makes the curve taller; what does "
            "the 2 inside of σ(2x) do?"
        )
    if abs(slope - 1) < 2e-3:
        raise Hint("Slope 1 is the tangent at 0, so hard-tanh itself. A flatter line does better.")
    if not slope_fits:
        raise Hint(
            f"With slope {slope:g} the worst error is not the least one. Either search as the "
            "lesson did, with tanh and a clip to [−1, 1], or reason from tanh(x) = 2σ(2x) − 1."
        )
    if abs(error - its_error) < 2e-3:
        raise Hint("The slope is right. That error is σ's: how much taller is tanh?")
    if abs(error - 2 * right_error) < 2e-3:
        raise Hint(
            "The slope is right. The error is too large: it is a distance between outputs, and "
            "stretching the input does not change those."
        )
    raise Hint(
        "The slope is right, the error is not. Where does your line reach 1, and how far below 1 "
        "is tanh there?"
    )


@exercise("hard-swish")
def hard_swish(answer):
    """Write a hard swish: swish with its gate replaced by a clipped line of slope 1/6."""
    given = function(answer, "your my_hard_swish")
    x = np.linspace(-6, 6, 97)  # holds the kinks, ±3
    y, gate = given(x), hard_sigmoid(x)
    right = x * gate
    if np.allclose(y, gate, atol=1e-9):
        raise Hint("That is the gate alone. What does the gate of swish multiply?")
    if np.allclose(y, x * np.clip(x / 4 + 0.5, 0, 1), atol=1e-9):
        raise Hint("Well built, but its gate has slope 1/4. The exercise asks for 1/6.")
    if np.allclose(y, x * (x / 6 + 0.5), atol=1e-9):
        raise Hint(
            "Right between −3 and 3. Outside, your gate leaves [0, 1]: at 6 it lets 150 % through."
        )
    if np.allclose(y, np.clip(x * (x / 6 + 0.5), 0, 1), atol=1e-9):
        raise Hint(
            "You clip the product. Clip the gate, and multiply by x after that: swish may be "
            "negative, and larger than 1."
        )
    off = largest_difference(y, right, x, tolerance=1e-9)
    if off is not None:
        place, value, side = off
        raise Hint(
            f"At x = {place:g} you give {value:g}, which is {side}. Write down what the gate "
            "x/6 + 1/2, clipped to [0, 1], is there, then multiply by x."
        )
    for edge in (-3.0, 3.0):
        near = np.nextafter(edge, [-np.inf, np.inf])
        if not np.allclose(given(near), near * hard_sigmoid(near), rtol=1e-9, atol=1e-9):
            raise Hint(f"Right on a grid, but it jumps next to the kink at {edge:g}.")
    for far in (-1e8, 1e8):
        if not np.isclose(given(np.array([far]))[0], max(far, 0), rtol=1e-9, atol=1e-9):
            raise Hint(f"Right near 0, but not at {far:g}, where the gate is wide open or shut.")
    for shape in ((), (0,), (1,), (3, 2), (2, 3, 4)):
        tried = np.resize(x, shape)
        if not np.allclose(given(tried), tried * hard_sigmoid(tried), rtol=1e-9, atol=1e-9):
            raise Hint(f"Right for a vector, but not for an array of shape {shape}.")
    return (
        "The gate is a line that is clipped, and the product bends where the gate does, at ±3. "
        "This is MobileNetV3's hard-swish."
    )


@exercise("clip-at-three")
def clip_at_three(answer):
    """Find the input at which 1/2 + clip(x, −3, 3)/4 is furthest from σ."""
    given = number(answer, "the input")
    gap = abs(_colleague(given) - logistic(given))
    worst = abs(_colleague(3.0) - logistic(3.0))
    if abs(abs(given) - 3) < 1e-3:
        return (
            "The line crosses 1 at x = 2 and nobody stops it before 3, where it reads 1.25. "
            "Beyond, σ slowly comes closer again. Clip the output, and the knee finds itself."
        )
    if abs(given - worst) < 2e-3:
        raise Hint("That is how wrong they are. The question is where: give an input.")
    if abs(abs(given) - 2) < 1e-3:
        raise Hint(
            "Right slope, and ±2 is where a clip of the output would start. But theirs starts at "
            "3: what is x/4 + 1/2 there?"
        )
    if abs(given) > 3:
        raise Hint(
            f"There they are off by {gap:.4f}. Beyond 3 their output stands still and σ still "
            "climbs: does the gap grow or shrink?"
        )
    raise Hint(
        f"There they are off by {gap:.4f}, and elsewhere by more. Does the gap grow or shrink on "
        "the way from 0 to 3? Compare the line's slope, 1/4, with that of σ."
    )


def _colleague(x):
    return 0.5 + 0.25 * np.clip(x, -3, 3)
