"""Pictures of dying units: how they die, at which steps, what slope is left, who comes back."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from companion.activations import ELU, Softplus, elu, leaky_relu, prelu, relu, selu, softplus
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled
from companion.training import MedianInterval

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.6
_LOOKS = ((BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (PURPLE, ":"), (INK, (0, (5, 1, 1, 1))))


@styled
def draw_sum_ranges(units: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> np.ndarray:
    """Draw the range of a unit's weighted sum over all examples, update by update.

    Parameters
    ----------
    units : mapping of str to (array_like of shape (records,), array_like of shape (records,))
        By title: the lowest and the highest sum after each update, the start included.

    Returns
    -------
    ndarray of Axes
        Shape (units,), one below the other.

    Examples
    --------
    >>> draw_sum_ranges({"dies": ([-1, -3], [2, -1]), "lives": ([-1, -1], [1, 2])}).shape
    (2,)
    """
    figure, axes = plt.subplots(
        len(units), sharex=True, squeeze=False, figsize=(_WIDTH, 0.8 + 1.9 * len(units))
    )
    for ax, (title, (lowest, highest)) in zip(axes[:, 0], units.items(), strict=True):
        lowest, highest = np.asarray(lowest, float), np.asarray(highest, float)
        update = np.arange(len(lowest))
        kwargs = {"step": "mid", "linewidth": 0}
        above = np.clip(lowest, 0, None), np.clip(highest, 0, None)
        below = np.clip(lowest, None, 0), np.clip(highest, None, 0)
        ax.fill_between(update, *above, color=BLUE, alpha=0.75, label="on", **kwargs)
        ax.fill_between(update, *below, color=GREY, alpha=0.45, label="off", **kwargs)
        ax.axhline(0, color=INK, linewidth=1)
        gone = np.flatnonzero(highest <= 0)
        if gone.size:
            ax.axvline(gone[0] - 0.5, color=VERMILLION, linestyle="--", linewidth=1.4)
        ax.set_title(title)
        ax.margins(x=0)
    axes[0, 0].legend(loc="lower left", ncols=2)
    axes[-1, 0].set_xlabel("update")
    figure.supylabel("weighted sum z, over all images", fontsize=10.5)
    return axes[:, 0]


@styled
def draw_left_slopes() -> plt.Axes:
    """Draw what is left of the slope, left of 0, on a logarithmic axis.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_left_slopes().get_yscale()
    'log'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.0))
    z = np.linspace(-12, -1e-6, 241)
    slopes = {
        "PReLU, a = 0.25": prelu,
        "leaky ReLU": leaky_relu,
        "SELU": selu,
        "ELU": elu,
        "softplus": softplus,
    }
    for (name, f), (colour, line) in zip(slopes.items(), _LOOKS, strict=True):
        ax.plot(z, f.derivative(z), color=colour, linestyle=line, label=name)
    ax.axhline(1e-3, color=GREY, linewidth=1)
    ax.annotate("dead below this", (-12, 1e-3), (0, 5), textcoords="offset points")
    ax.set(xlabel="weighted sum z", ylabel="slope", yscale="log", ylim=(1e-5, 3))
    ax.legend(loc="lower right")
    return ax


@styled
def draw_deaths_by_step(
    steps: Sequence[float],
    dead: Mapping[str, Sequence[MedianInterval | None]],
    right: Mapping[str, Sequence[MedianInterval]],
) -> np.ndarray:
    """Draw for each contender, against the step size, who died and what was learned.

    Parameters
    ----------
    steps : sequence of float
        The step sizes, ascending.
    dead, right : mapping of str to sequence of MedianInterval
        By contender, for each step size: the share of dead units, None where nearly every run
        diverged, and the share of new examples that are answered rightly.

    Returns
    -------
    ndarray of Axes
        One for each contender.

    Examples
    --------
    >>> low, high = MedianInterval(0, 0, 0.1, 20), MedianInterval(1, 0.9, 1, 20)
    >>> axes = draw_deaths_by_step([1, 10], {"ReLU": [low, high]}, {"ReLU": [high, low]})
    >>> axes[0].get_title(loc="left")
    'ReLU'
    """
    rows = (len(dead) + 1) // 2
    figure, grid = plt.subplots(
        rows, 2, sharex=True, sharey=True, squeeze=False, figsize=(_WIDTH, 0.9 + 1.4 * rows)
    )
    for ax, name in zip(grid.flat, dead, strict=False):
        for found, colour, line, label in (
            (right[name], BLUE, "o--", "read rightly"),
            (dead[name], VERMILLION, "s-", "dead"),
        ):
            x, values = zip(
                *[(x, v) for x, v in zip(steps, found, strict=True) if v is not None], strict=True
            )
            middle = np.array([v.median for v in values])
            ends = [
                [v.median - v.low for v in values],
                [v.high - v.median for v in values],
            ]
            look = {"color": colour, "markersize": 4, "capsize": 2, "linewidth": 1.6}
            ax.errorbar(x, middle, ends, fmt=line, label=label, **look)
        ax.set_title(name)
        ax.set(xscale="log", ylim=(-0.06, 1.06))
        ax.set_xticks([1, 10], ["1", "10"])
        ax.minorticks_off()
        ax.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    for ax in grid.flat[len(dead) :]:
        ax.set_axis_off()
    handles = grid[0, 0].get_legend_handles_labels()
    spare = grid.flat[-1]
    place = {"loc": "center"} if len(dead) % 2 else {"loc": "center right"}
    spare.legend(*handles, **place)
    if len(dead) % 2 and len(grid) > 1:  # the panel above the empty one names its own axis
        grid[-2, 1].tick_params(labelbottom=True)
    figure.supxlabel("step size", fontsize=10.5)
    figure.supylabel("share of units, or of images", fontsize=10.5)
    return grid.flat[: len(dead)]


@styled
def draw_saved(
    back: Mapping[str, MedianInterval],
    right: Mapping[str, MedianInterval],
    before: float,
) -> np.ndarray:
    """Draw for each contender which share of the killed units came back, and what was learned.

    Parameters
    ----------
    back, right : mapping of str to MedianInterval
        By contender, from top to bottom.
    before : float
        The share of new examples that the killed network answers rightly.

    Returns
    -------
    ndarray of Axes
        Shape (2,): units that came back on the left, examples on the right.

    Examples
    --------
    >>> none, all_of_it = MedianInterval(0, 0, 0, 20), MedianInterval(1, 1, 1, 20)
    >>> draw_saved({"ReLU": none}, {"ReLU": all_of_it}, 0.4).shape
    (2,)
    """
    figure, axes = plt.subplots(1, 2, sharey=True, figsize=(_WIDTH, 1.4 + 0.36 * len(back)))
    figure.get_layout_engine().set(wspace=0.12)  # else the numbers below the panels meet
    for ax, found, colour, marker in (
        (axes[0], back, VERMILLION, "s"),
        (axes[1], right, BLUE, "o"),
    ):
        for row, interval in enumerate(found.values()):
            ax.plot([interval.low, interval.high], [row, row], "-", color=colour, linewidth=3)
            ax.plot(interval.median, row, marker, color=colour, markersize=7)
        ax.tick_params(axis="y", length=0)
    axes[0].set(xlim=(-0.04, 1.04))
    axes[0].set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    # What is read differs by a few per cent only: this axis does not begin at 0, and says so.
    lowest = min(before, *(interval.low for interval in right.values()))
    axes[1].set(xlim=(lowest - 0.05, 1.02))
    ticks = [tick for tick in (0, 0.25, 0.5, 0.75, 1) if tick > lowest - 0.05]
    axes[1].set_xticks(ticks, [f"{tick:.0%}".replace("%", " %") for tick in ticks])
    axes[0].set_yticks(range(len(back)), list(back))
    axes[0].set_ylim(len(back) - 0.5, -0.5)
    axes[1].axvline(before, color=INK, linestyle="--", linewidth=1.2)
    axes[0].set(xlabel="killed units\nthat came back", ylabel="goes on as")
    axes[1].set_xlabel("new digits\nread rightly")
    return axes


@styled
def draw_elu_corners(gammas: Sequence[float] = (0.5, 1.0, 2.0)) -> np.ndarray:
    """Draw ELU and its slope for several γ, with the jump of the slope at 0.

    Parameters
    ----------
    gammas : sequence of float
        One to five.

    Returns
    -------
    ndarray of Axes
        Shape (2,): values above, slopes below.

    Examples
    --------
    >>> draw_elu_corners([1.0])[1].get_ylabel()
    'slope'
    """
    figure, axes = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.0))
    left, right = np.linspace(-3, 0, 121), np.array([0.0, 1.5])
    for gamma, (colour, line) in zip(gammas, _LOOKS, strict=False):
        f = ELU(alpha=gamma)
        look = {"color": colour, "linestyle": line}
        axes[0].plot([*left, *right], [*f(left), *f(right)], label=f"γ = {gamma:g}", **look)
        axes[1].plot(left, gamma * np.exp(left), **look)  # ends at the slope from the left
        axes[1].plot(0, gamma, "o", color=colour, markersize=6)
    axes[1].plot(right, [1, 1], color=INK, linestyle="-")
    axes[1].plot(0, 1, "o", color=INK, markersize=6, markerfacecolor="white", zorder=4)
    axes[0].legend(loc="upper left")
    axes[0].set(ylabel="ELU")
    axes[1].set(xlabel="input x", ylabel="slope")
    figure.align_ylabels()
    return axes


@styled
def draw_soft_corners(betas: Sequence[float] = (1.0, 2.0, 4.0)) -> np.ndarray:
    """Draw softplus for several β, and how far above ReLU it stays.

    Parameters
    ----------
    betas : sequence of float
        One to five.

    Returns
    -------
    ndarray of Axes
        Shape (2,): values above, the distance to ReLU below.

    Examples
    --------
    >>> draw_soft_corners()[1].get_xlabel()
    'input x'
    """
    figure, (value, gap) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.0))
    x = np.linspace(-3, 3, 241)
    value.plot(x, relu(x), color=GREY, linewidth=1.2, linestyle="-", label="ReLU")
    for beta, (colour, line) in zip(betas, _LOOKS, strict=False):
        f = Softplus(beta=beta)
        value.plot(x, f(x), color=colour, linestyle=line, label=f"β = {beta:g}")
        gap.plot(x, f(x) - relu(x), color=colour, linestyle=line)
        gap.plot(0, np.log(2) / beta, "o", color=colour, markersize=6)
    value.legend(loc="upper left")
    value.set(ylabel="softplus")
    gap.set(xlabel="input x", ylabel="softplus − ReLU")
    figure.align_ylabels()
    return np.array([value, gap])
