"""Exercises of the lesson `let_a_neuron_gate_itself`."""

import numpy as np
from scipy.special import lambertw, ndtr

from companion.exercises._answers import Guarded, Hint, function, integer, numbers
from companion.exercises._engine import exercise

# The largest value of t·σ(−t); it is taken one further out.
_DIP = float(lambertw(np.exp(-1.0)).real)
_ROOT = np.sqrt(2 / np.pi)


@exercise("swish-dip")
def swish_dip(dip: object) -> str:
    """Say where swish with β = 2 has its minimum, and how low it is there, in a list of two."""
    x, y = numbers(dip, 2, "the dip")
    where, low = -(1 + _DIP) / 2, -_DIP / 2
    if _near(x, low) and _near(y, where):
        raise Hint("These are the right two numbers in the wrong order: first where, then how low.")
    if _near(abs(x), 1 + _DIP):
        raise Hint("That is the place for β = 1. The dip lies at a fixed t = βx: what is x then?")
    if x > 0 and y > 0:
        raise Hint("The dip lies where the input and the output are both negative.")
    if x > 0:
        raise Hint("On that side swish only rises. Where is ReLU flat, so that swish can dip?")
    if _near(x, -2 * (1 + _DIP)):
        raise Hint("You moved the dip outwards. A sharper gate pulls it in: x = t/β.")
    if not _near(x, where):
        raise Hint(_close(x, where) or "Start from the place for β = 1 and use t = βx.")
    if _near(y, -_DIP):
        raise Hint(
            "The place is right. The value is still that for β = 1: write x as t/β in x·σ(βx)."
        )
    if _near(y, -low):
        raise Hint("The place and the size are right, but is the output above or below 0 there?")
    if _near(y, -2 * _DIP) or _near(y, -_DIP / 4):
        raise Hint("The place is right. The output is divided by β, and once only.")
    if not _near(y, low):
        raise Hint(
            _close(y, low)
            or "The place is right. Now put it into x·σ(βx): how does the value scale with β?"
        )
    return (
        "With t = βx, swish is t·σ(t)/β: β divides both the place and the value, "
        "so there is nothing new to minimise."
    )


@exercise("swish-near-relu")
def swish_near_relu(beta: object) -> str:
    """Find the smallest whole β that keeps swish within 0.01 of ReLU everywhere."""
    value = integer(beta, "your β")
    if value <= 0:
        raise Hint("β has to be positive: at β = 0 swish is the line x/2, far from ReLU.")
    gap = _DIP / value
    if gap > 0.01:
        raise Hint(f"At β = {value} the distance is still {gap:.4f}. What is c/β with c = 0.2785?")
    if _DIP / (value - 1) > 0.01:
        return "The distance is c/β with c = W(1/e): at this β it is below 0.01, one earlier above."
    if value == 100:
        raise Hint("100 would be right if the distance were 1/β. It is c/β, and c is below 1.")
    raise Hint(f"At β = {value} swish is close enough, but so it is for a smaller whole β.")


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


def _near(given: float, wanted: float) -> bool:
    # The lesson prints four digits, and one may round them once more.
    return abs(given - wanted) <= 2e-4


def _close(given: float, wanted: float) -> str | None:
    near = abs(given - wanted) <= 2e-2
    return f"{given:g} is close, but four decimals are asked for." if near else None
