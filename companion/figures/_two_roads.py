"""Pictures of gated units and maxout: what one unit draws, who wins, and what tangents can do."""

from collections.abc import Callable, Collection, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from companion.figures._style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MARKED_LINES,
    VERMILLION,
    styled,
)
from companion.training import MedianInterval

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.6


@styled
def draw_unit_maps(
    units: Mapping[str, Callable[[np.ndarray, np.ndarray], np.ndarray]], reach: float = 2.0
) -> np.ndarray:
    """Draw what units of two inputs make of the plane, with lines of equal height.

    Parameters
    ----------
    units : mapping of str to callable
        By title: takes the first and the second input, arrays of one shape, and returns the
        output in that shape.
    reach : float
        Both inputs run from −reach to reach.

    Returns
    -------
    ndarray of Axes
        Shape (units,), two in a row.

    Examples
    --------
    >>> draw_unit_maps({"sum": np.add, "product": np.multiply}).shape
    (2,)
    """
    rows = (len(units) + 1) // 2
    figure, axes = plt.subplots(
        rows, 2, sharex=True, sharey=True, squeeze=False, figsize=(_WIDTH, 1.2 + 2.2 * rows)
    )
    first, second = np.meshgrid(*2 * [np.linspace(-reach, reach, 161)])
    drawn = {title: np.asarray(unit(first, second), float) for title, unit in units.items()}
    highest = max(np.abs(values).max() for values in drawn.values())
    # An even number: then 0 lies within a band, which is white, and no line runs along it.
    levels = np.linspace(-highest, highest, 18)
    for ax, (title, values) in zip(axes.flat, drawn.items(), strict=False):
        shown = ax.contourf(first, second, values, levels, cmap="PuOr_r")
        ax.contour(first, second, values, levels, colors=INK, linewidths=0.6)
        ax.set(title=title, aspect="equal")
        ax.grid(False)
    for ax in axes.flat[len(drawn) :]:
        ax.set_axis_off()
    for ax in axes[-1]:
        ax.set_xlabel("first input")
    for ax in axes[:, 0]:
        ax.set_ylabel("second input")
    ends = [-highest, 0, highest]
    figure.colorbar(
        shown, ax=axes, location="bottom", shrink=0.6, aspect=25, ticks=ends, label="output"
    )
    return axes.flat[: len(drawn)]


@styled
def draw_intervals(
    panels: Mapping[str, Mapping[str, MedianInterval]],
    label: str,
    gated: Collection[str] = (),
    zero: bool = False,
) -> np.ndarray:
    """Draw medians with their intervals, one row for each contender.

    Parameters
    ----------
    panels : mapping of str to mapping of str to MedianInterval
        By title, and then by contender from top to bottom.
    label : str
        What the axis shows.
    gated : collection of str
        Contenders with a second road; they get a colour and a mark of their own.
    zero : bool
        Whether to draw a line at 0, for differences. All panels have one scale then.

    Returns
    -------
    ndarray of Axes
        Shape (panels,), one below the other.

    Examples
    --------
    >>> found = {"ReLU": MedianInterval(2.0, 1.0, 3.0, 20)}
    >>> draw_intervals({"a task": found}, "errors")[0].get_xlabel()
    'errors'
    """
    sizes = [len(panel) for panel in panels.values()]
    figure, axes = plt.subplots(
        len(panels),
        squeeze=False,
        sharex=zero,
        figsize=(_WIDTH, 0.5 + 0.55 * len(sizes) + 0.235 * sum(sizes)),
        height_ratios=sizes,
    )
    for ax, (title, panel) in zip(axes[:, 0], panels.items(), strict=True):
        for row, (name, found) in enumerate(panel.items()):
            colour, marker = (VERMILLION, "D") if name in gated else (BLUE, "o")
            ax.plot([found.low, found.high], [row, row], "-", color=colour, linewidth=2.6)
            ax.plot(found.median, row, marker, color=colour, markersize=6)
        ax.set_yticks(range(len(panel)), list(panel))
        ax.set(title=title, ylim=(len(panel) - 0.5, -0.5))
        ax.tick_params(axis="y", length=0)
        ax.locator_params(axis="x", nbins=5)
        if zero:
            ax.axvline(0, color=INK, linewidth=1.2)
    axes[-1, 0].set_xlabel(label)
    figure.supylabel("hidden layer", fontsize=10.5)
    axes[-1, 0].set_ylabel(" ")
    return axes[:, 0]


@styled
def draw_pairs(
    knob: Sequence[float],
    pairs: Mapping[str, str],
    found: Mapping[str, Sequence[MedianInterval]],
    labels: tuple[str, str],
    top: float | None = None,
) -> np.ndarray:
    """Draw for each pair of a gated and a plain contender what a knob does to both.

    Parameters
    ----------
    knob : sequence of float
        The settings, evenly spaced in the picture.
    pairs : mapping of str to str
        By gated contender, the plain one: a panel each.
    found : mapping of str to sequence of MedianInterval
        By contender, one for each setting.
    labels : tuple of two str
        What the knob is, and what was measured.
    top : float, optional
        Where all panels end; what lies above leaves them.

    Returns
    -------
    ndarray of Axes
        One for each pair.

    Examples
    --------
    >>> one = [MedianInterval(1.0, 0.9, 1.2, 20)] * 2
    >>> axes = draw_pairs([0, 1], {"GLU": "logistic"}, {"GLU": one, "logistic": one}, ("k", "loss"))
    >>> axes[0].get_title(loc="left")
    'logistic, GLU'
    """
    rows = (len(pairs) + 1) // 2
    _, axes = plt.subplots(
        rows, 2, sharex=True, sharey=True, squeeze=False, figsize=(_WIDTH, 0.8 + 1.9 * rows)
    )
    places = np.arange(len(knob))
    looks = ((BLUE, "o-", "one road", -0.06), (VERMILLION, "D--", "two roads", 0.06))
    for ax, (gated, plain) in zip(axes.flat, pairs.items(), strict=False):
        for name, (colour, line, label, aside) in zip((plain, gated), looks, strict=True):
            middle, low, high = np.array([one[:3] for one in found[name]]).T
            look = {"color": colour, "markersize": 4.5, "capsize": 2, "linewidth": 1.6}
            ends = [middle - low, high - middle]
            ax.errorbar(places + aside, middle, ends, fmt=line, label=label, **look)
        ax.set_title(f"{plain}, {gated}")
        ax.set_xticks(places, [f"{setting:g}" for setting in knob])
    axes[0, 0].set_ylim(top=top)
    axes.flat[min(1, len(pairs) - 1)].legend(loc="upper center")
    for ax in axes.flat[len(pairs) :]:
        ax.set_axis_off()
    for ax in axes[-1]:
        ax.set_xlabel(labels[0])
    for ax in axes[:, 0]:
        ax.set_ylabel(labels[1])
    return axes.flat[: len(pairs)]


@styled
def draw_maxout(slopes: ArrayLike, offsets: ArrayLike, chord: tuple[float, float]) -> plt.Axes:
    """Draw straight lines, the largest of them, and a chord that lies above it.

    Parameters
    ----------
    slopes, offsets : array_like of shape (k,)
        Of each line.
    chord : tuple of two float
        From which x to which x.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_maxout([-1.0, 1.0], [0.0, 0.0], (-1.0, 2.0)).get_ylabel()
    'output'
    """
    slopes, offsets = np.asarray(slopes, float), np.asarray(offsets, float)
    x = np.linspace(-3, 3, 601)
    lines = np.outer(slopes, x) + offsets[:, None]
    ends = np.asarray(chord, float)
    heights = (np.outer(slopes, ends) + offsets[:, None]).max(axis=0)
    _, ax = plt.subplots(figsize=(_WIDTH, 3.9))
    for index, line in enumerate(lines):
        name = {"label": "the lines"} if not index else {}
        ax.plot(x, line, color=GREY, linewidth=1.2, linestyle="--", **name)
    top = lines.max(axis=0)
    ax.plot(x, top, color=BLUE, linewidth=3, linestyle="-", label="their maximum")
    ax.plot(ends, heights, "o:", color=VERMILLION, markersize=7, label="a chord")
    ax.set(xlabel="input x", ylabel="output", ylim=(top.min() - 1.5, top.max() + 0.3))
    ax.legend(loc="upper center")
    return ax


@styled
def draw_tangents(
    curve: Callable[[np.ndarray], np.ndarray],
    slope: Callable[[np.ndarray], np.ndarray],
    touching: ArrayLike,
    errors: Mapping[str, tuple[ArrayLike, ArrayLike, ArrayLike]],
) -> np.ndarray:
    """Draw a convex curve with tangents, and how far the largest of k tangents lies below.

    Parameters
    ----------
    curve, slope : callable
        The curve, and its slope.
    touching : array_like of shape (k,)
        Where the drawn tangents touch, between −1 and 1.
    errors : mapping of str to three array_like of shape (n,)
        By name of a curve: numbers of tangents, the largest distances, and their bounds.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the tangents above, the distances below.

    Examples
    --------
    >>> axes = draw_tangents(np.square, lambda x: 2 * x, [0.0], {"x²": ([1], [1.0], [1.0])})
    >>> axes[1].get_xscale()
    'log'
    """
    figure, (above, below) = plt.subplots(2, figsize=(_WIDTH, 6.2))
    x = np.linspace(-1, 1, 401)
    points = np.asarray(touching, float)[:, None]
    lines = curve(points) + slope(points) * (x - points)
    for index, line in enumerate(lines):
        name = {"label": "tangents"} if not index else {}
        above.plot(x, line, color=GREY, linewidth=1.1, linestyle="--", **name)
    above.plot(x, lines.max(axis=0), color=VERMILLION, linestyle="-", label="the largest of them")
    above.plot(x, curve(x), color=BLUE, linestyle=":", label="the curve")
    above.plot(points, curve(points), "o", color=BLUE, markersize=6)
    values = curve(x)
    room = np.ptp(values)
    above.set(ylim=(values.min() - 0.25 * room, values.max() + 0.1 * room))
    above.set(xlabel="input x", ylabel="output")
    above.legend(loc="upper center")
    for (name, (k, distance, bound)), (colour, line, marker) in zip(
        errors.items(), MARKED_LINES, strict=False
    ):
        below.plot(k, bound, color=colour, linestyle=line, linewidth=1.4)
        below.plot(k, distance, marker, color=colour, markersize=6, label=name)
    below.set(xscale="log", yscale="log", xlabel="tangents k", ylabel="largest distance")
    ticks = sorted({int(k) for found in errors.values() for k in found[0]})
    below.set_xticks(ticks, [str(k) for k in ticks])
    below.minorticks_off()
    below.legend(loc="lower left")
    figure.align_ylabels()
    return np.array([above, below])


@styled
def draw_convex_parts(
    x: ArrayLike, rising: ArrayLike, falling: ArrayLike, corners: tuple[ArrayLike, ArrayLike]
) -> np.ndarray:
    """Draw two convex curves, and their difference through given corners.

    Parameters
    ----------
    x : array_like of shape (n,)
        Inputs, ascending.
    rising, falling : array_like of shape (n,)
        The two curves; the second is taken from the first.
    corners : tuple of two array_like of shape (k,)
        Where the corners of the wanted curve are, and how high.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the two curves above, their difference below.

    Examples
    --------
    >>> draw_convex_parts([0, 1], [0, 2], [0, 1], ([0, 1], [0, 1]))[1].get_ylabel()
    'their difference'
    """
    figure, (above, below) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.2))
    rising, falling = np.asarray(rising, float), np.asarray(falling, float)
    above.plot(x, rising, color=BLUE, linestyle="-", label="g, turns upwards")
    above.plot(x, falling, color=VERMILLION, linestyle="--", label="h, for the turns down")
    below.plot(x, rising - falling, color=GREEN, linestyle="-", label="g − h")
    below.plot(*corners, "o", color=INK, markersize=6, label="corners that were asked for")
    above.set(ylabel="two maxouts")
    below.set(xlabel="input x", ylabel="their difference")
    above.legend(loc="upper left")
    low, high = below.get_ylim()
    below.set_ylim(low, high + 0.35 * (high - low))  # room for the legend above the peaks
    below.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([above, below])


@styled
def draw_completed(rows: Mapping[str, ArrayLike], shape: tuple[int, int]) -> np.ndarray:
    """Draw pictures in rows, with a line where their given upper half ends.

    Parameters
    ----------
    rows : mapping of str to array_like of shape (n, pixels)
        By name of the row: as many pictures in each, ink from 0 to 1.
    shape : tuple of two int
        Height and width of a picture in pixels.

    Returns
    -------
    ndarray of Axes
        Shape (rows, n).

    Examples
    --------
    >>> draw_completed({"true": np.eye(4)}, (2, 2)).shape
    (1, 4)
    """
    pictures = {name: np.asarray(row, float) for name, row in rows.items()}
    columns = max(len(row) for row in pictures.values())
    side = _WIDTH / (columns + 0.6)
    figure, axes = plt.subplots(
        len(pictures), columns, squeeze=False, figsize=(_WIDTH, 0.3 + side * len(pictures))
    )
    for line, (name, row) in zip(axes, pictures.items(), strict=True):
        for ax, picture in zip(line, row, strict=True):
            ax.imshow(picture.reshape(shape), cmap="Greys", vmin=0, vmax=1)
            ax.axhline(shape[0] / 2 - 0.5, color=VERMILLION, linewidth=1.2)
            ax.set(xticks=[], yticks=[])
            ax.grid(False)
        line[0].set_ylabel(name)
    figure.supxlabel("above the line: given", fontsize=10.5)
    axes[-1, 0].set_xlabel(" ")
    return axes
