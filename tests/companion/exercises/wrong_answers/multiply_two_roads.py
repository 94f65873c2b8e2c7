"""Wrong answers to the exercises on gated units and maxout, and the hint that each has to meet."""

import numpy as np

from companion.activations import swish


def _sigma(g):
    return 1 / (1 + np.exp(-g))


WRONG = {
    "gate-xor": [
        (([0, 0, 1], [1, 1, -5]), "shut at all four"),
        (([1, 1, 0], [1, 1, 0]), "their product is"),
        (([-2, -2, 4], [1, 1, 0]), "It does tell XOR"),
        (([1, 1, -1], [1, 1, -0.5]), "instead of"),
        (([0, 0, 1], [-1, -1, 1]), "instead of"),
        (([1, 1], [1, 1, 0]), "3"),
        ((3, [1, 1, 0]), "3"),
    ],
    "swiglu-slopes": [
        (lambda v, g: [v * swish.derivative(g), swish(g)], "wrong order"),
        (lambda v, g: [_sigma(g), v * swish.derivative(g)], "slope of GLU"),
        (lambda v, g: [swish(g), swish.derivative(g)], "stands still"),
        (lambda v, g: [swish(g), v * _sigma(g)], "two places"),
        (lambda v, g: [swish(g), v * _sigma(g) * _sigma(-g)], "product rule"),
        (lambda v, g: [swish(g), v * g * _sigma(g) * _sigma(-g)], "two terms"),
        (lambda v, g: [v, g], "plain product"),
        (lambda v, g: [swish(g), v], "second slope"),
        (lambda v, g: [0 * v, v * swish.derivative(g)], "first slope"),
        (lambda v, g: v, "shape"),
        (1.0, "function"),
    ],
    "fair-gated-width": [
        (341, "as wide at their end"),
        (342, "as wide at their end"),
        (256, "output weights"),
        (512, "on top"),
        (283, "fewer"),
        (300, "more than the plain"),
        (284.5, "whole"),
    ],
    "lines-of-a-valley": [
        ([[0, -2], [2, 0], [0, 2]], "other way round"),
        ([[-2, 0], [2, 0]], "largest line"),
        ([[-2, 0], [0, 2], [2, 1]], "stick out"),
        ([[1, -1], [1, 1]], "x ="),
        ([1, 2, 3], "shape"),
    ],
    "tangents-needed": [
        (31, "Just too few"),
        (1000, "square"),
        (10, "the largest distance is"),
        (64, "more than needed"),
        (0, "1"),
    ],
}
