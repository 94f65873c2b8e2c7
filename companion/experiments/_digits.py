"""Digits for learning, for choosing and for the report, and how networks with gates learn them."""

from __future__ import annotations

import math

import numpy as np

from companion.data import digits
from companion.network import Adam, CrossEntropy, Network
from companion.training import DivergenceError, EarlyStop, train

LEARN, VALIDATE = 1000, 400
EPOCHS, PATIENCE, BATCH = 60, 8, 50


def shuffled_digits(seed: int, run: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return three sets of images and labels: to learn from, to choose by, to report on.

    Parameters
    ----------
    seed, run : int
        They decide the order, and so who is in which set.

    Returns
    -------
    list of tuple of (ndarray, ndarray)
        Images (n, 64), each pixel less its mean over the first set and with mean square 1 over
        that set, and labels (n,), for n = 1000, 400 and the 397 others.
    """
    images, labels = digits()
    order = np.random.default_rng([seed, run]).permutation(len(images))
    images, labels = images[order], labels[order]
    images = images - images[:LEARN].mean(axis=0)
    images /= np.sqrt(np.mean(images[:LEARN] ** 2))
    ends = [LEARN, LEARN + VALIDATE]
    return list(zip(np.split(images, ends), np.split(labels, ends), strict=True))


def fit(
    network: Network, data: list[tuple[np.ndarray, np.ndarray]], step: float, run: int
) -> float:
    """Train in place; go back to where it was best on the digits for choosing.

    Parameters
    ----------
    network : Network
        Fresh.
    data : list of tuple of (ndarray, ndarray)
        As `shuffled_digits` returns it.
    step : float
        Adam's step size.
    run : int
        It decides the order of the batches.

    Returns
    -------
    float
        The loss there, on the digits for choosing; infinite for a run that diverged.
    """
    learned, chosen, _ = data
    try:
        history = train(
            network,
            *learned,
            CrossEntropy(),
            Adam(step),
            epochs=EPOCHS,
            batch=BATCH,
            seed=run,
            validation=chosen,
            probe=50,
            stop=EarlyStop(PATIENCE),
            progress=False,
        )
    except DivergenceError:
        return math.inf
    return float(history["validation_loss"].min())
