"""Pictures of outputs whose mean is not 0, of what that does to learning, and of the cures."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled
from companion.training import median_interval

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.6
_LOOKS = ((BLUE, "-", "o"), (VERMILLION, "--", "s"), (GREEN, "-.", "^"), (PURPLE, ":", "D"))


@styled
def draw_weight_walks(walks: Mapping[str, tuple[ArrayLike, ArrayLike]], goal: ArrayLike):
    """Draw the loss of a linear neuron with two weights as level lines, and how they walked.

    Parameters
    ----------
    walks : mapping of str to (moments, path)
        For each panel, from top to bottom: the inputs' second moments E[x xᵀ], shape (2, 2), and
        the weights step by step, shape (steps, 2).
    goal : array_like of shape (2,)
        The weights without any error.

    Returns
    -------
    ndarray of Axes
        Shape (walks,), one above the other.

    Examples
    --------
    >>> draw_weight_walks({"centred": (np.eye(2), [[0, 0], [1, 0]])}, goal=[1, 0]).shape
    (1,)
    """
    _, axes = plt.subplots(
        len(walks), squeeze=False, sharex=True, sharey=True, figsize=(_WIDTH, 3.9 * len(walks))
    )
    side = np.linspace(-2.0, 2.0, 161)
    away = np.stack(np.meshgrid(side, side), axis=-1) - goal
    for ax, (name, (moments, path)) in zip(axes[:, 0], walks.items(), strict=True):
        loss = 0.5 * np.einsum("...i,ij,...j", away, np.asarray(moments, dtype=float), away)
        levels = loss.max() * np.array([0.002, 0.01, 0.03, 0.08, 0.17, 0.32, 0.55])
        ax.contour(side, side, loss, levels=levels, colors=GREY, linewidths=0.8)
        path = np.asarray(path, dtype=float)
        ax.plot(*path.T, color=BLUE, linestyle="-", linewidth=1.2, marker="o", markersize=3)
        ax.plot(*path[0], "s", color=INK, markersize=7)
        ax.plot(*goal, "*", color=VERMILLION, markersize=15, zorder=4)
        ax.set_title(name)
        ax.set(ylabel="second weight", aspect="equal", xlim=(-2, 2), ylim=(-2, 2))
        ax.grid(visible=False)
    axes[-1, 0].set_xlabel("first weight")
    return axes[:, 0]


@styled
def draw_pushed_sums(sums: Mapping[str, ArrayLike]) -> np.ndarray:
    """Draw where the weighted sums of each unit lie: thin 90 % of them, thick one half, dot median.

    Parameters
    ----------
    sums : mapping of str to array_like of shape (n, units)
        For each panel, from left to right, the weighted sums of n inputs.

    Returns
    -------
    ndarray of Axes
        Shape (panels,).

    Examples
    --------
    >>> draw_pushed_sums({"all alike": np.ones((5, 3))}).shape
    (1,)
    """
    figure, axes = plt.subplots(
        1, len(sums), squeeze=False, sharex=True, sharey=True, figsize=(_WIDTH, 4.4)
    )
    for ax, (name, values), (colour, *_) in zip(axes[0], sums.items(), _LOOKS, strict=False):
        low, quarter, middle, three, high = np.quantile(
            values, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0
        )
        units = np.arange(1, len(middle) + 1)
        ax.axvline(0, color=INK, linewidth=1)
        ax.hlines(units, low, high, color=colour, linewidth=1)
        ax.hlines(units, quarter, three, color=colour, linewidth=4)
        ax.plot(middle, units, "o", color=INK, markersize=3)
        ax.set_title(name)
        ax.grid(visible=False, axis="y")
    axes[0, 0].set_ylabel("unit of the next layer")
    figure.supxlabel("weighted sum z", fontsize=10.5)
    return axes[0]


@styled
def draw_gradient_signs(gradients: Mapping[str, ArrayLike]) -> np.ndarray:
    """Draw which weights of one neuron each single example would raise, and which lower.

    Parameters
    ----------
    gradients : mapping of str to array_like of shape (examples, weights)
        For each panel, from top to bottom, the gradient of each example's loss.

    Returns
    -------
    ndarray of Axes
        Shape (panels,). Dark squares are weights that go up, against the gradient.

    Examples
    --------
    >>> draw_gradient_signs({"one sign": [[1.0, 2.0], [-1.0, -2.0]]}).shape
    (1,)
    """
    figure, axes = plt.subplots(
        len(gradients), squeeze=False, sharex=True, figsize=(_WIDTH, 0.7 + 2.5 * len(gradients))
    )
    light = "#F6C9A8"
    for ax, (name, values) in zip(axes[:, 0], gradients.items(), strict=True):
        goes_up = np.asarray(values) < 0
        examples, weights = goes_up.shape
        ends = (0.5, weights + 0.5, examples + 0.5, 0.5)
        colours = ListedColormap([light, BLUE])
        ax.imshow(goes_up, cmap=colours, vmin=0, vmax=1, extent=ends, aspect="auto")
        ax.hlines(np.arange(1, examples) + 0.5, *ends[:2], color="white", linewidth=1.5)
        ax.set_title(name)
        ax.set_ylabel("image")
        ax.grid(visible=False)
    axes[-1, 0].set_xlabel("weight of one neuron")
    figure.legend(
        handles=[Patch(color=BLUE, label="goes up"), Patch(color=light, label="goes down")],
        loc="outside upper right",
        ncols=2,
    )
    return axes[:, 0]


@styled
def draw_eigenvalues(spectra: Mapping[str, ArrayLike]) -> Axes:
    """Draw eigenvalues from the largest to the smallest, on a logarithmic axis.

    Parameters
    ----------
    spectra : mapping of str to array_like of shape (k,)
        One to four sets, in any order within a set.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_eigenvalues({"round": [1.0, 1.0]}).get_yscale()
    'log'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.9))
    for (name, values), (colour, line, marker) in zip(spectra.items(), _LOOKS, strict=False):
        falling = np.sort(np.asarray(values, dtype=float))[::-1]
        ranks = np.arange(1, len(falling) + 1)
        look = {"color": colour, "linestyle": line, "linewidth": 1, "marker": marker}
        ax.plot(ranks, falling, markersize=4, label=name, **look)
    ax.set(xlabel="rank, from the largest", ylabel="eigenvalue", yscale="log")
    ax.legend(loc="upper right")
    return ax


@styled
def draw_steps_needed(steps: Sequence[float], runs: Mapping[str, ArrayLike]) -> Axes:
    """Draw how long learning took against the step size; what never arrived is left out.

    Parameters
    ----------
    steps : sequence of float
        The step sizes tried.
    runs : mapping of str to array_like of shape (steps, seeds)
        One to four networks: steps needed, infinite where a run never arrived. The line is the
        median, dots are single runs.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_steps_needed([0.1, 1.0], {"net": [[90, 80], [9, np.inf]]}).get_xlabel()
    'step size'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.2))
    for (name, values), (colour, line, marker) in zip(runs.items(), _LOOKS, strict=False):
        values = np.asarray(values, dtype=float)
        shown = np.where(np.isinf(values), np.nan, values)
        middle = np.median(values, axis=1)
        ax.plot(steps, shown, marker, color=colour, markersize=3, alpha=0.45)
        middle[np.isinf(middle)] = np.nan
        ax.plot(steps, middle, color=colour, linestyle=line, label=name)
    ax.set(xlabel="step size", ylabel="steps needed", xscale="log", yscale="log")
    ax.set_xlim(0.8 * min(steps), 1.25 * max(steps))
    ax.set_xticks(steps, [f"{step:g}" if step >= 1 else f"1/{1 / step:g}" for step in steps])
    ax.minorticks_off()
    ax.yaxis.set_major_formatter("{x:g}")
    ax.legend(loc="upper right")
    return ax


@styled
def draw_learning_times(times: Mapping[str, ArrayLike], label: str = "steps needed") -> Axes:
    """Draw how long each of several networks learned: every run, the median and its interval.

    Parameters
    ----------
    times : mapping of str to array_like of shape (runs,)
        From top to bottom, positive and finite.
    label : str
        What the numbers are.

    Returns
    -------
    Axes
        With a logarithmic axis, so that equal ratios are equally far apart.

    Examples
    --------
    >>> draw_learning_times({"slow": [90, 80, 99], "fast": [9, 8, 8]}).get_xscale()
    'log'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 1.0 + 0.5 * len(times)))
    for row, values in enumerate(times.values()):
        found = median_interval(values)
        ax.plot(values, np.full(len(values), row), "o", color=BLUE, markersize=4, alpha=0.25)
        ax.hlines(row, found.low, found.high, color=VERMILLION, linewidth=5)
        ax.plot(found.median, row, "|", color=INK, markersize=15, markeredgewidth=2)
    ax.set(xlabel=label, xscale="log", ylim=(len(times) - 0.5, -0.5))
    ax.set_yticks(range(len(times)), list(times))
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter("{x:g}")
    ax.xaxis.set_minor_formatter("{x:g}")
    ax.tick_params(axis="x", which="minor", labelsize=8)
    return ax
