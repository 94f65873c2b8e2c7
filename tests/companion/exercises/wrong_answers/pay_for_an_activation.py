"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import numpy as np

WRONG = {
    "leaky-by-maximum": [
        (lambda x: np.maximum(x, 0), "flat"),
        (lambda x: np.minimum(x, 0.1 * x), "lower one everywhere"),
        (lambda x: -np.maximum(x, 0.1 * x), "sign is turned"),
        (lambda x: np.maximum(x, 0.01 * x), "At x = -5"),
    ],
    "layer-speedup": [
        (4, "Only the activation"),
        (0.94, "turn the fraction round"),
        (1.087, "no time at all"),
        (1.5, "Add up the new time"),
    ],
    "find-the-branch": [
        ("a", "one instruction"),
        ("b", "Here every number"),
        ("d", "A root takes a while"),
    ],
}
