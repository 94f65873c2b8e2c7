"""Activations of whole vectors: value, Jacobian–vector and vector–Jacobian product.

An output of softmax depends on every input, so there is no derivative by element. What learning
needs is the Jacobian times a vector, from the right (how the output moves when the input does) and
from the left (what backpropagation passes on). Neither needs the Jacobian itself.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from companion.activations._arrays import BLOCK, as_real_array, check_out, result_dtype
from companion.activations._parameter import whole_parameter
from companion.activations._registered import Registered


class VectorActivation(Registered, register=False):
    r"""A function f: ℝⁿ → ℝᵐ applied to each slice along an axis, with its Jacobian's products.

    A subclass is a frozen dataclass that states its `name`, `formula` and `reference`, gives the
    textbook `definition`, the length m of its output and three kernels. Defining it registers it.

    Parameters
    ----------
    axis : int, default -1
        The axis along which the vectors lie.
    register : bool, optional
        A class argument; ``class Mine(VectorActivation, register=False)`` stays out of
        `VECTOR_ACTIVATIONS`.

    Notes
    -----
    As for the activations of single numbers: any real array-like in; float16, float32 and float64
    are kept, integers and booleans become float64; ±∞ gives the true limit where there is one and
    NaN where there is none; no warning is ever raised, and no input is written to, unless it is
    given as `out` as well. The result depends on the numbers alone, and not on how they lie in
    memory. Vectors of length 0 give vectors of length 0; a number without axes is refused.

    Examples
    --------
    >>> from companion.activations import softmax
    >>> softmax([0.0, 0.0]), softmax([[0.0, 1.0], [0.0, 3.0]], axis=0).round(4)
    (array([0.5, 0.5]), array([[0.5   , 0.1192],
           [0.5   , 0.8808]]))
    >>> softmax.jvp([0.0, 0.0], [1.0, 0.0])
    array([ 0.25, -0.25])
    """

    axis: int = whole_parameter(-1, examples=(0,))

    registry: ClassVar[dict[str, VectorActivation]] = {}

    # What a subclass states -----------------------------------------------------------------

    @property
    @abstractmethod
    def formula(self) -> str:
        """The value as LaTeX, in the vector x (or its two halves a and b) and the parameters."""

    @abstractmethod
    def definition(self, x: Sequence[Any], mp: ModuleType) -> list[Any]:
        """Give the textbook formula in arbitrary precision: slow, plain, and what is meant.

        Parameters
        ----------
        x : sequence of mpmath.mpf
            One vector.
        mp : module
            mpmath, or a context of it.

        Returns
        -------
        list of mpmath.mpf
            f(x) to the context's precision, if x is given to it.
        """

    @abstractmethod
    def _length(self, n: int) -> int:
        """Return the length of the output for vectors of length n, or raise ValueError."""

    @abstractmethod
    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        """Fill the rows of `out` with f of the rows of x, all contiguous float32 or float64."""

    @abstractmethod
    def _jvp(self, x: np.ndarray, v: np.ndarray, out: np.ndarray) -> None:
        """Fill the rows of `out` with J(x) v, likewise."""

    @abstractmethod
    def _vjp(self, x: np.ndarray, u: np.ndarray, out: np.ndarray) -> None:
        """Fill the rows of `out` with J(x)ᵀ u, likewise."""

    # What everybody gets from it ------------------------------------------------------------

    def __call__(
        self,
        x: ArrayLike,
        /,
        *,
        out: np.ndarray | None = None,
        precise: bool = False,
        **parameters: float | str,
    ) -> np.ndarray:
        """Return f(x).

        Parameters
        ----------
        x : array_like
            Real numbers, of any shape with at least one axis.
        out : ndarray, optional
            Where to put the result: of its shape and dtype.
        precise : bool, optional
            Compute float32 in float64 and round once. float16 is always computed so.
        **parameters
            Parameters to use instead of this instance's own, for this call.

        Returns
        -------
        ndarray
            f of each slice along the axis.

        Raises
        ------
        TypeError
            If `x` is not real, `out` has another dtype, or a parameter is unknown or no integer.
        ValueError
            If the axis is not one of x, its length does not fit, a parameter is outside its range,
            or `out` has another shape.
        """
        return self.with_parameters(**parameters)._evaluate("_value", x, None, out, precise)

    def jvp(
        self,
        x: ArrayLike,
        v: ArrayLike,
        /,
        *,
        out: np.ndarray | None = None,
        precise: bool = False,
        **parameters: float | str,
    ) -> np.ndarray:
        """Return J(x) v: how f(x) moves when x moves in the direction v.

        Parameters
        ----------
        x : array_like
            Where, as in a call.
        v : array_like
            The direction, of the shape of `x`. It is converted to the dtype of the result.
        out, precise, **parameters
            As in a call.

        Returns
        -------
        ndarray
            The products, of the shape and dtype of f(x).

        Raises
        ------
        TypeError, ValueError
            As in a call, and if `v` is not real or has another shape.
        """
        return self.with_parameters(**parameters)._evaluate("_jvp", x, v, out, precise)

    def vjp(
        self,
        x: ArrayLike,
        u: ArrayLike,
        /,
        *,
        out: np.ndarray | None = None,
        precise: bool = False,
        **parameters: float | str,
    ) -> np.ndarray:
        """Return J(x)ᵀ u: the gradient of ⟨u, f(x)⟩, which backpropagation passes on.

        Parameters
        ----------
        x : array_like
            Where, as in a call.
        u : array_like
            The gradient that arrives, of the shape of f(x). It is converted to the dtype of the
            result.
        out, precise, **parameters
            As in a call.

        Returns
        -------
        ndarray
            The products, of the shape of `x` and the dtype of f(x).

        Raises
        ------
        TypeError, ValueError
            As in a call, and if `u` is not real or has another shape.
        """
        return self.with_parameters(**parameters)._evaluate("_vjp", x, u, out, precise)

    # How it is computed ---------------------------------------------------------------------

    def _evaluate(
        self,
        kernel: str,
        x: ArrayLike,
        vector: ArrayLike | None,
        out: np.ndarray | None,
        precise: bool,
    ) -> np.ndarray:
        """Check all that came, and run the kernel."""
        array = as_real_array(x)
        axis = self._axis_of(array)
        n = array.shape[axis]
        value_shape = (*array.shape[:axis], self._length(n), *array.shape[axis + 1 :])
        inputs, shape = [array], value_shape
        if kernel == "_jvp":
            inputs.append(self._vector("v", vector, "x", array.shape))
        elif kernel == "_vjp":
            inputs.append(self._vector("u", vector, "the value", value_shape))
            shape = array.shape
        dtype = result_dtype(array)
        if out is None:
            out = np.empty(shape, dtype)
        else:
            check_out(out, shape, dtype)
        work = np.dtype(np.float64) if precise or dtype == np.float16 else dtype
        with np.errstate(all="ignore"):
            self._run(kernel, inputs, out, axis, work)
        return out

    def _vector(
        self, name: str, vector: ArrayLike, owner: str, shape: tuple[int, ...]
    ) -> np.ndarray:
        """Return the array that a Jacobian is to be multiplied with."""
        array = as_real_array(vector, name)
        if array.shape != shape:
            raise ValueError(
                f"{self.name}: {name} has shape {array.shape}; {owner} has shape {shape}"
            )
        return array

    def _run(
        self, kernel: str, inputs: list[np.ndarray], out: np.ndarray, axis: int, work: np.dtype
    ) -> None:
        """Run a kernel over rows, some at a time."""
        apply_to_rows(getattr(self, kernel), inputs, out, axis, work)

    def _axis_of(self, x: np.ndarray) -> int:
        """Return the axis counted from 0."""
        if x.ndim == 0:
            raise ValueError(f"{self.name}: x must have at least one axis; got a single number")
        if not -x.ndim <= self.axis < x.ndim:
            raise ValueError(
                f"{self.name}: axis must be from {-x.ndim} to {x.ndim - 1} for x of shape "
                f"{x.shape}; got {self.axis}"
            )
        return self.axis % x.ndim


#: Every registered activation of vectors with its default parameters, by its name.
VECTOR_ACTIVATIONS: Mapping[str, VectorActivation] = MappingProxyType(VectorActivation.registry)


def apply_to_rows(
    kernel: Callable[..., None],
    inputs: list[np.ndarray],
    out: np.ndarray,
    axis: int,
    work: np.dtype,
) -> None:
    """Run ``kernel(*rows, result)`` on all slices along an axis, in contiguous blocks of them.

    A block is contiguous whatever the layout, so that sums are added up in one order. The extra
    memory is that of a few blocks, or of a few slices if those are longer.

    Parameters
    ----------
    kernel : callable
        It reads arrays of shape (slices, length) and fills the last one.
    inputs : list of ndarray
        What it reads.
    out : ndarray
        Where to put the result.
    axis : int
        The axis of the slices, counted from 0.
    work : dtype
        The dtype in which to compute.
    """
    # A block is read before it is written, so only memory that is shared askew does harm.
    if any(np.may_share_memory(a, out) and not _same_memory(a, out) for a in inputs):
        fresh = np.empty_like(out)
        apply_to_rows(kernel, inputs, fresh, axis, work)
        np.copyto(out, fresh)
        return
    views = [np.moveaxis(a, axis, -1) for a in (*inputs, out)]
    longest = max(view.shape[-1] for view in views)
    *leading, _ = views[-1].shape
    if not longest or not math.prod(leading):
        return
    for index in _blocks(tuple(leading), longest):
        target = views[-1][index]
        rows = [
            np.ascontiguousarray(view[index], dtype=work).reshape(-1, view.shape[-1])
            for view in views[:-1]
        ]
        # What a kernel reads it may read after it has begun to write.
        in_place = (
            target.flags.c_contiguous
            and target.dtype == work
            and not any(np.may_share_memory(row, target) for row in rows)
        )
        shape = (len(rows[0]), target.shape[-1])
        result = target.reshape(shape) if in_place else np.empty(shape, work)
        kernel(*rows, result)
        if not in_place:
            target[...] = result.reshape(target.shape)


def _same_memory(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether both are the very same elements in the same order."""
    return a.shape == b.shape and a.__array_interface__ == b.__array_interface__


def _blocks(leading: tuple[int, ...], length: int) -> Iterator[tuple[int | slice, ...]]:
    """Cut the leading axes so that each piece holds about `BLOCK` numbers, or one slice."""
    if not leading or math.prod(leading) * length <= BLOCK:
        yield (...,)
        return
    first, *rest = leading
    inner = math.prod(rest) * length
    if not rest or inner <= BLOCK:
        step = max(1, BLOCK // inner)
        for start in range(0, first, step):
            yield slice(start, start + step), ...
        return
    for i in range(first):
        for index in _blocks(tuple(rest), length):
            yield i, *index
