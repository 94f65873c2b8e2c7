"""Checks of arguments that several functions here share."""

from numbers import Real
from operator import index
from typing import Any

import numpy as np

from companion.activations import Activation, find


def order(number: Any, name: str) -> int:
    """Return an integer that is not negative."""
    wanted = f"{name} must be an integer, 0 or more, got {number!r}"
    if isinstance(number, (bool, np.bool_)):
        raise TypeError(f"{wanted} ({type(number).__name__})")
    try:
        number = index(number)
    except TypeError:
        raise TypeError(f"{wanted} ({type(number).__name__})") from None
    if number < 0:
        raise ValueError(wanted)
    return number


def finite(number: Any, name: str) -> float:
    """Return a finite real number as a float."""
    wanted = f"{name} must be a finite real number, got {number!r}"
    if isinstance(number, (bool, np.bool_)) or not isinstance(number, (Real, np.floating)):
        raise TypeError(f"{wanted} ({type(number).__name__})")
    if not np.isfinite(number):
        raise ValueError(wanted)
    return float(number)


def activation_of(activation: Any) -> Activation:
    """Return an activation, which may be given by its name."""
    if isinstance(activation, Activation):
        return activation
    if isinstance(activation, str):
        return find(activation)
    raise TypeError(
        f"activation must be a name or an activation of the companion, got {activation!r} "
        f"({type(activation).__name__})"
    )


def real(x: Any) -> np.ndarray:
    """Return x as float64; complex numbers, text and other objects are refused."""
    x = np.asarray(x)
    if x.dtype.kind not in "fiub":
        raise TypeError(f"x must hold real numbers, got an array of {x.dtype}")
    return x.astype(np.float64)
