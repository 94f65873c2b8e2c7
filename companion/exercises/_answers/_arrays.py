"""Answers that are many numbers."""

import warnings
from numbers import Real

import numpy as np

from companion.exercises._answers._hint import Hint
from companion.exercises._answers._words import describe, holds, shape_text, start


def array(
    answer: object,
    name: str = "your answer",
    *,
    shape: tuple[int | None, ...] | None = None,
) -> np.ndarray:
    """Take an answer that has to be an array of finite real numbers.

    Parameters
    ----------
    answer : object
        What the reader gave: an array, or lists that make one.
    name : str
        What to call it in a hint.
    shape : tuple of int or None, optional
        The shape it must have; None in it stands for any length.

    Returns
    -------
    ndarray of float64
        A copy.

    Raises
    ------
    Hint
        If it is anything else.

    Examples
    --------
    >>> array([1, 2], shape=(2,))
    array([1., 2.])
    """
    if isinstance(answer, str | dict | set) or callable(answer) or answer is None:
        raise Hint(f"{start(name)} should be an array of numbers, not {describe(answer)}.")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            values = np.array(answer)
        except (ValueError, TypeError, Warning):
            raise Hint(
                f"{start(name)} should be an array, but its rows differ in length."
            ) from None
    if values.dtype == bool or values.dtype.kind not in "iuf":
        raise Hint(f"{start(name)} should hold real numbers, and yours holds {holds(values)}.")
    if shape is not None and not fits(values.shape, shape):
        raise Hint(
            f"{start(name)} should have shape {shape_text(shape)}, and yours has {values.shape}."
        )
    if not np.isfinite(values).all():
        kind = "NaN (not a number)" if np.isnan(values).any() else "an infinite number"
        raise Hint(f"{start(name)} should be finite everywhere, and yours holds {kind}.")
    return values.astype(np.float64)


def numbers(answer: object, count: int, name: str = "your answer") -> tuple[float, ...]:
    """Take an answer that has to be a few numbers in a list, tuple or array.

    Parameters
    ----------
    answer : object
        What the reader gave.
    count : int
        How many there have to be.
    name : str
        What to call it in a hint.

    Returns
    -------
    tuple of float

    Raises
    ------
    Hint
        If it is anything else.

    Examples
    --------
    >>> low, high = numbers([-1, 1], 2, "the two ends")
    """
    if isinstance(answer, Real) and not isinstance(answer, bool) and count > 1:
        raise Hint(f"{start(name)} should be {count} numbers, and you gave one.")
    values = array(answer, name)
    if values.ndim != 1 or values.size != count:
        raise Hint(
            f"{start(name)} should be a list of {count} numbers, and yours has shape "
            f"{values.shape}."
        )
    return tuple(values.tolist())


def largest_difference(
    given: object,
    wanted: object,
    at: object,
    *,
    tolerance: float,
) -> tuple[float, float, str] | None:
    """Find where an answer is furthest from the right one.

    Parameters
    ----------
    given, wanted : array_like, shape (n,)
        The reader's values and the right ones.
    at : array_like, shape (n,)
        The inputs they belong to.
    tolerance : float
        The largest difference that counts as none, absolute.

    Returns
    -------
    tuple of (float, float, str) or None
        The input, the reader's value there, and "too high" or "too low"; None if they agree.

    Examples
    --------
    >>> largest_difference([0, 3], [0, 1], at=[-1, 1], tolerance=1e-9)
    (1.0, 3.0, 'too high')
    """
    given, wanted, at = (np.asarray(values, np.float64).ravel() for values in (given, wanted, at))
    with np.errstate(invalid="ignore"):
        off = np.abs(given - wanted)
    off[np.isnan(off)] = np.inf
    off[(given == wanted) | (np.isnan(given) & np.isnan(wanted))] = 0
    worst = int(np.argmax(off))
    if off[worst] <= tolerance:
        return None
    return (
        float(at[worst]),
        float(given[worst]),
        "too high" if given[worst] > wanted[worst] else "too low",
    )


def fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        length in (None, found) for found, length in zip(shape, wanted, strict=True)
    )
