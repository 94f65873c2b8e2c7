"""Two layers of MP neurons: enough for every truth table."""

from dataclasses import dataclass

import numpy as np

from companion.neurons._checks import bits, finite_array
from companion.neurons._gates import columns
from companion.neurons._neuron import mp_neuron
from companion.neurons._tables import MAX_INPUTS, binary_inputs


@dataclass(frozen=True, eq=False)
class LogicNetwork:
    """A hidden layer of m MP neurons on n bits, and one MP neuron that reads the hidden layer.

    Parameters
    ----------
    hidden_weights : array_like, shape (m, n)
        One row of weights for each hidden neuron; m may be 0.
    hidden_bias : array_like, shape (m,)
        One bias for each hidden neuron.
    output_weights : array_like, shape (m,)
        The weights from the hidden neurons to the output.
    output_bias : float
        The output neuron's bias.

    Raises
    ------
    TypeError
        If something is not a real number, or at the call if the number of inputs is wrong.
    ValueError
        If the shapes do not fit together, a number is not finite, or at the call if an input is
        not 0 or 1.

    Examples
    --------
    >>> xor = LogicNetwork([[1, 1], [-1, -1]], [-0.5, 1.5], [1, 1], -1.5)  # OR, NAND; AND
    >>> xor(1, 0), xor(1, 1)
    (1, 0)
    """

    hidden_weights: np.ndarray
    hidden_bias: np.ndarray
    output_weights: np.ndarray
    output_bias: float

    def __post_init__(self):
        for name in ("hidden_weights", "hidden_bias", "output_weights"):
            array = finite_array(getattr(self, name), name)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        bias = finite_array(self.output_bias, "output_bias")
        if self.hidden_weights.ndim != 2:
            raise ValueError(
                f"hidden_weights must have shape (m, n), got shape {self.hidden_weights.shape}"
            )
        m = len(self.hidden_weights)
        for name in ("hidden_bias", "output_weights"):
            shape = getattr(self, name).shape
            if shape != (m,):
                raise ValueError(f"{name} must have shape ({m},), got shape {shape}")
        if bias.ndim != 0:
            raise ValueError(f"output_bias must be a single number, got shape {bias.shape}")
        object.__setattr__(self, "output_bias", float(bias))

    @property
    def n_inputs(self):
        """Number of inputs."""
        return self.hidden_weights.shape[1]

    @property
    def n_neurons(self):
        """Number of neurons, the output neuron included."""
        return len(self.hidden_weights) + 1

    def hidden(self, *inputs):
        """Return the hidden layer's bits, shape (..., m), for bits or arrays of bits."""
        stacked = columns(inputs, self.n_inputs, "the network")
        return mp_neuron(stacked, self.hidden_weights, self.hidden_bias)

    def __call__(self, *inputs):
        """Return the output, 0 or 1, for bits or arrays of bits, one argument an input."""
        return mp_neuron(self.hidden(*inputs), self.output_weights, self.output_bias)


def from_truth_table(outputs):
    """Return a two-layer network that computes a given truth table (its disjunctive normal form).

    Each row r whose output is 1 gets a hidden neuron that fires for that row alone: weight +1 where
    r has a 1, −1 where it has a 0, bias 1/2 minus the number of ones in r. Its sum is 1/2 at r and
    falls by 1 with each bit that differs. The output neuron is an OR of the hidden ones.

    Parameters
    ----------
    outputs : array_like of 0 and 1, shape (2**n,)
        The outputs for the rows of ``binary_inputs(n)``, in that order; n is at most 10.

    Returns
    -------
    LogicNetwork
        With as many hidden neurons as there are ones in `outputs`.

    Raises
    ------
    TypeError
        If `outputs` does not hold real numbers.
    ValueError
        If an output is not 0 or 1, if their number is not a power of two, or if n is above 10.

    Examples
    --------
    >>> xor = from_truth_table([0, 1, 1, 0])
    >>> xor.n_neurons, xor(1, 0), xor(1, 1)
    (3, 1, 0)
    """
    outputs = bits(outputs, "outputs")
    if outputs.ndim != 1 or outputs.size.bit_count() != 1:
        raise ValueError(
            f"outputs must have shape (2**n,), one output for each row, got shape {outputs.shape}"
        )
    n = outputs.size.bit_length() - 1
    if n > MAX_INPUTS:
        raise ValueError(
            f"outputs must be a table of at most {MAX_INPUTS} inputs, got {n}: "
            f"it would take {outputs.sum() + 1} neurons"
        )
    rows = binary_inputs(n)[outputs == 1]
    return LogicNetwork(
        hidden_weights=2 * rows - 1,
        hidden_bias=0.5 - rows.sum(axis=1),
        output_weights=np.ones(len(rows)),
        output_bias=-0.5,
    )
