"""Pictures of what a branch costs, and what an activation costs beside its layer's products."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

_LOOKS = (
    (VERMILLION, "o-"),
    (BLUE, "s--"),
    (GREEN, "^-."),
    (PURPLE, "D:"),
    (INK, "v-"),
    (GREY, "x--"),
)


@styled
def draw_branch_costs(times: Mapping[str, Mapping[str, float]]) -> Axes:
    """Draw how long each way to write a function takes, on numbers in random and sorted order.

    Parameters
    ----------
    times : mapping of str to mapping
        For each way the nanoseconds per element, by "random" and "sorted".

    Returns
    -------
    Axes
        Bars, with their lengths written beside them.

    Raises
    ------
    ValueError
        If there is no way, or one lacks an order.

    Examples
    --------
    >>> ax = draw_branch_costs({"maximum": {"random": 0.3, "sorted": 0.2}})
    >>> len(ax.patches)
    2
    """
    orders = {"random": (VERMILLION, "////"), "sorted": (BLUE, "")}
    if not times or any(order not in given for given in times.values() for order in orders):
        raise ValueError(f"times must hold 'random' and 'sorted' for one way at least, got {times}")
    _, ax = plt.subplots(figsize=(4.2, 1.1 + 0.62 * len(times)))
    for shift, (order, (colour, hatch)) in zip((-0.2, 0.2), orders.items(), strict=True):
        bars = ax.barh(
            [row + shift for row in range(len(times))],
            [given[order] for given in times.values()],
            height=0.36,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=f"{order} order",
        )
        ax.bar_label(bars, fmt="{:.2g}", padding=3)
    ax.set_yticks(range(len(times)), times)
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set(xlabel="time per element / ns", ylabel="way to compute it")
    ax.figure.legend(loc="outside upper center", ncols=2)
    return ax


@styled
def draw_layer_shares(widths: list[int], shares: Mapping[str, list[float]]) -> Axes:
    """Draw the share of a layer's time that its activation takes, against the layer's width.

    Parameters
    ----------
    widths : list of int
        Units of the layer, ascending.
    shares : mapping of str to list of float
        For each activation its share at each width, between 0 and 1; six at most.

    Returns
    -------
    Axes
        With a logarithmic horizontal axis.

    Raises
    ------
    ValueError
        If there are no or too many activations, or one has not a share for each width.

    Examples
    --------
    >>> ax = draw_layer_shares([16, 64], {"relu": [0.7, 0.3], "gelu": [0.9, 0.7]})
    >>> [line.get_label() for line in ax.lines]
    ['relu', 'gelu']
    """
    if not 1 <= len(shares) <= len(_LOOKS):
        raise ValueError(f"shares must be of 1 to {len(_LOOKS)} activations, got {len(shares)}")
    _, ax = plt.subplots(figsize=(4.2, 3.4))
    for (name, given), (colour, look) in zip(shares.items(), _LOOKS, strict=False):
        if len(given) != len(widths):
            raise ValueError(f"shares must hold {len(widths)} for {name}, got {len(given)}")
        ax.plot(widths, [100 * share for share in given], look, color=colour, label=name)
    ax.set_xscale("log", base=2)
    ax.set_xticks(widths, [str(width) for width in widths])
    ax.set_ylim(0, 100)
    ax.set_xlabel("units in the layer (logarithmic)")
    ax.set_ylabel("share of the layer's time / %")
    ax.legend()
    return ax
