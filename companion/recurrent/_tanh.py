"""The plain recurrent cell: a layer of tanh units that hears what it said a step ago."""

from __future__ import annotations

import numpy as np

from companion.recurrent._cell import Cell, State


class TanhCell(Cell):
    r"""The plain cell, h_t = tanh(W x_t + U h_{t−1} + b).

    It computes what `companion.topologies.SimpleRNN` does, and goes back as well. One step back
    multiplies by diag(1 − h_t²) U: there is no other way through.

    Parameters
    ----------
    input_weights, recurrent_weights, biases
        As for every `Cell`, with m rows.

    References
    ----------
    J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990) 179-211.
    doi:10.1207/s15516709cog1402_1

    Examples
    --------
    >>> cell = TanhCell([[1.0]], [[0.5]])
    >>> cell.forward([[[1.0], [0.0]]]).round(4).ravel()
    array([0.7616, 0.3634])
    >>> _ = cell.backward([[[0.0], [1.0]]])  # the slope of the last output
    >>> cell.gradients["recurrent_weights"].round(4)  # (1 − 0.3634²) · 0.7616 and nothing earlier
    array([[0.661]])
    """

    blocks = ("hidden",)

    @classmethod
    def random(
        cls,
        inputs: int,
        units: int,
        seed: int | np.random.Generator,
        recurrent: str = "uniform",
        gain: float = 1.0,
    ) -> TanhCell:
        """Return a cell with random weights, and biases of 0.

        Parameters
        ----------
        inputs, units : int
            d and m.
        seed : int or numpy.random.Generator
            Where the random numbers come from.
        recurrent : {"uniform", "orthogonal"}
            The recurrent weights: between ±1/√m as PyTorch's, or a random rotation.
        gain : float
            Multiplies them.

        Returns
        -------
        TanhCell

        Raises
        ------
        TypeError, ValueError
            If a number is out of range or the start has another name.
        """
        return cls(*cls._drawn(inputs, units, seed, recurrent, gain))

    def _step(
        self, driven: np.ndarray, recurrent: np.ndarray, before: State
    ) -> tuple[State, tuple[np.ndarray, ...]]:
        hidden = np.tanh(driven + recurrent)
        return {"hidden": hidden}, (hidden,)

    def _slopes(self, kept: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        (hidden,) = kept
        return (1 - hidden * hidden,)

    def _step_back(
        self, slopes: tuple[np.ndarray, ...], flow: State
    ) -> tuple[np.ndarray, np.ndarray, State]:
        to_sums = slopes[0] * flow["hidden"]
        return to_sums, to_sums, {}
