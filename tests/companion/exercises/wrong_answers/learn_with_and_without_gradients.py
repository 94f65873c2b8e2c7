"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import numpy as np


def _normal_equations(g, targets):
    # A tiny penalty keeps it solvable where L is greater than n; the answer is still not the least.
    return np.linalg.solve(g.T @ g + 1e-2 * np.eye(g.shape[1]), g.T @ targets).T


WRONG = {
    "perceptron-step": [
        (([1, -1], 0), "Nothing has changed"),
        (([-1, -4], -1), "subtracted"),
        (([2, 3], 1), "pattern itself"),
        (([3, 2], 0), "it learns, too"),
        (([3, 2], -1), "input of the bias"),
        (([3, 4], 1), "label times pattern"),
        ((3, 1), "2 numbers"),
    ],
    "perceptron-bound": [
        ((8, 8), "R/γ"),
        ((1 / 64, 1 / 64), "Upside down"),
        ((16, 16), "Divide R by γ"),
        ((64, 6400), "Is γ what it was"),
        ((64, 0.64), "Is R what it was"),
        ((64, 640), "take the quotient"),
    ],
    "xor-third-input": [
        (lambda a, b: a + b, "weighted sum"),
        (lambda a, b: a - b, "weighted sum"),
        (lambda a, b: np.ones_like(a), "all four corners"),
        (lambda a, b: 1e-3 * a * b, "Keep its size"),
        (lambda a, b: 1.0, "shape"),
        (lambda a: a, "2 arguments"),
        ("a*b", "should be a function"),
    ],
    "solve-beta": [
        (lambda g, t: np.linalg.pinv(g) @ t, "transpose"),
        (lambda g, t: t.T @ g, "inverted"),
        (lambda g, t: np.zeros((t.shape[1], g.shape[1])), "smaller"),
        (_normal_equations, "smaller"),
        (lambda g, t: np.zeros(3), "shape"),
        (lambda g, t: np.linalg.inv(g.T @ g) @ g.T @ t, "transpose"),
        ([1.0], "should be a function"),
    ],
}
