"""Configurations: what tells one cell of a sweep from another."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from itertools import product
from numbers import Integral, Real

import numpy as np

#: Names with values that JSON can hold: texts, numbers, booleans and None.
Configuration = dict[str, str | int | float | bool | None]


def grid(**axes: Iterable[object]) -> tuple[Configuration, ...]:
    """Return every combination of the values given, the last name varying fastest.

    Parameters
    ----------
    **axes : iterable of str, int, float, bool or None
        The values of each name.

    Returns
    -------
    tuple of dict

    Raises
    ------
    TypeError, ValueError
        If a value is not one that a results file can hold, or a name has no value or one twice.

    Examples
    --------
    >>> grid(activation=["relu", "tanh"], run=range(2))[1:3]
    ({'activation': 'relu', 'run': 1}, {'activation': 'tanh', 'run': 0})
    """
    values = {}
    for name, given in axes.items():
        if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
            raise TypeError(f"{name} must be several values, such as a list; got {given!r}")
        values[name] = [plain(value, name) for value in given]
        if not values[name]:
            raise ValueError(f"{name} must have at least one value")
        for i, value in enumerate(values[name]):
            if any(same(value, other) for other in values[name][:i]):
                raise ValueError(f"{name} has the value {value!r} twice")
    return tuple(dict(zip(values, cell, strict=True)) for cell in product(*values.values()))


def plain(value: object, name: str) -> str | int | float | bool | None:
    """Return the value as JSON holds it; NumPy's numbers become Python's."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(f"{name} must be finite, got {value!r}")
        return number
    raise TypeError(
        f"{name} must hold texts, numbers, booleans or None, got {value!r} ({type(value).__name__})"
    )


def same(a: object, b: object) -> bool:
    """Whether two plain values are one and the same in a file: 1 and True are not."""
    return key_of({"": a}) == key_of({"": b})


def key_of(configuration: Mapping[str, object]) -> str:
    """Return the text that stands for a configuration, whatever the order of its names."""
    return json.dumps(configuration, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
