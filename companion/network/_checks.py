"""Arguments are looked at once, where they enter; errors name them and say what is accepted."""

from __future__ import annotations

import math
import numbers
from typing import Any

import numpy as np

FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def float_array(value: Any, name: str, dtype: np.dtype | None = None) -> np.ndarray:
    """Return real numbers as float32 or float64: theirs if they have one, else `dtype`."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}")
    if dtype is None:
        dtype = array.dtype if array.dtype in FLOATS else np.dtype(np.float64)
    return array.astype(dtype, copy=False)


def float_dtype(dtype: Any) -> np.dtype:
    """Return float32 or float64, the types that a network computes in."""
    found = np.dtype(dtype)
    if found not in FLOATS:
        raise ValueError(f"dtype must be float32 or float64, got {found}")
    return found


def number(
    value: Any,
    name: str,
    *,
    above: float | None = None,
    at_least: float | None = None,
    below: float | None = None,
) -> float:
    """Return a finite number within its bounds."""
    limits = [
        text
        for text, bound in ((f"> {above}", above), (f">= {at_least}", at_least))
        if bound is not None
    ] + ([f"< {below}"] if below is not None else [])
    accepted = "a finite number " + " and ".join(limits)
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be {accepted}, got {value!r}")
    if (
        not math.isfinite(value)
        or (above is not None and value <= above)
        or (at_least is not None and value < at_least)
        or (below is not None and value >= below)
    ):
        raise ValueError(f"{name} must be {accepted}, got {value!r}")
    return float(value)


def whole(value: Any, name: str, at_least: int = 1) -> int:
    """Return a whole number that is not too small."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number >= {at_least}, got {value!r}")
    if value < at_least:
        raise ValueError(f"{name} must be a whole number >= {at_least}, got {value}")
    return int(value)


def remembered(value: Any, layer: object) -> Any:
    """Return what a forward pass has left for the backward pass."""
    if value is None:
        raise RuntimeError(f"{layer!r} has no batch to go back from: call forward first")
    return value
