"""Wrong answers to the exercises of chapter 5, and what the hint has to name."""

import math

import numpy as np
from scipy.special import ndtr

ROOT = math.sqrt(2 / math.pi)


def _with_factor(factor):
    def my_gelu_tanh(x):
        return 0.5 * x * (1 + np.tanh(factor * (x + 0.044715 * x**3)))

    return my_gelu_tanh


def _with_square(x):
    return 0.5 * x * (1 + np.tanh(ROOT * (x + 0.044715 * x**2)))


def _without_half(x):
    return x * (1 + np.tanh(ROOT * (x + 0.044715 * x**3)))


def _with_constant(c):
    return lambda x: 0.5 * x * (1 + np.tanh(ROOT * (x + c * x**3)))


def _swapped(x):
    return 0.5 * x * (1 + np.tanh(x * 0.044715 * (1 + ROOT * x * x)))


def _gate_alone(x):
    return 0.5 * (1 + np.tanh(ROOT * (x + 0.044715 * x**3)))


def _tanh_alone(x):
    return np.tanh(ROOT * (x + 0.044715 * x**3))


def _into_integers(x):
    out = np.empty_like(x)
    out[...] = _with_factor(ROOT)(x)
    return out


def _rows_only(x):
    x = np.atleast_1d(x)
    return np.array([_with_factor(ROOT)(part) for part in x.ravel()])


def _in_place(x):
    x *= 0.5
    return x


def _for_one_number(x):
    return 0.5 * x * (1 + math.tanh(ROOT * (x + 0.044715 * x**3)))


def _forgets_return(x):
    y = 0.5 * x
    y * (1 + np.tanh(ROOT * (x + 0.044715 * x**3)))


def _shifted(x):
    return _with_factor(ROOT)(x) + 0.1


WRONG = {
    "swish-dip": [
        ([-1.2785, -0.2785], "the place for β = 1"),
        ([-1.2785, -0.1392], "the place for β = 1"),
        ([1.2785, -0.1392], "the place for β = 1"),
        ([-0.1392, -0.6392], "wrong order"),
        ([-2.5569, -0.1392], "outwards"),
        ([-0.6392, -0.2785], "value is still that for β = 1"),
        ([-0.6392, 0.1392], "above or below 0"),
        ([-0.6392, -0.5569], "once only"),
        ([-0.6392, -0.0696], "once only"),
        ([-0.64, -0.14], "four decimals"),
        ([-0.6392, -0.14], "four decimals"),
        ([-0.6392, -5], "how does the value scale"),
        ([0.6392, 0.1392], "both negative"),
        ([0.6392, -0.1392], "only rises"),
        ([-3, -0.1392], "Start from the place"),
        (-0.6392, "2 numbers"),
        (["a", "b"], "real numbers"),
    ],
    "swish-near-relu": [
        (27, "still 0.0103"),
        (27.8465, "whole number"),
        (29, "smaller whole β"),
        (100, "if the distance were 1/β"),
        (1, "still 0.2785"),
        (0, "positive"),
        (-28, "positive"),
        ("28", "not the text"),
    ],
    "gelu-tanh-form": [
        (_with_factor(math.sqrt(2) / math.pi), "√2/π"),
        (_with_factor(math.sqrt(2)), "where has the π gone"),
        (_with_factor(2 / math.pi), "square root"),
        (_with_factor(1.0), "is missing"),
        (_with_square, "x²"),
        (_without_half, "½"),
        (_with_constant(0.44715), "too large"),
        (_with_constant(0.0044715), "too small"),
        (_with_constant(0.0), "cubic term is missing"),
        (_swapped, "changed places"),
        (_gate_alone, "gate alone"),
        (_tanh_alone, "tanh alone"),
        (lambda x: x * ndtr(x), "exact GELU"),
        (lambda x: x / (1 + np.exp(-1.702 * x)), "1.702"),
        (_shifted, "furthest off"),
        (_into_integers, "integers"),
        (_rows_only, "shape"),
        (_in_place, "changes the array"),
        (_for_one_number, "raises TypeError"),
        (lambda x, c: x, "1 argument"),
        (_forgets_return, "returns nothing"),
        (0.5, "should be a function"),
    ],
}
