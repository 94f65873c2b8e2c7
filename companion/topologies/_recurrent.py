"""The plain recurrent network: a layer that also hears what it said a moment ago."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from companion.activations import tanh
from companion.neurons._checks import finite_array


@dataclass(frozen=True, eq=False)
class SimpleRNN:
    """A layer whose last outputs are fed back: h_t = f(W x_t + U h_{t−1} + b).

    Parameters
    ----------
    input_weights : array_like, shape (m, d)
        W: one row for each of the m neurons.
    recurrent_weights : array_like, shape (m, m)
        U: how the neurons hear each other's last outputs.
    bias : array_like, shape (m,)
        b.
    activation : callable, optional
        f, applied to an array; tanh by default.

    Raises
    ------
    TypeError
        If something is not a real number, or `activation` cannot be called.
    ValueError
        If the shapes do not fit together or a number is not finite.

    References
    ----------
    .. [1] Elman, J. L. (1990). Finding structure in time. Cognitive Science, 14(2), 179–211.
       doi:10.1207/s15516709cog1402_1

    Examples
    --------
    A neuron that remembers whether it has ever seen a 1:

    >>> from companion.activations import heaviside
    >>> latch = SimpleRNN([[1]], [[1]], [-0.5], activation=heaviside)
    >>> latch.run([[0], [1], [0], [0]]).ravel()
    array([0., 1., 1., 1.])
    """

    input_weights: np.ndarray
    recurrent_weights: np.ndarray
    bias: np.ndarray
    activation: Callable = tanh

    def __post_init__(self):
        for name in ("input_weights", "recurrent_weights", "bias"):
            array = finite_array(getattr(self, name), name)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        if not callable(self.activation):
            raise TypeError(f"activation must be callable, got {self.activation!r}")
        if self.input_weights.ndim != 2:
            raise ValueError(
                f"input_weights must have shape (m, d), got shape {self.input_weights.shape}"
            )
        m = len(self.input_weights)
        for name, shape in (("recurrent_weights", (m, m)), ("bias", (m,))):
            if getattr(self, name).shape != shape:
                raise ValueError(
                    f"{name} must have shape {shape}, got shape {getattr(self, name).shape}"
                )

    @classmethod
    def random(cls, inputs, neurons, *, seed=0, gain=0.9, activation=tanh):
        """Return a layer with normal random weights and biases.

        Parameters
        ----------
        inputs, neurons : int
            d and m, 1 or more.
        seed : int or numpy.random.Generator, optional
            What draws the weights.
        gain : float, optional
            The recurrent weights have standard deviation gain/√m; 0 leaves the loop out. Below 1
            the trace of an input dies away, for activations as steep as tanh.
        activation : callable, optional
            f; tanh by default.

        Returns
        -------
        SimpleRNN

        Raises
        ------
        ValueError
            If a number is below 1, or `gain` is negative or not finite.

        Examples
        --------
        >>> SimpleRNN.random(1, 50, seed=0).n_neurons
        50
        """
        for name, value in (("inputs", inputs), ("neurons", neurons)):
            if value < 1:
                raise ValueError(f"{name} must be at least 1, got {value}")
        if not 0 <= gain < np.inf:
            raise ValueError(f"gain must be a finite number of at least 0, got {gain}")
        rng = np.random.default_rng(seed)
        return cls(
            rng.normal(size=(neurons, inputs)),
            rng.normal(size=(neurons, neurons)) * gain / np.sqrt(neurons),
            rng.normal(size=neurons),
            activation,
        )

    @property
    def n_inputs(self):
        """Number of inputs at each step, d."""
        return self.input_weights.shape[1]

    @property
    def n_neurons(self):
        """Number of neurons, m."""
        return len(self.bias)

    def step(self, inputs, before):
        """Return the next outputs, shape (..., m), from inputs (..., d) and outputs before."""
        return self.activation(
            inputs @ self.input_weights.T + before @ self.recurrent_weights.T + self.bias
        )

    def run(self, inputs, start=None):
        """Return the outputs after each step of a sequence.

        Parameters
        ----------
        inputs : array_like, shape (T, d) or (n, T, d)
            One sequence of T inputs, or n sequences of the same length.
        start : array_like, shape (m,) or (n, m), optional
            The outputs before the first step; zeros by default.

        Returns
        -------
        ndarray, shape (T, m) or (n, T, m)

        Raises
        ------
        TypeError
            If something is not a real number.
        ValueError
            If a shape does not fit, or a number is not finite.
        """
        inputs = finite_array(inputs, "inputs")
        if inputs.ndim not in (2, 3) or inputs.shape[-1] != self.n_inputs:
            raise ValueError(
                f"inputs must have shape (T, {self.n_inputs}) or (n, T, {self.n_inputs}), "
                f"got shape {inputs.shape}"
            )
        shape = (*inputs.shape[:-2], self.n_neurons)
        outputs = np.zeros(shape) if start is None else finite_array(start, "start")
        if outputs.shape not in (shape, (self.n_neurons,)):
            raise ValueError(f"start must have shape {shape}, got shape {outputs.shape}")
        path = np.empty((*inputs.shape[:-1], self.n_neurons))
        for t in range(inputs.shape[-2]):
            outputs = self.step(inputs[..., t, :], outputs)
            path[..., t, :] = outputs
        return path
