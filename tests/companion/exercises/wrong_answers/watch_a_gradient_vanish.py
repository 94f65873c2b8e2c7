"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import numpy as np

W, B = np.array([[0.5, -1.0], [2.0, 0.25]]), np.array([0.1, -0.3])


def _upwards(weights, slopes, gradient):
    for matrix, slope in zip(weights, slopes, strict=True):
        gradient = matrix.T @ (slope * gradient)
    return gradient


def _without_slopes(weights, slopes, gradient):
    for matrix in weights[::-1]:
        gradient = matrix.T @ gradient
    return gradient


def _slopes_last(weights, slopes, gradient):
    for matrix, slope in zip(weights[::-1], slopes[::-1], strict=True):
        gradient = slope * (matrix.T @ gradient)
    return gradient


def _not_transposed(weights, slopes, gradient):
    for matrix, slope in zip(weights[::-1], slopes[::-1], strict=True):
        gradient = matrix @ (slope * gradient)
    return gradient


WRONG = {
    "vanish-bound": [
        ((1 / 64, 4), "norms of the weights"),
        ((24, 4), "Where are the slopes"),
        ((6, 4), "each of the three"),
        ((9 / 64, 4), "multiply"),
        ((0.5, 4), "for each of the three"),
        ((0.375, 0.25), "undo the whisper"),
        ((0.375, 1), "still leaves a quarter"),
        ((0.375, 2), "times ¼ is 1"),
        (("a quarter", 4), "number"),
    ],
    "vanish-he": [
        ((0.04, -13), "square root"),
        ((0.1414, -13), "Xavier"),
        ((0.5, -13), "He's rule"),
        ((0.2, 13), "negative"),
        ((0.2, -1.3), "There are ten"),
        ((0.2, -20), "how much of 0.2"),
        ((0.2, 1e-13), "exponent"),
        ((0.2, -5), "20 times too small"),
    ],
    "vanish-way-down": [
        (_upwards, "begins at the top"),
        (_without_slopes, "Where are the slopes"),
        (_slopes_last, "before its weights"),
        (_not_transposed, "transposed"),
        (lambda weights, slopes, gradient: gradient, "as it was"),
        (lambda weights, slopes, gradient: np.zeros(9), "shape"),
        (lambda weights, slopes, gradient: 2 * gradient, "at every layer"),
        ("W.T @ g", "should be a function"),
    ],
    "vanish-twin": [
        ((2 * W, 2 * B), "instead of a"),
        ((W, B), "Four times"),
        ((3 * W, B), "before the s"),
        ((4 * W, 2 * B), "taken off"),
        ((4 * W, B - W.sum(axis=1)), "doubles the biases"),
        ((4 * W, 2 * (B - W.sum(axis=0))), "columns"),
        ((4 * W, 2 * B - W.sum(axis=1)), "whole bracket"),
        ((4 * W, B), "behind the 2"),
        ((4 * W, [1.0]), "shape"),
    ],
}
