"""Pictures of learning without a gradient: boundaries that turn, weights that settle or circle."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.figures._style import BLUE, GREEN, GREY, INK, LINES, VERMILLION, styled
from companion.learning import HebbianRun, PerceptronRun

_WIDTH = 5.6


@styled
def draw_perceptron(inputs, labels, run: PerceptronRun, direction=None) -> Axes:
    """Draw two classes in the plane, the boundary after each update, and the best one.

    Parameters
    ----------
    inputs : array_like, shape (n, 2)
        The patterns.
    labels : array_like, shape (n,)
        −1 and 1, or 0 and 1.
    run : PerceptronRun
        A run with a bias.
    direction : array_like, shape (3,), optional
        The direction of `companion.learning.margin`, drawn as a further line.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.learning import perceptron_rule
    >>> x, y = [[0.0, 0.0], [1.0, 1.0]], [-1, 1]
    >>> ax = draw_perceptron(x, y, perceptron_rule(x, y))
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('$x_1$', '$x_2$')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.6))
    points, upper = np.asarray(inputs, dtype=float), np.asarray(labels) > 0
    low, high = points.min(axis=0), points.max(axis=0)
    room = 0.08 * (high - low).max()
    ax.set(xlim=(low[0] - room, high[0] + room), ylim=(low[1] - room, high[1] + room))
    ax.plot(*points[upper].T, "o", color=BLUE, markersize=5, label="label +1")
    ax.plot(*points[~upper].T, "s", color=VERMILLION, markersize=5, mfc="white", label="label −1")
    for weights in run.history[1:-1]:
        _line(ax, weights, color=GREY, linewidth=0.8, linestyle="-")
    _line(ax, run.history[-1], color=INK, linewidth=2.2, linestyle="-", label="perceptron, at last")
    if direction is not None:
        look = {"color": GREEN, "linewidth": 2.2, "linestyle": "--"}
        _line(ax, np.asarray(direction), label="widest margin", **look)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


def _line(ax, weights, **look):
    """Draw where w₁x₁ + w₂x₂ + b is 0; nothing where there is no such line."""
    across = np.hypot(weights[0], weights[1])
    if across == 0:
        return
    reach = 10 * max(*np.abs(ax.get_xlim()), *np.abs(ax.get_ylim()))
    foot = -weights[2] * weights[:2] / across**2
    along = np.array([-weights[1], weights[0]]) / across
    ends = np.array([foot - reach * along, foot + reach * along])
    ax.plot(*ends.T, scalex=False, scaley=False, marker="", **look)


@styled
def draw_updates(bounds: Sequence[float], updates: Sequence[int]) -> Axes:
    """Draw how many updates runs took, against the bound on them.

    Parameters
    ----------
    bounds : sequence of float
        (R/γ)² for each run.
    updates : sequence of int
        What was counted; at least 1.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_updates([10, 1000], [3, 40])
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('bound (R/γ)²', 'updates counted')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.2))
    ends = np.array([0.7 * min(bounds), 1.4 * max(bounds)])
    ax.plot(ends, ends, color=INK, linestyle="--", label="as many as the bound allows")
    ax.plot(bounds, updates, "o", color=BLUE, markersize=4, alpha=0.6, label="one run")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set(xlabel="bound (R/γ)²", ylabel="updates counted", xlim=ends, ylim=(0.8, ends[1]))
    ax.legend(loc="upper left")
    return ax


@styled
def draw_weight_paths(inputs, runs: Mapping[str, HebbianRun], axis) -> Axes:
    """Draw a cloud of patterns in the plane, its first principal axis, and the way of weights.

    Parameters
    ----------
    inputs : array_like, shape (n, 2)
        The patterns.
    runs : mapping of str to HebbianRun
        One to four runs.
    axis : array_like, shape (2,)
        The first principal axis.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.learning import oja
    >>> cloud = [[2.0, 1.0], [-2.0, -1.0]]
    >>> ax = draw_weight_paths(cloud, {"Oja": oja(cloud, 0.1, passes=9)}, axis=[2.0, 1.0])
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('first input, first weight', 'second input, second weight')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.8))
    points = np.asarray(inputs, dtype=float)
    reach = 1.05 * np.abs(points).max()
    ax.plot(*points.T, ".", color=GREY, markersize=3, alpha=0.5)
    unit = np.asarray(axis, dtype=float) / np.linalg.norm(axis)
    ends = np.outer([-2 * reach, 2 * reach], unit)
    ax.plot(*ends.T, color=INK, linewidth=1.2, linestyle=":", label="first principal axis")
    turn = np.linspace(0, 2 * np.pi, 181)
    ax.plot(np.cos(turn), np.sin(turn), color=INK, linewidth=0.8, linestyle="-", label="length 1")
    for (name, run), (colour, line) in zip(runs.items(), LINES, strict=False):
        ax.plot(*run.history.T, color=colour, linestyle=line, label=name)
        ax.plot(*run.history[0], "o", color=colour, markersize=7, mfc="white")
        ax.plot(*run.weights, "o", color=colour, markersize=7)
    ax.set(
        xlabel="first input, first weight",
        ylabel="second input, second weight",
        xlim=(-reach, reach),
        ylim=(-reach, reach),
        aspect="equal",
    )
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


@styled
def draw_settling(lengths: Mapping[str, np.ndarray], angles_deg: Mapping[str, np.ndarray]):
    """Draw the length of weights and their angle to the first principal axis, step by step.

    Parameters
    ----------
    lengths : mapping of str to ndarray of shape (steps,)
        One to four runs.
    angles_deg : mapping of str to ndarray of shape (steps,)
        The same runs, in degrees.

    Returns
    -------
    ndarray of Axes
        Shape (2,): lengths above, angles below.

    Examples
    --------
    >>> above, below = draw_settling({"Oja": [1.0, 1.0]}, {"Oja": [80.0, 40.0]})
    >>> above.get_ylabel(), below.get_ylabel()
    ('length of the weights', 'angle to the axis (°)')
    """
    _, axes = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.2))
    for ax, curves in zip(axes, (lengths, angles_deg), strict=True):
        for (name, values), (colour, line) in zip(curves.items(), LINES, strict=False):
            ax.plot(values, color=colour, linestyle=line, label=name)
    axes[0].set_yscale("log")
    axes[0].set_ylabel("length of the weights")
    axes[0].legend(loc="upper left")
    axes[1].set(ylabel="angle to the axis (°)", xlabel="patterns seen", ylim=(0, 92))
    axes[1].set_xlim(left=0)
    return axes


@styled
def draw_hidden_sizes(
    sizes: Sequence[int], accuracies: Mapping[str, Sequence[Sequence[float]]], others: Mapping
) -> Axes:
    """Draw the test accuracy of random hidden layers against their size.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of hidden neurons, increasing.
    accuracies : mapping of str to array_like of shape (sizes, draws)
        One to three kinds of fit; a line is the mean over draws of the hidden layer, a band runs
        from the worst to the best.
    others : mapping of str to float
        Accuracies of other methods, drawn as level lines.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_hidden_sizes([10, 20], {"plain": [[0.5, 0.6], [0.7, 0.8]]}, {"other": 0.9})
    >>> ax.get_ylabel()
    'right answers on the test images (%)'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.2))
    for (name, values), (colour, line), marker in zip(
        accuracies.items(), LINES, "os^D", strict=False
    ):
        values = 100 * np.asarray(values, dtype=float)
        ax.fill_between(sizes, values.min(axis=1), values.max(axis=1), color=colour, alpha=0.2)
        look = {"color": colour, "linestyle": line, "marker": marker, "markersize": 4}
        ax.plot(sizes, values.mean(axis=1), label=name, **look)
    for name, value in others.items():
        ax.axhline(100 * value, color=INK, linewidth=1.2, linestyle=":", label=name)
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.set(xlabel="hidden neurons", ylabel="right answers on the test images (%)", ylim=(0, 102))
    ax.legend(loc="lower left")
    return ax
