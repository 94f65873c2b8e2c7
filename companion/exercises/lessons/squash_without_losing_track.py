"""Exercises of the lesson `squash_without_losing_track`."""

import numpy as np

from companion.activations import logistic
from companion.exercises._answers import Hint, choice, function, largest_difference, number
from companion.exercises._engine import exercise

_MEANS, _SPREAD, _SHARE = (37.0, 38.5), 0.5, 0.1


@exercise("logit-by-hand")
def logit_by_hand(logit):
    """Write the function that undoes the logistic one."""
    given = function(logit, "your `logit`", shape="same")
    z = np.linspace(-6.0, 6.0, 25)
    p = logistic(z)
    y = given(p)
    if np.allclose(y, -z):
        raise Hint("The sign is turned round: the logarithm of (1 − p)/p is the other way up.")
    if np.allclose(y, p / (1 - p)):
        raise Hint("Those are the odds; the logarithm is still missing.")
    if np.allclose(y, z / np.log(10)):
        raise Hint("That is the logarithm to base 10. `np.log` is the natural one.")
    if np.allclose(y, np.log(p)):
        raise Hint("That is log p. Divide by 1 − p first.")
    if wrong := largest_difference(y, z, at=p, tolerance=1e-9):
        place, value, direction = wrong
        raise Hint(f"At p = {place:.3g} yours gives {value:.3g}, which is {direction}.")
    return "log(p/(1 − p)) goes back from a probability to its log-odds."


@exercise("fever-neuron")
def fever_neuron(weight, bias):
    """Find weight and bias of the neuron that tells two Gaussian kinds apart."""
    w, b = number(weight, "the weight"), number(bias, "the bias")
    low, high = _MEANS
    right_w = (high - low) / _SPREAD**2
    without_shares = (low**2 - high**2) / (2 * _SPREAD**2)
    right_b = without_shares + np.log(_SHARE / (1 - _SHARE))
    if not np.isclose(w, right_w, rtol=1e-3):
        if np.isclose(w, (high - low) / _SPREAD, rtol=1e-3):
            raise Hint("For the weight, the spread has to be squared.")
        if np.isclose(w, -right_w, rtol=1e-3):
            raise Hint("With this weight, a higher temperature makes fever less likely.")
        raise Hint("The weight is the distance of the means over the square of the spread.")
    if np.isclose(b, without_shares, rtol=1e-4):
        raise Hint("The weight is right. The bias lacks the shares: only one in ten has fever.")
    if np.isclose(b, without_shares - np.log(_SHARE / (1 - _SHARE)), rtol=1e-4):
        raise Hint("The weight is right. In the bias the shares are turned round.")
    if np.isclose(b, right_b, rtol=1e-4):
        return (
            "At about 38.1 °C the two kinds are equally likely: above the middle, as fever is rare."
        )
    raise Hint("The weight is right. For the bias put x = 0 into the log-odds of the lesson.")


@exercise("what-squashing-keeps")
def what_squashing_keeps(kept):
    """Say what the logistic function leaves as it was."""
    given = choice(kept, ["order", "distances", "mean"], "your answer")
    if given == "order":
        return "It rises, so who was ahead stays ahead; everything else may change."
    raise Hint(
        {
            "distances": "From z = 5 to 6 the output hardly moves, from 0 to 1 it moves a lot.",
            "mean": "Try z = 0 and z = 10: is σ of the mean the mean of σ?",
        }[given]
    )
