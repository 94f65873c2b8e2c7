"""A recurrent cell as a layer of a network: a whole sequence in, its last outputs out."""

from __future__ import annotations

import numpy as np

from companion.network import Layer
from companion.network._checks import whole
from companion.recurrent._cell import Cell


class LastOutput(Layer):
    """A layer whose rows are sequences, one step after the other, and which hands on the last h.

    Parameters
    ----------
    cell : Cell
        What runs through the sequence. Its parameters are the layer's.
    steps : int
        The length of the sequences, T; a row has T · d numbers.

    Raises
    ------
    TypeError, ValueError
        If the cell is none, or `steps` is not a whole number of at least 1.

    Examples
    --------
    >>> from companion.network import Dense, Network
    >>> from companion.recurrent import LSTMCell
    >>> cell = LSTMCell.random(2, 8, seed=0, forget_bias=1.0)
    >>> network = Network([LastOutput(cell, steps=10), Dense.random(8, 1, seed=1)])
    >>> network.inputs, network(np.zeros((3, 20))).shape
    (20, (3, 1))
    """

    def __init__(self, cell: Cell, steps: int):
        if not isinstance(cell, Cell):
            raise TypeError(f"cell must be a cell of companion.recurrent, got {cell!r}")
        super().__init__()
        self.cell, self.steps = cell, whole(steps, "steps")
        # The very dictionaries of the cell: what an optimiser moves is what the cell uses.
        self.parameters, self.gradients = cell.parameters, cell.gradients

    @property
    def width(self) -> int:
        """The length of a row, T · d."""
        return self.steps * self.cell.inputs

    def output_width(self, width: int) -> int:
        """Return the number of units."""
        super().output_width(width)
        return self.cell.units

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the units' outputs after the last step."""
        return self.cell.forward(inputs.reshape(len(inputs), self.steps, -1))[:, -1]

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Go back through all steps."""
        found = self.cell.backward(end={"hidden": gradient}, through=through)
        return found.reshape(len(found), -1) if through else None

    def __repr__(self) -> str:
        return f"LastOutput({self.cell!r}, {self.steps} steps)"
