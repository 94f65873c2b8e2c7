"""What one wishes of an activation, each wish as a measurement with a bar.

The wishes are the textbooks'; the bars are this course's, and another course may set others. Every
number here comes from evaluating the function, none from what an activation says of itself, so a
new activation is scored by being defined.

>>> from companion.activations import relu, swish
>>> score(relu).broken
()
>>> score(swish).broken
('monotone',)
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from companion.activations import ACTIVATIONS, Activation

__all__ = ["WISHES", "Score", "Wish", "score", "scores"]

_STEP = 1 / 256
# From −16 to 16 and off the round numbers, so that no kink or jump falls on a grid point.
_GRID = np.arange(-16, 16, _STEP) + 0.31 * _STEP
# Within one step the smooth curves rise by less than 0.02 and their slopes turn by less than 0.02.
_JUMP, _TURN = 0.05, 0.05
_FAR = 8.0
_WORK = np.linspace(-4, 4, 64)
_SIZES = np.concatenate([[0.0], np.logspace(-300, 300, 601)])


@dataclass(frozen=True)
class Wish:
    """One wish: what is measured, and between which bars the number should lie.

    Attributes
    ----------
    name : str
        A word or two.
    measures : str
        What the number is.
    least, most : float
        The bars; a number on a bar passes.
    """

    name: str
    measures: str
    least: float
    most: float
    measure: Callable[[Activation], float]

    @property
    def bars(self) -> str:
        """The bars in words."""
        if self.least == self.most:
            return f"exactly {self.most:g}"
        if np.isinf(self.most):
            return f"at least {self.least:g}"
        return f"{self.least:.2g} to {self.most:.2g}" if self.least else f"at most {self.most:g}"

    def granted(self, number: float) -> bool:
        """Whether a measured number lies between the bars."""
        return self.least <= number <= self.most


@dataclass(frozen=True)
class Score:
    """What was measured of one activation, by the names of the wishes.

    Attributes
    ----------
    measured : mapping of str to float
    granted : mapping of str to bool
    """

    measured: MappingProxyType
    granted: MappingProxyType

    @property
    def broken(self) -> tuple[str, ...]:
        """The names of the wishes that are not granted, in the order of `WISHES`."""
        return tuple(name for name, granted in self.granted.items() if not granted)


def score(activation: Activation) -> Score:
    """Measure one activation against every wish.

    Parameters
    ----------
    activation : Activation
        Any activation of numbers, registered or not.

    Returns
    -------
    Score

    Raises
    ------
    TypeError
        If `activation` is none.

    Examples
    --------
    >>> from companion.activations import heaviside
    >>> score(heaviside).broken
    ('continuous', 'moderate slope', 'tells size')
    """
    if not isinstance(activation, Activation):
        raise TypeError(f"activation must be an Activation, such as relu, got {activation!r}")
    measured = {wish.name: float(wish.measure(activation)) for wish in WISHES}
    granted = {wish.name: wish.granted(measured[wish.name]) for wish in WISHES}
    return Score(MappingProxyType(measured), MappingProxyType(granted))


def scores() -> dict[str, Score]:
    """Measure every registered activation with its default parameters.

    Returns
    -------
    dict of str to Score
        By name; those that break fewest wishes first, then by name.

    Examples
    --------
    >>> "relu" in scores()
    True
    """
    found = {name: score(activation) for name, activation in ACTIVATIONS.items()}
    return dict(sorted(found.items(), key=lambda item: (len(item[1].broken), item[0])))


def _bend(activation: Activation) -> float:
    """Give the distance from the best straight line on [−4, 4], as a share of the spread."""
    x = _GRID[np.abs(_GRID) < 4]
    y = activation(x)
    left_over = y - np.polyval(np.polyfit(x, y, 1), x)
    return np.sqrt(np.mean(left_over**2)) / y.std()


def _jumps(activation: Activation) -> int:
    return np.count_nonzero(np.abs(np.diff(activation(_GRID))) > _JUMP)


def _kinks(activation: Activation) -> int:
    rise = np.diff(activation(_GRID))
    smooth = np.abs(rise) <= _JUMP
    turns = np.abs(np.diff(rise)) / _STEP > _TURN
    # A kink between two grid points turns the slope once, or by halves in two neighbouring steps.
    turns &= smooth[1:] & smooth[:-1]
    return np.count_nonzero(turns & ~np.concatenate([[False], turns[:-1]]))


def _passes(activation: Activation) -> float:
    """Count the passes over an array that the value and the slope together take."""
    total = 0.0
    for kernel in (activation._value, activation._slope):
        inputs, result = _WORK.copy().view(_Counted), np.empty_like(_WORK).view(_Counted)
        _Counted.numbers = 0
        kernel(inputs, result)
        total += _Counted.numbers / _WORK.size
    return total


class _Counted(np.ndarray):
    """An array that counts the numbers which NumPy's functions compute from it."""

    numbers = 0

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
        _Counted.numbers += max(np.size(value) for value in inputs)
        if out is not None:
            kwargs["out"] = tuple(_plain(value) for value in out)
        result = getattr(ufunc, method)(*map(_plain, inputs), **kwargs)
        return result.view(_Counted) if isinstance(result, np.ndarray) else result

    def __array_function__(self, function, types, args, kwargs):
        if function in (np.where, np.copyto, np.select, np.putmask, np.take):
            _Counted.numbers += self.size
        return super().__array_function__(function, types, args, kwargs)


def _plain(value):
    return value.view(np.ndarray) if isinstance(value, _Counted) else value


def _steepest(activation: Activation) -> float:
    return np.abs(np.diff(activation(_GRID))).max() / _STEP


def _growth(activation: Activation) -> float:
    """Give how much the output changes while the input doubles from 8 to 16, on the better side."""
    sides = np.array([-1.0, 1.0])
    return np.abs(activation(2 * _FAR * sides) - activation(_FAR * sides)).max()


def _fall(activation: Activation) -> float:
    """Give the most that the output falls while the input grows."""
    y = activation(_GRID)
    return (np.maximum.accumulate(y) - y).max()


def _answered(activation: Activation) -> float:
    """Give the share of inputs of every size with a finite value and slope."""
    x = np.concatenate([-_SIZES, _SIZES])
    return (np.isfinite(activation(x)) & np.isfinite(activation.derivative(x))).mean()


#: In the order of the textbooks' list.
WISHES = (
    Wish("non-linear", "distance from a straight line", 0.01, np.inf, _bend),
    Wish("continuous", "jumps", 0, 0, _jumps),
    Wish("few kinks", "kinks", 0, 3, _kinks),
    Wish("cheap", "passes over the array, value and slope", 0, 24, _passes),
    Wish("moderate slope", "steepest slope", 1 / 3, 3, _steepest),
    Wish("tells size", "change from |x| = 8 to 16", 1, np.inf, _growth),
    Wish("monotone", "largest fall", 0, 1e-9, _fall),
    Wish("domain ℝ", "share of inputs answered", 1, 1, _answered),
)
