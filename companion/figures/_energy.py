"""Pictures of what spikes cost: budgets, shares of active neurons, bits for the energy."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.biology import EnergyBudget, bits_per_cost, efficient_share
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

_WIDTH = 5.6
_LOOKS = ((BLUE, "-", "//"), (VERMILLION, "--", ".."), (GREEN, "-.", "xx"), (PURPLE, ":", "\\\\"))
_FILLS = (BLUE, "#9ECAE1", GREY, "#DDDDDD", "#FFFFFF")


@styled
def draw_budgets(budgets: Mapping[str, Mapping[str, float]]) -> Axes:
    """Draw where the energy goes, one bar for each budget.

    Parameters
    ----------
    budgets : mapping of str to mapping of str to float
        For each budget its posts and their shares in per cent; the posts of all budgets are the
        same, in the same order, at most five.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_budgets({"then": {"spikes": 60, "rest": 40}, "now": {"spikes": 30, "rest": 70}})
    >>> ax.get_xlabel()
    'share of the energy for signalling (%)'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 0.9 * len(budgets) + 1.7))
    rows = list(budgets)[::-1]
    left = np.zeros(len(rows))
    for post, fill in zip(next(iter(budgets.values())), _FILLS, strict=False):
        shares = np.array([budgets[row][post] for row in rows], dtype=float)
        bars = ax.barh(
            rows, shares, left=left, height=0.55, color=fill, edgecolor=INK, linewidth=0.8
        )
        bars.set_label(post)
        for place, (start, share) in enumerate(zip(left, shares, strict=True)):
            if share >= 8:
                white = fill in (BLUE, GREY)
                ax.annotate(
                    f"{share:g}",
                    (start + share / 2, place),
                    ha="center",
                    va="center",
                    color="white" if white else INK,
                    weight="bold",
                )
        left += shares
    ax.set(xlabel="share of the energy for signalling (%)", xlim=(0, left.max()))
    ax.set_ylabel("budget")
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=2)
    return ax


@styled
def draw_active_share(
    budgets: Mapping[str, EnergyBudget],
    told: tuple[float, float] = (0.01, 0.04),
    rates_hz: tuple[float, float] = (1.0, 100.0),
) -> Axes:
    """Draw the share of neurons that can be active, against what *active* is taken to mean.

    Parameters
    ----------
    budgets : mapping of str to EnergyBudget
        One to four, each with an array of draws; a line is the median, a band holds 95 % of them.
    told : tuple of float
        The range that is usually told, drawn as a band across.
    rates_hz : tuple of float
        The lowest and the highest firing rate of an active neuron, in Hz.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.biology import EnergyBudget
    >>> ax = draw_active_share({"some cortex": EnergyBudget([1e9, 2e9], 0.0, 1e9)})
    >>> ax.get_xscale(), ax.get_yscale()
    ('log', 'log')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.6))
    rates = np.geomspace(*rates_hz, 121)
    ax.axhspan(100 * told[0], 100 * told[1], color=GREY, alpha=0.25, linewidth=0)
    ax.annotate(
        f"told: {100 * told[0]:g} to {100 * told[1]:g} %",
        (rates_hz[0], 100 * np.sqrt(told[0] * told[1])),
        (5, 0),
        textcoords="offset points",
        va="center",
        color=INK,
    )
    for (name, budget), (colour, line, hatch) in zip(budgets.items(), _LOOKS, strict=False):
        shares = 100 * budget.active_share(rates[:, np.newaxis])
        low, middle, high = np.quantile(shares, [0.025, 0.5, 0.975], axis=1)
        ax.fill_between(
            rates, low, high, facecolor=colour, alpha=0.22, hatch=hatch, edgecolor=colour
        )
        ax.plot(rates, middle, color=colour, linestyle=line, label=name)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    ax.set(
        xlabel="firing rate that counts as active (Hz)",
        ylabel="share active at once (%)",
        xlim=rates_hz,
        ylim=(0.1, 130),
    )
    ax.legend(loc="lower left")
    return ax


@styled
def draw_bits_per_cost(cost_ratios: Sequence[float]) -> Axes:
    """Draw how much information the energy buys, against the share of active neurons.

    Parameters
    ----------
    cost_ratios : sequence of float
        One to four ratios: what an active neuron costs in units of a silent one.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_bits_per_cost([1.0, 7.4])
    >>> [round(float(line.get_xdata()[0]), 1) for line in ax.lines[1::2]]  # where the best ones are
    [50.0, 19.7]
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.9))
    share = np.linspace(0, 0.5, 501)
    for ratio, (colour, line, _) in zip(cost_ratios, _LOOKS, strict=False):
        ax.plot(
            100 * share,
            bits_per_cost(share, ratio),
            color=colour,
            linestyle=line,
            label=f"an active neuron costs {ratio:.3g} times a silent one",
        )
        best = efficient_share(ratio)
        ax.plot([100 * best], [bits_per_cost(best, ratio)], "o", color=colour, markersize=7)
    ax.set(
        xlabel="share of neurons active (%)",
        ylabel="bits for the cost of one silent neuron",
        xlim=(0, 51),
        ylim=(0, None),
    )
    ax.set_ylim(0, 1.45 * ax.get_ylim()[1])
    ax.legend(loc="upper right")
    return ax
