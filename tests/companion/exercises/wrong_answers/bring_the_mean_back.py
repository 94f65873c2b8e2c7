"""Wrong answers to the exercises of `bring_the_mean_back`, and the hint each has to meet."""

import numpy as np

M = 1 / np.sqrt(2 * np.pi)
S = 1 / np.sqrt(0.5 - M**2)

WRONG = {
    "back-leaky": [
        ((M, 1), "ReLU's mean"),
        ((1.2 * M, 1), "add to the mean"),
        ((0.2, 1), "mirror image"),
        ((0.8 * M, -1), "never negative"),
        ((0.8 * M, 0.4), "(1 − γ)/√(2π)"),
    ],
    "back-fixed-point": [
        ((0.5, 1), "relu(z)²"),
        ((-M, S), "added or subtracted"),
        ((0, S), "cannot repair a mean"),
        ((M, np.sqrt(2)), "still there"),
        ((M, S**2), "squared"),
        ((M, 1 / S), "standard deviation"),
        ((M, 1), "λ is not"),
    ],
    "back-alpha": [
        (1.6733, "rounded"),
        (-1.6732632423543772, "minus is missing"),
        (M / 0.26158, "What does the −1 bring"),
        (1.7580993, "how far down"),
        (1.0507, "That is λ"),
        (1, "When is it 0"),
    ],
    "back-beta": [
        (1.2816, "nine in ten"),
        (0.1, "share you want"),
        (-1.645, "one in twenty"),
        (0.5, "more than half"),
        (-0.5, "lies above 0"),
    ],
}
