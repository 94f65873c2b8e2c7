"""A network one can read aloud: dense layers, activations, losses and optimisers in plain NumPy.

A batch has one example a row, and weights have shape (outputs, inputs), one row a neuron. Forwards
a dense layer is ``inputs @ weights.T + biases``. Backwards every layer takes the gradient of the
loss with respect to its output and returns that with respect to its input; on the way it keeps the
gradients of its own parameters. There is no more to backpropagation, and each layer's half of it
stands next to its forward half.

>>> import numpy as np
>>> from companion.network import SGD, CrossEntropy, dense_network
>>> network = dense_network([2, 8, 2], "relu", seed=0)
>>> inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
>>> labels = np.array([0, 1, 1, 0])  # exclusive or
>>> loss, optimiser = CrossEntropy(), SGD(step=0.5)
>>> for _ in range(200):
...     value = network.differentiate(inputs, labels, loss)  # there and back
...     optimiser.update(network)
>>> network(inputs).argmax(axis=1)
array([0, 1, 1, 0])

The same network, layer by layer:

>>> rng = np.random.default_rng(0)
>>> hidden, outputs = Dense.random(2, 8, rng, "he"), Dense.random(8, 2, rng, "he")
>>> network = Network([hidden, Activate("relu"), outputs])

`companion.training` has the loop that shuffles, records and stops.
"""

from companion.network._activate import Activate, LearnablePReLU, LearnableSwish
from companion.network._convolve import Convolution
from companion.network._dense import Dense
from companion.network._gradient_check import gradient_errors
from companion.network._initialisations import (
    INITIALISATIONS,
    Constant,
    He,
    Initialisation,
    LeCun,
    Xavier,
    fitting_initialisation,
    gain,
)
from companion.network._layer import Layer
from companion.network._losses import (
    BinaryCrossEntropy,
    BinaryFocal,
    CrossEntropy,
    Focal,
    Loss,
    SquaredError,
)
from companion.network._masks import Dropout, KWinners
from companion.network._network import Network, dense_network
from companion.network._normalise import BatchNorm
from companion.network._optimisers import SGD, Adam, Optimiser, gradient_norm, shrink
from companion.network._prune import prune
from companion.network._quantise import quantise

__all__ = [
    "INITIALISATIONS",
    "SGD",
    "Activate",
    "Adam",
    "BatchNorm",
    "BinaryCrossEntropy",
    "BinaryFocal",
    "Constant",
    "Convolution",
    "CrossEntropy",
    "Dense",
    "Dropout",
    "Focal",
    "He",
    "Initialisation",
    "KWinners",
    "Layer",
    "LeCun",
    "LearnablePReLU",
    "LearnableSwish",
    "Loss",
    "Network",
    "Optimiser",
    "SquaredError",
    "Xavier",
    "dense_network",
    "fitting_initialisation",
    "gain",
    "gradient_errors",
    "gradient_norm",
    "prune",
    "quantise",
    "shrink",
]
