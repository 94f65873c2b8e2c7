"""Pictures of ReLU: its kink, the lines it bends, who is active, and its mirror images."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from companion.activations import relu
from companion.figures._style import BLUE, GREY, INK, LINES, VERMILLION, styled
from companion.mirrors import MIRRORS
from companion.regions import activity_patterns, bends, relu_sum

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.6


@styled
def draw_relu_kink(supports: Sequence[float] = (0.0, 0.25, 0.5, 0.75, 1.0)) -> np.ndarray:
    """Draw ReLU with lines that touch it at the kink, and its slope.

    Parameters
    ----------
    supports : sequence of float
        Slopes of lines through the kink; those from 0 to 1 stay below ReLU everywhere.

    Returns
    -------
    ndarray of Axes
        Shape (2,): ReLU above, its slope below.

    Examples
    --------
    >>> value, slope = draw_relu_kink()
    >>> value.get_ylabel(), slope.get_ylabel()
    ('output', 'slope')
    """
    figure, (value, slope) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.4))
    x = np.array([-3.0, 0.0, 3.0])
    for support in supports:
        value.plot(x, support * x, color=GREY, linewidth=0.9, linestyle=(0, (5, 3)))
    value.plot(x, relu(x), color=BLUE, linestyle="-")
    value.annotate("lines that touch ReLU at 0\nand never rise above it", (-2.9, 0.35), color=INK)
    value.set(ylabel="output", ylim=(-1.6, 3.1))
    slope.plot(x[:2], [0, 0], color=BLUE, linestyle="-")
    slope.plot(x[1:], [1, 1], color=BLUE, linestyle="-")
    slope.vlines(0, 0, 1, color=GREY, linewidth=5, alpha=0.5)
    # An open ring on each side that 0 does not belong to, and the dot that was chosen.
    slope.plot(0, 1, "o", color=BLUE, markerfacecolor="white", markersize=7, zorder=4)
    slope.plot(0, 0, "o", color=BLUE, markersize=7, zorder=4)
    slope.annotate("at 0: any slope from 0 to 1\ncould be meant", (0.2, 0.5), color=INK)
    slope.annotate("the course takes 0", (0, 0), (0.2, 0.07), color=INK)
    slope.set(xlabel="input x", ylabel="slope", ylim=(-0.2, 1.25))
    figure.align_ylabels()
    return np.array([value, slope])


@styled
def draw_bent_line(
    weights: ArrayLike,
    biases: ArrayLike,
    outputs: ArrayLike,
    constant: float = 0.0,
    span: tuple[float, float] = (-3.0, 3.0),
    target: tuple[str, ArrayLike] | None = None,
) -> np.ndarray:
    """Draw the units of a one-layer ReLU network, and the bent line that they add up to.

    Parameters
    ----------
    weights, biases, outputs : array_like of shape (units,)
        w, b and v of c + Σ v·relu(w·x + b); one to four units.
    constant : float
        c.
    span : tuple of float
        The inputs drawn.
    target : tuple of (str, array_like), optional
        A curve to lay under the sum: its name, and its values at evenly spaced inputs.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the units above, the sum below, with a dot at each bend.

    Examples
    --------
    >>> units, total = draw_bent_line([1, 1], [0, -1], [1, -2])
    >>> total.lines[-1].get_xdata()
    array([0., 1.])
    """
    figure, (units, total) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.6))
    places = bends(weights, biases)
    x = np.unique([*span, *places[(places > span[0]) & (places < span[1])]])
    parts = zip(*map(np.atleast_1d, (weights, biases, outputs)), strict=True)
    for number, (unit, (colour, line)) in enumerate(zip(parts, LINES, strict=False), 1):
        y = relu_sum(x, *[[part] for part in unit])
        units.plot(x, y, color=colour, linestyle=line, label=f"unit {number}")
    if target is not None:
        name, values = target
        smooth = np.linspace(*span, len(values))
        total.plot(smooth, values, color=VERMILLION, linestyle="--", linewidth=1.4, label=name)
    total.plot(
        x,
        relu_sum(x, weights, biases, outputs, constant),
        color=INK,
        linestyle="-",
        label="network",
    )
    for ax in (units, total):
        for place in places:
            ax.axvline(place, color=GREY, linewidth=0.9, linestyle=":")
    heights = relu_sum(places, weights, biases, outputs, constant)
    total.plot(places, heights, "o", color=INK, markersize=6)
    units.set(ylabel="each unit")
    total.set(xlabel="input x", ylabel="the sum")
    units.legend(loc="upper left")
    if target is not None:
        total.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([units, total])


@styled
def draw_regions(
    networks: Mapping[str, Sequence[tuple[ArrayLike, ArrayLike]]], reach: float = 3.0
) -> np.ndarray:
    """Draw the pieces into which ReLU networks of two inputs cut the plane.

    Parameters
    ----------
    networks : mapping of str to sequence of (weights, biases)
        For each panel its layers, one or two, as for `companion.regions.activity_patterns`.
    reach : float
        Inputs from −reach to reach are drawn.

    Returns
    -------
    ndarray of Axes
        One for each network, below one another. Units of the first layer switch along solid lines,
        those of the second along dashed ones; neighbouring pieces differ in shade.
    """
    _, axes = plt.subplots(len(networks), figsize=(_WIDTH, 3.6 * len(networks)), squeeze=False)
    ticks = np.linspace(-reach, reach, 241)
    plane = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    for ax, (name, layers) in zip(axes[:, 0], networks.items(), strict=True):
        patterns = activity_patterns(plane, layers)
        # With one unit more on or off the shade changes, so no two neighbours share one.
        shades = patterns @ (0.07 + 0.06 * (np.arange(patterns.shape[1]) * 0.618 % 1))
        ax.imshow(
            shades.reshape(ticks.size, -1), extent=(-reach, reach, -reach, reach), origin="lower",
            cmap="Blues", vmin=0, vmax=2.2 * shades.max(), interpolation="nearest",
        )  # fmt: skip
        signal = plane
        for (weights, biases), style, width in zip(layers, ("solid", "dashed"), (1.6, 1.3)):  # noqa: B905
            sums = signal @ np.asarray(weights, dtype=float).T + np.asarray(biases, dtype=float)
            for unit in sums.T:
                ax.contour(
                    ticks, ticks, unit.reshape(ticks.size, -1), levels=[0], linewidths=width,
                    colors=INK if style == "solid" else VERMILLION, linestyles=style,
                )  # fmt: skip
            signal = relu(sums)
        ax.set(title=name, xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
        ax.grid(visible=False)
    return axes[:, 0]


@styled
def draw_activity(before: Sequence[ArrayLike], after: Sequence[ArrayLike]) -> np.ndarray:
    """Draw how many units are active for how large a share of the inputs, layer by layer.

    Parameters
    ----------
    before, after : sequence of array_like, each of shape (units,)
        For each layer, the share of inputs, from 0 to 1, for which each unit is active: at the
        random start and after training.

    Returns
    -------
    ndarray of Axes
        Shape (layers, 2): before on the left, after on the right. A line marks the mean.

    Examples
    --------
    >>> draw_activity([[0.2, 0.6]], [[0.4, 1.0]]).shape
    (1, 2)
    """
    layers = len(before)
    figure, axes = plt.subplots(
        layers, 2, sharex=True, sharey=True, squeeze=False, figsize=(_WIDTH, 0.8 + 2.2 * layers)
    )
    edges = np.linspace(0, 1, 11)
    for row, pair in zip(axes, zip(before, after, strict=True), strict=True):
        for ax, shares, colour in zip(row, pair, (BLUE, VERMILLION), strict=True):
            ax.hist(shares, edges, color=colour, alpha=0.75, edgecolor="white")
            mean = float(np.mean(shares))
            ax.axvline(mean, color=INK, linestyle="--", linewidth=1.4)
            ax.set_xticks([0, 0.5, 1], ["0", "½", "1"])
            ax.grid(visible=False, axis="x")
    top = axes[0, 0].get_ylim()[1]
    for row, pair in zip(axes, zip(before, after, strict=True), strict=True):
        for ax, shares in zip(row, pair, strict=True):
            mean = float(np.mean(shares))
            side = {"x": mean - 0.03, "ha": "right"} if mean > 0.5 else {"x": mean + 0.03}
            ax.text(y=0.95 * top, s=f"mean {mean:.2f}", va="top", color=INK, **side)
    for number, row in enumerate(axes, 1):
        row[0].set_ylabel(f"layer {number}: units")
    axes[0, 0].set_title("at the start")
    axes[0, 1].set_title("after training")
    figure.supxlabel("share of images for which a unit is active", fontsize=10.5)
    return axes


@styled
def draw_shares_by_recipe(recipes: Mapping[str, ArrayLike]) -> np.ndarray:
    """Draw the share of active units for several ways to train, one dot for each seed.

    Parameters
    ----------
    recipes : mapping of str to array_like of shape (seeds, layers)
        For each recipe, from top to bottom, the shares from 0 to 1.

    Returns
    -------
    ndarray of Axes
        Shape (layers,): one panel for each layer, from left to right.

    Examples
    --------
    >>> draw_shares_by_recipe({"start": [[0.5], [0.4]], "trained": [[0.7], [0.8]]}).shape
    (1,)
    """
    shares = [np.asarray(values, dtype=float) for values in recipes.values()]
    layers = shares[0].shape[1]
    figure, axes = plt.subplots(
        1,
        layers,
        sharex=True,
        sharey=True,
        squeeze=False,
        figsize=(_WIDTH, 1.1 + 0.55 * len(recipes)),
    )
    for layer, ax in enumerate(axes[0]):
        ax.axvline(0.5, color=INK, linestyle="--", linewidth=1.2)
        for row, (values, (colour, _)) in enumerate(zip(shares, LINES, strict=False)):
            dots = values[:, layer]
            ax.plot(dots, np.full(len(dots), row), "o", color=colour, alpha=0.6, markersize=7)
            ax.plot(dots.mean(), row, "|", color=INK, markersize=16, markeredgewidth=2)
        ax.set_title(f"layer {layer + 1}")
        ax.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5))
        ax.set_xticks([0, 0.5, 1], ["0", "½", "1"])
        ax.set_yticks(range(len(recipes)), list(recipes))
        ax.tick_params(axis="y", length=0)
    figure.supxlabel("share of active (unit, image) pairs", fontsize=10.5)
    return axes[0]


@styled
def draw_mirrors() -> np.ndarray:
    """Draw ReLU and its three mirror images.

    Returns
    -------
    ndarray of Axes
        Shape (2, 2): flipped left to right in the right column, upside down in the lower row.

    Examples
    --------
    >>> draw_mirrors()[1, 0].get_title(loc="left")
    '−relu(x)'
    """
    figure, axes = plt.subplots(2, 2, sharex=True, sharey=True, figsize=(_WIDTH, 4.6))
    x = np.array([-2.0, 0.0, 2.0])
    for ax, (name, mirror), (colour, _) in zip(axes.flat, MIRRORS.items(), LINES, strict=True):
        ax.plot(x, relu(x), color=GREY, linewidth=1, linestyle=(0, (5, 3)))
        ax.plot(x, mirror(x), color=colour, linestyle="-", linewidth=2.4)
        ax.axhline(0, color=INK, linewidth=0.7, zorder=0)
        ax.axvline(0, color=INK, linewidth=0.7, zorder=0)
        ax.set_title(name)
        ax.set(xlim=(-2, 2), ylim=(-2.2, 2.2))
        ax.set_xticks([-2, 0, 2], ["−2", "0", "2"])
        ax.set_yticks([-2, 0, 2], ["−2", "0", "2"])
    figure.supxlabel("input x", fontsize=10.5)
    figure.supylabel("output", fontsize=10.5)
    return axes


@styled
def draw_depth(units: ArrayLike, paths: ArrayLike) -> plt.Axes:
    """Draw what stays and what halves from layer to layer.

    Parameters
    ----------
    units, paths : array_like of shape (layers,)
        Share of active units in each layer, and share of open paths through the layers up to it.

    Returns
    -------
    Axes
        With a logarithmic axis upwards, so that halving is a straight line.

    Raises
    ------
    ValueError
        If `units` and `paths` do not have one share for each layer, greater than 0.

    Examples
    --------
    >>> draw_depth([0.5, 0.5], [0.5, 0.25]).get_yscale()
    'log'
    """
    units, paths = np.asarray(units, dtype=float), np.asarray(paths, dtype=float)
    for name, shares in (("units", units), ("paths", paths)):
        if shares.ndim != 1 or shares.shape != units.shape or shares.size == 0:
            raise ValueError(f"{name} must be one share for each layer, got shape {shares.shape}")
        if not np.all(shares > 0):
            raise ValueError(f"{name} must be greater than 0, got {shares.min()}")
    layers = np.arange(1, units.size + 1)
    _, ax = plt.subplots(figsize=(_WIDTH, 3.6))
    ax.plot(layers, 2.0**-layers, color=GREY, linestyle="--", linewidth=1.2)
    ax.plot(layers, units, "o-", color=BLUE)
    ax.plot(layers, paths, "s", color=VERMILLION)
    middle = layers.size // 2
    ax.annotate(
        "active units",
        (layers[middle], units[middle]),
        (0, -14),
        textcoords="offset points",
        color=BLUE,
        ha="center",
    )
    ax.annotate(
        "open paths",
        (layers[middle], paths[middle]),
        (10, 6),
        textcoords="offset points",
        color=VERMILLION,
    )
    ax.annotate(
        r"$2^{-N}$",
        (layers[middle - 1], 2.0 ** -layers[middle - 1]),
        (-8, -14),
        textcoords="offset points",
        color=INK,
        ha="right",
    )
    ax.set(xlabel="layer N", ylabel="share", yscale="log", ylim=(paths.min() / 2, 1), xticks=layers)
    return ax
