"""Logic gates: one MP neuron each."""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from companion.neurons._checks import bits, finite_array
from companion.neurons._neuron import mp_neuron


@dataclass(frozen=True)
class Gate:
    """One MP neuron that takes bits.

    Parameters
    ----------
    weights : array_like, shape (d,)
        One weight for each input; kept as a tuple of floats.
    bias : float
        The bias.
    name : str, optional
        What to call the gate in tables and figures.

    Raises
    ------
    TypeError
        If `weights` or `bias` are not real numbers, or if the gate is called with the wrong number
        of inputs.
    ValueError
        If `weights` is not one-dimensional, `bias` not a single number or one of them not finite,
        or if the gate is called with an input that is not 0 or 1.

    Examples
    --------
    >>> at_least_two = Gate(weights=(1, 1, 1), bias=-1.5, name="MAJORITY")
    >>> at_least_two(1, 0, 1)
    1
    >>> at_least_two([0, 1], 1, [0, 0])  # arrays broadcast against each other
    array([0, 1])
    """

    weights: tuple[float, ...]
    bias: float
    name: str = "gate"

    def __post_init__(self):
        weights = finite_array(self.weights, "weights")
        bias = finite_array(self.bias, "bias")
        if weights.ndim != 1:
            raise ValueError(f"weights must have shape (d,), got shape {weights.shape}")
        if bias.ndim != 0:
            raise ValueError(f"bias must be a single number, got shape {bias.shape}")
        object.__setattr__(self, "weights", tuple(weights.tolist()))
        object.__setattr__(self, "bias", float(bias))

    @property
    def n_inputs(self):
        """Number of inputs."""
        return len(self.weights)

    def __call__(self, *inputs):
        """Return the gate's output, 0 or 1, for bits or arrays of bits, one argument an input."""
        return mp_neuron(columns(inputs, self.n_inputs, self.name), self.weights, self.bias)


def columns(inputs, n_inputs, name):
    """Stack separate inputs, bits or arrays of bits, along a new last axis."""
    if len(inputs) != n_inputs:
        raise TypeError(f"{name} takes {n_inputs} inputs, got {len(inputs)}")
    checked = [bits(value, f"input {i} of {name}") for i, value in enumerate(inputs, 1)]
    if not checked:
        return np.empty(0, np.int64)
    try:
        return np.stack(np.broadcast_arrays(*checked), axis=-1)
    except ValueError as error:
        shapes = ", ".join(str(value.shape) for value in checked)
        raise ValueError(f"the inputs of {name} must broadcast, got shapes {shapes}") from error


# The biases are half-integers so that no input makes the sum 0: no gate rests on the tie.
not_ = Gate((-1,), 0.5, "NOT")
and_ = Gate((1, 1), -1.5, "AND")
or_ = Gate((1, 1), -0.5, "OR")
nand = Gate((-1, -1), 1.5, "NAND")
nor = Gate((-1, -1), 0.5, "NOR")

GATES = MappingProxyType({gate.name: gate for gate in (not_, and_, or_, nand, nor)})
