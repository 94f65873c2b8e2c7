"""Exercises of the lesson `gate_by_chance`."""

import numpy as np
from scipy.special import ndtr

from companion.exercises._answers import Guarded, Hint, choice, function, number
from companion.exercises._engine import exercise

_ROOT = np.sqrt(2 / np.pi)


@exercise("gelu-other-coin")
def gelu_other_coin(output: object) -> str:
    """Say what x·P(X ≤ x) gives for x = 3 and X ~ N(1, 2²), to three decimals."""
    value = number(output, "your output")
    if _about(value, 3 * ndtr(1.0)):
        return "The door has moved to 1 and is twice as soft: (3 − 1)/2 = 1, so 3·Φ(1) comes out."
    slips = (
        (
            3 * ndtr(0.5),
            "2² is the variance. What Φ is told in is spreads: divide by σ, not by σ².",
        ),
        (3 * ndtr(2.0), "You have moved the door, but not softened it: divide by the spread too."),
        (3 * ndtr(1.5), "You have softened the door, but not moved it: subtract μ first."),
        (3 * ndtr(3.0), "That is the standard GELU at 3. Here the coin has another μ and σ."),
        (2 * ndtr(1.0), "The probability is right, but what is kept is x, not x − μ."),
        (ndtr(1.0), "That is the chance to be kept. What comes out is x times that."),
        (3 * (1 - ndtr(1.0)), "That is what is lost: you took P(X > x)."),
    )
    for wrong, hint in slips:
        if _about(value, wrong):
            raise Hint(hint)
    if abs(value - 3 * ndtr(1.0)) < 0.02:
        raise Hint("Close, but three decimals are asked for.")
    if not 0 < value < 3:
        raise Hint("The input is 3, and a share between 0 and 1 of it gets through.")
    raise Hint("How many spreads above the mean is 3? Φ of that is the share that gets through.")


_FORMS = ("exact", "tanh", "sigmoid")


@exercise("gelu-whose")
def gelu_whose(forms: object) -> str:
    """Name for three programs which form of GELU they compute, from what they give at −3 and 1."""
    if isinstance(forms, str) or not isinstance(forms, list | tuple) or len(forms) != 3:
        raise Hint('Give a list of three names, such as `["exact", "exact", "exact"]`.')
    given = [choice(form, _FORMS, f"answer {i}") for i, form in enumerate(forms, 1)]
    if given == ["tanh", "sigmoid", "exact"]:
        return (
            "At −3 the sigmoid form is four times too large and the tanh form a tenth too small, "
            "while at 1 all three look alike: ask in the tail."
        )
    if len(set(given)) < 3:
        raise Hint("Each of the three forms occurs once.")
    if given[1] != "sigmoid":
        raise Hint("One program is four times too large at −3. Which form dies out too slowly?")
    raise Hint("Two of them differ by a tenth at −3. Which form dies out too fast, so is smaller?")


@exercise("gelu-tanh-form")
def gelu_tanh_form(my_gelu_tanh: object) -> str:
    """Write a function of an array that returns GELU's tanh approximation."""
    mine = function(my_gelu_tanh, "your `my_gelu_tanh`")
    x = np.linspace(-3, 3, 25)
    given, wanted = mine(x), _tanh_form(x)
    if not _agree(given, wanted):
        raise Hint(_diagnosis(given, x))
    _check_shapes(mine)
    return (
        "It agrees with the tanh form to rounding, at every x tried, for integers, for tables "
        "and for single numbers."
    )


def _tanh_form(
    x: np.ndarray,
    *,
    factor: float = _ROOT,
    c: float = 0.044715,
    power: int = 3,
    half: float = 0.5,
) -> np.ndarray:
    return half * x * (1 + np.tanh(factor * (x + c * x**power)))


def _diagnosis(given: np.ndarray, x: np.ndarray) -> str:
    """Name the slip that gives just these values."""
    slips = (
        (_tanh_form(x, factor=np.sqrt(2) / np.pi), "Your factor is √2/π: the root covers the π."),
        (_tanh_form(x, factor=np.sqrt(2)), "Your factor is √2: where has the π gone?"),
        (_tanh_form(x, factor=2 / np.pi), "Your factor is 2/π: take its square root."),
        (_tanh_form(x, factor=1.0), "The factor √(2/π) in front of the bracket is missing."),
        (_tanh_form(x, power=2), "Your second term has x²: that is even, and the curve tilts."),
        (_tanh_form(x, half=1.0), "All is right but for a factor: is the ½ in front missing?"),
        (_tanh_form(x, c=0.44715), "Your constant is ten times too large: count the zeros."),
        (_tanh_form(x, c=0.0044715), "Your constant is ten times too small: count the zeros."),
        (_tanh_form(x, c=0.0), "The cubic term is missing inside the tanh."),
        (
            _tanh_form(x, factor=0.044715, c=_ROOT),
            "The two constants have changed places: √(2/π) stands outside the bracket.",
        ),
        (
            np.tanh(_ROOT * (x + 0.044715 * x**3)),
            "That is the tanh alone: turn it into a gate from 0 to 1, and multiply by x.",
        ),
        (
            0.5 * (1 + np.tanh(_ROOT * (x + 0.044715 * x**3))),
            "That is the gate alone: it still has to be multiplied by x.",
        ),
        (
            x * ndtr(x),
            "That is exact GELU, up to 5e-4 away: here the approximation is asked for.",
        ),
        (
            x / (1 + np.exp(-1.702 * x)),
            "That is the sigmoid form with 1.702: here the tanh form is asked for.",
        ),
    )
    for values, hint in slips:
        if _agree(given, values):
            return hint
    worst = int(np.argmax(np.abs(given - _tanh_form(x))))
    side = "high" if given[worst] > _tanh_form(x)[worst] else "low"
    return f"It is furthest off at x = {x[worst]:g}, where it is too {side}. Check term by term."


def _check_shapes(mine: Guarded) -> None:
    """Try what a reader may not have tried: whole numbers, tables, single numbers."""
    whole = np.arange(-3, 4)
    if not _agree(mine(whole), _tanh_form(whole)):
        raise Hint(
            "Right for floats, but not for an array of integers: some value is cut off to a whole "
            "number on the way."
        )
    table = np.array([[-2.0, -0.5, 0.0], [0.5, 1.0, 2.5]])
    for x in (table, np.float64(1.5), np.empty(0)):
        if not _agree(mine(x), _tanh_form(x)):
            raise Hint(f"Right for a row of numbers, but not for an input of shape {np.shape(x)}.")


def _agree(given: np.ndarray, wanted: np.ndarray) -> bool:
    return bool(np.allclose(given, wanted, rtol=0, atol=1e-6))


def _agree(given: np.ndarray, wanted: np.ndarray) -> bool:
    return bool(np.allclose(given, wanted, rtol=0, atol=1e-6))


def _about(given: float, wanted: float) -> bool:
    # Three decimals are asked for, and one may have cut them instead of rounding.
    return abs(given - wanted) <= 1e-3
