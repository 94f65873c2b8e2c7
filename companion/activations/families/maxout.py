"""Maxout: the largest of a few lines, which the network chooses itself."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion.activations._arrays import as_real_array
from companion.activations._parameter import whole_parameter
from companion.activations._vector import VectorActivation


class Maxout(VectorActivation):
    """The largest of each group of k neighbours: the input is k times as long as the output.

    If the inputs are lines wᵀx + b, an output is a convex function of x with at most k linear
    pieces. ReLU is the largest of 0 and x, the absolute value that of x and −x.

    Parameters
    ----------
    axis : int, default -1
        The axis along which the groups lie, one after the other.
    pieces : int, default 2
        How many neighbours compete for one output; it divides the length of the axis.

    Notes
    -----
    At a tie the first of the largest wins, and the derivative is that of the winner alone: 1
    there, 0 at the others. A NaN wins over all numbers.

    References
    ----------
    I. J. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio, "Maxout networks", ICML,
    PMLR 28(3) (2013) 1319-1327.

    Examples
    --------
    >>> maxout = Maxout()
    >>> maxout([1.0, 4.0, -2.0, -3.0]), maxout.winners([1.0, 4.0, -2.0, -3.0])
    (array([ 4., -2.]), array([1, 0]))
    >>> maxout.vjp([1.0, 4.0, -2.0, -3.0], [10.0, 20.0])
    array([ 0., 10., 20.,  0.])
    """

    pieces: int = whole_parameter(2, at_least=1, examples=(1, 3))

    name = "maxout"
    reference = "goodfellow2013"
    formula = r"\max_{1 \le j \le k} x_{(i - 1) k + j}"

    def definition(self, x: Sequence[Any], mp: ModuleType) -> list[Any]:
        return [max(x[i : i + self.pieces]) for i in range(0, len(x), self.pieces)]

    def winners(self, x: ArrayLike, /, **parameters: int) -> np.ndarray:
        """Return which of its group each output comes from, counted from 0; the first at a tie.

        Parameters, shape and errors are those of a call; the result holds integers.
        """
        maxout = self.with_parameters(**parameters)
        array = as_real_array(x)
        axis = maxout._axis_of(array)
        outputs = maxout._length(array.shape[axis])
        groups = np.moveaxis(array, axis, -1)
        groups = groups.reshape(*groups.shape[:-1], outputs, maxout.pieces)
        return np.moveaxis(np.argmax(groups, axis=-1), -1, axis)

    def _length(self, n: int) -> int:
        if n % self.pieces:
            raise ValueError(
                f"{self.name}: the length of axis {self.axis} must be a multiple of pieces="
                f"{self.pieces}; got {n}"
            )
        return n // self.pieces

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        pieces = self._pieces(x)
        np.copyto(out, pieces[0])
        for piece in pieces[1:]:
            np.copyto(out, piece, where=_beats(piece, out))

    def _jvp(self, x: np.ndarray, v: np.ndarray, out: np.ndarray) -> None:
        pieces, moves = self._pieces(x), self._pieces(v)
        best = pieces[0].copy()
        np.copyto(out, moves[0])
        for piece, move in zip(pieces[1:], moves[1:], strict=True):
            better = _beats(piece, best)
            np.copyto(best, piece, where=better)
            np.copyto(out, move, where=better)
        np.copyto(out, np.nan, where=np.isnan(best))

    def _vjp(self, x: np.ndarray, u: np.ndarray, out: np.ndarray) -> None:
        pieces, shares = self._pieces(x), self._pieces(out)
        best, winner = pieces[0].copy(), np.zeros(u.shape, np.intp)
        for j, piece in enumerate(pieces[1:], start=1):
            better = _beats(piece, best)
            np.copyto(best, piece, where=better)
            np.copyto(winner, j, where=better)
        none, unknown = x.dtype.type(0), np.isnan(best)
        for j, share in enumerate(shares):
            np.copyto(share, np.where(winner == j, u, none))
            np.copyto(share, np.nan, where=unknown)

    def _pieces(self, x: np.ndarray) -> list[np.ndarray]:
        """Return views of all first entries of the groups, of all second entries, and so on."""
        return [x[:, j :: self.pieces] for j in range(self.pieces)]


def _beats(x: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Return where x is larger than the best so far, or NaN."""
    return (x > best) | np.isnan(x)
