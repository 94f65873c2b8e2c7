"""Whether a reader has answered at all."""

import dis
import inspect
from collections.abc import Callable

import numpy as np


def is_open(answer: object) -> bool:
    """Whether an answer, or any part of it, has not been given yet.

    Parameters
    ----------
    answer : object
        Open are ``...``, containers that hold one, and functions whose body is empty.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_open(...), is_open([1, ...]), is_open(0)
    (True, True, False)
    """
    if answer is ...:
        return True
    if isinstance(answer, dict):
        return any(is_open(part) for part in answer.values())
    if isinstance(answer, list | tuple):
        return any(is_open(part) for part in answer)
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        return any(part is ... for part in answer.flat)
    return inspect.isfunction(answer) and _is_empty(answer)


def _is_empty(body: Callable) -> bool:
    """Whether a function does nothing: its body is ``...``, ``pass`` or a docstring alone."""
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
    steps = list(dis.get_instructions(body))
    returned = [step.argval for step in steps if step.opname in {"LOAD_CONST", "RETURN_CONST"}]
    return all(step.opname in idle for step in steps) and returned in ([None], [...])
