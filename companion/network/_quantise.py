"""Quantisation: round weights until few bits hold each."""

from __future__ import annotations

import numpy as np

from companion.network._checks import whole
from companion.network._network import Network


def quantise(network: Network, bits: int) -> None:
    """Round the weights of each layer to a few equally spaced numbers, in place.

    With m the layer's largest weight in size, they become whole multiples of
    m / (2^(bits − 1) − 1), of which there are 2^bits − 1 from −m to m. Weights of 0 stay 0, and
    biases stay as they are.

    Parameters
    ----------
    network : Network
        What to quantise.
    bits : int
        How many bits are to hold a weight, from 2 (−m, 0 and m) to 16.

    Raises
    ------
    TypeError, ValueError
        If `bits` is no such number.

    References
    ----------
    B. Jacob and others, "Quantization and training of neural networks for efficient
    integer-arithmetic-only inference", CVPR (2018) 2704-2713. doi:10.1109/CVPR.2018.00286

    Examples
    --------
    >>> from companion.network import Dense
    >>> network = Network([Dense([[3.0, -0.9, 0.0, 1.7]])])
    >>> quantise(network, bits=3)
    >>> network.layers[0].parameters["weights"]
    array([[ 3., -1.,  0.,  2.]])
    """
    if not 2 <= whole(bits, "bits") <= 16:
        raise ValueError(f"bits must lie between 2 and 16, got {bits}")
    most = 2 ** (bits - 1) - 1
    for (_, name), weights in network.parameters().items():
        largest = np.abs(weights).max()
        if name == "weights" and largest > 0:
            unit = largest / most
            np.multiply(np.round(weights / unit), unit, out=weights)
