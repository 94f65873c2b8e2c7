"""Exercises of the lesson `watch_a_gradient_vanish`."""

import math

import numpy as np

from companion.exercises._answers import Hint, array, function, number
from companion.exercises._engine import exercise


@exercise("vanish-bound")
def vanish_bound(share, norm):
    """Bound what passes logistic layers of norms 2, 3 and 4; find the norm that loses nothing."""
    share = number(share, "the share", low=0)
    norm = number(norm, "the norm", low=0)
    if math.isclose(share, 1 / 64):
        raise Hint("You have the three quarters. Where are the norms of the weights?")
    if math.isclose(share, 24):
        raise Hint("You have the three norms. Where are the slopes?")
    if math.isclose(share, 24 / 4):
        raise Hint("A quarter is lost at each of the three layers, not once.")
    if math.isclose(share, 9 / 64):
        raise Hint("The norms follow one another, so their factors multiply: 2 · 3 · 4.")
    if not math.isclose(share, 24 / 64):
        raise Hint("Multiply ¼ and the norm for each of the three layers.")
    if math.isclose(norm, 0.25):
        raise Hint("The share is right. A megaphone must undo the whisper, not repeat it.")
    if math.isclose(norm, 1):
        raise Hint("The share is right. With norm 1 each layer still leaves a quarter at most.")
    if not math.isclose(norm, 4):
        raise Hint("The share is right. Which norm times ¼ is 1?")
    return "0.375, and 4: the very factor by which the logistic twin's weights are larger."


@exercise("vanish-he")
def vanish_he(deviation, power_of_ten):
    """Give He's deviation for 50 inputs, and what a start from 0.01 leaves after ten layers."""
    deviation = number(deviation, "the deviation", low=0)
    power = number(power_of_ten, "the power of ten")
    if math.isclose(deviation, 2 / 50):
        raise Hint("That is the variance. The deviation is its square root.")
    if math.isclose(deviation, math.sqrt(1 / 50), rel_tol=1e-3):
        raise Hint("That is Xavier's. ReLU cuts away half of the signal: He makes up for it.")
    if not math.isclose(deviation, 0.2, rel_tol=1e-3):
        raise Hint("He's rule: variance 2 divided by the number of inputs.")
    if 12.5 <= power <= 13.5:
        raise Hint("The size is right. A share below 1 is a *negative* power of ten.")
    if -1.4 <= power <= -1.2:
        raise Hint("That is one layer, which leaves a twentieth. There are ten.")
    if -21 <= power <= -19:
        raise Hint("That is 0.01 to the tenth. Compare with He's start: 0.01 is how much of 0.2?")
    if 0 < power < 1e-10:
        raise Hint("That is the share itself. Which power of ten is it? Give the exponent.")
    if not -13.5 <= power <= -12.5:
        raise Hint("The deviation is right. The weights are 20 times too small, ten times over.")
    return "20 to the −10th is about 10 to the −13th. So much for a ReLU that cannot vanish."


@exercise("vanish-way-down")
def vanish_way_down(way_down):
    """Write a function that sends a gradient down through all layers."""
    descend = function(way_down, "your `way_down`", shape=None)
    rng = np.random.default_rng(1991)
    for size, depth in ((3, 3), (2, 5)):
        weights = [rng.normal(size=(size, size)) for _ in range(depth)]
        slopes = [rng.uniform(0.05, 0.25, size) for _ in range(depth)]
        gradient = rng.normal(size=size)
        given = descend(weights, slopes, gradient)
        _name_the_slip(given, weights, slopes, gradient)
        if np.shape(given) != (size,):
            raise Hint(
                f"For layers of {size} units the gradient should have shape ({size},), and yours "
                f"has {np.shape(given)}."
            )
        if not np.allclose(given, _down(weights, slopes, gradient), rtol=1e-9):
            raise Hint("The shape is right. Slopes first, then the weights, at every layer.")
    return "That is all of backpropagation that a gradient needs on its way to the inputs."


def _down(weights, slopes, gradient):
    for matrix, slope in zip(weights[::-1], slopes[::-1], strict=True):
        gradient = matrix.T @ (slope * gradient)
    return gradient


def _name_the_slip(given, weights, slopes, gradient):
    """Recognise the usual slips."""
    up, no_slopes, after, flat = gradient, gradient, gradient, gradient
    for matrix, slope in zip(weights, slopes, strict=True):
        up = matrix.T @ (slope * up)
    for matrix, slope in zip(weights[::-1], slopes[::-1], strict=True):
        no_slopes = matrix.T @ no_slopes
        after = slope * (matrix.T @ after)
        flat = matrix @ (slope * flat)
    for slip, hint in (
        (up, "You begin with the lowest layer. A gradient begins at the top."),
        (no_slopes, "The weights are right. Where are the slopes?"),
        (
            after,
            "Each layer's slopes come before its weights on the way down. You have them after.",
        ),
        (flat, "Read the weights backwards: it is the transposed matrix that spreads a gradient."),
        (gradient, "The gradient has come back as it was."),
    ):
        if np.shape(given) == np.shape(slip) and np.allclose(given, slip, rtol=1e-9):
            raise Hint(hint)


@exercise("vanish-twin")
def vanish_twin(weights, biases):
    """Give the logistic layer that takes the place of a tanh layer in the middle."""
    weights = array(weights, "the weights", shape=(2, 2))
    biases = array(biases, "the biases", shape=(2,))
    told, bias = np.array([[0.5, -1.0], [2.0, 0.25]]), np.array([0.1, -0.3])
    if np.allclose(weights, 2 * told):
        raise Hint("Twice is for tanh's own 2z. The layer also reads 2s − 1 instead of a.")
    if np.allclose(weights, told):
        raise Hint("These are tanh's weights. Four times a logistic unit's worth is missing.")
    if not np.allclose(weights, 4 * told):
        raise Hint("Look at what stands before the s in the last line of the formula.")
    if np.allclose(biases, 2 * bias):
        raise Hint("The weights are right. The inputs have lost their 1, so W𝟏 must be taken off.")
    if np.allclose(biases, bias - told.sum(axis=1)):
        raise Hint("The weights are right. tanh's 2z doubles the biases, too.")
    if np.allclose(biases, 2 * (bias - told.sum(axis=0))):
        raise Hint("You summed the columns. Each *neuron* has a row.")
    if np.allclose(biases, 2 * bias - told.sum(axis=1)):
        raise Hint("The factor 2 stands before the whole bracket, b − W𝟏.")
    if not np.allclose(biases, 2 * (bias - told.sum(axis=1))):
        raise Hint("The weights are right. Which two things stand in the bracket behind the 2?")
    return "One curve in two units: whoever knows the start can use either."
