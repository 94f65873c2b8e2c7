"""NumPy's textbook formula of an activation, made from the definition that it states.

The definition is written for one mpmath number. Here it is given a whole array and, in the place of
mpmath, NumPy; `min` and `max` become `np.minimum` and `np.maximum`, and where it asks whether
x > 0, it is followed both ways and `np.where` chooses. That is the code that one writes at first.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable

import numpy as np
import scipy.special

from companion.activations import Activation

_OTHER_NAMES = {"ncdf": scipy.special.ndtr, "fabs": np.abs, "ln": np.log, "log": np.log}


class _Followed(np.ndarray):
    """An array that answers "is it true?" as told, and remembers having been asked."""

    answers: tuple[bool, ...] = ()
    asked: list[np.ndarray]

    def __array_finalize__(self, source: object) -> None:
        self.answers = getattr(source, "answers", ())
        self.asked = getattr(source, "asked", [])

    def __bool__(self) -> bool:
        if self.ndim == 0:
            return bool(self[()])
        self.asked.append(np.asarray(self))
        return len(self.asked) > len(self.answers) or self.answers[len(self.asked) - 1]


class _NumPyAsMpmath:
    """What a definition asks of mpmath, from NumPy and scipy.special."""

    pi = float(np.pi)
    e = float(np.e)

    @staticmethod
    def mpf(x: object) -> object:
        return x if isinstance(x, np.ndarray) else float(x)

    def __getattr__(self, name: str) -> Callable[..., object]:
        function = _OTHER_NAMES.get(name) or getattr(np, name, None)
        return _weak(function or getattr(scipy.special, name))


def _weak(function: Callable[..., object]) -> Callable[..., object]:
    """Let numbers stay Python's, so that they do not widen an array of float32."""

    @functools.wraps(function)
    def call(*arguments: object) -> object:
        result = function(*arguments)
        return result if np.ndim(result) else float(result)

    return call


def textbook(activation: Activation) -> Callable[[np.ndarray], np.ndarray]:
    """Return the function of an array that evaluates the definition of `activation` as it stands.

    Examples
    --------
    >>> from companion.activations import elu
    >>> textbook(elu)(np.array([-1.0, 2.0])).round(4)
    array([-0.6321,  2.    ])
    """
    # The form of an activation that has several, such as GELU, states its own definition.
    stated = getattr(activation, "_form", activation)
    method = type(stated).definition
    names = {**method.__globals__, "min": _weak(np.minimum), "max": _weak(np.maximum)}
    definition = types.FunctionType(
        method.__code__, names, method.__name__, method.__defaults__, method.__closure__
    )
    mp = _NumPyAsMpmath()

    def follow(x: np.ndarray, answers: tuple[bool, ...]) -> np.ndarray:
        view = x.view(_Followed)
        view.answers, view.asked = answers, []
        result = np.asarray(definition(stated, view, mp))
        masks = view.asked
        for i in range(len(masks) - 1, len(answers) - 1, -1):
            said = answers + (True,) * (i - len(answers))
            result = np.where(masks[i], result, follow(x, (*said, False)))
        return result

    def evaluate(x: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            return follow(x, ()).astype(x.dtype, copy=False)

    return evaluate
