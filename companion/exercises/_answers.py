"""What a reader may answer: helpers that turn everything else into a kind hint.

A checker passes each answer through one of these before it looks at it, so that a wrong type, a
wrong shape or an exception in the reader's code ends in one sentence and not in a traceback.
"""

import copy
import dis
import inspect
import itertools
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from numbers import Complex, Real

import numpy as np


class Hint(Exception):  # noqa: N818 - it is what the reader is told, not an error
    """What is off about an answer, in a sentence that helps and does not give it away."""

    __module__ = "companion.exercises"


class NotAnswered(Exception):  # noqa: N818
    """The answer turned out to be a stub while it was being checked."""


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
        raise Hint(f"{_start(name)} cannot be below {low:g}, and yours is {value:g}.")
    if high is not None and value > high:
        raise Hint(f"{_start(name)} cannot be above {high:g}, and yours is {value:g}.")
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
        raise Hint(f"{_start(name)} should be a whole number, and yours is {value:g}.")
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
        raise Hint(f"{_start(name)} should be `True` or `False`, not {_describe(answer)}.")
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
    raise Hint(f"{_start(name)} should be one of {allowed}, not {_describe(answer)}.")


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
        raise Hint(f"{_start(name)} should be an array of numbers, not {_describe(answer)}.")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            values = np.array(answer)
        except (ValueError, TypeError, Warning):
            raise Hint(
                f"{_start(name)} should be an array, but its rows differ in length."
            ) from None
    if values.dtype == bool or values.dtype.kind not in "iuf":
        raise Hint(f"{_start(name)} should hold real numbers, and yours holds {_holds(values)}.")
    if shape is not None and not _fits(values.shape, shape):
        raise Hint(
            f"{_start(name)} should have shape {_shape(shape)}, and yours has {values.shape}."
        )
    if not np.isfinite(values).all():
        kind = "NaN (not a number)" if np.isnan(values).any() else "an infinite number"
        raise Hint(f"{_start(name)} should be finite everywhere, and yours holds {kind}.")
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
        raise Hint(f"{_start(name)} should be {count} numbers, and you gave one.")
    values = array(answer, name)
    if values.ndim != 1 or values.size != count:
        raise Hint(
            f"{_start(name)} should be a list of {count} numbers, and yours has shape "
            f"{values.shape}."
        )
    return tuple(values.tolist())


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
                f"{_start(name)} should give 0 or 1, and gives {output:g} for "
                f"{', '.join(map(str, row))}."
            )
    return tuple(int(output) for output in outputs)


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
        place = _inputs(arguments)
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
                raise Hint(f"{_start(self.name)} raises {said} (called with {place}).") from None
        if any(not _unchanged(*pair) for pair in zip(arguments, given, strict=True)):
            raise Hint(
                f"{_start(self.name)} changes the array it is given: work on a copy, or write "
                "`x = x + 1` rather than `x += 1`."
            )
        if caught:
            raise Hint(
                f"{_start(self.name)} makes NumPy warn, “{caught[0].message}” "
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
                f"{_start(self.name)} should take {wanted}, and yours takes `{signature}`."
            ) from None

    def _give(self, result: object, arguments: tuple, place: str):
        if is_open(result):
            raise NotAnswered
        if result is None:
            raise Hint(f"{_start(self.name)} returns nothing: does it end in `return`?")
        if self.outputs == 1:
            shape = np.shape(arguments[0]) if self.shape == "same" else self.shape
            return self._value(result, shape, f"what {self.name} returns", place)
        if not isinstance(result, list | tuple) or len(result) != self.outputs:
            raise Hint(
                f"{_start(self.name)} should return {self.outputs} values, and returns "
                f"{_describe(result)}."
            )
        shapes = self.shape if isinstance(self.shape, list) else [None] * self.outputs
        return tuple(
            self._value(part, shape, f"value {place_in} of what {self.name} returns", place)
            for place_in, (part, shape) in enumerate(zip(result, shapes, strict=True), 1)
        )

    def _value(self, result: object, shape: tuple | None, name: str, place: str):
        if result is None or isinstance(result, str | dict | set) or callable(result):
            raise Hint(f"{_start(name)} should be numbers, not {_describe(result)}.")
        try:
            values = np.asarray(result)
        except ValueError:
            raise Hint(f"{_start(name)} should be an array, but its rows differ.") from None
        if values.dtype.kind not in "biuf":
            raise Hint(f"{_start(name)} should be real numbers, and holds {_holds(values)}.")
        if shape is not None and not _fits(values.shape, shape):
            raise Hint(
                f"{_start(name)} should have shape {_shape(shape)} for {place}, and has shape "
                f"{values.shape}."
            )
        if self.finite and not np.isfinite(values).all():
            kind = "NaN (not a number)" if np.isnan(values).any() else "infinite"
            raise Hint(f"{_start(name)} is {kind} for {place}.")
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
            f"{_start(name)} should be a function, not {_describe(answer)}: give its name alone, "
            "without calling it."
        )
    if is_open(answer):
        raise NotAnswered
    return Guarded(answer, name, shape, outputs, finite)


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
        raise Hint(f"{_start(name)} should be a number, not {_describe(answer)}{remedy}.")
    if callable(answer):
        raise Hint(f"{_start(name)} should be a number, not a function: call it first.")
    if isinstance(answer, bool | np.bool_) or not isinstance(answer, Real):
        raise Hint(f"{_start(name)} should be one real number, not {_describe(answer)}.")
    try:
        value = float(answer)
    except OverflowError:
        value = np.inf
    if np.isnan(value):
        raise Hint(f"{_start(name)} is NaN, which is not a number: is something 0/0 or inf − inf?")
    if np.isinf(value):
        raise Hint(f"{_start(name)} is infinite: is something divided by 0, or too large?")
    return value


def _unbool(answer: object) -> object:
    """Let True and False stand for 1 and 0 in a truth table, and there alone."""
    if isinstance(answer, list | tuple):
        return [int(part) if isinstance(part, bool | np.bool_) else part for part in answer]
    if isinstance(answer, np.ndarray) and answer.dtype == bool:
        return answer.astype(int)
    return answer


def _describe(thing: object) -> str:
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


def _short(text: str) -> str:
    shown = repr(text).replace("`", "'")
    return shown if len(shown) <= 30 else shown[:28] + "…'"


def _holds(values: np.ndarray) -> str:
    kinds = {"b": "True and False", "c": "complex numbers", "U": "text", "S": "text"}
    return kinds.get(values.dtype.kind, "things that are not numbers")


def _start(name: str) -> str:
    return name[:1].upper() + name[1:]


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        length in (None, found) for found, length in zip(shape, wanted, strict=True)
    )


def _shape(wanted: tuple[int | None, ...]) -> str:
    if len(wanted) == 0:
        return "() (a single number)"
    lengths = ["any" if length is None else str(length) for length in wanted]
    return f"({', '.join(lengths)}{',' if len(lengths) == 1 else ''})"


def _inputs(arguments: tuple) -> str:
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
            parts.append(_describe(argument))
    return " and ".join(parts) if parts else "no arguments"


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


def _is_empty(body: Callable) -> bool:
    """Whether a function does nothing: its body is ``...``, ``pass`` or a docstring alone."""
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
    steps = list(dis.get_instructions(body))
    returned = [step.argval for step in steps if step.opname in {"LOAD_CONST", "RETURN_CONST"}]
    return all(step.opname in idle for step in steps) and returned in ([None], [...])
