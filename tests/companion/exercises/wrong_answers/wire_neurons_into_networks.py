"""Wrong answers to the exercises on networks, and what the hint has to name."""

import numpy as np


def _with_diagonal(patterns):
    return patterns.T @ patterns / patterns.shape[1]


def _undivided(patterns):
    return patterns.T @ patterns


def _by_patterns(patterns):
    return patterns.T @ patterns / patterns.shape[0]


def _between_patterns(patterns):
    return patterns @ patterns.T / patterns.shape[1]


def _zeros(patterns):
    return np.zeros((patterns.shape[1], patterns.shape[1]))


WRONG = {
    "switch-with-memory": [
        (([1, -1], 1, -0.5), "With on = 1, off = 1 and a last output of 1"),
        (([1, -2], 0, -0.5), "With on = 0, off = 0 and a last output of 1"),
        (([1, -2], 1, 0.5), "With on = 0, off = 0 and a last output of 0"),
        (([1, -2], 1, -1), "A sum of exactly 0 does not fire"),
        (([1], 1, -0.5), "2 numbers"),
    ],
    "hebb-weights": [
        (_with_diagonal, "Does a neuron hear itself"),
        (_undivided, "By what number"),
        (_by_patterns, "the number of patterns"),
        (_between_patterns, "one for each pair of neurons"),
        (_zeros, "where do they agree"),
    ],
    "hopfield-capacity": [
        ((131, 276), "the other way round"),
        ((276, 302), "base 10"),
        ((276, 65), "most of them"),
        ((280, 131), "which share of N"),
        ((276, 263), "put N = 2000"),
    ],
    "messages-by-hand": [
        (([3, 6, 3], [6, 3, 6]), "own number"),
        (([5, 5, 5], [5, 5, 5]), "do not hear each other"),
        (([1.5, 5, 7.5], [1.5, 5, 7.5]), "After two rounds, person 1"),
        (([1.5, 7.5, 7.5], [3, 5, 6]), "After one round, person 2"),
    ],
}
