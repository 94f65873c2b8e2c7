"""Exercises of the lesson `learn_with_and_without_gradients`."""

import math

import numpy as np

from companion.exercises._answers import Hint, function, number, numbers
from companion.exercises._engine import exercise
from companion.learning import perceptron_rule
from companion.neurons import binary_inputs


@exercise("perceptron-step")
def perceptron_step(weights, bias):
    """Apply the perceptron rule once, to weights (1, −1), bias 0, pattern (2, 3), label +1."""
    weights = numbers(weights, 2, "the weights")
    bias = number(bias, "the bias")
    if weights == (1.0, -1.0) and bias == 0:
        raise Hint("Nothing has changed. Work out the weighted sum: is it above 0, as wanted?")
    if weights == (-1.0, -4.0):
        raise Hint("You subtracted the pattern. Its label is +1: which way should the sum move?")
    if weights == (2.0, 3.0):
        raise Hint("That is the pattern itself. It is added to the weights that are there.")
    if weights != (3.0, 2.0):
        raise Hint("The rule adds label times pattern to the weights: 1 + 2, and −1 + 3.")
    if bias == 0:
        raise Hint(
            "The weights are right. The bias is the weight of an input that is always 1: "
            "it learns, too."
        )
    if bias != 1:
        raise Hint("The weights are right. The input of the bias is 1, so what is added to it?")
    return (
        "The sum of this pattern was −1 and is now 13: larger by 14, its length squared with the 1."
    )


@exercise("perceptron-bound")
def perceptron_bound(bound, bound_of_scaled):
    """Give the bound for R = 4 and γ = 0.5, and for patterns ten times as large."""
    bound = number(bound, "the bound", low=0)
    scaled = number(bound_of_scaled, "the bound of the larger patterns", low=0)
    if math.isclose(bound, 8):
        raise Hint("You have R/γ. Two numbers race, like k and like √k: what is k, then?")
    if math.isclose(bound, 1 / 64):
        raise Hint("Upside down: a wider margin must make the bound smaller.")
    if not math.isclose(bound, 64):
        raise Hint("Divide R by γ, then look again at the last line of the proof.")
    if math.isclose(scaled, 6400):
        raise Hint("R is ten times as large. Is γ what it was? Every y·uᵀx is ten times as large.")
    if math.isclose(scaled, 0.64):
        raise Hint("γ is ten times as large. Is R what it was?")
    if not math.isclose(scaled, 64):
        raise Hint("The first bound is right. Scale R and γ, and take the quotient again.")
    return "64 both times: only the shape of the data counts, not the unit you measure it in."


@exercise("xor-third-input")
def xor_third_input(third):
    """Write a third input, made of the first two, with which the perceptron rule learns XOR."""
    make = function(third, "your third input")
    corners = binary_inputs(2).astype(float)
    added = make(corners[:, 0], corners[:, 1])
    table = np.column_stack([corners, added])
    run = perceptron_rule(table, [0, 1, 1, 0], max_passes=500)
    if run.converged:
        return (
            f"It converges after {run.updates} updates. In three dimensions a plane can cut the "
            "four corners apart: that is what a hidden neuron is for."
        )
    if np.ptp(added) == 0:
        raise Hint("Your third input is the same for all four corners: the bias is that already.")
    fitted = np.column_stack([corners, np.ones(4)])
    if np.allclose(fitted @ np.linalg.lstsq(fitted, added, rcond=None)[0], added):
        raise Hint(
            "Your third input is a weighted sum of the first two (and 1): the neuron could have "
            "made that itself. It has to be something that no weighted sum gives."
        )
    raise Hint(
        "The rule did not get there in 500 passes. Keep its size near that of the inputs: which "
        "corner has to be told apart from the others?"
    )


@exercise("solve-beta")
def solve_beta(solver):
    """Write a function that solves for the output weights by least squares."""
    solve = function(solver, "your `solve_beta`", shape=None)
    rng = np.random.default_rng(2006)
    for rows, hidden in ((30, 6), (5, 12)):
        g, targets = rng.normal(size=(rows, hidden)), rng.normal(size=(rows, 3))
        wanted = (np.linalg.pinv(g) @ targets).T
        given = solve(g, targets)
        if np.shape(given) == (hidden, 3) and np.allclose(given, wanted.T, atol=1e-8):
            raise Hint("The numbers are right, and β has one *row* for each output: transpose it.")
        if np.shape(given) != (3, hidden):
            raise Hint(
                f"For g of shape {g.shape} and 3 targets β should have shape (3, {hidden}), and "
                f"yours has {np.shape(given)}."
            )
        if np.allclose(given, wanted, atol=1e-8):
            continue
        if np.allclose(given, targets.T @ g, atol=1e-8):
            raise Hint("That is the product of targets and g. Something has to be inverted.")
        if rows < hidden:
            raise Hint(
                "It is right as long as there are enough patterns. With more hidden neurons than "
                "patterns `g.T @ g` has no inverse: use the pseudo-inverse, or `lstsq`."
            )
        raise Hint("The shape is right, and the sum of squares can still be made smaller.")
    return "One linear system, no step size, no epochs: the output layer is done."
