"""Truth tables: every input, in counting order, and what a function makes of it."""

import operator

import numpy as np

from companion.neurons._checks import bits

MAX_INPUTS = 10


def binary_inputs(n):
    """Return all 2ⁿ inputs of n bits, counting upwards; the first column changes slowest.

    Parameters
    ----------
    n : int
        Number of inputs, 0 to 10.

    Returns
    -------
    ndarray of int64, shape (2**n, n)

    Raises
    ------
    TypeError
        If `n` is not an integer.
    ValueError
        If `n` is negative or above 10.

    Examples
    --------
    >>> binary_inputs(2)
    array([[0, 0],
           [0, 1],
           [1, 0],
           [1, 1]])
    """
    try:
        n = operator.index(n)
    except TypeError:
        raise TypeError(f"n must be an integer from 0 to {MAX_INPUTS}, got {n!r}") from None
    if n < 0:
        raise ValueError(f"n must be an integer from 0 to {MAX_INPUTS}, got {n}")
    if n > MAX_INPUTS:
        raise ValueError(
            f"n must be at most {MAX_INPUTS}, got {n}: the table would have 2^{n} rows"
        )
    return np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1


def truth_table(function, n=None):
    """Return the output of a Boolean function for each row of ``binary_inputs(n)``.

    Parameters
    ----------
    function : callable
        Takes n separate arguments, each 0 or 1, and returns 0 or 1 (or False or True): a `Gate`, a
        `LogicNetwork` or any Python function.
    n : int, optional
        Number of inputs, 0 to 10. By default ``function.n_inputs``, which gates and networks have.

    Returns
    -------
    ndarray of int64, shape (2**n,)

    Raises
    ------
    TypeError
        If `function` cannot be called, or if `n` is missing and `function` does not tell it.
    ValueError
        If `n` is out of range, or if an output is not a single 0 or 1; the row is named.

    Examples
    --------
    >>> from companion.neurons import nand
    >>> truth_table(nand)
    array([1, 1, 1, 0])
    >>> truth_table(lambda a, b, c: a + b + c >= 2, 3)
    array([0, 0, 0, 1, 0, 1, 1, 1])
    """
    if not callable(function):
        raise TypeError(f"function must be callable with n bits, got {function!r}")
    if n is None:
        n = getattr(function, "n_inputs", None)
        if n is None:
            raise TypeError("n must be given: function has no n_inputs")
    return np.array([_one_bit(function(*row), row) for row in binary_inputs(n).tolist()], np.int64)


def _one_bit(value, row):
    where = f"the output for {tuple(row)}"
    bit = bits(value, where)
    if bit.ndim:
        raise ValueError(f"{where} must be a single 0 or 1, got shape {bit.shape}")
    return int(bit)
