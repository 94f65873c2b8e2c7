"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import numpy as np

WRONG = {
    "logit-by-hand": [
        (lambda p: np.log((1 - p) / p), "sign is turned"),
        (lambda p: p / (1 - p), "Those are the odds"),
        (lambda p: np.log10(p / (1 - p)), "base 10"),
        (lambda p: np.log(p), "Divide by 1 − p"),
        (lambda p: 2 * np.log(p / (1 - p)), "which is"),
    ],
    "fever-neuron": [
        ((3.0, -226.5), "squared"),
        ((-6.0, 226.5), "less likely"),
        ((1.0, 0.0), "square of the spread"),
        ((6.0, -226.5), "lacks the shares"),
        ((6.0, -224.3028), "turned round"),
        ((6.0, 0.0), "put x = 0"),
    ],
    "what-squashing-keeps": [
        ("distances", "hardly moves"),
        ("mean", "mean of σ"),
        ("everything", "order"),
    ],
}
