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
from companion.neurons._normal_form import from_terms, merged_terms, normal_form
from companion.neurons._separability import (
    Separation,
    clash,
    count_labellings,
    cover_count,
    separate,
    threshold_tables,
)
from companion.neurons._tables import binary_inputs, truth_table

__all__ = [
    "GATES",
    "Gate",
    "LogicNetwork",
    "Separation",
    "and_",
    "artificial_neuron",
    "binary_inputs",
    "clash",
    "count_labellings",
    "cover_count",
    "from_terms",
    "from_truth_table",
    "mcculloch_pitts_1943",
    "merged_terms",
    "mp_neuron",
    "nand",
    "nor",
    "normal_form",
    "not_",
    "or_",
    "separate",
    "threshold_tables",
    "truth_table",
]
