"""The gated recurrent unit: one gate that keeps, one that resets."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from companion.network._checks import float_array, number
from companion.recurrent._cell import Cell, State


class GRUCell(Cell):
    r"""The gated recurrent unit (GRU), as PyTorch has it.

    With the sums s = W x_t + b of the inputs and q = U h_{t−1} of the unit's own outputs::

        r = σ(s_reset + q_reset)      z = σ(s_update + q_update)
        n = tanh(s_candidate + r ⊙ (q_candidate + b_r))
        h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}

    So z = 1 *keeps* the old state. That is how the paper that introduced the unit [1]_ writes it,
    and PyTorch; others write the mixture the other way round, with z = 1 for the *new* state. The
    paper multiplies r into h_{t−1} before the weights; here, as in PyTorch, it
    comes after them.

    Parameters
    ----------
    input_weights, recurrent_weights, biases
        As for every `Cell`, with 3m rows in the order reset, update, candidate.
    reset_biases : array_like of shape (m,), optional
        b_r, which the reset gate multiplies; without them, zeros.

    References
    ----------
    .. [1] K. Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical
       machine translation", EMNLP (2014) 1724-1734. doi:10.3115/v1/D14-1179

    Examples
    --------
    A unit without weights, whose update gate is at σ(3):

    >>> cell = GRUCell(np.zeros((3, 1)), np.zeros((3, 1)), [0.0, 3.0, 0.0])
    >>> cell.forward(np.zeros((1, 2, 1)), {"hidden": [1.0]}).round(4).ravel()
    array([0.9526, 0.9074])
    """

    blocks = ("reset", "update", "candidate")
    gate_names = ("reset", "update")

    def __init__(
        self,
        input_weights: ArrayLike,
        recurrent_weights: ArrayLike,
        biases: ArrayLike | None = None,
        reset_biases: ArrayLike | None = None,
    ):
        super().__init__(input_weights, recurrent_weights, biases)
        given = np.zeros(self.units) if reset_biases is None else reset_biases
        own = self.parameters["biases"].dtype
        given = float_array(given, "reset_biases", own).copy()
        self._expect(given, "reset_biases", (self.units,))
        self.parameters["reset_biases"] = given
        self.gradients["reset_biases"] = np.zeros_like(given)

    @classmethod
    def random(
        cls,
        inputs: int,
        units: int,
        seed: int | np.random.Generator,
        update_bias: float = 0.0,
        recurrent: str = "uniform",
        gain: float = 1.0,
    ) -> GRUCell:
        """Return a cell with random weights, and biases of 0 but for the update gates'.

        Parameters
        ----------
        inputs, units, seed, recurrent, gain
            As for `TanhCell.random`.
        update_bias : float
            Where the update gates' biases start. A large one keeps the state.

        Returns
        -------
        GRUCell

        Raises
        ------
        TypeError, ValueError
            If a number is out of range or the start has another name.
        """
        cell = cls(*cls._drawn(inputs, units, seed, recurrent, gain))
        cell.block("update")[:] = number(update_bias, "update_bias")
        return cell

    def _step(
        self, driven: np.ndarray, recurrent: np.ndarray, before: State
    ) -> tuple[State, tuple[np.ndarray, ...]]:
        hidden, m = before["hidden"], self.units
        both = expit(driven[:, : 2 * m] + recurrent[:, : 2 * m])
        r, z = both[:, :m], both[:, m:]
        own = recurrent[:, 2 * m :] + self.parameters["reset_biases"]
        n = np.tanh(driven[:, 2 * m :] + r * own)
        return {"hidden": n + z * (hidden - n)}, (r, z, n, own, hidden)

    def _slopes(self, kept: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        r, z, n, own, hidden = kept
        of_n = (1 - z) * (1 - n * n)
        of_gates = np.concatenate([of_n * own * r * (1 - r), (hidden - n) * z * (1 - z)], axis=2)
        return of_gates, of_n, r, z

    def _step_back(
        self, slopes: tuple[np.ndarray, ...], flow: State
    ) -> tuple[np.ndarray, np.ndarray, State]:
        of_gates, of_n, r, z = slopes
        to_hidden = flow["hidden"]
        to_gates = of_gates * np.concatenate([to_hidden, to_hidden], axis=1)
        to_n = of_n * to_hidden
        to_driven = np.concatenate([to_gates, to_n], axis=1)
        to_recurrent = np.concatenate([to_gates, to_n * r], axis=1)
        return to_driven, to_recurrent, {"hidden": z * to_hidden}

    def _collect(
        self,
        to_driven: np.ndarray,
        to_recurrent: np.ndarray,
        x: np.ndarray,
        hidden: np.ndarray,
        through: bool,
    ) -> np.ndarray | None:
        candidate = to_recurrent[:, :, 2 * self.units :]
        self.gradients["reset_biases"][:] = candidate.sum(axis=(0, 1))
        return super()._collect(to_driven, to_recurrent, x, hidden, through)
