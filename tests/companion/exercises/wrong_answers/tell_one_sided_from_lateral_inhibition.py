"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import numpy as np


def _power(patches, power, turn_back=True):
    patches = np.asarray(patches, dtype=float)
    centred = patches - patches.mean(axis=0)
    spread, turned = np.linalg.eigh(np.cov(centred, rowvar=False))
    white = centred @ (turned * spread**power)
    return white @ turned.T if turn_back else white


# An exercise with several answers has them in a tuple.
WRONG = {
    "edge-bands": [
        ((10.0, 30.0, 40.0), "the light itself"),
        ((8.0, 24.0, 30.0), "takes away"),
        ((1.0, 6.0, 12.0), "factor is 1 − w"),
        ((2.0, 5.0, 12.0), "dark side is right"),
        ((2.0, 6.0, 6.0), "Look for the largest"),
        ((2.0, 6.0, 0.424), "from 0 to 1"),
    ],
    "which-inhibition": [
        ((["one-sided", "one-sided", "directional", "one-sided"],), "Whose is it"),
        ((["lateral", "lateral", "directional", "one-sided"],), "threshold"),
        ((["lateral", "one-sided", "lateral", "one-sided"],), "another order"),
        ((["lateral", "one-sided", "directional", "lateral"],), "see each other"),
        ((["lateral", "one-sided"],), "four kinds"),
        ((["sideways", "one-sided", "directional", "one-sided"],), "one of"),
    ],
    "veto-delay": [
        ((125.0, 0.9), "distance over speed"),
        ((0.05, 0.9), "How long does the bar take"),
        ((-20.0, 0.9), "in advance"),
        ((30.0, 0.9), "meets the inhibiting receptor first"),
        ((20.0, 0.0), "response to the left"),
        ((20.0, 0.5), "Ask a"),
    ],
    "zca": [
        (lambda patches: patches, "mean of your output is not 0"),
        (lambda patches: patches - patches.mean(axis=0), "still there"),
        (
            lambda patches: (patches - patches.mean(axis=0)) / patches.std(axis=0),
            "still correlated",
        ),
        (lambda patches: _power(patches, -0.5, turn_back=False), "turn it back"),
        (lambda patches: _power(patches, -1.0), "Which power"),
        (lambda patches: _power(patches, -0.25), "should all be 1"),
    ],
}
