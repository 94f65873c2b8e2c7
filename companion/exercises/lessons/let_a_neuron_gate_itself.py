"""Exercises of the lesson `let_a_neuron_gate_itself`."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import lambertw

from companion.activations import swish
from companion.exercises._answers import Hint, function, integer, numbers
from companion.exercises._engine import exercise

# The largest value of t·σ(−t); it is taken one further out.
_DIP = float(lambertw(np.exp(-1.0)).real)
# Swish with β = 1 is steepest where v·tanh(v/2) = 2.
_STEEPEST = float(brentq(lambda v: v * np.tanh(v / 2) - 2, 2, 3))


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


@exercise("swish-steepest")
def swish_steepest(steepest: object) -> str:
    """Say where swish with β = 3 is steepest, and how steep it is there, in a list of two."""
    x, slope = numbers(steepest, 2, "your answer")
    where, most = _STEEPEST / 3, float(swish.derivative(_STEEPEST))
    if _near(x, most) and _near(slope, where):
        raise Hint(
            "These are the right two numbers in the wrong order: first where, then how steep."
        )
    if _near(x, _STEEPEST):
        raise Hint("That is the place for β = 1. It lies at a fixed v = βx: what is x for β = 3?")
    if _near(x, 3 * _STEEPEST):
        raise Hint("You moved it outwards. A sharper gate pulls everything in: x = v/β.")
    if _near(x, -where):
        raise Hint("There the slope is at its lowest. It is steepest on the other side.")
    if _near(x, 0.0):
        raise Hint("At 0 the slope is ½, and it still grows from there on.")
    if not _near(x, where):
        raise Hint(_close(x, where) or "Start from the v at which v·tanh(v/2) = 2, and use v = βx.")
    if _near(slope, 3 * most) or _near(slope, most / 3):
        raise Hint(
            "The place is right. The slope is a rise divided by a run, and β shrinks both alike."
        )
    if not _near(slope, most):
        raise Hint(
            _close(slope, most) or "The place is right. What does the lesson say the slope reaches?"
        )
    return (
        "β pulls the place in, from v to v/β, and leaves the slope as it is: "
        "output and input shrink by the same factor."
    )


@exercise("swish-fold")
def swish_fold(without_beta: object) -> str:
    """Write a function of w, b, u and β that returns w, b and u of the same unit with β = 1."""
    mine = function(without_beta, "your `without_beta`", shape=[(3,), (), (2,)], outputs=3)
    for beta in (2.0, 0.25, 1.0, -1.5):
        w, b, u = np.array([0.5, -1.0, 2.0]), 0.3, np.array([1.5, -0.4])
        new = mine(w, np.float64(b), u, np.float64(beta))
        wanted = (w * beta, b * beta, u / beta)
        good = [np.allclose(given, part) for given, part in zip(new, wanted, strict=True)]
        if all(good):
            continue
        if beta < 0:
            raise Hint("Right for β > 0, but not for a negative β: is there an absolute value?")
        if not good[1] and np.allclose(new[1], b) and good[0]:
            raise Hint("The bias is a part of z = w·x + b: it needs the factor as well.")
        if good[0] and good[1] and np.allclose(new[2], u):
            raise Hint(
                "z·σ(βz) is swish(βz) divided by something. The outgoing weights u lack that."
            )
        if good[0] and good[1] and np.allclose(new[2], u * beta):
            raise Hint("Incoming weights grow by β. Must what goes out grow too, or shrink?")
        if np.allclose(new[0], w / beta):
            raise Hint("Upside down: swish(βz) wants β times the sum z, so w and b times β.")
        raise Hint(
            f"For β = {beta:g} the unit does not compute the same. Write z·σ(βz) as swish(βz)/β."
        )
    return (
        "Incoming weights and bias times β, outgoing weights divided by it: the function is the "
        "same, for negative β too, so a learned β adds no new function."
    )


def _near(given: float, wanted: float) -> bool:
    # The lesson prints four digits, and one may round them once more.
    return abs(given - wanted) <= 2e-4


def _close(given: float, wanted: float) -> str | None:
    near = abs(given - wanted) <= 2e-2
    return f"{given:g} is close, but four decimals are asked for." if near else None
