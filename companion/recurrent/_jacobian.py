"""How far a state of long ago still decides the last one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from companion.network._checks import float_array
from companion.recurrent._cell import Cell


def state_jacobians(
    cell: Cell, inputs: ArrayLike, start: Mapping[str, ArrayLike] | None = None
) -> np.ndarray:
    """Return the derivatives of the last state with respect to every earlier one.

    They come from one pass backwards: a batch of copies of the sequence, each of which asks for
    another entry of the last state.

    Parameters
    ----------
    cell : Cell
        Any of the cells, with m units.
    inputs : array_like of shape (T, d)
        One sequence.
    start : mapping of str to array_like of shape (m,), optional
        As for `Cell.forward`.

    Returns
    -------
    ndarray of shape (T + 1, s, s)
        Entry k is ∂s_T/∂s_{T−k}, so entry 0 is the identity. For an LSTM, a state is [h, c] in one
        vector and s = 2m; else s = m.

    Raises
    ------
    TypeError, ValueError
        As for `Cell.forward`.

    Examples
    --------
    >>> from companion.recurrent import TanhCell
    >>> halving = TanhCell([[1.0]], [[0.5]])
    >>> state_jacobians(halving, np.zeros((3, 1))).ravel()  # at 0 the slope of tanh is 1
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    sequence = float_array(inputs, "inputs")
    if sequence.ndim != 2:
        raise ValueError(f"inputs must have shape (T, {cell.inputs}), got {sequence.shape}")
    names = cell.state_names
    size = cell.units * len(names)
    cell.forward(np.broadcast_to(sequence, (size, *sequence.shape)), start)
    asked = np.split(np.eye(size), len(names), axis=1)
    cell.backward(end=dict(zip(names, asked, strict=True)), through=False)
    found = np.concatenate([cell.path_gradients[name] for name in names], axis=-1)
    return found.swapaxes(0, 1)[::-1]
