"""What may enter a neuron: real numbers, finite numbers, bits. The rest is refused by name."""

import numpy as np


def real_array(value, name):
    """Return `value` as a float array: floats keep their type, integers become float64."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"{name} must be a rectangular array, got rows of unequal length"
        ) from error
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise TypeError(
            f"{name} must hold real numbers (bool, integer or float), got dtype {array.dtype}"
        )
    return array


def finite_array(value, name):
    """Return `value` as a float64 array without NaN and infinities."""
    array = real_array(value, name).astype(np.float64)
    if not np.isfinite(array).all():
        bad = array[~np.isfinite(array)].flat[0]
        raise ValueError(f"{name} must be finite numbers, got {bad}")
    return array


def bits(value, name):
    """Return `value` as an int64 array of zeros and ones."""
    array = real_array(value, name)
    allowed = (array == 0) | (array == 1)
    if not allowed.all():
        raise ValueError(f"{name} must be 0 or 1, got {array[~allowed].flat[0]:g}")
    return array.astype(np.int64)


def plain(array):
    """Return a 0-d array as a Python int, so that one neuron on one input prints as 0 or 1."""
    return int(array) if array.ndim == 0 else array
