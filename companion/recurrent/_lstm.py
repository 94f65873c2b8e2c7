"""The long short-term memory: a stored value behind three logistic gates."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from companion.network._checks import number
from companion.recurrent._cell import Cell, State


class LSTMCell(Cell):
    r"""The long short-term memory (LSTM) with a forget gate.

    With the sums z = W x_t + U h_{t−1} + b, four for each unit::

        i = σ(z_input)      f = σ(z_forget)      o = σ(z_output)      g = tanh(z_candidate)
        c_t = f ⊙ c_{t−1} + i ⊙ g
        h_t = o ⊙ tanh(c_t)

    The stored value c is multiplied by nothing but f on its way from step to step.

    Parameters
    ----------
    input_weights, recurrent_weights, biases
        As for every `Cell`, with 4m rows in the order input, forget, candidate, output.

    References
    ----------
    S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997) 1735-1780.
    doi:10.1162/neco.1997.9.8.1735

    F. A. Gers, J. Schmidhuber, F. Cummins, "Learning to forget: Continual prediction with LSTM",
    Neural Computation 12 (2000) 2451-2471. doi:10.1162/089976600300015015

    Examples
    --------
    A unit without weights, whose forget gate is at σ(3):

    >>> cell = LSTMCell(np.zeros((4, 1)), np.zeros((4, 1)), [0.0, 3.0, 0.0, 0.0])
    >>> _ = cell.forward(np.zeros((1, 2, 1)), {"cell": [1.0]})
    >>> cell.path["cell"].round(4).ravel()
    array([1.    , 0.9526, 0.9074])
    """

    blocks = ("input", "forget", "candidate", "output")
    state_names = ("hidden", "cell")
    gate_names = ("input", "forget", "output")

    @classmethod
    def random(
        cls,
        inputs: int,
        units: int,
        seed: int | np.random.Generator,
        forget_bias: float = 0.0,
        recurrent: str = "uniform",
        gain: float = 1.0,
    ) -> LSTMCell:
        """Return a cell with random weights, and biases of 0 but for the forget gates'.

        Parameters
        ----------
        inputs, units, seed, recurrent, gain
            As for `TanhCell.random`.
        forget_bias : float
            Where the forget gates' biases start.

        Returns
        -------
        LSTMCell

        Raises
        ------
        TypeError, ValueError
            If a number is out of range or the start has another name.

        Examples
        --------
        >>> cell = LSTMCell.random(3, 2, seed=0, forget_bias=1.0)
        >>> cell.parameters["biases"]
        array([0., 0., 1., 1., 0., 0., 0., 0.])
        """
        cell = cls(*cls._drawn(inputs, units, seed, recurrent, gain))
        cell.block("forget")[:] = number(forget_bias, "forget_bias")
        return cell

    def _step(
        self, driven: np.ndarray, recurrent: np.ndarray, before: State
    ) -> tuple[State, tuple[np.ndarray, ...]]:
        m = self.units
        sums = driven + recurrent
        gates = expit(sums)  # of all four blocks: a second call would cost more than it saves
        i, f, o = gates[:, :m], gates[:, m : 2 * m], gates[:, 3 * m :]
        g = np.tanh(sums[:, 2 * m : 3 * m])
        cell = f * before["cell"] + i * g
        squashed = np.tanh(cell)
        return {"hidden": o * squashed, "cell": cell}, (i, f, o, g, squashed, before["cell"])

    def _slopes(self, kept: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        i, f, o, g, squashed, before = kept
        of_cell = np.stack([g * i * (1 - i), before * f * (1 - f), i * (1 - g * g)], axis=2)
        return o * (1 - squashed * squashed), of_cell, squashed * o * (1 - o), f

    def _step_back(
        self, slopes: tuple[np.ndarray, ...], flow: State
    ) -> tuple[np.ndarray, np.ndarray, State]:
        hidden_to_cell, of_cell, of_output, f = slopes
        to_cell = flow["cell"] + flow["hidden"] * hidden_to_cell
        to_sums = np.concatenate(
            [
                (of_cell * to_cell[:, np.newaxis]).reshape(len(f), -1),  # input, forget, candidate
                of_output * flow["hidden"],
            ],
            axis=1,
        )
        return to_sums, to_sums, {"cell": to_cell * f}
