"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import math

import numpy as np

_LOGS = np.log([0.9, 0.09, 0.01])

WRONG = {
    "prior-biases": [
        (([0.9, 0.09, 0.01], 0.0), "shares themselves"),
        ((np.log([9.0, 0.09 / 0.91, 1 / 99]), 0.0), "know nothing of each other"),
        ((np.log10([0.9, 0.09, 0.01]), 0.0), "base 10"),
        (([0, 0, 0], 0.0), "0.333, 0.333, 0.333"),
        ((_LOGS, math.log(0.01)), "no other logit"),
        ((_LOGS, math.log(99)), "look at the sign"),
        ((_LOGS, 0.01), "which z has"),
        ((_LOGS, -1e4), "solve σ(z) = 0.01"),
        ((-4.6, -4.6), "3 numbers"),
    ],
    "box-decode": [
        (lambda a, w, dx, dw: (a + dx, w * np.exp(dw)), "widths of the anchor"),
        (lambda a, w, dx, dw: (a + w * np.exp(dw) * dx, w * np.exp(dw)), "new box"),
        (lambda a, w, dx, dw: (a - w * dx, w * np.exp(dw)), "the centre should be"),
        (lambda a, w, dx, dw: (a + w * dx, w * dw), "has to stay"),
        (lambda a, w, dx, dw: (a + w * dx, w + w * dw), "grows by"),
        (lambda a, w, dx, dw: (a + w * dx, w + dw), "w_a·e^Δw"),
        (lambda a, w, dx, dw: a + w * dx, "2 values"),
        (110.0, "should be a function"),
    ],
    "prior-moves": [
        ((math.log(49), 0.155), "which way"),
        ((math.log(0.02), 0.155), "for a softmax"),
        ((math.log(0.04), 0.155), "log 0.98"),
        ((0.5, 0.155), "What are they with 2 %"),
        ((math.log(1 / 49), 0.018), "do not just multiply"),
        ((math.log(1 / 49), 0.9), "add the change"),
    ],
    "bias-for-xor": [
        (lambda a, b: np.zeros_like(a), "it is OR"),
        (lambda a, b: -a - b, "weighted sum"),
        (lambda a, b: -np.maximum(0, a + b - 1), "For [1, 1] the neuron says 1"),
        (lambda a, b: -3 * a * b - 2 * np.abs(a - b), "For [0, 1] the neuron says 0"),
        (lambda a: a, "2 arguments"),
        (-1.5, "should be a function"),
    ],
}
