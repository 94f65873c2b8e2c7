"""Pictures of what is left after many steps: of a value, of a gradient, and of a task."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.figures._style import (
    BLUE,
    GREY,
    INK,
    MARKED_LINES,
    VERMILLION,
    styled,
)
from companion.recurrent import half_life

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.4


@styled
def draw_carried(
    values: Mapping[str, ArrayLike], gradients: Mapping[str, ArrayLike], lowest: float = 1e-12
) -> np.ndarray:
    """Draw a value that units carry along, and below it what is left of its gradient.

    Parameters
    ----------
    values, gradients : mapping of str to array_like of shape (steps + 1,)
        For the same one to five units: the value after each step, and the slope of that value with
        respect to the one at the start.
    lowest : float
        Where the axis of the gradients ends.

    Returns
    -------
    ndarray of Axes
        Shape (2,), one below the other.

    Examples
    --------
    >>> panels = draw_carried({"halving": [1, 0.5, 0.25]}, {"halving": [1, 0.5, 0.25]})
    >>> panels[1].get_xlabel(), panels[1].get_yscale()
    ('steps', 'log')
    """
    figure, panels = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.4))
    for ax, curves in zip(panels, (values, gradients), strict=True):
        for (name, curve), (colour, line, _) in zip(curves.items(), MARKED_LINES, strict=False):
            ax.plot(np.asarray(curve, dtype=float), color=colour, linestyle=line, label=name)
    panels[0].set(ylabel="value carried")
    panels[0].set_ylim(bottom=0)
    panels[0].legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    steps = len(next(iter(values.values()))) - 1
    panels[1].set(xlabel="steps", ylabel="gradient left", yscale="log", ylim=(lowest, 10))
    panels[1].set_xlim(0, steps)
    figure.align_ylabels()
    return panels


@styled
def draw_gradients_in_time(
    panels: Mapping[str, Mapping[str, ArrayLike]], ends: tuple[float, float] = (1e-12, 1e9)
) -> np.ndarray:
    """Draw how much of a gradient is left so many steps back, by panel and curve.

    Parameters
    ----------
    panels : mapping of str to mapping of str to array_like of shape (networks, steps + 1)
        By title, one to five curves each. A curve is the median over networks, its band runs from
        the least to the greatest.
    ends : tuple of float
        Of the vertical axis.

    Returns
    -------
    ndarray of Axes
        Shape (panels,), one below the other.

    Examples
    --------
    >>> (ax,) = draw_gradients_in_time({"plain": {"tanh": [[1, 0.5, 0.2], [1, 0.4, 0.1]]}})
    >>> ax.get_xlabel(), ax.get_title(loc="left")
    ('steps back', 'plain')
    """
    size = (_WIDTH, 3.0 * len(panels) + 0.3)
    figure, axes = plt.subplots(len(panels), sharex=True, sharey=True, figsize=size)
    axes = np.atleast_1d(axes)
    for ax, (title, curves) in zip(axes, panels.items(), strict=True):
        for (name, rows), (colour, line, _) in zip(curves.items(), MARKED_LINES, strict=False):
            rows = np.asarray(rows, dtype=float)
            back = np.arange(rows.shape[1])
            ax.fill_between(back, rows.min(axis=0), rows.max(axis=0), color=colour, alpha=0.2)
            ax.plot(back, np.median(rows, axis=0), color=colour, linestyle=line, label=name)
        ax.axhline(1, color=GREY, linewidth=1, linestyle="-")
        ax.set(ylabel="gradient left", yscale="log", ylim=ends, xlim=(0, back[-1]))
        ax.set_title(title)
        ax.legend(loc="upper left", ncols=2)
    axes[-1].set_xlabel("steps back")
    figure.align_ylabels()
    return axes


@styled
def draw_half_life(marked: Sequence[float] = (0, 1, 5), lowest: float = -2.0) -> Axes:
    """Draw the half-life of a gate's memory against the gate's bias.

    Parameters
    ----------
    marked : sequence of float
        Biases whose half-life is marked by a dot and written beside it.
    lowest : float
        Where the axis begins; it ends at 8.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_half_life()
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('bias of the gate', 'half-life (steps)')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.4))
    bias = np.linspace(lowest, 8, 401)
    ax.plot(bias, half_life(bias), color=BLUE, label="half-life")
    for b in marked:
        steps = half_life(float(b))
        ax.plot(b, steps, "o", color=VERMILLION)
        text = {"xytext": (-8, 6), "textcoords": "offset points", "ha": "right", "color": INK}
        ax.annotate(f"{steps:.3g}", (b, steps), **text)
    ax.set(xlabel="bias of the gate", ylabel="half-life (steps)", yscale="log", xlim=(lowest, 8))
    return ax


@styled
def draw_kept_numbers(errors: Mapping[str, Mapping[str, ArrayLike]], solved: float) -> np.ndarray:
    """Draw the error of every run as a dot, a row for each contender, a panel for each lag.

    Parameters
    ----------
    errors : mapping of str to mapping of str to array_like of shape (runs,)
        By title of the panel and by contender, from the top row to the lowest: the errors in the
        end. An error of 1 is that of a guess.
    solved : float
        A line marks this error: below it, a run has solved the task.

    Returns
    -------
    ndarray of Axes
        Shape (panels,), one below the other.

    Examples
    --------
    >>> (ax,) = draw_kept_numbers({"10 steps": {"tanh": [0.9, 1.0], "LSTM": [0.01, 0.02]}}, 0.05)
    >>> [label.get_text() for label in ax.get_yticklabels()], ax.get_title(loc="left")
    (['tanh', 'LSTM'], '10 steps')
    """
    rng = np.random.default_rng(0)  # spreads the dots up and down so that equal ones show
    rows = len(next(iter(errors.values())))
    size = (_WIDTH, (0.32 * rows + 0.5) * len(errors) + 0.4)
    _, axes = plt.subplots(len(errors), sharex=True, figsize=size)
    axes = np.atleast_1d(axes)
    for ax, (title, contenders) in zip(axes, errors.items(), strict=True):
        for row, values in enumerate(contenders.values()):
            values = np.asarray(values, dtype=float)
            heights = row + rng.uniform(-0.25, 0.25, len(values))
            ax.plot(values, heights, "o", color=BLUE, markersize=4, alpha=0.6)
            ax.plot([np.median(values)] * 2, [row - 0.38, row + 0.38], color=INK, linestyle="-")
        ax.axvline(solved, color=GREY, linewidth=1, linestyle=(0, (4, 2)))
        ax.set_yticks(range(rows), list(contenders))
        ax.set(xscale="log", xlim=(0.02, 1.6), ylim=(rows - 0.4, -0.6), ylabel="contender")
        ax.set_xticks([0.05, 0.2, 1], ["0.05", "0.2", "1"])
        ax.minorticks_off()
        ax.grid(visible=False, axis="y")
        ax.set_title(title)
    axes[-1].set_xlabel("error in the end (1 is a guess)")
    return axes
