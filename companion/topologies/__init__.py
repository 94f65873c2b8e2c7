"""How neurons are wired: memories that feed back, and layers that follow a graph.

A feed-forward layer is `companion.neurons.artificial_neuron` with a matrix of weights. The two
other families change one thing each. In a recurrent network the outputs come back as inputs, so the
past leaves a trace; in a graph network a neuron hears its neighbours only::

    z = W @ x + b                    # feed-forward
    z = W @ x + U @ before + b       # recurrent: `before` is the layer's own last output
    Z = A @ X @ W.T + b              # graph: A mixes each node's input with its neighbours'
"""

from companion.topologies._graph import AGGREGATES, GraphLayer, mixing_matrix
from companion.topologies._hopfield import HopfieldNetwork, RecallQuality, measure_recall
from companion.topologies._letters import LETTER_SHAPE, letter_patterns
from companion.topologies._recurrent import SimpleRNN

__all__ = [
    "AGGREGATES",
    "LETTER_SHAPE",
    "GraphLayer",
    "HopfieldNetwork",
    "RecallQuality",
    "SimpleRNN",
    "letter_patterns",
    "measure_recall",
    "mixing_matrix",
]
