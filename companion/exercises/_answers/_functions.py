"""Answers that are functions: they are called with care."""

import copy
import inspect
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from companion.exercises._answers._arrays import fits
from companion.exercises._answers._hint import Hint, NotAnswered
from companion.exercises._answers._open import is_open
from companion.exercises._answers._words import describe, holds, inputs_text, shape_text, start


@dataclass(frozen=True, slots=True)
class Guarded:
    """A reader's function, called with care; see `function`."""

    inner: Callable
    name: str
    shape: object
    outputs: int
    finite: bool

    def __call__(self, *arguments):
        """Call the reader's function on copies of the arguments and check what it returns."""
        self._take(arguments)
        given = [copy.deepcopy(argument) for argument in arguments]
        place = inputs_text(arguments)
        with (
            warnings.catch_warnings(record=True) as caught,
            np.errstate(divide="warn", over="warn", invalid="warn"),
        ):
            warnings.simplefilter("always")
            try:
                result = self.inner(*given)
            except (Hint, NotAnswered):
                raise
            except (Exception, SystemExit) as error:
                told = " ".join(str(error).split())
                said = type(error).__name__ + (f": {told}" if told else "")
                raise Hint(f"{start(self.name)} raises {said} (called with {place}).") from None
        if any(not _unchanged(*pair) for pair in zip(arguments, given, strict=True)):
            raise Hint(
                f"{start(self.name)} changes the array it is given: work on a copy, or write "
                "`x = x + 1` rather than `x += 1`."
            )
        if caught:
            raise Hint(
                f"{start(self.name)} makes NumPy warn, “{caught[0].message}” "
                f"(called with {place}). Can you rearrange it so that this cannot happen?"
            )
        return self._give(result, arguments, place)

    def _take(self, arguments: tuple) -> None:
        try:
            signature = inspect.signature(self.inner)
        except (TypeError, ValueError):  # some functions written in C have none
            return
        try:
            signature.bind(*arguments)
        except TypeError:
            wanted = f"{len(arguments)} argument{'s' if len(arguments) != 1 else ''}"
            raise Hint(
                f"{start(self.name)} should take {wanted}, and yours takes `{signature}`."
            ) from None

    def _give(self, result: object, arguments: tuple, place: str):
        if is_open(result):
            raise NotAnswered
        if result is None:
            raise Hint(f"{start(self.name)} returns nothing: does it end in `return`?")
        if self.outputs == 1:
            shape = np.shape(arguments[0]) if self.shape == "same" else self.shape
            return self._value(result, shape, f"what {self.name} returns", place)
        if not isinstance(result, list | tuple) or len(result) != self.outputs:
            raise Hint(
                f"{start(self.name)} should return {self.outputs} values, and returns "
                f"{describe(result)}."
            )
        shapes = self.shape if isinstance(self.shape, list) else [None] * self.outputs
        return tuple(
            self._value(part, shape, f"value {place_in} of what {self.name} returns", place)
            for place_in, (part, shape) in enumerate(zip(result, shapes, strict=True), 1)
        )

    def _value(self, result: object, shape: tuple | None, name: str, place: str):
        if result is None or isinstance(result, str | dict | set) or callable(result):
            raise Hint(f"{start(name)} should be numbers, not {describe(result)}.")
        try:
            values = np.asarray(result)
        except ValueError:
            raise Hint(f"{start(name)} should be an array, but its rows differ.") from None
        if values.dtype.kind not in "biuf":
            raise Hint(f"{start(name)} should be real numbers, and holds {holds(values)}.")
        if shape is not None and not fits(values.shape, shape):
            raise Hint(
                f"{start(name)} should have shape {shape_text(shape)} for {place}, and has shape "
                f"{values.shape}."
            )
        if self.finite and not np.isfinite(values).all():
            kind = "NaN (not a number)" if np.isnan(values).any() else "infinite"
            raise Hint(f"{start(name)} is {kind} for {place}.")
        return values[()] if values.dtype.kind == "f" else values.astype(np.float64)[()]


def function(
    answer: object,
    name: str = "your function",
    *,
    shape: object = "same",
    outputs: int = 1,
    finite: bool = True,
) -> Guarded:
    """Take an answer that has to be a function, and return it guarded.

    Parameters
    ----------
    answer : object
        What the reader gave.
    name : str
        What to call it in a hint.
    shape : "same", tuple of int or None, or None
        The shape of what it returns: that of its first argument, a given one (None in it
        stands for any length), or any. With several outputs, a list of the latter two.
    outputs : int
        How many values it returns; more than one means a tuple of them.
    finite : bool
        Whether what it returns must be finite.

    Returns
    -------
    Guarded
        A callable. It calls the reader's function with copies, and raises `Hint` if that raises,
        warns, changes its input, takes other arguments, or returns something else than real
        numbers of the right shape. Integers and bools come back as float64; floats keep their
        dtype; 0-d comes back as a scalar.

    Raises
    ------
    Hint
        If it is no function.

    Examples
    --------
    >>> double = function(lambda x: 2 * x, "your double")
    >>> double(np.array([1.0, 2.0]))
    array([2., 4.])
    >>> function(lambda x: 1 / x, "yours")(0)
    Traceback (most recent call last):
        ...
    companion.exercises.Hint: Yours raises ZeroDivisionError: division by zero (called with 0).
    """
    if not callable(answer):
        raise Hint(
            f"{start(name)} should be a function, not {describe(answer)}: give its name alone, "
            "without calling it."
        )
    if is_open(answer):
        raise NotAnswered
    return Guarded(answer, name, shape, outputs, finite)


def _unchanged(before: object, after: object) -> bool:
    if isinstance(before, np.ndarray):
        return (
            before.shape == after.shape
            and before.dtype == after.dtype
            and before.tobytes() == after.tobytes()
        )
    if isinstance(before, list | dict):
        return repr(before) == repr(after)
    return True
