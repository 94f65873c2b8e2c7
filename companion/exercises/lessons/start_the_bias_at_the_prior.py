"""Exercises of the lesson `start_the_bias_at_the_prior`."""

import math

import numpy as np

from companion.exercises._answers import Hint, function, number, numbers
from companion.exercises._engine import exercise
from companion.neurons import binary_inputs

_SHARES = np.array([0.90, 0.09, 0.01])


@exercise("prior-biases")
def prior_biases(softmax_biases, logistic_bias):
    """Start a softmax of 900, 90 and 10 examples, and one logistic output for the rarest."""
    biases = np.array(numbers(softmax_biases, 3, "the softmax biases"))
    single = number(logistic_bias, "the logistic bias")
    if np.allclose(biases, _SHARES, atol=1e-3):
        raise Hint("Those are the shares themselves. Softmax takes e to the power of what it gets.")
    if np.allclose(biases, np.log(_SHARES / (1 - _SHARES)), atol=1e-3):
        raise Hint(
            "Those are log-odds, for three logistic outputs that know nothing of each other. "
            "Softmax divides by a sum already: it wants less."
        )
    if np.allclose(biases, np.log10(_SHARES), atol=1e-3):
        raise Hint("Those are logarithms to base 10. Softmax counts in powers of e: `np.log`.")
    said = np.exp(biases - biases.max())
    said /= said.sum()
    if not np.allclose(said, _SHARES, atol=1e-3):
        shown = ", ".join(f"{p:.3f}" for p in said)
        raise Hint(f"Softmax makes {shown} of them. They should come out as 0.9, 0.09 and 0.01.")
    if math.isclose(single, math.log(0.01), abs_tol=1e-3):
        raise Hint(
            "The softmax is right. But a logistic output has no other logit to be compared with: "
            "with log p it says p/(1 + p)."
        )
    if math.isclose(single, math.log(99), abs_tol=1e-3):
        raise Hint("The softmax is right. Your logistic output says 99 %: look at the sign.")
    if not math.isclose(single, math.log(0.01 / 0.99), abs_tol=1e-3):
        raise Hint(
            f"The softmax is right. Your logistic output says {1 / (1 + math.exp(-single)):.3f}: "
            "which z has σ(z) = 0.01?"
            if abs(single) < 700
            else "The softmax is right. For the logistic bias solve σ(z) = 0.01 for z."
        )
    return "Logs of shares where logits compete, log-odds where one stands alone: −log 99 here."


@exercise("box-decode")
def box_decode(decode):
    """Write the function that turns an anchor's centre and width and two offsets into a box."""
    make = function(decode, "your `decode`", shape=[(), ()], outputs=2)
    for anchor, width, dx, dw in ((100.0, 50.0, 0.2, 0.0), (30.0, 8.0, -0.5, 0.7)):
        centre, wide = (float(part) for part in make(anchor, width, dx, dw))
        case = f"x_a = {anchor:g}, w_a = {width:g}, Δx = {dx:g}, Δw = {dw:g}"
        right_centre, right_width = anchor + width * dx, width * math.exp(dw)
        if math.isclose(centre, anchor + dx, rel_tol=1e-9):
            raise Hint(f"For {case} you move by Δx pixels. Δx counts in widths of the anchor.")
        if dw and math.isclose(centre, anchor + right_width * dx, rel_tol=1e-9):
            raise Hint("You move by widths of the new box. The unit is the anchor's width.")
        if not math.isclose(centre, right_centre, rel_tol=1e-9):
            raise Hint(f"For {case} the centre should be at {right_centre:g}, yours is {centre:g}.")
        if math.isclose(wide, width * dw, rel_tol=1e-9) or wide <= 0:
            raise Hint("The centre is right. With Δw = 0 the width has to stay: e⁰ = 1 helps.")
        if math.isclose(wide, width + width * dw, rel_tol=1e-9) and dw:
            raise Hint(
                "The centre is right. Your width grows by Δw·w_a, and would be negative for "
                "Δw < −1: use a factor that never is."
            )
        if not math.isclose(wide, right_width, rel_tol=1e-9):
            raise Hint(f"The centre is right. For {case} the width should be w_a·e^Δw.")
    return "Offsets in units of the anchor: a picture twice as large has the same ones."


@exercise("prior-moves")
def prior_moves(change, probability):
    """Move a classifier trained on equal shares to a place with 2 % positives."""
    change = number(change, "the change of the bias")
    probability = number(probability, "the new probability", low=0, high=1)
    right = math.log(0.02 / 0.98)
    if math.isclose(change, -right, abs_tol=2e-3):
        raise Hint("The size is right. Positives have become rarer: which way must the sum move?")
    if math.isclose(change, math.log(0.02), abs_tol=2e-3):
        raise Hint("That is log p, for a softmax. One logistic output wants the log-odds.")
    if math.isclose(change, math.log(0.02 / 0.5), abs_tol=2e-3):
        raise Hint(
            "You have the change of the positives' log p. That of the negatives changes as well, "
            "from log 0.5 to log 0.98: subtract it."
        )
    if not math.isclose(change, right, abs_tol=2e-3):
        raise Hint("Before, the prior's log-odds were log(0.5/0.5) = 0. What are they with 2 %?")
    if math.isclose(probability, 0.9 * 0.02, abs_tol=5e-4):
        raise Hint("The change is right. Probabilities do not just multiply: go through log-odds.")
    if not math.isclose(probability, 9 / (9 + 49), abs_tol=2e-3):
        raise Hint(
            "The change is right. Now take the log-odds of 0.9, add the change, and apply σ."
        )
    return "Odds of 9 : 1 times odds of 1 : 49 are 9 : 49. One number, and no training at all."


@exercise("bias-for-xor")
def bias_for_xor(make_bias):
    """Write a bias made from the inputs, with which the neuron x₁ + x₂ − ½ + b computes XOR."""
    made = function(make_bias, "your bias")
    corners = binary_inputs(2).astype(float)
    bias = np.asarray(made(corners[:, 0], corners[:, 1]), dtype=float)
    given = (corners.sum(axis=1) - 0.5 + bias > 0).astype(int)
    wanted = np.array([0, 1, 1, 0])
    if (given == wanted).all():
        return (
            "A neuron with a bias of its own making does what no neuron with a fixed one can. "
            "Written out, it is a network of two layers."
        )
    table = np.column_stack([corners, np.ones(4)])
    if np.ptp(bias) == 0:
        raise Hint("Your bias is the same for all inputs: a number, and with a number it is OR.")
    if np.allclose(table @ np.linalg.lstsq(table, bias, rcond=None)[0], bias):
        raise Hint(
            "Your bias is a weighted sum of the inputs, so the neuron could have had it in its "
            "weights. Put a bend in: `np.maximum(0, …)`."
        )
    wrong = int(np.flatnonzero(given != wanted)[0])
    raise Hint(
        f"For {corners[wrong].astype(int).tolist()} the neuron says {given[wrong]}. Only one of "
        "the four inputs needs a bias other than 0."
    )
