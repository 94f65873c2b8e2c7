"""Wrong answers to the exercises of `keep_the_mean_at_zero`, and the hint each has to meet."""

import numpy as np

W = np.array([[2.0, -1.0, 0.5, 4.0], [1.0, 1.0, -3.0, 0.0], [-2.0, 0.5, 1.0, 1.0]])
B, M = np.array([0.5, -1.0, 2.0]), np.array([0.5, 0.25, 1.0, 0.5])


def ratio_of_lengths(a):
    return np.linalg.norm(a.mean(axis=0)) / np.sqrt(np.mean(np.sum(a**2, axis=1)))


def over_the_units_too(a):
    return a.mean() ** 2 / np.mean(a**2)


WRONG = {
    "mean-fold": [
        (B, "old biases"),
        (B - W @ M, "wrong direction"),
        (W @ M, "push Wμ alone"),
        (B + W.sum(axis=1) * M.mean(), "a mean of its own"),
        ([3.75, 0, 0], "Neuron 2 is off"),
        ([1, 2], "shape (3,)"),
    ],
    "mean-signs": [
        (1024, "All of them?"),
        (1, "positive or negative"),
        (4, "choose apart"),
        (10, "δ·x"),
        (2.5, "whole number"),
    ],
    "mean-eigenvalues": [
        ((50.04, 0.04, 0.04), "squared"),
        ((0.29, 0.04, 0.04), "one diagonal entry"),
        ((25, 0.04, 0.08), "also spread"),
        ((1, 0.04, 2), "Σ + μμᵀ"),
        ((25.04, 0.25, 0.08), "right angle"),
        ((25.04, 0.04, 0.04), "overshoot"),
        ((25.04, 0.04, 25), "1 − ηλ"),
    ],
    "mean-share": [
        (ratio_of_lengths, "ratio of lengths"),
        (over_the_units_too, "over the units as well"),
        (lambda a: np.sum(a.mean(axis=0) ** 2), "more than the whole"),
        (lambda a: 0.5, "should be 1"),
        (lambda a: a.mean(axis=0), "shape"),
    ],
}
