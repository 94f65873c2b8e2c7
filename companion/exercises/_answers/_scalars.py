"""Answers that are one thing: a number, yes or no, one of a few words."""

from collections.abc import Sequence
from numbers import Real

import numpy as np

from companion.exercises._answers._hint import Hint
from companion.exercises._answers._words import describe, start


def number(
    answer: object,
    name: str = "your answer",
    *,
    low: float | None = None,
    high: float | None = None,
) -> float:
    """Take an answer that has to be one finite real number.

    Parameters
    ----------
    answer : object
        What the reader gave.
    name : str
        What to call it in a hint.
    low, high : float, optional
        The range it must lie in for its meaning alone (a probability: 0 and 1), ends included.

    Returns
    -------
    float

    Raises
    ------
    Hint
        If it is anything else.

    Examples
    --------
    >>> number(1, "the slope")
    1.0
    >>> number("1", "it")
    Traceback (most recent call last):
        ...
    companion.exercises.Hint: It should be a number, not the text `'1'`: leave out the quotes.
    """
    value = _real(answer, name)
    if low is not None and value < low:
        raise Hint(f"{start(name)} cannot be below {low:g}, and yours is {value:g}.")
    if high is not None and value > high:
        raise Hint(f"{start(name)} cannot be above {high:g}, and yours is {value:g}.")
    return value


def integer(
    answer: object,
    name: str = "your answer",
    *,
    low: int | None = None,
    high: int | None = None,
) -> int:
    """Take an answer that has to be one whole number; 3.0 counts as one.

    Parameters
    ----------
    answer : object
        What the reader gave.
    name : str
        What to call it in a hint.
    low, high : int, optional
        The range it must lie in for its meaning alone, ends included.

    Returns
    -------
    int

    Raises
    ------
    Hint
        If it is anything else.

    Examples
    --------
    >>> integer(3.0)
    3
    """
    value = number(answer, name, low=low, high=high)
    if not value.is_integer():
        raise Hint(f"{start(name)} should be a whole number, and yours is {value:g}.")
    return int(value)


def boolean(answer: object, name: str = "your answer") -> bool:
    """Take an answer that has to be True or False.

    Parameters
    ----------
    answer : object
        What the reader gave.
    name : str
        What to call it in a hint.

    Returns
    -------
    bool

    Raises
    ------
    Hint
        If it is anything else.

    Examples
    --------
    >>> boolean(np.bool_(True))
    True
    """
    if not isinstance(answer, bool | np.bool_):
        raise Hint(f"{start(name)} should be `True` or `False`, not {describe(answer)}.")
    return bool(answer)


def choice(answer: object, options: Sequence[str], name: str = "your answer") -> str:
    """Take an answer that has to be one of a few words.

    Parameters
    ----------
    answer : object
        What the reader gave; case and blanks around it do not matter.
    options : sequence of str
        What can be chosen.
    name : str
        What to call it in a hint.

    Returns
    -------
    str
        The option, as it stands in `options`.

    Raises
    ------
    Hint
        If it is anything else.

    Examples
    --------
    >>> choice(" ReLU ", ["relu", "tanh"])
    'relu'
    """
    if isinstance(answer, str):
        for option in options:
            if answer.strip().casefold() == option.casefold():
                return option
    allowed = ", ".join(f'`"{option}"`' for option in options)
    raise Hint(f"{start(name)} should be one of {allowed}, not {describe(answer)}.")


def _real(answer: object, name: str) -> float:
    if isinstance(answer, np.ndarray) and answer.ndim == 0:
        answer = answer.item()
    if isinstance(answer, str):
        try:
            float(answer)
        except ValueError:
            remedy = ""
        else:
            remedy = ": leave out the quotes"
        raise Hint(f"{start(name)} should be a number, not {describe(answer)}{remedy}.")
    if callable(answer):
        raise Hint(f"{start(name)} should be a number, not a function: call it first.")
    if isinstance(answer, bool | np.bool_) or not isinstance(answer, Real):
        raise Hint(f"{start(name)} should be one real number, not {describe(answer)}.")
    try:
        value = float(answer)
    except OverflowError:
        value = np.inf
    if np.isnan(value):
        raise Hint(f"{start(name)} is NaN, which is not a number: is something 0/0 or inf − inf?")
    if np.isinf(value):
        raise Hint(f"{start(name)} is infinite: is something divided by 0, or too large?")
    return value
