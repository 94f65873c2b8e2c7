"""The engine behind `check`: a register of exercises, and feedback that a reader can use."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from types import MappingProxyType

from companion.exercises._answers import Hint, NotAnswered, is_open

RIGHT, WRONG, OPEN = "right", "wrong", "open"

# The style sheet knows the classes feedback-right, feedback-wrong and feedback-open.
_LOOK = {RIGHT: ("✓", "Right."), WRONG: ("✗", "Not yet."), OPEN: ("○", "Open.")}

_NOT_ANSWERED = "Not answered yet: replace the … by your answer."

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_registered: dict[str, "Exercise"] = {}


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise that `check` knows.

    Attributes
    ----------
    id : str
        Its name: lower-case words joined by hyphens.
    task : str
        What it asks, in one line.
    checker : callable
        Takes the answers, returns why they are right, or raises `Hint`.
    answers : tuple of str
        The names of the answers it takes.
    """

    id: str
    task: str
    checker: Callable[..., str]
    answers: tuple[str, ...]


EXERCISES: Mapping[str, Exercise] = MappingProxyType(_registered)


@dataclass(frozen=True, slots=True, repr=False)
class Feedback:
    """What `check` has to say about an answer.

    Attributes
    ----------
    id : str
        The exercise.
    state : {"right", "wrong", "open"}
        "open" as long as nothing has been answered.
    message : str
        Why the answer is right, or what is off and a hint. Parts in backticks are code.

    Notes
    -----
    A notebook shows it as a ``div`` of class ``feedback`` and one of ``feedback-right``,
    ``feedback-wrong`` and ``feedback-open``, with the parts ``feedback-symbol`` and
    ``feedback-word``.
    """

    id: str
    state: str
    message: str

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.state == RIGHT

    def __repr__(self) -> str:
        symbol, word = _LOOK[self.state]
        return f"{symbol} {word} {self.message}"

    def _repr_html_(self) -> str:
        symbol, word = _LOOK[self.state]
        message = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(self.message, quote=False))
        return (
            f'<div class="feedback feedback-{self.state}"><p>'
            f'<span class="feedback-symbol" aria-hidden="true">{symbol}</span> '
            f'<strong class="feedback-word">{word}</strong> {message}</p></div>'
        )


def exercise(id: str) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Register the decorated function as the checker of an exercise.

    Parameters
    ----------
    id : str
        Lower-case words joined by hyphens, unique in the course.

    Returns
    -------
    callable
        The decorator. The function takes one positional argument for each answer; its
        docstring's first line says what the exercise asks; it returns why the answer is right,
        or raises `Hint`.

    Raises
    ------
    ValueError
        If the id is malformed or taken, or the function has no docstring or no argument.
    """
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise ValueError(f"id must be lower-case words joined by hyphens, got {id!r}")

    def register(checker: Callable[..., str]) -> Callable[..., str]:
        task = (inspect.getdoc(checker) or "").strip().partition("\n")[0]
        if not task:
            raise ValueError(f"{id}: the first line of its docstring must say what it asks")
        names = tuple(inspect.signature(checker).parameters)
        if not names:
            raise ValueError(f"{id}: the checker must take the answer as an argument")
        if id in _registered and not _same(_registered[id].checker, checker):
            raise ValueError(f"{id}: there is another exercise of this name")
        _registered[id] = Exercise(id, task, checker, names)
        return checker

    return register


def check(id: str, *answers: object) -> Feedback:
    """Check the answer to an exercise.

    Parameters
    ----------
    id : str
        The exercise, as its cell in the lesson names it.
    *answers : object
        The answer, or the answers in the order the exercise asks for them. An answer that is
        still ``...`` counts as open.

    Returns
    -------
    Feedback
        Shown by a notebook; ``feedback.passed`` is True only for a right answer.

    Raises
    ------
    LookupError
        If there is no exercise of this name.

    Examples
    --------
    >>> from companion.exercises import check
    >>> check("no such thing", 1)
    Traceback (most recent call last):
        ...
    LookupError: there is no exercise 'no such thing'; copy its name from the lesson's cell
    """
    found = _find(id)
    if any(is_open(answer) for answer in answers):
        return Feedback(id, OPEN, _NOT_ANSWERED)
    if len(answers) != len(found.answers):
        wanted = " and ".join(f"`{name}`" for name in found.answers)
        plural = "s" if len(found.answers) > 1 else ""
        message = (
            f"This exercise takes {len(found.answers)} answer{plural} ({wanted}), "
            f"and `check` was given {len(answers)}."
        )
        return Feedback(id, WRONG, message)
    try:
        praise = found.checker(*answers)
    except Hint as hint:
        return Feedback(id, WRONG, str(hint))
    except NotAnswered:
        return Feedback(id, OPEN, _NOT_ANSWERED)
    except Exception as error:
        told = " ".join(str(error).split())
        message = (
            f"Your answer could not be checked ({type(error).__name__}: {told}). "
            "Is it of the kind that the exercise asks for?"
        )
        return Feedback(id, WRONG, message)
    if not isinstance(praise, str) or not praise.strip():
        raise TypeError(f"{id}: the checker must return why the answer is right, got {praise!r}")
    return Feedback(id, RIGHT, praise)


def _find(id: object) -> Exercise:
    if isinstance(id, str) and id in _registered:
        return _registered[id]
    near = get_close_matches(str(id), _registered, n=3)
    offer = " or ".join(repr(name) for name in near)
    advice = f"did you mean {offer}?" if near else "copy its name from the lesson's cell"
    raise LookupError(f"there is no exercise {id!r}; {advice}")


def _same(old: Callable, new: Callable) -> bool:
    """Whether `new` is `old` again, from a module that was imported afresh."""
    return (old.__module__, old.__qualname__) == (new.__module__, new.__qualname__)
