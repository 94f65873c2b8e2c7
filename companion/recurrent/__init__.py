"""Cells that remember: a plain tanh cell, the LSTM and the GRU, forwards and back through time.

A batch is n sequences of T steps with d numbers each, an array of shape (n, T, d); the outputs have
shape (n, T, m). The weights lie as PyTorch's do, in blocks of m rows. `Cell.forward` leaves the
path of the states behind and `Cell.backward` their gradients, so one can look at what a gradient
loses on its way back.

>>> import numpy as np
>>> from companion.recurrent import LSTMCell, TanhCell, state_jacobians
>>> sequence = np.random.default_rng(0).standard_normal((50, 3))
>>> forgetful, keeper = TanhCell.random(3, 8, 0), LSTMCell.random(3, 8, 0, forget_bias=5.0)
>>> left = [np.linalg.norm(state_jacobians(c, sequence)[-1], 2) for c in (forgetful, keeper)]
>>> bool(left[0] < 1e-6), bool(left[1] > 0.5)
(True, True)

`LastOutput` makes a cell a layer of a `companion.network.Network`, to be trained as any other.
"""

from companion.recurrent._cell import Cell
from companion.recurrent._gru import GRUCell
from companion.recurrent._half_life import bias_for, half_life
from companion.recurrent._jacobian import state_jacobians
from companion.recurrent._last_output import LastOutput
from companion.recurrent._lstm import LSTMCell
from companion.recurrent._tanh import TanhCell

__all__ = [
    "Cell",
    "GRUCell",
    "LSTMCell",
    "LastOutput",
    "TanhCell",
    "bias_for",
    "half_life",
    "state_jacobians",
]
