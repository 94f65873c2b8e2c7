"""Does `backward` return the slope of `forward`? Move one number at a time, and look."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.network._losses import Loss
from companion.network._network import Network


def gradient_errors(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    loss: Loss,
    *,
    training: bool = True,
    step: float = 1e-5,
) -> dict[str, float]:
    """Compare every gradient of a network with central differences of its loss.

    Each number p, be it a parameter or an input, is moved by h = step · max(1, |p|) to both
    sides, and by h/2; Richardson's combination of the two quotients, (4 D(h/2) − D(h)) / 3, is
    wrong by O(h⁴) only. The network must be in float64, and no kink may lie within the moves.

    Parameters
    ----------
    network : Network
        As it is; it comes out as it went in.
    inputs, targets : array_like
        A small batch.
    loss : Loss
        What to differentiate.
    training : bool
        As for `Network.forward`. Dropout draws anew each time and cannot be checked so.
    step : float
        The size of the moves.

    Returns
    -------
    dict of str to float
        For "inputs" and for each parameter, such as "0.weights": the largest error of its
        gradient, relative to the gradient's largest entry, or to a thousandth of the largest of
        all if that is more: a bias before BatchNorm has no gradient but rounding errors.

    Raises
    ------
    ValueError
        If the network is not in float64.

    Examples
    --------
    >>> from companion.network import CrossEntropy, dense_network
    >>> network = dense_network([3, 5, 2], "tanh", seed=0)
    >>> inputs = np.random.default_rng(1).standard_normal((4, 3))
    >>> errors = gradient_errors(network, inputs, [0, 1, 1, 0], CrossEntropy())
    >>> list(errors)
    ['inputs', '0.weights', '0.biases', '2.weights', '2.biases']
    >>> max(errors.values()) < 1e-8
    True
    """
    if network.dtype != np.float64:
        raise ValueError(
            f"network must be in float64, got {network.dtype}: differences need digits"
        )
    inputs = np.array(inputs, dtype=np.float64)
    state = network.state()

    def value() -> float:
        return loss(network.forward(inputs, training), targets)

    value_and_gradient = loss.value_and_gradient(network.forward(inputs, training), targets)
    at_inputs = network.backward(value_and_gradient[1], through=True)
    checked = {"inputs": (inputs, at_inputs.copy())}
    for (index, name), array in network.parameters().items():
        checked[f"{index}.{name}"] = array, network.layers[index].gradients[name].copy()
    least = 1e-3 * max(np.abs(gradient).max() for _, gradient in checked.values())
    errors = {}
    for name, (array, gradient) in checked.items():
        slopes = _slopes(value, array, step)
        size = max(np.abs(gradient).max(), np.abs(slopes).max(), least)
        errors[name] = float(np.abs(gradient - slopes).max() / size) if size else 0.0
    network.load(state)
    return errors


def _slopes(value: object, array: np.ndarray, step: float) -> np.ndarray:
    """Return the slope of value() with respect to each entry of an array, which it reads."""
    slopes = np.empty_like(array)
    for index in np.ndindex(array.shape):
        old = array[index]
        h = step * max(1.0, abs(old))
        quotients = []
        for reach in (h, h / 2):
            ends = []
            for end in (old + reach, old - reach):
                array[index] = end
                ends.append(value())
            quotients.append((ends[0] - ends[1]) / (2 * reach))
        array[index] = old
        slopes[index] = (4 * quotients[1] - quotients[0]) / 3
    return slopes
