"""Pictures of what PyTorch answers: how close it is, images in grids, and who answers to whom."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike

from companion.figures._style import BLUE, GREY, INK, VERMILLION, styled

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.6
# Where equal numbers stand on the logarithmic axis, left of the smallest difference there can be.
_EQUAL = 1e-18


@styled
def draw_agreement(differences: Mapping[str, Sequence[float]]) -> plt.Axes:
    """Draw by how much two libraries differ, one row a function.

    Parameters
    ----------
    differences : mapping of str to pair of float
        By name, the largest relative difference of the value and that of the gradient; 0 where
        all numbers are equal to the last bit.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_agreement({"relu": (0.0, 0.0), "gelu": (1e-8, 1e-9)}).get_xscale()
    'log'
    """
    names = sorted(differences, key=lambda name: max(differences[name]))
    _, ax = plt.subplots(figsize=(_WIDTH, 1.3 + 0.2 * len(names)))
    looks = (("value", BLUE, "o", 5.5), ("gradient", VERMILLION, "D", 4.0))
    for part, (label, colour, marker, size) in enumerate(looks):
        shown = [max(differences[name][part], _EQUAL) for name in names]
        ax.plot(shown, range(len(names)), marker, color=colour, label=label, markersize=size)
    ax.axvline(np.finfo(float).eps, color=GREY, linewidth=1, linestyle=(0, (2, 2)))
    ax.set(xscale="log", xlim=(_EQUAL / 3, 1e-6), ylim=(len(names) - 0.4, -0.6))
    powers = range(-16, -7, 2)
    ax.set_xticks([_EQUAL, *(10.0**power for power in powers)])
    ax.set_xticklabels(["equal", *(f"$10^{{{power}}}$" for power in powers)])
    ax.minorticks_off()
    ax.set_yticks(range(len(names)), names)
    ax.set(xlabel="largest relative difference", ylabel="function")
    ax.legend(loc="upper right")
    return ax


def image_grid(images: ArrayLike, columns: int = 8, gap: int = 2) -> np.ndarray:
    """Put the images of a batch side by side.

    Parameters
    ----------
    images : array_like, shape (n, 3, height, width)
        The batch as networks take it: bytes, or numbers from 0 to 1.
    columns : int
        How many stand in one row.
    gap : int
        Width of the white lines between them, in pixels.

    Returns
    -------
    ndarray of uint8, shape (rows, columns, 3)
        One image as figures and TensorBoard take it. Places that are left over are white.

    Raises
    ------
    ValueError
        If `images` has another shape, or numbers outside of 0 to 1.

    Examples
    --------
    >>> image_grid(np.zeros((64, 3, 32, 32))).shape
    (270, 270, 3)
    """
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[1] != 3 or not images.size:
        raise ValueError(f"images must have shape (n, 3, height, width), got {images.shape}")
    if images.dtype != np.uint8:
        if not (images.min() >= 0 and images.max() <= 1):
            raise ValueError(
                f"images must be bytes or numbers from 0 to 1, got {images.min():g} to "
                f"{images.max():g}"
            )
        images = np.round(255 * images).astype(np.uint8)
    count, _, height, width = images.shape
    rows = -(-count // columns)
    shape = (rows * (height + gap) - gap, columns * (width + gap) - gap, 3)
    grid = np.full(shape, 255, np.uint8)
    for place, image in enumerate(images):
        top, left = (height + gap) * (place // columns), (width + gap) * (place % columns)
        grid[top : top + height, left : left + width] = image.transpose(1, 2, 0)
    return grid


@styled
def draw_image_grids(grids: Sequence[np.ndarray], titles: Sequence[str]) -> np.ndarray:
    """Draw grids of images below one another.

    Parameters
    ----------
    grids : sequence of ndarray of uint8, shape (rows, columns, 3)
        What `image_grid` returns.
    titles : sequence of str
        What to call each grid.

    Returns
    -------
    ndarray of Axes
        One a grid.

    Examples
    --------
    >>> grid = image_grid(np.zeros((2, 3, 4, 4)))
    >>> draw_image_grids([grid], ["black"])[0].get_title(loc="left")
    'black'
    """
    width = 2.6
    heights = [width * grid.shape[0] / grid.shape[1] for grid in grids]
    _, axes = plt.subplots(
        len(grids),
        squeeze=False,
        figsize=(width, sum(heights) + 0.35 * len(grids)),
        height_ratios=heights,
    )
    for ax, grid, title in zip(axes[:, 0], grids, titles, strict=True):
        ax.imshow(grid, interpolation="nearest")
        ax.set_title(title)
        ax.set_axis_off()
    return axes[:, 0]


@styled
def draw_who_answers(changes: Mapping[str, ArrayLike]) -> np.ndarray:
    """Draw which answers move when one picture of a batch is changed.

    Parameters
    ----------
    changes : mapping of str to array_like, shape (answers, pictures)
        By the name of a network, how far each answer moves when a picture changes.

    Returns
    -------
    ndarray of Axes
        One a network, below one another.

    Examples
    --------
    >>> draw_who_answers({"one": np.ones((1, 3)), "each": np.eye(3)}).shape
    (2,)
    """
    tables = {name: np.asarray(table, float) for name, table in changes.items()}
    # A single row would be a hair; it is drawn as thick as several.
    heights = [max(len(table), table.shape[1] / 7) for table in tables.values()]
    _, axes = plt.subplots(
        len(tables),
        squeeze=False,
        figsize=(_WIDTH, 0.85 * len(tables) + 3.6 * sum(heights) / max(heights)),
        height_ratios=heights,
    )
    for ax, (name, table) in zip(axes[:, 0], tables.items(), strict=True):
        answers, pictures = table.shape
        ax.imshow(
            table > 0,
            cmap="Blues",
            vmin=0,
            vmax=1.2,
            aspect="auto",
            extent=(0.5, pictures + 0.5, answers + 0.5, 0.5),
        )
        ax.set(title=name, xlabel="picture that is changed", ylabel="answer")
        ax.set_xticks(np.unique([1, *range(16, pictures + 1, 16)]))
        ax.set_yticks(np.unique([1, *range(16, answers + 1, 16)]))
        ax.grid(False)
    return axes[:, 0]


@styled
def draw_hidden_layer(shares: Mapping[str, Mapping[str, ArrayLike]]) -> np.ndarray:
    """Draw what networks with and without a hidden layer get right, one dot a run.

    Parameters
    ----------
    shares : mapping of str to mapping of str to array_like
        By task and by network, the shares of new images answered rightly; the networks of a task
        have the same number of runs, and runs in the same place are joined.

    Returns
    -------
    ndarray of Axes
        One a task, below one another.

    Examples
    --------
    >>> draw_hidden_layer({"a": {"without": [0.8, 0.9], "with": [0.9, 1.0]}}).shape
    (1,)
    """
    _, axes = plt.subplots(
        len(shares), squeeze=False, sharex=True, figsize=(_WIDTH, 0.5 + 1.5 * len(shares))
    )
    for ax, (task, networks) in zip(axes[:, 0], shares.items(), strict=True):
        table = np.array([np.asarray(runs, float) for runs in networks.values()])
        rows = np.arange(len(table))
        ax.plot(table, rows, color=GREY, linewidth=0.6, linestyle="-", alpha=0.6)
        for row, (runs, marker) in enumerate(zip(table, ("o", "D", "s", "^"), strict=False)):
            colour = VERMILLION if row else BLUE
            ax.plot(runs, [row] * len(runs), marker, color=colour, markersize=5, alpha=0.6)
            ax.plot(np.median(runs), row, "|", color=INK, markersize=20, markeredgewidth=2)
        ax.set_yticks(rows, networks)
        ax.set(title=task, ylabel="hidden layer", ylim=(len(table) - 0.5, -0.5))
        ax.xaxis.set_major_formatter(PercentFormatter(1, 0))
    axes[-1, 0].set_xlabel("new images answered rightly")
    return axes[:, 0]
