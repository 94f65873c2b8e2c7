"""Pictures of gradients on their way down, and of what learning makes of what arrives."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.activations import find
from companion.figures._style import (
    BLUE,
    GREY,
    INK,
    MARKED_LINES,
    styled,
)

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.4


@styled
def draw_slope_ceilings(names: Sequence[str] = ("relu", "tanh", "logistic")) -> Axes:
    """Draw the slopes of activations, and a line at ¼.

    Parameters
    ----------
    names : sequence of str
        One to five registered activations.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_slope_ceilings()
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('weighted sum z', 'slope')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.4))
    z = np.linspace(-6, 6, 1201)
    for name, (colour, line, _) in zip(names, MARKED_LINES, strict=False):
        ax.plot(z, find(name).derivative(z), color=colour, linestyle=line, label=name)
    ax.axhline(0.25, color=GREY, linewidth=1, linestyle=(0, (2, 2)))
    ax.annotate("¼", (6, 0.25), xytext=(0, 2), textcoords="offset points", ha="right", color=INK)
    ax.set(xlabel="weighted sum z", ylabel="slope", xlim=(-6, 6), ylim=(-0.04, 1.1))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    return ax


@styled
def draw_gradient_bound(shares: ArrayLike, bounds: ArrayLike, factor: float = 0.25) -> Axes:
    """Draw how much of a gradient is left after each layer, below the bound on it.

    Parameters
    ----------
    shares, bounds : array_like of shape (networks, layers)
        Measured, and the bound for the same network.
    factor : float
        A further line falls by this factor at each layer.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_gradient_bound([[0.2, 0.05]], [[0.5, 0.25]])
    >>> ax.get_xlabel(), ax.get_yscale()
    ('layers passed, from the top', 'log')
    """
    shares, bounds = np.asarray(shares, dtype=float), np.asarray(bounds, dtype=float)
    passed = np.arange(1 + shares.shape[1])
    _, ax = plt.subplots(figsize=(_WIDTH, 3.9))
    for kind, rows, (colour, line, _) in (
        ("bound: ¼ ‖W‖ a layer", bounds, MARKED_LINES[1]),
        ("measured", shares, MARKED_LINES[0]),
    ):
        for number, row in enumerate(rows):
            name = kind if number == 0 else "_"
            look = {"color": colour, "linestyle": line, "linewidth": 1, "alpha": 0.8}
            ax.plot(passed, [1, *row], label=name, **look)
    steady = factor ** passed.astype(float)
    ax.plot(passed, steady, color=INK, linestyle=":", linewidth=1.6, label=f"{factor:g} a layer")
    ax.set_yscale("log")
    _mark_layers(ax, passed[-1])
    ax.set_ylabel("share of the gradient left")
    ax.legend(loc="lower left")
    return ax


@styled
def draw_starts(
    shares: Mapping[str, Mapping[str, ArrayLike]], ends: tuple[float, float] = (1e-16, 1e13)
) -> np.ndarray:
    """Draw how much of a gradient is left after each layer: activations by panel, starts by curve.

    Parameters
    ----------
    shares : mapping of str to mapping of str to array_like of shape (networks, layers)
        For one to four activations, one to five starts. A curve is the median over networks, its
        band runs from the least to the greatest.
    ends : tuple of float
        Of the vertical axis. A curve that leaves it is named at the edge.

    Returns
    -------
    ndarray of Axes
        Shape (activations,), one below the other.

    Examples
    --------
    >>> panels = draw_starts({"relu": {"He": [[0.9, 0.8], [1.1, 0.7]]}})
    >>> panels[0].get_title(loc="left"), panels[0].get_yscale()
    ('relu', 'log')
    """
    size = (_WIDTH, 2.6 * len(shares) + 0.4)
    figure, panels = plt.subplots(len(shares), sharex=True, sharey=True, figsize=size)
    panels = np.atleast_1d(panels)
    for ax, (activation, starts) in zip(panels, shares.items(), strict=True):
        names = []
        for (name, rows), (colour, line, marker) in zip(starts.items(), MARKED_LINES, strict=False):
            rows = np.asarray(rows, dtype=float)
            rows = np.hstack([np.ones((len(rows), 1)), rows])
            passed, median = np.arange(rows.shape[1]), np.median(rows, axis=0)
            ax.fill_between(passed, rows.min(axis=0), rows.max(axis=0), color=colour, alpha=0.2)
            look = {"color": colour, "linestyle": line, "marker": marker, "markersize": 3}
            ax.plot(passed, median, label=name, **look)
            names.append((median[-1], name, colour))
        ax.axhline(1, color=GREY, linewidth=1, linestyle="-")
        ax.set_yscale("log")
        ax.set_ylim(*ends)
        ax.set_title(activation)
        ax.set_ylabel("share left")
        _name_at_the_end(ax, names, passed[-1], ends)
    _mark_layers(panels[-1], passed[-1])
    figure.align_ylabels()
    return panels


def _name_at_the_end(ax, names, last, ends):
    """Write each name right of its curve's end, none on top of another."""
    low, high = np.log10(ends)
    apart = (high - low) / 14
    height = low
    for value, name, colour in sorted(names):
        wanted = np.clip(np.log10(max(value, ends[0])), low + apart / 2, high - apart / 2)
        height = max(wanted, height + apart)
        look = {"color": colour, "va": "center", "annotation_clip": False, "fontsize": 9.5}
        at = (last, 10**height)
        ax.annotate(name, at, xytext=(6, 0), textcoords="offset points", **look)


def _mark_layers(ax, last):
    ax.set(xlabel="layers passed, from the top", xlim=(0, last))
    ax.xaxis.get_major_locator().set_params(integer=True)


@styled
def draw_swapped_starts(accuracies: Mapping[str, ArrayLike]) -> Axes:
    """Draw the accuracy of every run as a dot, a row for each contender.

    Parameters
    ----------
    accuracies : mapping of str to array_like of shape (runs,)
        Shares of right answers, by contender, from the top row to the lowest.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_swapped_starts({"tanh, told": [0.5, 0.52], "tanh, fitting": [0.8, 0.83]})
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['tanh, told', 'tanh, fitting']
    """
    rng = np.random.default_rng(0)  # spreads the dots up and down so that equal ones show
    _, ax = plt.subplots(figsize=(_WIDTH, 0.62 * len(accuracies) + 0.9))
    for row, values in enumerate(accuracies.values()):
        values = 100 * np.asarray(values, dtype=float)
        spread = row + rng.uniform(-0.22, 0.22, len(values))
        ax.plot(values, spread, "o", color=BLUE, markersize=4.5, alpha=0.6)
        ax.plot([np.median(values)] * 2, [row - 0.36, row + 0.36], color=INK, linestyle="-")
    ax.axvline(50, color=GREY, linewidth=1, linestyle=(0, (4, 2)))
    ax.set_yticks(range(len(accuracies)), list(accuracies))
    ax.set(xlabel="right answers on new points (%)", ylim=(len(accuracies) - 0.4, -0.6))
    ax.set(xlim=(40, 100), ylabel="activation, start")
    ax.grid(visible=False, axis="y")
    return ax


@styled
def draw_depth_limits(
    depths: Sequence[int], found: Mapping[str, Sequence[Sequence[float]]]
) -> Axes:
    """Draw accuracy against depth, with intervals.

    Parameters
    ----------
    depths : sequence of int
        Numbers of hidden layers, increasing.
    found : mapping of str to sequence of (median, low, high)
        For one to five contenders, an interval for each depth, of shares of right answers.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_depth_limits([2, 5], {"relu": [(0.9, 0.88, 0.91), (0.8, 0.7, 0.85)]})
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('hidden layers', 'right answers on new images (%)')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.2))
    count = len(found)
    for number, ((name, rows), (colour, line, marker)) in enumerate(
        zip(found.items(), MARKED_LINES, strict=False)
    ):
        middle, low, high = 100 * np.transpose(np.asarray(rows, dtype=float))
        aside = np.asarray(depths) * 1.02 ** (number - (count - 1) / 2)  # else bars lie on bars
        ax.errorbar(
            aside,
            middle,
            yerr=[middle - low, high - middle],
            color=colour,
            linestyle=line,
            marker=marker,
            markersize=5,
            capsize=3,
            label=name,
        )
    ax.axhline(10, color=GREY, linewidth=1, linestyle=(0, (4, 2)))
    ax.annotate("guessing", (depths[0], 10), xytext=(0, -12), textcoords="offset points", color=INK)
    ax.set_xscale("log")
    ax.set_xticks(depths, [str(depth) for depth in depths])
    ax.minorticks_off()
    ax.set(xlabel="hidden layers", ylabel="right answers on new images (%)", ylim=(0, 102))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax
