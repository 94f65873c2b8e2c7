"""Wrong answers to the exercises on gates in time, and the hint that each has to meet."""

import numpy as np

WRONG = {
    "gate-bias": [
        (0.5 ** (1 / 50), "Which bias opens it"),
        (-4.272, "Mind the sign"),
        (np.log(50), "one part in e"),
        (0, "for a single step"),
        (1, "not far enough"),
        (10, "too far"),
        (-1e9, "not far enough"),
        ("open", "number"),
    ],
    "latched-slope": [
        (1.5, "That is the weight"),
        (0.2628, "The weight multiplies it"),
        (0.8586, "where the unit rests"),
        (1.5 * (1 - 0.8586), "with a square"),
        (1.5 * (1 - np.tanh(0.8586) ** 2), "once too often"),
        (7, "leaves alone"),
    ],
    "direct-path": [
        (lambda f: f.mean(axis=0), "on average"),
        (lambda f: f.sum(axis=0), "A sum"),
        (lambda f: f[-1], "last step only"),
        (lambda f: f.min(axis=0), "narrowest"),
        (lambda f: f.mean(axis=0) ** len(f), "mean to that power"),
        (lambda f: np.exp(4 * np.log(f).mean(axis=0)), "wrong for two"),
        (lambda f: f.prod(axis=1), "shape"),
        (lambda f: f[0] * f[1], "after both"),
        (0.3, "function"),
    ],
    "other-convention": [
        (lambda old, new, z: z * old + (1 - z) * new, "PyTorch's way round"),
        (lambda old, new, z: old + z * new, "add up to 1"),
        (lambda old, new, z: z * new, "And the old state"),
        (lambda old, new, z: old - new, "their mean"),
        (0.5, "function"),
    ],
}
