"""What lessons want to see inside a network: who is active, who is dead, where the mean went."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from companion.network import Loss, Network, gradient_norm

#: A further quantity: what it is computed from is the network alone.
Measures = Mapping[str, Callable[[Network], ArrayLike]]


def activation_layers(network: Network) -> tuple[int, ...]:
    """Return the numbers of the layers that activate their inputs, from 0."""
    return tuple(i for i, layer in enumerate(network.layers) if hasattr(layer, "passes"))


def weight_layers(network: Network) -> tuple[int, ...]:
    """Return the numbers of the layers that have weights, from 0."""
    return tuple(i for i, layer in enumerate(network.layers) if "weights" in layer.parameters)


def measure(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    loss: Loss,
    measures: Measures | None = None,
) -> dict[str, float | np.ndarray]:
    """Look at a network while it works on a batch, without changing it.

    Layers that behave otherwise in training, BatchNorm and Dropout, work as in evaluation. The
    gradients that the network keeps are overwritten.

    Parameters
    ----------
    network : Network
        What to look at.
    inputs, targets : array_like
        The batch.
    loss : Loss
        Whose gradients to take.
    measures : mapping of str to callable, optional
        Further quantities: what each callable returns for the network.

    Returns
    -------
    dict
        By name:

        loss, accuracy
            of the batch; the accuracy is NaN where nothing is right or wrong.
        activity
            for each activation layer, the share of (unit, example) pairs with an output that is
            not 0.
        dead
            for each activation layer, the number of units through which no example's gradient
            passes: nothing of this batch can change them.
        mean
            for each activation layer, the mean of its outputs.
        mean_shift
            for each activation layer, the length of the vector of the units' means, relative to
            the root mean square length of the outputs: 0 if they are centred, 1 if constant.
        gradient_norm
            for each layer with weights, the length of the gradient with respect to them.

    Examples
    --------
    >>> from companion.network import Activate, CrossEntropy, Dense, Network
    >>> network = Network([Dense(np.eye(2), [0.0, -9.0]), Activate("relu"), Dense(np.eye(2))])
    >>> found = measure(network, [[1.0, 1.0], [3.0, -1.0]], [0, 1], CrossEntropy())
    >>> found["activity"], found["dead"]  # the second unit is never on
    (array([0.5]), array([1]))
    >>> found["mean"], found["mean_shift"].round(3)
    (array([1.]), array([0.894]))
    """
    with np.errstate(over="ignore", invalid="ignore"):
        signals = network.signals(inputs)
        value, gradient = loss.value_and_gradient(signals[-1], targets)
        network.backward(gradient)
        active = [(signals[i], network.layers[i].passes()) for i in activation_layers(network)]
        return {
            "loss": value,
            "accuracy": loss.accuracy(signals[-1], targets),
            "activity": np.array([np.mean(signal != 0) for signal, _ in active]),
            "dead": np.array([np.sum(~passes.any(axis=0)) for _, passes in active], dtype=int),
            "mean": np.array([signal.mean(dtype=float) for signal, _ in active]),
            "mean_shift": np.array([_mean_shift(signal) for signal, _ in active]),
            "gradient_norm": np.array(
                [
                    gradient_norm([network.layers[i].gradients["weights"]])
                    for i in weight_layers(network)
                ]
            ),
        } | {name: np.asarray(take(network)) for name, take in (measures or {}).items()}


def _mean_shift(signal: np.ndarray) -> float:
    size = np.sqrt(np.square(signal, dtype=float).sum(axis=1).mean())
    return float(np.linalg.norm(signal.mean(axis=0, dtype=float)) / size) if size else 0.0
