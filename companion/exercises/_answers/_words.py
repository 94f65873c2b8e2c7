"""Say what somebody gave, in words for a hint."""

from numbers import Complex, Real

import numpy as np


def start(name: str) -> str:
    return name[:1].upper() + name[1:]


def describe(thing: object) -> str:
    """Say what a thing is, in a reader's words."""
    if thing is None:
        return "`None` (does the line that makes it return something?)"
    if isinstance(thing, bool | np.bool_):
        return f"`{bool(thing)}`"
    if isinstance(thing, str):
        return f"the text `{_short(thing)}`"
    if isinstance(thing, np.ndarray):
        return f"an array of shape {thing.shape}"
    if isinstance(thing, Real):
        return f"the number {float(thing):g}"
    if isinstance(thing, Complex):
        return "a complex number"
    if isinstance(thing, type):
        return f"the class `{thing.__name__}`"
    if callable(thing):
        return "a function"
    if isinstance(thing, list | tuple):
        return f"a {type(thing).__name__} of {len(thing)}"
    kind = type(thing).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def holds(values: np.ndarray) -> str:
    kinds = {"b": "True and False", "c": "complex numbers", "U": "text", "S": "text"}
    return kinds.get(values.dtype.kind, "things that are not numbers")


def shape_text(wanted: tuple[int | None, ...]) -> str:
    if len(wanted) == 0:
        return "() (a single number)"
    lengths = ["any" if length is None else str(length) for length in wanted]
    return f"({', '.join(lengths)}{',' if len(lengths) == 1 else ''})"


def inputs_text(arguments: tuple) -> str:
    parts = []
    for argument in arguments:
        values = np.asarray(argument) if isinstance(argument, np.ndarray | list) else None
        if values is not None and (values.size > 4 or values.dtype.kind not in "biuf"):
            parts.append(f"an array of shape {values.shape}")
        elif values is not None:
            parts.append(f"the array {values.tolist()}")
        elif isinstance(argument, Real) and not isinstance(argument, bool):
            parts.append(f"{argument:g}")
        else:
            parts.append(describe(argument))
    return " and ".join(parts) if parts else "no arguments"


def _short(text: str) -> str:
    shown = repr(text).replace("`", "'")
    return shown if len(shown) <= 30 else shown[:28] + "…'"
