"""Pictures of outputs whose mean is not 0, of what that does to learning, and of the cures."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from matplotlib.ticker import LogLocator
from numpy.typing import ArrayLike

from companion.figures._style import (
    BLUE,
    GREY,
    INK,
    MARKED_LINES,
    VERMILLION,
    styled,
)
from companion.training import median_interval

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.6


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
    for ax, (name, values), (colour, *_) in zip(axes[0], sums.items(), MARKED_LINES, strict=False):
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
    for (name, values), (colour, line, marker) in zip(spectra.items(), MARKED_LINES, strict=False):
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
    for (name, values), (colour, line, marker) in zip(runs.items(), MARKED_LINES, strict=False):
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
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
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
    ax.minorticks_off()
    every = np.concatenate([np.ravel(values) for values in times.values()])
    within_a_decade = every.max() < 10 * every.min()
    subs = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0) if within_a_decade else (1.0, 2.0, 5.0)
    ax.xaxis.set_major_locator(LogLocator(subs=subs))
    ax.xaxis.set_major_formatter("{x:g}")
    return ax


@styled
def draw_output_means(activations: Mapping[str, Callable]) -> np.ndarray:
    """Draw activations with the mean and the standard deviation of their outputs.

    The inputs are standard normal.

    Parameters
    ----------
    activations : mapping of str to callable
        Four of them; each takes an array and returns one.

    Returns
    -------
    ndarray of Axes
        Shape (2, 2).

    Examples
    --------
    >>> panels = draw_output_means(dict.fromkeys("abcd", np.abs))
    >>> panels[0, 0].get_title(loc="left").splitlines()
    ['a', 'mean 0.80']
    """
    figure, axes = plt.subplots(2, 2, sharex=True, sharey=True, figsize=(_WIDTH, 4.8))
    z = np.linspace(-3.0, 3.0, 301)
    nodes, weights = np.polynomial.hermite_e.hermegauss(200)
    weights = weights / weights.sum()
    for ax, (name, activation) in zip(axes.flat, activations.items(), strict=True):
        outputs = activation(nodes)
        mean = weights @ outputs
        deviation = np.sqrt(weights @ (outputs - mean) ** 2)
        ax.axhspan(mean - deviation, mean + deviation, color=GREY, alpha=0.2)
        ax.axhline(0, color=INK, linewidth=0.7)
        ax.plot(z, activation(z), color=BLUE, linestyle="-")
        ax.axhline(mean, color=VERMILLION, linestyle="--", linewidth=1.5)
        rounded = f"{round(mean, 2) + 0.0:.2f}".replace("-", "−")
        ax.set_title(f"{name}\nmean {rounded}")
        ax.set_xlim(-3, 3)
    figure.supxlabel("weighted sum z", fontsize=10.5)
    figure.supylabel("output", fontsize=10.5)
    return axes


@styled
def draw_shift_by_layer(shifts: Mapping[str, ArrayLike]) -> Axes:
    """Draw how far the means of each layer's outputs have shifted.

    Parameters
    ----------
    shifts : mapping of str to array_like of shape (layers,)
        One to four networks; 0 is centred, 1 is constant.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_shift_by_layer({"net": [0.5, 0.8]}).get_xlabel()
    'layer'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.0))
    for (name, values), (colour, line, marker) in zip(shifts.items(), MARKED_LINES, strict=False):
        layers = np.arange(1, len(values) + 1)
        every = max(1, len(layers) // 10)
        look = {"color": colour, "linestyle": line, "marker": marker, "markersize": 4}
        ax.plot(layers, values, label=name, markevery=every, **look)
    ax.set(xlabel="layer", ylabel="mean shift", ylim=(0, 1.02))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


@styled
def draw_moment_map(
    before: ArrayLike, maps: Mapping[str, ArrayLike], walks: Sequence[ArrayLike] = ()
) -> Axes:
    """Draw what a layer makes of the mean square of its inputs, and how layers repeat it.

    Parameters
    ----------
    before : array_like of shape (n,)
        Mean squares that go in, increasing.
    maps : mapping of str to array_like of shape (n,)
        What comes out, for one to four kinds of layer.
    walks : sequence of array_like of shape (layers,)
        Mean squares from layer to layer, drawn as stairs between the curves and the diagonal.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_moment_map([0.0, 2.0], {"halves": [0.0, 1.0]}, [[2.0, 1.0, 0.5]]).get_xlabel()
    'mean square that goes in'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.4))
    before = np.asarray(before, dtype=float)
    ax.plot(before, before, color=GREY, linewidth=1, linestyle="-")
    for (name, after), (colour, line, _) in zip(maps.items(), MARKED_LINES, strict=False):
        ax.plot(before, after, color=colour, linestyle=line, label=name)
    for walk in walks:
        stairs = np.repeat(np.asarray(walk, dtype=float), 2)
        ax.plot(stairs[:-2], stairs[1:-1], color=INK, linewidth=1, linestyle="-")
        ax.plot(stairs[0], stairs[0], "o", color=INK, markersize=5)
    ax.set(xlabel="mean square that goes in", ylabel="mean square that comes out")
    ax.set(xlim=(0, before[-1]), ylim=(0, before[-1]), aspect="equal")
    ax.legend(loc="upper left")
    return ax


@styled
def draw_size_by_layer(sizes: Mapping[str, ArrayLike]) -> np.ndarray:
    """Draw the mean square of the outputs, layer by layer, for inputs of several sizes.

    Parameters
    ----------
    sizes : mapping of str to array_like of shape (inputs, layers)
        For each panel, from top to bottom, one to four kinds of inputs.

    Returns
    -------
    ndarray of Axes
        Shape (panels,), with a common logarithmic axis upwards.

    Examples
    --------
    >>> draw_size_by_layer({"net": [[4.0, 2.0, 1.0], [0.2, 0.5, 1.0]]})[0].get_yscale()
    'log'
    """
    _, axes = plt.subplots(
        len(sizes), squeeze=False, sharex=True, sharey=True, figsize=(_WIDTH, 2.3 * len(sizes))
    )
    for ax, (name, runs) in zip(axes[:, 0], sizes.items(), strict=True):
        ax.axhline(1, color=INK, linewidth=1)
        for values, (colour, line, _) in zip(runs, MARKED_LINES, strict=False):
            ax.plot(np.arange(len(values)), values, color=colour, linestyle=line)
        ax.set_title(name)
        ax.set(ylabel="mean square", yscale="log")
    axes[-1, 0].set_xlabel("layer")
    return axes[:, 0]


@styled
def draw_beta_effect(
    betas: ArrayLike, active: ArrayLike, shift: ArrayLike, learned: ArrayLike = ()
) -> Axes:
    """Draw what the β of batch normalisation does to the ReLUs behind it.

    Parameters
    ----------
    betas : array_like of shape (n,)
        Values that β was set to, for γ = 1.
    active, shift : array_like of shape (n,)
        The share of active units and the mean shift of their outputs, measured; dots.
    learned : array_like of shape (units,)
        Values that training has found, as ticks at the bottom.

    Returns
    -------
    Axes
        With lines for what normal sums would give.

    Examples
    --------
    >>> draw_beta_effect([0.0], [0.5], [0.56], [-0.1, 0.1]).get_xlabel()
    'shift β'
    """
    from scipy.special import ndtr

    _, ax = plt.subplots(figsize=(_WIDTH, 4.0))
    beta = np.linspace(min(betas), max(betas), 201)
    density = np.exp(-0.5 * beta**2) / np.sqrt(2 * np.pi)
    mean = beta * ndtr(beta) + density
    square = (1 + beta**2) * ndtr(beta) + beta * density
    ax.plot(beta, ndtr(beta), color=BLUE, linestyle="-", label="share active")
    ax.plot(beta, mean / np.sqrt(square), color=VERMILLION, linestyle="--", label="mean shift")
    ax.plot(betas, active, "o", color=BLUE, markersize=5)
    ax.plot(betas, shift, "s", color=VERMILLION, markersize=5)
    ax.plot(learned, np.full(np.size(learned), 0.02), "|", color=INK, markersize=8, alpha=0.3)
    ax.set(xlabel="shift β", ylabel="share, mean shift", ylim=(0, 1))
    ax.legend(loc="upper left")
    return ax
