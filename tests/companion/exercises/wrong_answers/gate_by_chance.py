"""Wrong answers to the exercises on GELU, and what the hint has to name."""

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
    "gelu-other-coin": [
        (3 * ndtr(0.5), "variance"),
        (3 * ndtr(2.0), "but not softened"),
        (3 * ndtr(1.5), "but not moved"),
        (2.996, "another μ and σ"),
        (3.0, "share between 0 and 1"),
        (2 * ndtr(1.0), "not x − μ"),
        (0.841, "chance to be kept"),
        (0.476, "P(X > x)"),
        (2.53, "three decimals"),
        (-1.0, "share between 0 and 1"),
        (2.0, "How many spreads"),
        ("2.524", "not the text"),
    ],
    "gelu-whose": [
        (["exact", "sigmoid", "tanh"], "differ by a tenth"),
        (["sigmoid", "tanh", "exact"], "four times too large"),
        (["tanh", "tanh", "exact"], "occurs once"),
        (["tanh", "sigmoid"], "three names"),
        ("tanh", "three names"),
        (["tanh", "logistic", "exact"], "should be one of"),
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
