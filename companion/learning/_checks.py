"""What may be learnt from: a table of finite numbers, and a label for each of its rows."""

import math
from numbers import Real

import numpy as np

from companion.neurons._checks import finite_array


def patterns(value, name: str = "inputs") -> np.ndarray:
    """Return a table of patterns, shape (n, d) with n and d at least 1."""
    table = finite_array(value, name)
    if table.ndim != 2:
        raise ValueError(
            f"{name} must have shape (n, d), one pattern a row, got shape {table.shape}"
        )
    if table.size == 0:
        raise ValueError(
            f"{name} must hold at least one pattern of at least one number, got shape {table.shape}"
        )
    return table


def signs(value, count: int) -> np.ndarray:
    """Return labels as −1 and +1, shape (count,); 0 and 1 are taken for −1 and +1."""
    labels = finite_array(value, "labels")
    if labels.shape != (count,):
        raise ValueError(
            f"labels must have shape ({count},), one for each pattern, got shape {labels.shape}"
        )
    found = set(np.unique(labels).tolist())
    if not (found <= {-1.0, 1.0} or found <= {0.0, 1.0}):
        shown = ", ".join(f"{label:g}" for label in sorted(found)[:4])
        raise ValueError(f"labels must be −1 and 1, or 0 and 1, got {shown}")
    return np.where(labels > 0, 1.0, -1.0)


def with_bias(table: np.ndarray, bias: object) -> np.ndarray:
    """Append the constant input 1, whose weight is the bias, unless `bias` is False."""
    if not isinstance(bias, bool | np.bool_):
        raise TypeError(f"bias must be True or False, got {bias!r}")
    return np.column_stack([table, np.ones(len(table))]) if bias else table


def start_weights(start, size: int, default: np.ndarray) -> np.ndarray:
    """Return the weights to begin with, shape (size,)."""
    if start is None:
        return default
    weights = finite_array(start, "start")
    if weights.shape != (size,):
        raise ValueError(f"start must have shape ({size},), got shape {weights.shape}")
    return weights.copy()


def whole(value, name: str, low: int = 1) -> int:
    """Return a whole number that is at least `low`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if value < low:
        raise ValueError(f"{name} must be at least {low}, got {value!r}")
    return int(value)


def positive(value, name: str, *, zero: bool = False) -> float:
    """Return a finite number greater than 0, or with `zero` at least 0."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a real number, got {value!r}")
    if not math.isfinite(value) or value < 0 or (value == 0 and not zero):
        range_ = "at least 0" if zero else "greater than 0"
        raise ValueError(f"{name} must be finite and {range_}, got {value!r}")
    return float(value)
