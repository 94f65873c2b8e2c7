"""Softmax and its logarithm, with every digit of the small probabilities and of what is left to 1.

Everybody subtracts the largest input, so that no exponential overflows; the difference is rounded,
and exp magnifies that. Where no exponential can overflow, exp(x) itself loses nothing and is less
work. Where one can, the rounding error of each difference is kept. And the largest entry's own
share is held apart from the sum of all others: 1 + s has forgotten an s of 1e-20, while log(1 + s)
and 1 − 1/(1 + s) still hang on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from companion.activations._vector import VectorActivation

# Within ±these, exp(x), its sums and its quotients neither overflow nor lose digits.
_REACH = {np.dtype(np.float32): 40.0, np.dtype(np.float64): 300.0}
# Up to this length it is quicker to turn rows into columns, so that NumPy sums many rows at once.
_SHORT = 16


def _by_reach(
    x: np.ndarray,
    out: np.ndarray,
    near: Callable[[np.ndarray, np.ndarray], None],
    far: Callable[[np.ndarray, np.ndarray], None],
) -> None:
    """Fill `out` by one kernel or the other; it depends on the row alone, not on its block."""
    reach = _REACH[x.dtype]
    if x.max() <= reach and x.min() >= -reach:
        near(x, out)
        return
    inside = (x.max(axis=-1) <= reach) & (x.min(axis=-1) >= -reach)
    for rows, kernel in ((inside, near), (~inside, far)):
        if rows.any():
            result = np.empty_like(x[rows])
            kernel(x[rows], result)
            out[rows] = result


class _Shares(NamedTuple):
    """Rows measured from their largest entry x_k."""

    k: np.ndarray  # its index, shape (rows, 1)
    d: np.ndarray  # x - x_k, rounded
    rest: np.ndarray  # the rounding error of d
    e: np.ndarray  # exp(x - x_k)
    s: np.ndarray  # the sum of e without the largest entry, shape (rows, 1)


def _shares(x: np.ndarray) -> _Shares:
    k = np.argmax(x, axis=-1, keepdims=True)
    largest = np.take_along_axis(x, k, -1)
    d = x - largest
    # The rounding error of a difference is a number itself (Knuth's TwoSum).
    back = d - x
    rest = d - back
    np.subtract(x, rest, out=rest)
    back += largest
    rest -= back
    several = None if np.isfinite(np.min(d)) else _mend_infinities(x, k, largest, d, rest)

    e = np.exp(d)
    np.multiply(e, rest, out=back)
    e += back
    own = np.take_along_axis(e, k, -1)
    np.put_along_axis(e, k, 0.0, -1)
    s = np.sum(e, axis=-1, keepdims=True)
    np.put_along_axis(e, k, own, -1)
    if several is not None:
        s[several] = 0.0  # the finite entries have a limit, whichever of the infinite ones wins
    return _Shares(k, d, rest, e, s)


def _mend_infinities(
    x: np.ndarray, k: np.ndarray, largest: np.ndarray, d: np.ndarray, rest: np.ndarray
) -> np.ndarray:
    """Give differences of infinities their limits, in place; return the rows of several +∞."""
    rest[~np.isfinite(rest)] = 0.0
    # The limit at a single +∞ is that of all other entries going to −∞, and a vector of length 1
    # has the one value for all x. Two entries at ∞ may differ by anything: NaN stays.
    known = np.isposinf(largest) if x.shape[-1] > 1 else ~np.isnan(largest)
    np.put_along_axis(d, k, np.where(known, 0.0, np.take_along_axis(d, k, -1)), -1)
    several = np.isposinf(largest) & np.any(np.isnan(d), axis=-1, keepdims=True)
    np.copyto(d, np.nan, where=several & (x == largest))
    return several


def _from_the_largest(v: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Return v - v_k: the Jacobians here turn equal numbers into 0, so nothing is lost."""
    return v - np.take_along_axis(v, k, -1)


class Softmax(VectorActivation):
    """Softmax exp(x_i) / Σ exp(x_j): positive numbers that sum to 1, the larger x the larger.

    The Jacobian diag(p) − p pᵀ is symmetric, so `jvp` and `vjp` are the same. With the mean
    removed, J v = p ⊙ (v − ⟨p, v⟩), the products keep their digits when one p is nearly 1.

    Parameters
    ----------
    axis : int, default -1
        The axis along which the outputs sum to 1.

    Notes
    -----
    One entry of +∞ takes all; with several, theirs are NaN and the others 0. An entry of −∞ has 0,
    and if all are −∞, all are NaN. An entry of NaN makes its whole slice NaN.

    References
    ----------
    J. S. Bridle, "Probabilistic interpretation of feedforward classification network outputs, with
    relationships to statistical pattern recognition", in Neurocomputing: Algorithms, Architectures
    and Applications, Springer, 1990, 227-236. doi:10.1007/978-3-642-76153-9_28

    Examples
    --------
    >>> softmax = Softmax()
    >>> softmax([1.0, 2.0, 3.0]).round(4)
    array([0.09  , 0.2447, 0.6652])
    >>> softmax([-np.inf, 1000.0, 1000.0])
    array([0. , 0.5, 0.5])
    >>> softmax.jvp([0.0, 50.0], [0.0, 1.0])  # the usual p (1 - p) gives 0 here
    array([-1.92874985e-22,  1.92874985e-22])
    """

    name = "softmax"
    reference = "bridle1990"
    formula = r"\frac{e^{x_i}}{\sum_j e^{x_j}}"

    def definition(self, x: Sequence[Any], mp: ModuleType) -> list[Any]:
        largest = max(x)  # mathematically of no effect, and exp(10⁹) is too much even here
        powers = [mp.exp(t - largest) for t in x]
        total = mp.fsum(powers)
        return [power / total for power in powers]

    def _length(self, n: int) -> int:
        return n

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        _by_reach(x, out, self._near, self._far)

    @staticmethod
    def _near(x: np.ndarray, out: np.ndarray) -> None:
        if x.shape[-1] <= _SHORT:
            columns = np.exp(x.T, order="C")
            columns /= columns.sum(axis=0)
            out[...] = columns.T
        else:
            np.exp(x, out=out)
            out /= out.sum(axis=-1, keepdims=True)

    @staticmethod
    def _far(x: np.ndarray, out: np.ndarray) -> None:
        shares = _shares(x)
        np.divide(shares.e, 1.0 + shares.s, out=out)

    def _jvp(self, x: np.ndarray, v: np.ndarray, out: np.ndarray) -> None:
        shares = _shares(x)
        p = shares.e / (1.0 + shares.s)
        np.copyto(out, _from_the_largest(v, shares.k))
        out -= np.sum(p * out, axis=-1, keepdims=True)
        out *= p

    _vjp = _jvp


class LogSoftmax(VectorActivation):
    """The logarithm of softmax, x_i − log Σ exp(x_j): what the cross-entropy loss is made of.

    The largest entry's is −log1p(s), s the sum of exp(x_j − x_k) over all others, so that a loss of
    1e-20 is not rounded to 0; and no logarithm of 0 is ever taken.

    Parameters
    ----------
    axis : int, default -1
        The axis along which the probabilities sum to 1.

    Notes
    -----
    Infinities and NaN as for softmax: one entry of +∞ has 0 and the others −∞.

    References
    ----------
    J. S. Bridle, "Probabilistic interpretation of feedforward classification network outputs, with
    relationships to statistical pattern recognition", in Neurocomputing: Algorithms, Architectures
    and Applications, Springer, 1990, 227-236. doi:10.1007/978-3-642-76153-9_28

    Examples
    --------
    >>> log_softmax = LogSoftmax()
    >>> log_softmax([0.0, 50.0])
    array([-5.00000000e+01, -1.92874985e-22])
    >>> log_softmax.vjp([0.0, 50.0], [0.0, -1.0])  # the gradient of the cross-entropy
    array([ 1.92874985e-22, -1.92874985e-22])
    """

    name = "log_softmax"
    reference = "bridle1990"
    formula = r"x_i - \log \sum_j e^{x_j}"

    def definition(self, x: Sequence[Any], mp: ModuleType) -> list[Any]:
        k = max(range(len(x)), key=lambda i: x[i])
        others = mp.log1p(sum((mp.exp(t - x[k]) for i, t in enumerate(x) if i != k), mp.mpf(0)))
        return [t - x[k] - others for t in x]

    def _length(self, n: int) -> int:
        return n

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        _by_reach(x, out, self._near, self._far)

    @staticmethod
    def _near(x: np.ndarray, out: np.ndarray) -> None:
        if x.shape[-1] <= _SHORT:
            columns = np.ascontiguousarray(x.T)
            largest = columns.max(axis=0)
            below = columns < largest
            e = np.exp(columns)
            e *= below.astype(x.dtype)
            others = e.sum(axis=0) * np.exp(-largest)
            # Of several that are equally large, all but one are among the others.
            others += (x.shape[-1] - 1) - np.count_nonzero(below, axis=0)
            np.subtract(columns, largest, out=e)
            e -= np.log1p(others)
            out[...] = e.T
        else:
            k = np.argmax(x, axis=-1, keepdims=True)
            largest = np.take_along_axis(x, k, -1)
            np.exp(x, out=out)
            np.put_along_axis(out, k, 0.0, -1)
            others = out.sum(axis=-1, keepdims=True) * np.exp(-largest)
            np.subtract(x, largest, out=out)
            out -= np.log1p(others)

    @staticmethod
    def _far(x: np.ndarray, out: np.ndarray) -> None:
        shares = _shares(x)
        np.subtract(shares.rest, np.log1p(shares.s), out=out)
        out += shares.d

    def _jvp(self, x: np.ndarray, v: np.ndarray, out: np.ndarray) -> None:
        shares = _shares(x)
        np.copyto(out, _from_the_largest(v, shares.k))
        p = shares.e / (1.0 + shares.s)
        out -= np.sum(p * out, axis=-1, keepdims=True)

    def _vjp(self, x: np.ndarray, u: np.ndarray, out: np.ndarray) -> None:
        k, _, _, e, s = _shares(x)
        own = np.take_along_axis(u, k, -1)
        np.copyto(out, u)
        np.put_along_axis(out, k, 0.0, -1)
        others = np.sum(out, axis=-1, keepdims=True)
        p = e / (1.0 + s)
        out -= p * (own + others)
        # 1 - p_k is s/(1 + s), and keeps its digits.
        largest = own * (s / (1.0 + s)) - np.take_along_axis(p, k, -1) * others
        np.put_along_axis(out, k, largest, -1)
