"""ReLU and its three mirror images, and the change of weights that makes them interchangeable.

A dense network is two lists here: one weight matrix a layer, shape (outputs, inputs), and one
bias vector a layer, shape (outputs,). Every layer but the last is followed by the activation.

A mirror flips ReLU left to right (it reads −x), upside down (it gives −a), or both. Flip the
numbers that flow into a unit and the numbers that are read out of it in the same way, and
nothing has happened: the signs cancel in pairs. They cancel exactly, also in floating point,
where a change of sign costs no rounding.

>>> import numpy as np
>>> upside_down = MIRRORS["−relu(x)"]
>>> upside_down(np.array([-2.0, 3.0]))
array([-0., -3.])
>>> weights, biases = [np.array([[1.0], [-2.0]]), np.array([[3.0, 5.0]])], [np.zeros(2), np.ones(1)]
>>> new_weights, new_biases = rewritten(weights, biases, upside_down)
>>> new_weights[1]
array([[-3., -5.]])
>>> x = np.array([[2.0], [-1.0]])
>>> run_network(x, weights, biases).ravel()
array([ 7., 11.])
>>> run_network(x, new_weights, new_biases, upside_down).ravel()
array([ 7., 11.])
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from companion.activations import relu

__all__ = ["MIRRORS", "Mirror", "rewritten", "run_network"]

Arrays = list[np.ndarray]


@dataclass(frozen=True)
class Mirror:
    """One of the four mirror images of ReLU: ``outside * relu(inside * x)``.

    Parameters
    ----------
    inside : {1, -1}
        The sign put before the input: −1 flips the graph left to right.
    outside : {1, -1}
        The sign put before the output: −1 flips the graph upside down.

    Raises
    ------
    ValueError
        If a sign is neither 1 nor −1.

    Examples
    --------
    >>> Mirror(inside=-1, outside=1)([-2.0, 0.0, 3.0])
    array([2., 0., 0.])
    """

    inside: int
    outside: int

    def __post_init__(self):
        for name in ("inside", "outside"):
            sign = getattr(self, name)
            if sign not in (1, -1):
                raise ValueError(f"{name} must be 1 or -1, got {sign!r}")

    def __call__(self, x):
        """Return the mirrored ReLU of `x`, element by element, in the shape of `x`."""
        return self.outside * relu(self.inside * np.asarray(x))


MIRRORS: Mapping[str, Mirror] = MappingProxyType(
    {
        "relu(x)": Mirror(1, 1),
        "relu(−x)": Mirror(-1, 1),
        "−relu(x)": Mirror(1, -1),
        "−relu(−x)": Mirror(-1, -1),
    }
)


def rewritten(
    weights: Sequence[np.ndarray], biases: Sequence[np.ndarray], mirror: Mirror
) -> tuple[Arrays, Arrays]:
    """Rewrite a ReLU network so that it computes the same function with a mirrored ReLU.

    A hidden layer's weights and biases take the sign `mirror.inside`, because the mirror reads
    its input with that sign. The weights of the layer after it take the sign `mirror.outside`,
    because the mirror hands over its output with that sign. The last layer's biases meet neither.

    Parameters
    ----------
    weights : sequence of ndarray, each of shape (outputs, inputs)
        One matrix a layer, from the first to the last; one row a neuron.
    biases : sequence of ndarray, each of shape (outputs,)
        One vector a layer.
    mirror : Mirror
        The activation that is to stand where ReLU stood.

    Returns
    -------
    weights, biases : list of ndarray
        New arrays; those given are left as they are.

    Raises
    ------
    ValueError
        If the numbers of matrices and vectors differ, or the shapes of neighbours do not fit.

    Examples
    --------
    >>> weights, biases = [np.eye(1), np.eye(1)], [np.ones(1), np.ones(1)]
    >>> new_weights, new_biases = rewritten(weights, biases, Mirror(inside=-1, outside=-1))
    >>> [matrix.item() for matrix in new_weights], [vector.item() for vector in new_biases]
    ([-1.0, -1.0], [-1.0, 1.0])
    """
    weights, biases = _layers(weights, biases)
    last = len(weights) - 1
    new_weights, new_biases = [], []
    for layer, (matrix, vector) in enumerate(zip(weights, biases, strict=True)):
        read = 1 if layer == 0 else mirror.outside
        fed = 1 if layer == last else mirror.inside
        new_weights.append(read * fed * matrix)
        new_biases.append(fed * vector)
    return new_weights, new_biases


def run_network(
    inputs: np.ndarray,
    weights: Sequence[np.ndarray],
    biases: Sequence[np.ndarray],
    activation: Callable[[np.ndarray], np.ndarray] = relu,
) -> np.ndarray:
    """Run a dense network on a batch.

    Parameters
    ----------
    inputs : array_like of shape (n, inputs of the first layer)
        One example a row.
    weights : sequence of ndarray, each of shape (outputs, inputs)
        One matrix a layer, from the first to the last; one row a neuron.
    biases : sequence of ndarray, each of shape (outputs,)
        One vector a layer.
    activation : callable, optional
        What follows every layer but the last, element by element.

    Returns
    -------
    ndarray of shape (n, outputs of the last layer)
        The last layer's weighted sums.

    Raises
    ------
    ValueError
        If the numbers of matrices and vectors differ, or the shapes of neighbours do not fit.

    Examples
    --------
    >>> weights, biases = [np.eye(2), np.ones((1, 2))], [np.zeros(2), np.zeros(1)]
    >>> run_network([[2.0, -3.0]], weights, biases)
    array([[2.]])
    """
    weights, biases = _layers(weights, biases)
    signal = np.asarray(inputs)
    if signal.ndim != 2 or signal.shape[1] != weights[0].shape[1]:
        raise ValueError(
            f"inputs must have shape (n, {weights[0].shape[1]}) to fit the first weights, "
            f"got {signal.shape}"
        )
    for matrix, vector in zip(weights[:-1], biases[:-1], strict=True):
        signal = activation(signal @ matrix.T + vector)
    return signal @ weights[-1].T + biases[-1]


def _layers(weights: Sequence[np.ndarray], biases: Sequence[np.ndarray]) -> tuple[Arrays, Arrays]:
    weights = [np.asarray(matrix) for matrix in weights]
    biases = [np.asarray(vector) for vector in biases]
    if not weights or len(weights) != len(biases):
        raise ValueError(
            f"a network needs as many weights as biases, and at least one of each; "
            f"got {len(weights)} and {len(biases)}"
        )
    for layer, (matrix, vector) in enumerate(zip(weights, biases, strict=True)):
        inputs = len(weights[layer - 1]) if layer else (matrix.shape[-1] if matrix.ndim else 0)
        if matrix.ndim != 2 or matrix.shape[1] != inputs or vector.shape != matrix.shape[:1]:
            raise ValueError(
                f"layer {layer}: weights must have shape (outputs, {inputs}) and biases "
                f"(outputs,), got {matrix.shape} and {vector.shape}"
            )
    return weights, biases
