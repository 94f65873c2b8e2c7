"""Exercises of the lesson `see_what_floats_lose`."""

import numpy as np

from companion.activations import softplus, tanh
from companion.exercises._answers import Guarded, Hint, function, number
from companion.exercises._engine import exercise

_LN2 = float(np.log(2))
# A careful formula is off by a few units of 2^-53; a careless one by much more.
_CLOSE = 1e-13


def _relative(given: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return the error as a share of the truth; 0/0 counts as right."""
    off = np.abs(given - wanted)
    return np.divide(off, np.abs(wanted), out=np.where(off > 0, np.inf, 0.0), where=wanted != 0)


def _off(given: np.ndarray, wanted: np.ndarray, x: np.ndarray) -> tuple[float, float, float] | None:
    """Return the input of the largest relative error, the value given there and the right one."""
    error = _relative(given, wanted)
    worst = int(error.argmax())
    if error[worst] <= _CLOSE:
        return None
    return float(x[worst]), float(given[worst]), float(wanted[worst])


def _works_in_all_shapes(given: Guarded, right) -> None:
    x = np.linspace(-3, 3, 7)
    for shape in ((), (0,), (1,), (3, 2)):
        tried = np.resize(x, shape)
        if not np.allclose(given(tried), right(tried), rtol=1e-12, atol=0):
            raise Hint(f"Right for a vector, but not for an array of shape {shape}.")


@exercise("stable-softplus")
def stable_softplus(answer):
    """Write log(1 + exp(x)) so that no input overflows and no digit is lost."""
    given = function(answer, "your `my_softplus`")
    middle = np.linspace(-2, 2, 81)
    y = given(middle)
    if np.allclose(y, np.log2(1 + np.exp(middle)), rtol=1e-9):
        raise Hint("That is the logarithm to the base 2. In this book, log is the natural one.")
    if np.allclose(y, np.maximum(middle, 0), atol=1e-9):
        raise Hint("That is ReLU, the sharp form. What does log1p add to it?")
    if np.allclose(y, np.log1p(np.exp(-np.abs(middle))), rtol=1e-9):
        raise Hint(
            "Right on the left side. On the right you pulled e^x out of the bracket: its "
            "logarithm has to come back as a term of its own."
        )
    if off := _off(y, softplus(middle), middle):
        raise Hint(
            f"At x = {off[0]:g} you give {off[1]:.6g}, and log(1 + e^x) is {off[2]:.6g} there. "
            "Compare with the definition before you look at the ends."
        )
    left = np.linspace(-700, -2, 350)
    if off := _off(given(left), softplus(left), left):
        raise Hint(
            f"Right in the middle. At x = {off[0]:g} you give {off[1]:.3g} and the truth is "
            f"{off[2]:.3g}: who rounds the small number away, and which function of the lesson "
            "never adds it to 1?"
        )
    right = np.linspace(2, 1000, 500)
    if off := _off(given(right), softplus(right), right):
        raise Hint(
            f"Right on the left side. At x = {off[0]:g} you give {off[1]:.6g}, and the truth is "
            f"{off[2]:.6g}."
        )
    far = np.array([-1e308, -800.0, 800.0, 1e308])
    if not np.allclose(given(far), np.maximum(far, 0), rtol=1e-12, atol=0):
        raise Hint("Right up to ±700, but not as far out as floats reach.")
    _works_in_all_shapes(given, softplus)
    return (
        "Pulling out the larger of 0 and x leaves log(1 + z) with z = e^−|x| ≤ 1: nothing "
        "overflows, and log1p keeps z where 1 + z would forget it."
    )


@exercise("bfloat16-one")
def bfloat16_one(answer):
    """Find from which x on 1/(1 + exp(−x)) is exactly 1 in bfloat16."""
    x = number(answer, "the input")
    if abs(x - 8 * _LN2) < 0.03:
        return (
            "From 1 the next bfloat16 is 2^−7 away, so 1 + e^−x is rounded to 1 as soon as e^−x "
            "is at most half of that, 2^−8: from x = 8 ln 2."
        )
    if abs(x + 8 * _LN2) < 0.03:
        raise Hint("Right size, wrong side: is σ close to 1 on the left or on the right?")
    if abs(x - 7 * _LN2) < 0.03:
        raise Hint("That is where e^−x equals the gap above 1. How much of a gap is rounded away?")
    if abs(x - 9 * _LN2) < 0.03:
        raise Hint(
            "Close. Eight binary digits count the leading 1, so only seven stand behind the "
            "point. How large is the gap above 1, and what is half of it?"
        )
    if abs(x - 8) < 0.03:
        raise Hint("You count digits to the base 2, and the exponential has the base e.")
    if abs(x - 8 * float(np.log(10))) < 0.05:
        raise Hint("Those are eight decimal digits. bfloat16 has eight binary ones.")
    for digits, name in ((11, "float16"), (24, "float32"), (53, "float64")):
        if abs(x - digits * _LN2) < 0.05:
            raise Hint(f"That is the place for {name}, which has {digits} binary digits.")
    raise Hint(
        f"At x = {x:g}, e^−x is {np.exp(-np.clip(x, -700, 700)):.3g}. Compare it with half the "
        "gap between 1 and the next number that has eight binary digits."
    )


@exercise("tanh-slope")
def tanh_slope(answer):
    """Repair 1 − tanh(x)²: write the slope of tanh so that it keeps its digits."""
    given = function(answer, "your `my_tanh_slope`")
    middle = np.linspace(-1, 1, 41)
    y = given(middle)
    z = np.exp(-2 * np.abs(middle))
    one = np.exp(-np.abs(middle))
    if np.allclose(y, z / (1 + z) ** 2, rtol=1e-9):
        raise Hint("That is the slope of σ at 2x. What does tanh(x) = 2σ(2x) − 1 add to it?")
    if np.allclose(y, 2 * z / (1 + z) ** 2, rtol=1e-9):
        raise Hint(
            "Half of it. In 2σ(2x) − 1 there are two factors 2, one outside and one inside of σ."
        )
    if np.allclose(y, 4 * one / (1 + one) ** 2, rtol=1e-9):
        raise Hint("The factor 4 is right. Which z does σ(2x) need?")
    if np.allclose(y, tanh(middle), rtol=1e-9):
        raise Hint("That is tanh itself. The exercise asks for its slope.")
    if off := _off(y, tanh.derivative(middle), middle):
        raise Hint(
            f"At x = {off[0]:g} you give {off[1]:.6g}, and 1 − tanh² is {off[2]:.6g} there. "
            "Compare with it near 0 before you look at the ends."
        )
    for x in (np.linspace(1, 350, 700), np.linspace(-350, -1, 700)):
        if off := _off(given(x), tanh.derivative(x), x):
            lost = "nothing" if off[1] == 0 else f"{off[1]:.3g}"
            raise Hint(
                f"Right near 0. At x = {off[0]:.4g} you give {lost} and the truth is "
                f"{off[2]:.3g}: is there still a subtraction from 1, or a z that does not know "
                "that the slope is the same on both sides?"
            )
    far = np.array([-1e308, -800.0, 800.0, 1e308])
    if given(far).any():
        raise Hint("Right up to ±350, but not as far out as floats reach: the slope is 0 there.")
    _works_in_all_shapes(given, tanh.derivative)
    return (
        "4z/(1 + z)² with z = e^−2|x| only multiplies, divides and adds positive numbers, so "
        "each step costs half a unit in the last place at most, and nothing cancels."
    )
