"""Neurons that decide, and the logic that can be built from them.

An MP neuron weighs its inputs, adds a bias and fires if the sum is greater than 0. Wire a few
together and they compute any truth table; put a smooth curve in place of the threshold and the
result is the artificial neuron of every network since. The whole chapter starts from these lines::

    z = inputs @ weights + bias
    fires = z > 0                      # an MP neuron
    a = f(z)                           # an artificial neuron
"""

from companion.neurons._gates import GATES, Gate, and_, nand, nor, not_, or_
from companion.neurons._mcculloch_pitts import mcculloch_pitts_1943
from companion.neurons._networks import LogicNetwork, from_truth_table
from companion.neurons._neuron import artificial_neuron, mp_neuron
from companion.neurons._tables import binary_inputs, truth_table

__all__ = [
    "GATES",
    "Gate",
    "LogicNetwork",
    "and_",
    "artificial_neuron",
    "binary_inputs",
    "from_truth_table",
    "mcculloch_pitts_1943",
    "mp_neuron",
    "nand",
    "nor",
    "not_",
    "or_",
    "truth_table",
]
