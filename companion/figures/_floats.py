"""Pictures of floating point: the gaps between numbers, and what falls into them."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.activations import logistic
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.8
_LOOKS = ((VERMILLION, "--", "x"), (BLUE, "-", "."), (GREEN, "-.", "s"), (PURPLE, ":", "D"))
# Smaller errors are drawn here: a logarithmic axis has no 0, and so little does not matter.
_LEAST_ERROR = 0.1


def _toy_floats(digits: int = 3, lowest: int = -2, highest: int = 2) -> tuple[np.ndarray, float]:
    """Return all floats ≥ 0 with so many binary digits and powers of 2, and the least normal."""
    steps = np.arange(2 ** (digits - 1), 2**digits) / 2 ** (digits - 1)
    normal = np.concatenate([steps * 2.0**power for power in range(lowest, highest + 1)])
    subnormal = np.arange(2 ** (digits - 1)) / 2 ** (digits - 1) * 2.0**lowest
    return np.concatenate([subnormal, normal]), float(2.0**lowest)


@styled
def draw_float_gaps() -> np.ndarray:
    """Draw every number ≥ 0 of a toy format with three binary digits, and the gaps between them.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the numbers on a line above; below, the gap to the next one, which is the unit
        in the last place, both axes logarithmic to the base 2.

    Examples
    --------
    >>> line, gaps = draw_float_gaps()
    >>> gaps.get_ylabel()
    'gap to the next number'
    """
    values, least = _toy_floats()
    is_normal = values >= least
    figure, (above, below) = plt.subplots(2, figsize=(_WIDTH, 4.6), height_ratios=(1, 2.2))
    for chosen, colour, length in ((is_normal, BLUE, 18), (~is_normal, VERMILLION, 8)):
        ticks = np.zeros(chosen.sum())
        above.plot(values[chosen], ticks, "|", color=colour, markersize=length, markeredgewidth=1.6)
    above.annotate(
        "sparse: gap 1",
        (5.5, 0),
        (0, 16),
        textcoords="offset points",
        color=INK,
        ha="center",
    )
    above.annotate(
        "dense: gap 1/16",
        (0.0, 0),
        (0, 16),
        textcoords="offset points",
        color=INK,
        ha="left",
    )
    above.set(xlabel="all numbers of the toy format", ylim=(-0.7, 1.1), xlim=(-0.15, 7.3))
    above.set_yticks([])
    above.grid(visible=False)
    above.spines["left"].set_visible(False)
    gap = np.diff(values)
    start, end = values[:-1], values[1:]
    for a, b, g in zip(start, end, gap, strict=True):
        colour = BLUE if a >= least else VERMILLION
        below.plot([max(a, 0.03), b], [g, g], color=colour, linestyle="-", linewidth=3)
    x = np.array([least, 7.0])
    below.plot(x, x / 4, color=GREY, linestyle="--", linewidth=1.2)
    below.plot(x, x / 8, color=GREY, linestyle=":", linewidth=1.5)
    for divisor, at, shift in ((4, 0.9, 1.35), (8, 2.6, 0.62)):
        below.text(at, at / divisor * shift, f"x/{divisor}", color=GREY, ha="center", va="center")
    below.set_xscale("log", base=2)
    below.set_yscale("log", base=2)
    below.set(xlabel="size of the number x", ylabel="gap to the next number")
    below.set(xlim=(0.03, 8), ylim=(1 / 40, 2.2))
    below.text(0.036, 0.078, "subnormal", color=VERMILLION)
    ticks = [1 / 16, 1 / 4, 1, 4]
    below.set_xticks(ticks, ["1/16", "1/4", "1", "4"])
    below.set_yticks([1 / 16, 1 / 4, 1], ["1/16", "1/4", "1"])
    figure.align_ylabels()
    return np.array([above, below])


@styled
def draw_lost_slope() -> np.ndarray:
    """Draw the slope of σ, right and by y(1 − y), and how the latter ends in stairs.

    Returns
    -------
    ndarray of Axes
        Shape (2,): both slopes on a logarithmic axis above; their last steps below.

    Examples
    --------
    >>> whole, end = draw_lost_slope()
    >>> whole.get_yscale()
    'log'
    """
    _, (above, below) = plt.subplots(2, figsize=(_WIDTH, 6.2))
    x = np.linspace(-60, 60, 1201)
    y = _textbook_logistic(x)
    slope = y * (1 - y)
    above.semilogy(x, logistic.derivative(x), color=BLUE, label="z/(1 + z)²")
    above.semilogy(
        x[slope > 0], slope[slope > 0], color=VERMILLION, linestyle="--", label="y(1 − y)"
    )
    end = x[slope > 0][-1]
    above.axvspan(end, 60, color=VERMILLION, alpha=0.12, linewidth=0)
    above.text((end + 60) / 2, 1e-4, "y(1 − y)\nis 0 here", color=VERMILLION, ha="center")
    above.set(xlabel="input x", ylabel="slope of σ (logarithmic)", xlim=(-60, 60))
    above.set_ylim(1e-27, 10)
    above.legend(loc="lower center")
    near = np.linspace(33.8, 38.2, 4401)
    y = _textbook_logistic(near)
    below.plot(near, logistic.derivative(near) / 1e-16, color=BLUE, label="z/(1 + z)²")
    below.plot(near, y * (1 - y) / 1e-16, color=VERMILLION, linestyle="--", label="y(1 − y)")
    below.axvline(37, color=GREY, linewidth=1, linestyle=(0, (2, 2)))
    below.annotate(
        "truth 0.85,\ny(1 − y) = 0",
        (37, 0.853),
        (12, 42),
        textcoords="offset points",
        color=INK,
        arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.8},
    )
    below.plot([37, 37], [0, logistic.derivative(37.0) / 1e-16], "o", color=INK, markersize=5)
    below.set(xlabel="input x", ylabel="slope of σ, in units of 10⁻¹⁶", xlim=(33.8, 38.2))
    below.legend(loc="upper right")
    return np.array([above, below])


def _textbook_logistic(x: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


@styled
def draw_ulp_errors(
    panels: Mapping[str, Mapping[str, tuple[Sequence[float], Sequence[float]]]],
    promised: float | None = 4.0,
) -> np.ndarray:
    """Draw errors in units in the last place, a panel for each function.

    Parameters
    ----------
    panels : mapping of str to mapping
        For each title, the inputs and the errors of each method, by the method's name; at most
        four methods. Errors below 0.1 are drawn at 0.1; those that are not finite, such as that
        of NaN, as crosses at the upper edge.
    promised : float or None
        Height of a thin line that marks what is promised.

    Returns
    -------
    ndarray of Axes
        One for each panel.

    Raises
    ------
    ValueError
        If there is no panel, or a panel has more than four methods.

    Examples
    --------
    >>> (ax,) = draw_ulp_errors({"f": {"poor": ([0, 1], [0.5, 1e9]), "good": ([0, 1], [0, 1])}})
    >>> ax.get_title(loc="left")
    'f'
    """
    if not panels:
        raise ValueError("panels must hold one panel at least, not none")
    if crowded := [title for title, methods in panels.items() if len(methods) > len(_LOOKS)]:
        raise ValueError(f"a panel holds at most {len(_LOOKS)} methods; too many in {crowded}")
    rows = -(-len(panels) // 2)
    columns = min(2, len(panels))
    figure, grid = plt.subplots(
        rows, columns, sharey=True, squeeze=False, figsize=(_WIDTH, 0.7 + 2.15 * rows)
    )
    axes, spare = grid.ravel()[: len(panels)], grid.ravel()[len(panels) :]
    for ax in spare:
        ax.remove()
    names = list(dict.fromkeys(name for methods in panels.values() for name in methods))
    looks = dict(zip(names, _LOOKS, strict=False))
    finite = [
        e for methods in panels.values() for _, errors in methods.values() for e in _finite(errors)
    ]
    top = 10 * max([1e3, *finite])
    for ax, (title, methods) in zip(axes, panels.items(), strict=True):
        if promised is not None:
            ax.axhline(promised, color=GREY, linewidth=1)
        for name, (x, errors) in methods.items():
            colour, line, marker = looks[name]
            x, errors = np.asarray(x, float), np.asarray(errors, float)
            shown = np.where(np.isfinite(errors), np.maximum(errors, _LEAST_ERROR), np.nan)
            ax.semilogy(
                x,
                shown,
                color=colour,
                linestyle=line,
                linewidth=0.5,
                marker=marker,
                markersize=3.5,
                markeredgewidth=0.8,
                # Open, so that equal results of two methods both show.
                markerfacecolor="none" if marker in "sD" else colour,
                label=name,
            )
            lost = ~np.isfinite(errors)
            ax.plot(x[lost], np.full(lost.sum(), top / 3), "x", color=colour, markersize=4)
        ax.set_title(title)
        ax.set_ylim(_LEAST_ERROR / 2, top)
    for ax in axes[-columns:]:
        ax.set_xlabel("input x")
    for ax in axes[::columns]:
        ax.set_ylabel("error in ULP")
    shown = {
        label: handle
        for ax in axes
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)
    }
    figure.legend(
        [shown[name] for name in names],
        names,
        loc="outside upper center",
        ncols=len(names),
        markerscale=2,
    )
    return axes


def _finite(errors: Sequence[float]) -> list[float]:
    return [float(e) for e in errors if np.isfinite(e)]


@styled
def draw_descents(paths: Mapping[str, Sequence[float]]) -> Axes:
    """Draw where gradient descent went, by step, for up to four ways to compute the gradient.

    Parameters
    ----------
    paths : mapping of str to sequence of float
        For each name the inputs, from the start on; at the first NaN a path ends in a cross.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If there are more than four paths.

    Examples
    --------
    >>> ax = draw_descents({"stuck": [40, 40, 40], "lost": [40, float("nan"), float("nan")]})
    >>> ax.get_xlabel()
    'step'
    """
    if len(paths) > len(_LOOKS):
        raise ValueError(f"at most {len(_LOOKS)} paths can be told apart, not {len(paths)}")
    _, ax = plt.subplots(figsize=(_WIDTH, 3.9))
    # The widest first, so that a path under another one shows on both its sides.
    widths = (5.0, 1.8, 2.2, 2.6)
    for (name, path), (colour, line, _), width in zip(paths.items(), _LOOKS, widths, strict=False):
        path = np.asarray(path, float)
        style = {"color": colour, "linestyle": line, "linewidth": width, "label": name}
        if width == widths[0]:
            style |= {"linestyle": "-", "alpha": 0.45}
        ax.plot(np.arange(len(path)), path, **style)
        if np.isnan(path).any():
            last = int(np.argmax(np.isnan(path)))
            ax.plot(last, path[max(last - 1, 0)], "X", color=colour, markersize=11, zorder=5)
            ax.annotate(
                "NaN",
                (last, path[max(last - 1, 0)]),
                (4, -18),
                textcoords="offset points",
                color=colour,
            )
    ax.set(xlabel="step", ylabel="input x of the neuron")
    ax.legend(loc="best")
    return ax
