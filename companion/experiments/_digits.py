"""Digits for learning, for choosing and for the report, in an order of each run's own."""

from __future__ import annotations

import numpy as np

from companion.data import digits

LEARN, VALIDATE = 1000, 400


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
