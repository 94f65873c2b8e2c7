"""What one threshold can split, what folds the rest, and what a smooth neuron looks like."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike

from companion.activations import Activation
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled
from companion.neurons import LogicNetwork, artificial_neuron, binary_inputs, cover_count
from companion.wishlist import WISHES, Score

# Inches: so narrow that the text can still be read on a phone.
_WIDTH = 4.2
_POINT = {"s": 90, "edgecolors": INK, "linewidths": 1.6, "zorder": 4}


@styled
def draw_crossing(inputs: ArrayLike, labels: ArrayLike, certificate: ArrayLike) -> Axes:
    """Draw points of two classes, the segments that join each class, and where they meet.

    Parameters
    ----------
    inputs : array_like, shape (4, 2)
        Two points of each class.
    labels : array_like of 0 and 1, shape (4,)
    certificate : array_like, shape (4,)
        The λ of `companion.neurons.separate`: weights that give both classes the same mean.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there are not two points of each class in the plane.
    """
    points, ones = np.asarray(inputs, float), np.asarray(labels) == 1
    if points.shape != (4, 2) or ones.sum() != 2:
        raise ValueError("inputs must be two points of each class, in the plane")
    share = np.asarray(certificate, float)
    _, ax = plt.subplots(figsize=(_WIDTH, 3.6))
    ax.plot(*points[ones].T, color=BLUE, ls="-", lw=2.4, label="between the ones")
    ax.plot(*points[~ones].T, color=VERMILLION, ls="--", lw=2.4, label="between the zeros")
    ax.scatter(*points[ones].T, facecolors=INK, **_POINT)
    ax.scatter(*points[~ones].T, facecolors="white", **_POINT)
    meeting = share[ones] @ points[ones] / share[ones].sum()
    ax.plot(*meeting, "X", color=PURPLE, mec="white", ms=15, zorder=5, label="in both")
    _square(ax)
    ax.set(xlabel="input $x_1$", ylabel="input $x_2$")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.16), ncols=3, handlelength=1.6,
              columnspacing=1.0, fontsize=9)  # fmt: skip
    return ax


@styled
def draw_folding(network: LogicNetwork) -> np.ndarray:
    """Draw what two hidden neurons do to the four inputs, and what the output neuron then sees.

    Parameters
    ----------
    network : LogicNetwork
        Two inputs, two hidden neurons.

    Returns
    -------
    ndarray of matplotlib.axes.Axes
        The plane of the inputs with both hidden neurons' lines, and the plane of their outputs with
        the output neuron's line. Filled points are inputs for which the network fires.

    Raises
    ------
    ValueError
        If the network has not two inputs and two hidden neurons.
    """
    if network.hidden_weights.shape != (2, 2):
        raise ValueError(
            "network must have two inputs and two hidden neurons, "
            f"got hidden_weights of shape {network.hidden_weights.shape}"
        )
    rows = binary_inputs(2)
    fires = network(*rows.T) == 1
    _, axes = plt.subplots(1, 2, figsize=(_WIDTH, 2.5))
    for weights, bias, colour, style in zip(
        network.hidden_weights, network.hidden_bias, (BLUE, VERMILLION), ("-", "--"), strict=True
    ):
        _line(axes[0], weights, bias, colour, style)
    _shade(axes[0], lambda x1, x2: network.hidden_weights @ [x1, x2] + network.hidden_bias)
    _line(axes[1], network.output_weights, network.output_bias, GREEN, "-.")
    _shade(axes[1], lambda x1, x2: [network.output_weights @ [x1, x2] + network.output_bias])
    for ax, points in zip(axes, (rows, network.hidden(*rows.T)), strict=True):
        ax.scatter(*points[fires].T, facecolors=INK, **_POINT)
        ax.scatter(*points[~fires].T, facecolors="white", **_POINT)
        _square(ax)
    axes[0].set(xlabel="input $x_1$", ylabel="input $x_2$")
    axes[1].set(xlabel="hidden neuron $h_1$", ylabel="hidden neuron $h_2$")
    return axes


@styled
def draw_cover(inputs: Sequence[int], counted: Mapping[int, int], counted_inputs: int) -> Axes:
    """Draw the share of labellings that one neuron makes against the number of points.

    Parameters
    ----------
    inputs : sequence of int
        Numbers of inputs d; one curve each, from Cover's formula, at most four.
    counted : mapping of int to int
        For numbers of points N, how many labellings were found by counting.
    counted_inputs : int
        The d for which they were counted.

    Returns
    -------
    matplotlib.axes.Axes
        Points per parameter, N / (d + 1), across; the share of the 2ᴺ labellings upwards.
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.3))
    looks = zip(inputs, (BLUE, VERMILLION, GREEN, PURPLE), ("-", "--", "-.", ":"))  # noqa: B905
    for d, colour, style in looks:
        n = np.arange(1, 4 * (d + 1) + 1)
        share = [cover_count(int(k), d) / 2 ** int(k) for k in n]
        ax.plot(n / (d + 1), share, color=colour, ls=style, label=f"{d} inputs")
    n = np.array(sorted(counted))
    ax.plot(
        n / (counted_inputs + 1),
        [counted[int(k)] / 2 ** int(k) for k in n],
        "o",
        color=INK,
        label=f"counted, {counted_inputs} inputs",
        zorder=4,
    )
    ax.axvline(2, color=GREY, ls=(0, (2, 2)), lw=1.2)
    ax.set(xlabel="points per parameter, $N / (d + 1)$", ylabel="labellings that one neuron makes")
    ax.set(xlim=(0, 4), ylim=(-0.03, 1.05))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.legend(loc="upper right")
    return ax


@styled
def draw_level_lines(
    activations: Sequence[Activation], weights: ArrayLike, bias: float
) -> np.ndarray:
    """Draw the output of neurons over the plane of two inputs, as lines of equal height.

    Parameters
    ----------
    activations : sequence of Activation
        One panel for each, all with the same weights and bias.
    weights : array_like, shape (2,)
    bias : float

    Returns
    -------
    ndarray of matplotlib.axes.Axes
        Darker is higher; the thick line is where the weighted sum is 0.
    """
    side = np.linspace(-3, 3, 121)
    plane = np.stack(np.meshgrid(side, side), axis=-1)
    z = artificial_neuron(plane, weights, bias)
    _, axes = plt.subplots(1, len(activations), figsize=(_WIDTH, 2.3), sharey=True, squeeze=False)
    for ax, activation in zip(axes[0], activations, strict=True):
        a = artificial_neuron(plane, weights, bias, activation)
        ax.contourf(side, side, a, levels=9, cmap="Blues")
        ax.contour(side, side, a, levels=9, colors=[GREY], linestyles="-", linewidths=0.6)
        ax.contour(side, side, z, levels=[0], colors=[INK], linestyles="-", linewidths=2.2)
        ax.set(aspect="equal", xticks=[-3, 0, 3], yticks=[-3, 0, 3], xlabel="$x_1$")
        ax.set_title(activation.name, loc="center", fontsize=10)
        ax.grid(visible=False)
    axes[0, 0].set_ylabel("$x_2$")
    return axes[0]


@styled
def draw_collapse(curves: Mapping[str, ArrayLike], t: ArrayLike) -> np.ndarray:
    """Draw what deep networks make of a straight walk through their inputs, one panel each.

    Parameters
    ----------
    curves : mapping of str to array_like
        For each network its output along the walk.
    t : array_like
        How far along the walk, the same for all.

    Returns
    -------
    ndarray of matplotlib.axes.Axes
        Each with a scale of its own.
    """
    _, axes = plt.subplots(
        len(curves), 1, figsize=(_WIDTH, 0.6 + 1.6 * len(curves)), sharex=True, squeeze=False
    )
    for ax, (name, values) in zip(axes[:, 0], curves.items(), strict=True):
        ax.plot(t, values, color=BLUE, ls="-")
        ax.set_title(name)
        ax.set_ylabel("output")
    axes[-1, 0].set_xlabel("position along a straight walk through the inputs")
    return axes[:, 0]


@styled
def draw_dip(
    activation: Callable, sums: Mapping[str, float], level: float, lowest: float = -8.0
) -> Axes:
    """Draw an activation with a dip, some weighted sums on it, and a level that cuts it twice.

    Parameters
    ----------
    activation : callable
        From an array to an array of the same shape.
    sums : mapping of str to float
        Weighted sums by what to call them.
    level : float
        Where the output is compared.
    lowest : float, optional
        Where the axis begins.

    Returns
    -------
    matplotlib.axes.Axes
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.0))
    z = np.linspace(lowest, max(sums.values()) + 0.3, 400)
    ax.plot(z, activation(z), color=BLUE, ls="-")
    ax.axhline(level, color=VERMILLION, ls="--", lw=1.6)
    for name, at in sums.items():
        height = float(activation(at))
        above = height > level
        ax.plot(at, height, "o", ms=9, mec=INK, mfc="white" if above else INK, zorder=4)
        ax.annotate(name, (at, height), (0, 10 if above else -17), textcoords="offset points",
                    ha="center", fontsize=9.5)  # fmt: skip
    low, high = float(activation(z).min()), float(activation(z).max())
    ax.set(xlabel="weighted sum $z$", ylabel="output $a$", ylim=(low - 0.3, high + 0.3))
    return ax


@styled
def draw_wishlist(scores: Mapping[str, Score]) -> Axes:
    """Draw which wishes each activation grants, as a table of marks.

    Parameters
    ----------
    scores : mapping of str to Score
        As `companion.wishlist.scores` gives them; the first stands on top.

    Returns
    -------
    matplotlib.axes.Axes
        A dot is a wish granted, a cross a wish broken.

    Raises
    ------
    ValueError
        If there is no score.
    """
    if not scores:
        raise ValueError("scores must hold one activation at least, not none")
    names = [wish.name for wish in WISHES]
    granted = np.array([[score.granted[name] for name in names] for score in scores.values()])
    _, ax = plt.subplots(figsize=(_WIDTH, 1.1 + 0.2 * len(scores)))
    down, across = np.nonzero(granted)
    ax.plot(across, down, "o", color=BLUE, ms=4, label="granted")
    down, across = np.nonzero(~granted)
    ax.plot(across, down, "X", color=VERMILLION, ms=8, label="broken")
    ax.set_xticks(range(len(names)), names, rotation=45, ha="left", rotation_mode="anchor")
    ax.set_yticks(range(len(scores)), list(scores))
    ax.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(scores) - 0.5, -0.5))
    ax.set_xlabel("wish")
    ax.set_ylabel("activation")
    return ax


def _square(ax):
    ax.set(xlim=(-0.4, 1.4), ylim=(-0.4, 1.4), aspect="equal", xticks=[0, 1], yticks=[0, 1])
    ax.grid(visible=False)


def _line(ax, weights, bias, colour, style):
    """Draw where one neuron's sum is 0, from edge to edge."""
    side = np.linspace(-0.4, 1.4, 61)
    z = weights[0] * side + weights[1] * side[:, None] + bias
    if z.min() < 0 < z.max():
        ax.contour(side, side, z, levels=[0], colors=[colour], linestyles=[style], linewidths=2)


def _shade(ax, sums):
    """Shade where all of several neurons fire."""
    side = np.linspace(-0.4, 1.4, 181)
    least = [[float(np.min(sums(x1, x2))) for x1 in side] for x2 in side]
    ax.contourf(side, side, least, levels=[0, np.inf], colors=[BLUE], alpha=0.15)
