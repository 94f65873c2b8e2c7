"""The network: layers one after the other, forwards and backwards."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from companion.activations import Activation, VectorActivation
from companion.network._activate import Activate, activation_of
from companion.network._checks import float_array, float_dtype, number, whole
from companion.network._dense import Dense
from companion.network._initialisations import Initialisation, fitting_initialisation
from companion.network._layer import Layer
from companion.network._losses import Loss
from companion.network._masks import Dropout
from companion.network._normalise import BatchNorm

#: Where a parameter is: the number of its layer, from 0, and its name there.
Key = tuple[int, str]


class Network:
    """Layers one after the other.

    Parameters
    ----------
    layers : sequence of Layer
        From the first to the last.
    dtype : {"float64", "float32"}, optional
        What to compute in. Without it, the type of the first layer that has parameters.

    Raises
    ------
    TypeError
        If something is not a layer.
    ValueError
        If a layer does not take as many inputs as the layer before it gives.

    Examples
    --------
    >>> network = Network([Dense([[1.0, -1.0]], [0.5]), Activate("relu")])
    >>> network([[2.0, 1.0], [0.0, 3.0]])
    array([[1.5],
           [0. ]])
    """

    def __init__(self, layers: Sequence[Layer], dtype: DTypeLike | None = None):
        self.layers = tuple(layers)
        for layer in self.layers:
            if not isinstance(layer, Layer):
                raise TypeError(f"layers must be layers, got {layer!r}")
        if len(set(map(id, self.layers))) < len(self.layers):
            raise ValueError("a layer can stand in one place only: it remembers its last batch")
        with_parameters = [layer for layer in self.layers if layer.parameters]
        if not with_parameters:
            raise ValueError("layers must hold at least one layer with parameters")
        own = next(iter(with_parameters[0].parameters.values())).dtype
        self.dtype = own if dtype is None else float_dtype(dtype)
        for layer in self.layers:
            layer.convert(self.dtype)
        self.inputs, self.outputs = self._widths()

    def _widths(self) -> tuple[int | None, int | None]:
        """Follow the number of columns through the layers."""
        first = width = None
        for index, layer in enumerate(self.layers):
            if width is None:
                width = layer.width
                first = width if index == 0 else None
            if width is not None:
                try:
                    width = layer.output_width(width)
                except ValueError as error:
                    raise ValueError(f"layer {index}: {error}") from None
        return first, width

    # Forwards and backwards -----------------------------------------------------------------

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Send a batch through all layers and return what comes out.

        Parameters
        ----------
        inputs : array_like of shape (n, inputs)
            One example a row.
        training : bool
            Whether layers that behave otherwise in training, BatchNorm and Dropout, shall do so.

        Returns
        -------
        ndarray of shape (n, outputs)

        Raises
        ------
        TypeError, ValueError
            If the inputs are not real numbers or not of this shape.
        """
        signal = self._batch(inputs)
        for layer in self.layers:
            signal = layer.forward(signal, training)
        return signal

    __call__ = forward

    def backward(self, gradient: np.ndarray, through: bool = False) -> np.ndarray | None:
        """Send the gradient of a loss back through all layers, which fill their gradients.

        Parameters
        ----------
        gradient : ndarray of shape (n, outputs)
            The gradient with respect to what `forward` returned last.
        through : bool
            Whether to go on to the inputs. Learning does not need that, and it costs.

        Returns
        -------
        ndarray of shape (n, inputs) or None
        """
        first, *others = self.layers
        for layer in reversed(others):
            gradient = layer.backward(gradient)
        return first.backward(gradient, through)

    def differentiate(
        self, inputs: ArrayLike, targets: ArrayLike, loss: Loss, training: bool = True
    ) -> float:
        """Return the loss on a batch, and fill all gradients with its gradient.

        Parameters
        ----------
        inputs : array_like of shape (n, inputs)
            One example a row.
        targets : array_like
            What is right for them, as `loss` wants it.
        loss : Loss
            What to differentiate.
        training : bool
            As for `forward`.

        Returns
        -------
        float
        """
        value, gradient = loss.value_and_gradient(self.forward(inputs, training), targets)
        self.backward(gradient)
        return value

    def signals(self, inputs: ArrayLike) -> list[np.ndarray]:
        """Return the output of every layer for a batch, from the first to the last."""
        signals = [self._batch(inputs)]
        for layer in self.layers:
            signals.append(layer.forward(signals[-1]))
        return signals[1:]

    # Parameters -----------------------------------------------------------------------------

    def parameters(self) -> dict[Key, np.ndarray]:
        """Return every parameter by the number of its layer and its name; not copies."""
        return {
            (index, name): value
            for index, layer in enumerate(self.layers)
            for name, value in layer.parameters.items()
        }

    def trainable(self) -> Iterator[tuple[Key, np.ndarray, np.ndarray]]:
        """Yield key, value and gradient of every parameter that is not frozen."""
        for index, layer in enumerate(self.layers):
            for name, value in layer.parameters.items():
                if name not in layer.frozen:
                    yield (index, name), value, layer.gradients[name]

    def count(self, trainable: bool = False) -> int:
        """Return how many numbers are learned; with `trainable`, those not frozen."""
        if trainable:
            return sum(value.size for _, value, _ in self.trainable())
        return sum(value.size for value in self.parameters().values())

    def train_only(self, *names: str) -> None:
        """Freeze every parameter but those of these names; without names, nothing is frozen.

        Raises
        ------
        ValueError
            If no layer has a parameter of such a name.

        Examples
        --------
        >>> network = dense_network([4, 3, 2], seed=0)
        >>> network.train_only("biases")
        >>> network.count(), network.count(trainable=True)
        (23, 5)
        """
        known = {name for _, name in self.parameters()}
        for name in names:
            if name not in known:
                raise ValueError(f"names must be among {', '.join(sorted(known))}, got {name!r}")
        for layer in self.layers:
            layer.frozen = set(layer.parameters) - set(names) if names else set()

    def state(self) -> dict[Key, np.ndarray]:
        """Return a copy of all parameters, and of BatchNorm's running averages."""
        return {key: value.copy() for key, value in self._arrays().items()}

    def load(self, state: Mapping[Key, np.ndarray]) -> None:
        """Put back what `state` returned, of this network or one of the same shape.

        Raises
        ------
        ValueError
            If the arrays are not those of this network; then nothing has changed.
        """
        arrays = self._arrays()
        if {k: v.shape for k, v in arrays.items()} != {k: np.shape(v) for k, v in state.items()}:
            raise ValueError("state must come from a network with the same layers and shapes")
        for key, value in arrays.items():
            value[...] = state[key]

    def copy(self) -> Network:
        """Return a network of its own that starts where this one is."""
        return copy.deepcopy(self)

    def _arrays(self) -> dict[Key, np.ndarray]:
        buffers = {
            (index, name): value
            for index, layer in enumerate(self.layers)
            for name, value in layer.buffers().items()
        }
        return self.parameters() | buffers

    def _batch(self, inputs: ArrayLike) -> np.ndarray:
        batch = float_array(inputs, "inputs", self.dtype)
        if batch.ndim != 2 or (self.inputs is not None and batch.shape[1] != self.inputs):
            raise ValueError(
                f"inputs must have shape (n, {self.inputs or 'inputs'}), got {batch.shape}"
            )
        return batch

    def __repr__(self) -> str:
        return f"Network([{', '.join(map(repr, self.layers))}], dtype='{self.dtype}')"


def dense_network(
    sizes: Sequence[int],
    activation: str | Activation | VectorActivation = "relu",
    *,
    seed: int | np.random.Generator,
    weights: str | Initialisation | None = None,
    batch_norm: bool = False,
    dropout: float = 0.0,
    dtype: DTypeLike = "float64",
) -> Network:
    """Return a network of dense layers with the same activation between them.

    Parameters
    ----------
    sizes : sequence of int
        How many numbers go in, how many units each hidden layer has, how many numbers come out.
    activation : str, Activation or VectorActivation
        What follows every layer but the last. For a gate, such as "swiglu", or for maxout, the
        dense layer before it is as many times wider as it needs to give `sizes` units.
    seed : int or numpy.random.Generator
        Where the random numbers come from.
    weights : str or Initialisation, optional
        How to draw the weights; without it, as `fitting_initialisation` says.
    batch_norm : bool
        Whether to normalise the weighted sums of every hidden layer.
    dropout : float
        The share of units that Dropout silences after every activation.
    dtype : {"float64", "float32"}
        What to compute in.

    Returns
    -------
    Network

    Raises
    ------
    TypeError, ValueError
        If an argument is not of its kind.

    Examples
    --------
    >>> dense_network([64, 32, 10], "relu", seed=0)
    Network([Dense(weights (32, 64), biases (32,)), Activate(relu), \
Dense(weights (10, 32), biases (10,))], dtype='float64')
    >>> dense_network([64, 20, 10], "swiglu", seed=0)(np.zeros((1, 64))).shape
    (1, 10)
    """
    sizes = [whole(size, f"sizes[{index}]") for index, size in enumerate(sizes)]
    if len(sizes) < 2:
        raise ValueError(f"sizes must name at least inputs and outputs, got {sizes}")
    number(dropout, "dropout", at_least=0, below=1)
    rng = np.random.default_rng(seed)
    function = activation_of(activation)
    weights = fitting_initialisation(function) if weights is None else weights
    layers: list[Layer] = []
    width, *hidden, outputs = sizes
    for units in hidden:
        activate = Activate(function)
        wide = activate.input_width(units)
        layers.append(Dense.random(width, wide, rng, weights))
        if batch_norm:
            layers.append(BatchNorm(wide))
        layers.append(activate)
        if dropout:
            layers.append(Dropout(dropout, rng))
        width = units
    layers.append(Dense.random(width, outputs, rng, weights))
    return Network(layers, dtype)
