"""Pictures of swish: its gate, its limits, its slopes, and the sharpness that networks learn."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import lambertw

from companion.activations import logistic, relu, swish
from companion.figures._style import BLUE, GREY, INK, LINES, styled
from companion.training import MedianInterval

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH, _NARROW = 5.6, 4.6
# The largest value of t·σ(−t), and one less than the t at which it is taken.
_DIP = float(lambertw(np.exp(-1.0)).real)
# Where swish with β = 1 is steepest: v·tanh(v/2) = 2.
_STEEPEST = float(brentq(lambda v: v * np.tanh(v / 2) - 2, 2, 3))


@styled
def draw_self_gate(betas: Sequence[float] = (0.0, 1.0, 4.0)) -> np.ndarray:
    """Draw how far the gate σ(βx) stands open, and what it lets through.

    Parameters
    ----------
    betas : sequence of float
        One to four sharpnesses β of the gate, 0 or more.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the gate above, swish below.

    Examples
    --------
    >>> gate, through = draw_self_gate()
    >>> gate.get_ylabel(), through.get_ylabel()
    ('gate, the share let through', 'output')
    """
    x = np.linspace(-5, 5, 501)
    figure, (gate, through) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.6))
    for beta, (colour, line) in zip(betas, LINES, strict=False):
        look = {"color": colour, "linestyle": line, "label": f"β = {beta:g}"}
        gate.plot(x, logistic(beta * x), **look)
        through.plot(x, swish(x, beta=beta), **look)
    for ax, height in ((gate, 0.5), (through, 0.0)):
        ax.axvline(0, color=GREY, linewidth=0.8)
        ax.plot(0, height, "o", color=INK, markersize=6, zorder=4)
    gate.annotate("half open", (0, 0.5), (0.5, 0.33), color=INK)
    gate.set(ylabel="gate, the share let through", ylim=(-0.05, 1.05))
    through.plot(x, 0.5 * x, color=GREY, linewidth=0.8, zorder=1)
    through.annotate("slope ½ for every β", (0, 0), (0.5, -0.9), color=INK)
    through.set(xlabel="input x", ylabel="output", ylim=(-1.5, 4.2))
    gate.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([gate, through])


@styled
def draw_swish_limits(betas: Sequence[float] = (0.5, 1.0, 2.0, 4.0)) -> np.ndarray:
    """Draw swish between a straight line and ReLU, and its distance to ReLU.

    Parameters
    ----------
    betas : sequence of float
        One to four sharpnesses β > 0.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the curves above; below, |swish − ReLU| with its two peaks marked.

    Examples
    --------
    >>> curves, distance = draw_swish_limits((1.0, 2.0))
    >>> [float(t) for t in distance.lines[1].get_ydata().round(4)]  # β = 1
    [0.2785, 0.2785]
    """
    x = np.linspace(-5, 5, 1001)
    figure, (curves, distance) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.8))
    curves.plot(x, x / 2, color=GREY, linewidth=1, linestyle=(0, (6, 3)))
    curves.plot(x, relu(x), color=INK, linewidth=1)
    for beta, (colour, line) in zip(betas, LINES, strict=False):
        look = {"color": colour, "linestyle": line}
        curves.plot(x, swish(x, beta=beta), **look, label=f"β = {beta:g}")
        distance.plot(x, np.abs(swish(x, beta=beta) - relu(x)), **look)
        peaks = np.array([-1.0, 1.0]) * (1 + _DIP) / beta
        distance.plot(peaks, np.full(2, _DIP / beta), "o", color=colour, markersize=5)
    curves.annotate("β = 0: x/2", (-2.4, -1.2), (-2.1, -1.5), color=GREY)
    curves.annotate("ReLU", (3, 3), (2.4, 3.3), color=INK, ha="right")
    curves.set(ylabel="output", ylim=(-1.9, 4.4))
    distance.set(xlabel="input x", ylabel="distance to ReLU", ylim=(0, None))
    curves.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([curves, distance])


@styled
def draw_swish_slopes(betas: Sequence[float] = (0.5, 1.0, 2.0)) -> np.ndarray:
    """Draw the slope of swish and its second derivative, for several β.

    Parameters
    ----------
    betas : sequence of float
        One to four sharpnesses β > 0.

    Returns
    -------
    ndarray of Axes
        Shape (2,): slopes above, with the steepest points marked; second derivatives below.

    Examples
    --------
    >>> slope, _ = draw_swish_slopes((1.0,))
    >>> [float(y) for y in slope.lines[-1].get_ydata().round(4)]
    [-0.0998, 1.0998]
    """
    x = np.linspace(-6, 6, 1201)
    figure, (slope, bend) = plt.subplots(2, sharex=True, figsize=(_NARROW, 5.8))
    for outside in ((1, 1.22), (-0.22, 0)):
        slope.axhspan(*outside, color=GREY, alpha=0.18, linewidth=0)
    slope.plot(x, x > 0, color=INK, linewidth=1, label="ReLU")
    for beta, (colour, line) in zip(betas, LINES, strict=False):
        look = {"color": colour, "linestyle": line, "label": f"β = {beta:g}"}
        f = swish.with_parameters(beta=beta)
        bend.plot(x, f.second_derivative(x), **look)
        slope.plot(x, f.derivative(x), **look)
        marks = np.array([-1.0, 1.0]) * _STEEPEST / beta
        slope.plot(marks, f.derivative(marks), "o", color=colour, markersize=5)
    slope.set(ylabel="slope", ylim=(-0.22, 1.22))
    bend.axhline(0, color=INK, linewidth=0.8)
    bend.set(xlabel="input x", ylabel="second derivative")
    slope.legend(loc="center left", bbox_to_anchor=(0, 0.55))
    figure.align_ylabels()
    return np.array([slope, bend])


@styled
def draw_sharpnesses(layers: Sequence[Mapping[str, ArrayLike]]) -> np.ndarray:
    """Draw how the learned β are spread, layer by layer.

    Parameters
    ----------
    layers : sequence of mapping of str to array_like
        For each hidden layer, the first one on top: all β of its units, by how they started. One
        to four starts, the same ones in every layer.

    Returns
    -------
    ndarray of Axes
        One for each layer.

    Examples
    --------
    >>> draw_sharpnesses([{"from 0": [0.1, -0.1]}, {"from 0": [0.0, 0.2]}]).shape
    (2,)
    """
    everything = np.concatenate([np.ravel(b) for layer in layers for b in layer.values()])
    low, high = np.floor(everything.min() * 10) / 10, np.ceil(everything.max() * 10) / 10
    edges = np.linspace(low, high, 1 + round((high - low) / 0.025))
    figure, axes = plt.subplots(
        len(layers),
        sharex=True,
        sharey=True,
        squeeze=False,
        figsize=(_NARROW, 1 + 1.5 * len(layers)),
    )
    for number, (ax, layer) in enumerate(zip(axes[:, 0], layers, strict=True), 1):
        for (start, betas), (colour, line) in zip(layer.items(), LINES, strict=False):
            share = np.full(np.size(betas), 100 / np.size(betas))
            look = {"edgecolor": colour, "linestyle": line, "label": start}
            ax.hist(
                np.ravel(betas),
                edges,
                weights=share,
                histtype="stepfilled",
                alpha=0.2,
                color=colour,
            )
            ax.hist(np.ravel(betas), edges, weights=share, histtype="step", **look)
        ax.set_title(f"hidden layer {number}")
        ax.axvline(0, color=GREY, linewidth=0.8)
    axes[0, 0].legend(loc="upper center")
    axes[-1, 0].set_xlabel("learned β")
    figure.supylabel("share of the units, %", fontsize=10.5)
    return axes[:, 0]


@styled
def draw_differences(
    differences: Mapping[str, ArrayLike],
    intervals: Mapping[str, MedianInterval],
    what: str,
) -> Axes:
    """Draw by how much each contender differs from another one, run by run.

    Parameters
    ----------
    differences : mapping of str to array_like of shape (runs,)
        By contender, from top to bottom: one difference a run.
    intervals : mapping of str to MedianInterval
        By contender: the median of the differences and how far it may be off.
    what : str
        What is compared, with its unit, for the axis.

    Returns
    -------
    Axes

    Examples
    --------
    >>> one = {"ReLU": MedianInterval(0.5, 0.0, 1.0, 3)}
    >>> draw_differences({"ReLU": [0.0, 0.5, 1.0]}, one, "more digits, %").get_xlabel()
    'more digits, %'
    """
    _, ax = plt.subplots(figsize=(_NARROW, 1.3 + 0.7 * len(differences)))
    ax.axvline(0, color=INK, linewidth=1)
    for row, (name, values) in enumerate(differences.items()):
        values = np.sort(np.ravel(values))
        # Equal differences stand above one another, so that each run is seen.
        above = np.array([np.sum(values[:i] == value) for i, value in enumerate(values)])
        apart = min(0.07, 0.6 / max(above.max(), 1))
        ax.plot(values, row - 0.1 - apart * above, "o", color=GREY, markersize=3.5)
        interval = intervals[name]
        ax.plot([interval.low, interval.high], [row + 0.12] * 2, "-", color=BLUE, linewidth=3)
        ax.plot(interval.median, row + 0.12, "s", color=BLUE, markersize=7)
    ax.set_yticks(range(len(differences)), list(differences))
    ax.set_ylim(len(differences) - 0.5, -0.75)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(what)
    return ax
