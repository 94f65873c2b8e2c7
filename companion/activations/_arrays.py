"""The array contract of every activation: what goes in, what comes out, and in which pieces.

A kernel sees one contiguous block at a time, small enough to stay in the processor's cache. That
makes the textbook's chain of array operations run at memory speed, keeps the extra memory below
1 MiB whatever the size, and makes the result independent of how the input lies in memory.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Kernel = Callable[[np.ndarray, np.ndarray], None]

#: The most elements that a kernel sees at a time.
BLOCK = 32_768
# A block and the half dozen temporaries of a kernel fit a 1 MiB second-level cache. Half of this
# spends a tenth of the time on NumPy's calls, twice of it needs more memory than was promised.
_BLOCK_BYTES = 4 * BLOCK

_ACCEPTED = "float16, float32, float64, integers and booleans"
_FLOATS = (np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.float64))


def as_real_array(x: object, name: str = "x") -> np.ndarray:
    """Return `x` as an array of real numbers that a kernel can read.

    Parameters
    ----------
    x : array_like
        Numbers of any shape.
    name : str
        What the caller calls this argument; errors use it.

    Returns
    -------
    ndarray
        The input itself where it is an array already, never a changed copy of its values.

    Raises
    ------
    TypeError
        If `x` holds anything but float16, float32, float64, integers or booleans.
    ValueError
        If `x` is a ragged nest of sequences.

    Examples
    --------
    >>> as_real_array([1, 2]).dtype
    dtype('int64')
    """
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(
            f"{name} is a masked array; give plain numbers, for example {name}.filled()"
        )
    try:
        array = np.asarray(x)
    except ValueError as error:
        raise ValueError(f"{name} must have one shape; its rows differ in length") from error
    if array.dtype.kind in "iub" or array.dtype.newbyteorder("=") in _FLOATS:
        return array
    raise TypeError(f"{name} has dtype {array.dtype}; accepted are {_ACCEPTED}")


def result_dtype(array: np.ndarray) -> np.dtype:
    """Return the dtype of the result: floats keep theirs, all else becomes float64."""
    return array.dtype.newbyteorder("=") if array.dtype.kind == "f" else np.dtype(np.float64)


def check_out(out: object, shape: tuple[int, ...], dtype: np.dtype) -> None:
    """Raise unless a result of this shape and dtype can be written to `out`."""
    if not isinstance(out, np.ndarray):
        raise TypeError(f"out must be a NumPy array; got {type(out).__name__}")
    if out.dtype != dtype:
        raise TypeError(f"out has dtype {out.dtype}; the result has dtype {dtype}")
    if out.shape != shape:
        raise ValueError(f"out has shape {out.shape}; the result has shape {shape}")
    if not out.flags.writeable:
        raise ValueError("out is read-only; give an array that can be written to")


def apply(kernel: Kernel, x: object, out: np.ndarray | None, *, precise: bool) -> np.ndarray:
    """Run `kernel` over `x`, block by block, under the array contract.

    Parameters
    ----------
    kernel : callable
        ``kernel(block, result)`` reads one contiguous block and fills `result`, of the same dtype.
    x : array_like
        The input, of any shape; never written to unless it is also `out`.
    out : ndarray or None
        Where to put the result.
    precise : bool
        Compute float32 in float64 and round once. float16 is always computed so.

    Returns
    -------
    ndarray or scalar
        `out`, or a fresh array of the shape of `x`, or a NumPy scalar if `x` has no dimensions.

    Examples
    --------
    >>> apply(np.exp, [0, 1], None, precise=False).round(3)
    array([1.   , 2.718])
    """
    array = as_real_array(x)
    dtype = result_dtype(array)
    fresh = out is None
    if fresh:
        out = np.empty_like(array, dtype=dtype, subok=False)
    else:
        check_out(out, array.shape, dtype)
    work = np.dtype(np.float64) if precise or dtype == np.float16 else dtype
    flags = ["contig", "aligned", "nbo", "overlap_assume_elementwise"]
    blocks = np.nditer(
        [array, out],
        flags=["external_loop", "buffered", "zerosize_ok", "copy_if_overlap"],
        op_flags=[["readonly", *flags], ["writeonly", *flags]],
        op_dtypes=[work, work],
        # int64 to float64 is no "safe" cast, and float64 to float16 is meant to round.
        casting="unsafe",
        buffersize=_BLOCK_BYTES // work.itemsize,
    )
    with blocks, np.errstate(all="ignore"):
        for block, filled in blocks:
            # With out=x both are the same memory, and a kernel may read after it has written.
            kernel(block.copy() if np.may_share_memory(block, filled) else block, filled)
    return out[()] if fresh else out
