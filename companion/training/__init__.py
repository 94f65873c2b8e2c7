"""Train a network and see what happens inside it.

`train` is the loop. On its way it records what the lessons look at: loss and accuracy, how many
units are active, how many are dead, how far the mean of each layer has shifted, how long each
layer's gradient is. It stops at once when the loss is no number any more, and says why.

>>> from companion.data import digits
>>> from companion.network import SGD, CrossEntropy, dense_network
>>> from companion.training import EarlyStop, train
>>> images, labels = digits()
>>> network = dense_network([64, 32, 10], "relu", seed=0, dtype="float32")
>>> history = train(
...     network, images[:1200], labels[:1200], CrossEntropy(), SGD(step=0.1, momentum=0.9),
...     epochs=20, validation=(images[1200:], labels[1200:]), stop=EarlyStop(patience=5),
... )
>>> bool(history["validation_accuracy"].max() > 0.9)
True
>>> history["activity"].shape == (len(history), 1)  # one hidden layer
True

`best_step`, `over_seeds` and `median_interval` make comparisons fair: every contender with its own
best step size, on several seeds, with an interval that shows how much is chance.
"""

from companion.training._compare import (
    MedianInterval,
    StepSearch,
    best_step,
    median_interval,
    over_seeds,
)
from companion.training._diverged import DivergenceError
from companion.training._history import History
from companion.training._measure import activation_layers, measure, weight_layers
from companion.training._stopping import EarlyStop
from companion.training._train import train

__all__ = [
    "DivergenceError",
    "EarlyStop",
    "History",
    "MedianInterval",
    "StepSearch",
    "activation_layers",
    "best_step",
    "measure",
    "median_interval",
    "over_seeds",
    "train",
    "weight_layers",
]
