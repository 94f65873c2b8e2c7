"""Wrong answers to the exercises on dying units, and the hint that each has to meet."""

import numpy as np

WRONG = {
    "killing-step": [
        (1.0, "at x = 2"),
        (1 / 0.6, "new weight is 0"),
        (0.2, "the unit lives"),
        (1.4, "the unit lives"),
        (3, "to spare"),
        (-1, "below 0"),
    ],
    "count-the-dead": [
        (lambda z: (z <= 0).any(axis=0), "One image is enough"),
        (lambda z: z.mean(axis=0) <= 0, "One image is enough"),
        (lambda z: (z < 0).all(axis=0), "exactly 0"),
        (lambda z: (z > 0).any(axis=0), "Turned round"),
        (lambda z: (z > 0).all(axis=0), "for every image"),
        (lambda z: (z <= 0).all(axis=1), "shape"),
        (lambda z: (z <= 0).sum(axis=0), "True or False"),
        (lambda z: (z[:3] <= 0).all(axis=0), "four"),
        (lambda z: np.zeros(4), "you call it alive"),
        (3, "function"),
    ],
    "leak-patience": [
        (4, "slope of 1"),
        (200, "step size of 0.5"),
        (40000, "twice"),
        (399, "One more"),
        (401, "One fewer"),
        (77, "how far is the way"),
        (1.5, "whole"),
    ],
    "softplus-sharpness": [
        (0.01 / np.log(2), "inverse"),
        (0.00693, "multiplied by the gap"),
        (100, "if softplus were 1"),
        (30.1, "natural"),
        (10, "Make it sharper"),
        (500, "smallest"),
    ],
}
