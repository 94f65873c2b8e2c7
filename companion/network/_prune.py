"""Pruning: keep the largest weights, and put the others to 0."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from companion.network._checks import number
from companion.network._network import Network


def prune(network: Network, keep: float) -> Callable[..., None]:
    """Put all but the largest weights to 0, in place; biases and the like stay.

    Parameters
    ----------
    network : Network
        What to prune.
    keep : float
        The share of the weights of all layers together that stays, more than 0 and at most 1. Of
        weights of equal size, earlier ones stay first.

    Returns
    -------
    callable
        Call it with the network to put the same weights back to 0, for example as the
        ``after_step`` of `companion.training.train`, which would else bring them back to life.

    Raises
    ------
    TypeError, ValueError
        If `keep` is no such number.

    Examples
    --------
    >>> from companion.network import Dense
    >>> network = Network([Dense([[3.0, -0.1], [0.2, -4.0]]), Dense([[0.3, 5.0]])])
    >>> keep_pruned = prune(network, keep=0.5)
    >>> [layer.parameters["weights"].tolist() for layer in network.layers]
    [[[3.0, 0.0], [0.0, -4.0]], [[0.0, 5.0]]]
    """
    if number(keep, "keep", above=0) > 1:
        raise ValueError(f"keep must be a share of at most 1, got {keep}")
    weights = {key: value for key, value in network.parameters().items() if key[1] == "weights"}
    sizes = np.concatenate([np.abs(value).ravel() for value in weights.values()])
    stays = np.zeros(sizes.size, bool)
    stays[np.argsort(-sizes, kind="stable")[: round(keep * sizes.size)]] = True
    masks, start = {}, 0
    for key, value in weights.items():
        masks[key] = stays[start : start + value.size].reshape(value.shape)
        start += value.size

    def keep_pruned(network: Network, step: int = 0) -> None:
        for key, value in network.parameters().items():
            if key in masks:
                value[~masks[key]] = 0.0

    keep_pruned(network)
    return keep_pruned
