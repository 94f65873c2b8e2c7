"""Wrong answers to the exercises of chapter 2, and what the hint has to name."""

import numpy as np

from companion.neurons import and_, or_


def _fires_at(row):
    return 2 * row - 1, 0.5 - row.sum()


def _always_fires(row):
    return -(2 * row - 1), row.sum() + 0.5


def _on_the_tie(row):
    return -(2 * row - 1), row.sum() - 1.0


def _for_two_only(row):
    return np.array([1 - 2 * row[0], 1 - 2 * row[-1]]), row[0] + row[-1] - 0.5


def _nothing(row):
    row.sum()


WRONG = {
    "nor-bias": [
        ((-1, 1, "high"), "silent for 0, 0"),
        ((0.5, 1, "high"), "smaller positive bias"),
        ((0, 2, "high"), "row 1, 1"),
        ((0, 1.5, "high"), "the sum for 0, 1"),
        ((0, 0.5, "neither"), "larger bias"),
        ((0, 1, "both"), "At the low end"),
        ((0, 1, "low"), "At the low end"),
        ((0, 1, "neither"), "At the high end"),
        ((1, 0, "high"), "The low end comes first"),
        ((0, 1, "right"), "should be one of"),
    ],
    "implication-neuron": [
        (([1, -1], 0.5), "if b then a"),
        (([-1, 1], 0), "A sum of exactly 0 does not fire"),
        (([-1, 1], -0.5), "a = 0, b = 0"),
        (([1, 1], -0.5), "a = 0, b = 0"),
        (([-2, 1], 0.5), "a = 1, b = 1"),
        (([-1, 1], 1.5), "a = 1, b = 0"),
        (([-1, -1], 0.5), "a = 0, b = 1"),
        (([-1, 1, 0], 0.5), "2 numbers"),
    ],
    "xor-network": [
        ((([1, 1], -1.5), ([1, 1], -0.5), ([1, 1], -1.5)), "The hidden layer is fine. For (0, 1)"),
        ((([1, 1], -1.5), ([1, 1], -0.5), ([1, 1], -0.5)), "The hidden layer is fine. For (1, 1)"),
        ((([1, 0], -0.5), ([0, 1], -0.5), ([1, 1], -0.5)), "tell all four inputs apart"),
        ((or_, or_, and_), "no output neuron can tell them apart"),
        ((and_, ([0, 0], 1), or_), "no output neuron can tell them apart"),
        ((or_, [1, 1, -1.5], and_), "The second neuron should be a pair"),
        (([1, 1], or_, and_), "The weights of the first neuron"),
        ((([1, 1, 1], 0), or_, and_), "should have shape (2,)"),
    ],
    "silent-once": [
        (_fires_at, "fires there and nowhere else"),
        (_always_fires, "at that row itself"),
        (_on_the_tie, "silent for (0, 1) as well"),
        (_for_two_only, "needs 1 weight, and yours has 2"),
        (_nothing, "returns nothing"),
    ],
}
