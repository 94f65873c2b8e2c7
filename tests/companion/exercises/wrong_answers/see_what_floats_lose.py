"""Wrong answers to the exercises on floating point, and what the hint has to name."""

import numpy as np


def _textbook(x):
    return np.log(1 + np.exp(x))


def _log1p_alone(x):
    return np.log1p(np.exp(x))


def _clipped(x):
    return np.log(1 + np.exp(np.minimum(x, 40))) + np.maximum(x - 40, 0)


def _max_and_log(x):
    return np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x)))


def _without_the_max(x):
    return np.log1p(np.exp(-np.abs(x)))


def _to_base_two(x):
    return np.log2(1 + np.exp(x))


def _relu(x):
    return np.maximum(x, 0)


def _gate(x):
    return 1 / (1 + np.exp(-x))


def _linear_from_thirty(x):
    return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30))))


def _linear_from_ten(x):
    return np.where(x > 10, x, np.log1p(np.exp(np.minimum(x, 10))))


def _shut_beyond_a_thousand(x):
    inside = np.clip(x, -1000, 1000)
    return np.maximum(inside, 0) + np.log1p(np.exp(-np.abs(inside)))


def _as_a_row(x):
    return (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))).ravel()


def _one_minus_square(x):
    return 1 - np.tanh(x) ** 2


def _product(x):
    return (1 - np.tanh(x)) * (1 + np.tanh(x))


def _one_over_cosh(x):
    return 1 / np.cosh(x) ** 2


def _logistic_slope_at_double(x):
    z = np.exp(-2 * np.abs(x))
    return z / (1 + z) ** 2


def _half(x):
    return 2 * _logistic_slope_at_double(x)


def _wrong_z(x):
    z = np.exp(-np.abs(x))
    return 4 * z / (1 + z) ** 2


def _no_absolute_value(x):
    z = np.exp(-2 * np.clip(x, -300, 1e308 / 2))
    return 4 * z / (1 + z) ** 2


def _negative_slope(x):
    return np.tanh(x) ** 2 - 1


def _never_zero(x):
    z = np.exp(-2 * np.minimum(np.abs(x), 360))
    return 4 * z / (1 + z) ** 2


def _only_in_the_middle(x):
    return np.where(np.abs(x) < 15, 1 - np.tanh(x) ** 2, 4 * np.exp(-2 * np.minimum(abs(x), 400)))


WRONG = {
    "stable-softplus": [
        (_textbook, "who rounds the small number away"),
        (_log1p_alone, "makes NumPy warn"),
        (_clipped, "who rounds the small number away"),
        (_max_and_log, "who rounds the small number away"),
        (_without_the_max, "has to come back"),
        (_to_base_two, "base 2"),
        (_relu, "That is ReLU"),
        (_gate, "Compare with the definition"),
        (_linear_from_ten, "Right on the left side. At x = "),
        (_shut_beyond_a_thousand, "as far out as floats reach"),
        (_as_a_row, "should have shape"),
        (0.5, "should be a function"),
    ],
    "bfloat16-one": [
        (-5.545, "wrong side"),
        (4.852, "equals the gap above 1"),
        (6.238, "count the leading 1"),
        (8, "the base e"),
        (18.42, "eight binary ones"),
        (7.62, "float16"),
        (16.64, "float32"),
        (36.74, "float64"),
        (3, "half the gap"),
        (1e300, "half the gap"),
        ("5.5", "leave out the quotes"),
    ],
    "tanh-slope": [
        (_one_minus_square, "still a subtraction from 1"),
        (_product, "still a subtraction from 1"),
        (_one_over_cosh, "makes NumPy warn"),
        (_logistic_slope_at_double, "What does tanh(x) = 2σ(2x) − 1 add"),
        (_half, "Half of it"),
        (_wrong_z, "Which z does σ(2x) need?"),
        (np.tanh, "tanh itself"),
        (_negative_slope, "Compare with it near 0"),
        (_no_absolute_value, "makes NumPy warn"),
        (_never_zero, "the slope is 0 there"),
        (_only_in_the_middle, "still a subtraction from 1"),
        ([1, 2], "should be a function"),
    ],
}
