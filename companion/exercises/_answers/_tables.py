"""Answers that are Boolean functions."""

import itertools

import numpy as np

from companion.exercises._answers._arrays import numbers
from companion.exercises._answers._functions import function
from companion.exercises._answers._hint import Hint
from companion.exercises._answers._words import start


def truth_table(answer: object, inputs: int, name: str = "your answer") -> tuple[int, ...]:
    """Take an answer that has to be a Boolean function of a few inputs.

    Parameters
    ----------
    answer : object
        What the reader gave: a function of `inputs` numbers 0 or 1, or its outputs in a list,
        in the order of the inputs counted in binary (00, 01, 10, 11).
    inputs : int
        How many inputs it has.
    name : str
        What to call it in a hint.

    Returns
    -------
    tuple of int
        The 2**inputs outputs, each 0 or 1.

    Raises
    ------
    Hint
        If it is anything else.

    Examples
    --------
    >>> truth_table(lambda a, b: a and b, 2)
    (0, 0, 0, 1)
    """
    rows = list(itertools.product((0, 1), repeat=inputs))
    if callable(answer):
        guarded = function(answer, name, shape=())
        outputs = [float(guarded(*row)) for row in rows]
    else:
        outputs = numbers(_unbool(answer), len(rows), name)
    for row, output in zip(rows, outputs, strict=True):
        if output not in (0, 1):
            raise Hint(
                f"{start(name)} should give 0 or 1, and gives {output:g} for "
                f"{', '.join(map(str, row))}."
            )
    return tuple(int(output) for output in outputs)


def _unbool(answer: object) -> object:
    """Let True and False stand for 1 and 0 in a truth table, and there alone."""
    if isinstance(answer, list | tuple):
        return [int(part) if isinstance(part, bool | np.bool_) else part for part in answer]
    if isinstance(answer, np.ndarray) and answer.dtype == bool:
        return answer.astype(int)
    return answer
