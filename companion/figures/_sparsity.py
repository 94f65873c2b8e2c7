"""Pictures of sparsity: the proximal step, what it leaves, fields of winners, and where it ends."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

_WIDTH = 5.2
_LOOKS = (
    (VERMILLION, "o-"),
    (BLUE, "s--"),
    (GREEN, "^-."),
    (PURPLE, "D:"),
    (INK, "v-"),
)


@styled
def draw_proximal_step(amount: float = 1.0) -> Axes:
    """Draw what a proximal step for L1 makes of a weight, and what a gradient step makes of it.

    Parameters
    ----------
    amount : float
        Step size times penalty, greater than 0.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If the amount is not greater than 0.

    Examples
    --------
    >>> ax = draw_proximal_step(0.5)
    >>> [line.get_label() for line in ax.lines if line.get_label()[0] != "_"]
    ['no step', 'gradient step', 'proximal step']
    """
    if not amount > 0:
        raise ValueError(f"amount must be greater than 0, got {amount}")
    _, ax = plt.subplots(figsize=(_WIDTH, 3.6))
    reach = 3.0 * amount
    weights = np.linspace(-reach, reach, 301)
    ax.axhline(0, color=GREY, linewidth=0.8, zorder=1)
    ax.plot(weights, weights, ":", color=GREY, label="no step")
    # Two halves, since the gradient step jumps at 0.
    for side, label in ((weights[weights < 0], "gradient step"), (weights[weights > 0], None)):
        ax.plot(side, side - amount * np.sign(side), "--", color=BLUE, label=label)
    kept = np.sign(weights) * np.maximum(np.abs(weights) - amount, 0.0)
    ax.plot(weights, kept, color=VERMILLION, linewidth=2.6, label="proximal step")
    ax.set(xlabel="weight before the step", ylabel="weight after it", xlim=(-reach, reach))
    ax.legend(loc="upper left")
    return ax


@styled
def draw_weight_piles(weights: Mapping[str, ArrayLike], reach: float = 0.5) -> np.ndarray:
    """Draw how many weights have which size, for several networks, below one another.

    Parameters
    ----------
    weights : mapping of str to array_like
        The weights by the network's name.
    reach : float
        The largest size drawn; what is larger is not shown.

    Returns
    -------
    ndarray of Axes
        One panel for each network, with a logarithmic count, and a share of exact zeros.

    Raises
    ------
    ValueError
        If there is no network, or one without weights.

    Examples
    --------
    >>> axes = draw_weight_piles({"pruned": [0.0, 0.0, 0.3, -0.1]})
    >>> axes[0].texts[0].get_text()
    '50 % exactly 0'
    """
    if not weights or any(np.size(values) == 0 for values in weights.values()):
        raise ValueError("weights must hold one network at least, and none without weights")
    _, axes = plt.subplots(
        len(weights),
        sharex=True,
        sharey=True,
        squeeze=False,
        figsize=(_WIDTH, 0.6 + 1.5 * len(weights)),
    )
    edges = np.linspace(-reach, reach, 102)  # an odd number of bins: one has 0 in its middle
    for ax, (name, values) in zip(axes[:, 0], weights.items(), strict=True):
        values = np.ravel(values)
        ax.hist(values, edges, color=BLUE, log=True)
        ax.set_title(name)
        zeros = 100 * np.mean(values == 0)
        ax.text(0.98, 0.9, f"{zeros:.0f} % exactly 0", transform=ax.transAxes, ha="right", va="top")
        ax.set_ylabel("weights")
    axes[-1, 0].set_xlabel("value of the weight")
    axes[-1, 0].set_xlim(-reach, reach)
    return axes[:, 0]


@styled
def draw_code_fields(fields: Mapping[str, ArrayLike], columns: int = 8) -> np.ndarray:
    """Draw what each unit of a code adds to a picture, as little pictures, for several codes.

    Parameters
    ----------
    fields : mapping of str to array_like of shape (units, size, size)
        The fields by the code's name.
    columns : int
        How many stand in a row.

    Returns
    -------
    ndarray of Axes
        One for each code; grey is 0, and each field has its own scale.

    Raises
    ------
    ValueError
        If there is no code, or fields are no squares.

    Examples
    --------
    >>> axes = draw_code_fields({"code": np.ones((16, 3, 3))})
    >>> axes[0].images[0].get_array().shape  # 2 rows and 8 columns of 3 pixels, a pixel between
    (7, 31)
    """
    arrays = {name: np.asarray(values, float) for name, values in fields.items()}
    if not arrays or any(a.ndim != 3 or a.shape[1] != a.shape[2] for a in arrays.values()):
        raise ValueError(
            "fields must hold arrays of shape (units, size, size) for one code or more"
        )
    heights = [-(-len(a) // columns) for a in arrays.values()]
    _, axes = plt.subplots(
        len(arrays),
        squeeze=False,
        figsize=(_WIDTH, 0.5 * len(arrays) + sum(heights) * (_WIDTH - 0.4) / columns),
        height_ratios=heights,
    )
    for ax, (name, values), rows in zip(axes[:, 0], arrays.items(), heights, strict=True):
        size = values.shape[1]
        sheet = np.full((rows * (size + 1) - 1, columns * (size + 1) - 1), np.nan)
        for place, field in enumerate(values):
            top, left = (size + 1) * (place // columns), (size + 1) * (place % columns)
            scale = np.abs(field).max() or 1.0
            sheet[top : top + size, left : left + size] = field / scale
        ax.imshow(sheet, cmap="gray", vmin=-1, vmax=1)
        ax.set(xticks=[], yticks=[], title=name)
        ax.grid(False)
        for spine in ax.spines.values():
            spine.set_visible(False)
    axes[-1, 0].set_xlabel("one square a unit, one dot a pixel")
    axes[-1, 0].set_ylabel("units")
    return axes[:, 0]


@styled
def draw_shares_kept(
    shares: Sequence[float],
    curves: Mapping[str, ArrayLike],
    *,
    what: str = "weights that stay / %",
    level: float | None = None,
) -> Axes:
    """Draw the accuracy that is left against the share that is kept, with intervals.

    Parameters
    ----------
    shares : sequence of float
        What is kept, from more than 0 to 1.
    curves : mapping of str to array_like of shape (shares, 3)
        For each way its median accuracy, and the low and the high end of an interval; five at most.
    what : str
        What is kept, for the axis.
    level : float, optional
        An accuracy to compare with, drawn across.

    Returns
    -------
    Axes
        With a logarithmic horizontal axis.

    Raises
    ------
    ValueError
        If there are no or too many curves, or one has not three numbers for each share.

    Examples
    --------
    >>> ax = draw_shares_kept([0.1, 1.0], {"pruned": [[0.8, 0.7, 0.9], [0.9, 0.8, 1.0]]})
    >>> ax.get_xscale()
    'log'
    """
    ax = _bands([100 * share for share in shares], curves)
    ax.set_xscale("log")
    ticks = [t for t in (0.5, 1, 2, 5, 10, 20, 50, 100) if min(shares) * 100 <= t]
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.minorticks_off()
    if level is not None:
        ax.axhline(100 * level, color=GREY, linewidth=1.0, zorder=1)
    ax.set(xlabel=f"{what} (logarithmic)", ylabel="unseen digits read / %", ylim=(0, 100))
    return ax


@styled
def draw_bits_kept(bits: Sequence[int], curves: Mapping[str, ArrayLike]) -> Axes:
    """Draw the accuracy that is left against the bits that hold a weight, with intervals.

    Parameters
    ----------
    bits : sequence of int
        Numbers of bits.
    curves : mapping of str to array_like of shape (bits, 3)
        As for `draw_shares_kept`.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If there are no or too many curves, or one has not three numbers for each of the bits.

    Examples
    --------
    >>> ax = draw_bits_kept([8, 2], {"all": [[0.9, 0.8, 1.0], [0.3, 0.2, 0.4]]})
    >>> ax.get_xlabel()
    'bits for a weight'
    """
    ax = _bands(bits, curves)
    ax.set_xticks(sorted(bits))
    ax.set(xlabel="bits for a weight", ylabel="unseen digits read / %", ylim=(0, 100))
    return ax


@styled
def draw_winners_knee(winners: Sequence[int], error: ArrayLike, read: ArrayLike) -> np.ndarray:
    """Draw what a code of few winners still holds: of the picture, and of what it shows.

    Parameters
    ----------
    winners : sequence of int
        How many units may be active.
    error, read : array_like of shape (winners, 3)
        The share of the pixels' variance that is lost, and the share of digits read from the
        code: medians and the ends of an interval.

    Returns
    -------
    ndarray of Axes
        Shape (2,): what is lost above, what is read below.

    Raises
    ------
    ValueError
        If there are not three numbers for each number of winners.

    Examples
    --------
    >>> axes = draw_winners_knee([1, 2], [[0.5, 0.4, 0.6]] * 2, [[0.8, 0.7, 0.9]] * 2)
    >>> len(axes)
    2
    """
    _, axes = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.2))
    for ax, values, name, (colour, look) in zip(
        axes, (error, read), ("variance lost / %", "digits read / %"), _LOOKS, strict=False
    ):
        _band(ax, winners, name, values, colour, look)
        ax.set_ylabel(name)
    axes[1].set_xscale("log", base=2)
    axes[1].set_xticks(winners, [str(k) for k in winners])
    axes[1].minorticks_off()
    axes[0].set_ylim(0)
    axes[1].set_xlabel("winners among 64 units (logarithmic)")
    return axes


@styled
def draw_product_times(densities: Sequence[float], ratios: Mapping[str, ArrayLike]) -> Axes:
    """Draw the time of products with few weights over that of the full product.

    Parameters
    ----------
    densities : sequence of float
        The share of the weights that are not 0.
    ratios : mapping of str to array_like of shape (densities,)
        For each way its time over the full product's; five at most.

    Returns
    -------
    Axes
        With logarithmic axes, a line across at 1, and one for time in proportion to the work.

    Raises
    ------
    ValueError
        If there are no or too many ways, or one has not a ratio for each density.

    Examples
    --------
    >>> ax = draw_product_times([0.1, 1.0], {"sparse": [0.5, 4.0]})
    >>> ax.get_yscale()
    'log'
    """
    if not 1 <= len(ratios) <= len(_LOOKS):
        raise ValueError(f"ratios must be of 1 to {len(_LOOKS)} ways, got {len(ratios)}")
    _, ax = plt.subplots(figsize=(_WIDTH, 4.4))
    percent = [100 * density for density in densities]
    ax.axhline(1, color=GREY, linewidth=1.0, zorder=1)
    ax.plot(percent, densities, "-", color=GREY, linewidth=1.0, label="in step with the work")
    for (name, values), (colour, look) in zip(ratios.items(), _LOOKS, strict=False):
        if len(values) != len(percent):
            raise ValueError(f"ratios must hold {len(percent)} for {name}, got {len(values)}")
        ax.plot(percent, values, look, color=colour, label=name)
    ax.set(xscale="log", yscale="log")
    ticks = [t for t in (0.5, 1, 2, 5, 10, 20, 50, 100) if min(percent) <= t]
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    marks = [mark for mark in (0.01, 0.1, 1, 10) if mark >= min(densities)]
    ax.set_yticks(marks, [f"{mark:g}" for mark in marks])
    ax.minorticks_off()
    ax.set(xlabel="weights that are not 0 / % (logarithmic)", ylabel="time over the full product's")
    ax.figure.legend(loc="outside upper center", ncols=2)
    return ax


def _bands(places: Sequence[float], curves: Mapping[str, ArrayLike]) -> Axes:
    if not 1 <= len(curves) <= len(_LOOKS):
        raise ValueError(f"curves must be 1 to {len(_LOOKS)}, got {len(curves)}")
    _, ax = plt.subplots(figsize=(_WIDTH, 4.2))
    for (name, values), (colour, look) in zip(curves.items(), _LOOKS, strict=False):
        _band(ax, places, name, values, colour, look)
    ax.figure.legend(loc="outside upper center", ncols=2)
    return ax


def _band(
    ax: Axes, places: Sequence[float], name: str, values: ArrayLike, colour: str, look: str
) -> None:
    """Draw medians in per cent, and their intervals as bars."""
    values = 100 * np.asarray(values, float)
    if values.shape != (len(places), 3):
        raise ValueError(
            f"{name} must hold median, low and high for each of {len(places)} places, got shape "
            f"{values.shape}"
        )
    middle, low, high = values.T
    ax.plot(places, middle, look, color=colour, label=name)
    ax.vlines(places, low, high, color=colour, linewidth=1.6)
