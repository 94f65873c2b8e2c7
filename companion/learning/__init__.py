"""Learning without a gradient: rules that look at one pattern, one synapse, or one linear system.

Three ways to set weights, older than backpropagation or beside it. The perceptron rule learns from
mistakes alone, Hebb's and Oja's rules from what fires together, and a random hidden layer does not
learn at all: only the linear map behind it is solved for. Each rule is one line::

    w += y * x                                   # perceptron, where sign(w @ x) is not y
    w += rate * out * x                          # Hebb, out = w @ x
    w += rate * out * (x - out * w)              # Oja: the same, and the length stays near 1
    beta = lstsq(g, targets)                     # least squares on random features g

What each returns keeps the record of its run, so that a lesson can look at every step.
"""

from companion.learning._hebb import HebbianRun, hebb, oja
from companion.learning._margin import Margin, margin
from companion.learning._perceptron import PerceptronRun, perceptron_rule
from companion.learning._random_layer import RandomHiddenLayer

__all__ = [
    "HebbianRun",
    "Margin",
    "PerceptronRun",
    "RandomHiddenLayer",
    "hebb",
    "margin",
    "oja",
    "perceptron_rule",
]
