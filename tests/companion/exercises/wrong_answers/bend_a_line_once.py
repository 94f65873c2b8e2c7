"""Wrong answers to the exercises of the ReLU chapter, and the hint that each has to meet."""

import numpy as np

from companion.activations import relu

W1, B1 = np.array([[1, 3], [-2, 1], [0.5, -1]]), np.array([0.5, -1, 2])
W2, B2 = np.array([[2.0, -1, 4]]), np.array([-3.0])


def asks_the_output(x):
    return (np.maximum(x, 0) >= 0).astype(x.dtype)


def asks_the_output_in_bools(x):
    return relu(x) >= 0


def includes_the_kink(x):
    return (x >= 0).astype(x.dtype)


def half_at_the_kink(x):
    return np.heaviside(x, x.dtype.type(0.5))


def for_vectors_only(x):
    return np.array([1.0 if value > 0 else 0.0 for value in x])


def of_the_first_row(x):
    return np.zeros_like(x) + (x.ravel()[:1] > 0).sum() if x.ndim > 1 else 1.0 * (x > 0)


def always_double(x):
    return np.where(x > 0, 1.0, 0.0).astype(np.float64)


WRONG = {
    "relu-bends": [
        ([1.5, -2, -0.5], "mirrored at 0"),
        ([-3, -2, 2], "weights of 1"),
        ([-1.5, -2, 0.5], "negative weight"),
        ([-2 / 3, 0.5, 2], "upside down"),
        ([-1.5, 2, 7], "two of the three"),
        ([7, 8, 9], "none of the three"),
        ([-1.5, -1.5, -1.5], "one of the three"),
        ([-1.5, 2], "3 numbers"),
    ],
    "relu-derivative": [
        (asks_the_output, "1 for every input"),
        (asks_the_output_in_bools, "1 for every input"),
        (np.ones_like, "1 for every input"),
        (relu, "ReLU's value"),
        (np.zeros_like, "0 everywhere"),
        (lambda x: 1.0 * (x < 0), "swapped"),
        (np.sign, "flat"),
        (lambda x: np.clip(x, 0, 1), "climbs by one"),
        (includes_the_kink, "At the kink you say 1"),
        (half_at_the_kink, "At the kink you say 0.5"),
        (for_vectors_only, "raises TypeError"),
        (of_the_first_row, "shape (2, 4)"),
        (lambda x: x > 0, "truth values"),
        (always_double, "float32 goes in and float64 comes out"),
        (1, "function"),
    ],
    "relu-mirror-rewrite": [
        ((W1, B1, W2, B2), "Nothing has changed"),
        ((-W1, -B1, -W2, -B2), "Follow your `bias_2`"),
        ((-W1, B1, -W2, B2), "a part of it"),
        ((-W1, -B1, W2, B2), "way in is right"),
        ((W1, B1, -W2, B2), "way out is right"),
        ((W1, -B1, W2, -B2), "The function has changed"),
        ((-W1.T, -B1, -W2, B2), "shape (3, 2)"),
    ],
}
