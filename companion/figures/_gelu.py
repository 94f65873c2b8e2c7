"""Pictures of GELU, of what stands in for it, and of what the exchange costs a network."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from scipy.special import log_ndtr, ndtr

from companion.activations import gelu, logistic
from companion.figures._style import BLUE, GREEN, GREY, INK, LINES, PURPLE, VERMILLION, styled
from companion.training import MedianInterval

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH, _NARROW = 5.6, 4.6
_ROOT = np.sqrt(2.0 / np.pi)


@styled
def draw_random_masks(masks: int = 900, seed: int = 0) -> Axes:
    """Draw inputs that a coin keeps or drops, their local mean, and GELU.

    Parameters
    ----------
    masks : int
        How many inputs, spread evenly over [−3, 3]; each is kept with probability Φ(x).
    seed : int
        Seed of the coins.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_random_masks().get_xlabel()
    'input x'
    """
    rng = np.random.default_rng(seed)
    x = np.linspace(-3, 3, masks)
    kept = rng.standard_normal(masks) <= x
    bins = np.array_split(np.arange(masks), 15)
    _, ax = plt.subplots(figsize=(_WIDTH, 4.2))
    ax.plot(x[kept], x[kept], "o", color=VERMILLION, markersize=2.2, label="kept: the output is x")
    ax.plot(x[~kept], 0 * x[~kept], "x", color=GREY, markersize=3, label="dropped: the output is 0")
    ax.plot(
        [x[part].mean() for part in bins],
        [(x * kept)[part].mean() for part in bins],
        "s",
        color=GREEN,
        markersize=6,
        label=f"mean of {len(bins[0])} neighbours",
    )
    ax.plot(x, gelu(x), color=BLUE, label="GELU")
    ax.set(xlabel="input x", ylabel="output")
    ax.legend(loc="upper left")
    return ax


@styled
def draw_log_odds() -> Axes:
    """Draw the log-odds of Φ with the line and the cubic that stand in for it.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_log_odds().get_ylabel()
    'log-odds of the gate'
    """
    x = np.linspace(-6, 6, 601)
    _, ax = plt.subplots(figsize=(_WIDTH, 4.4))
    ax.plot(x, log_ndtr(x) - log_ndtr(-x), color=BLUE, label="Φ: bends like ±x²/2")
    cubic = 2 * _ROOT * (x + 0.044715 * x**3)
    ax.plot(x, cubic, color=VERMILLION, linestyle="--", label="tanh form: a cubic")
    ax.plot(x, 1.702 * x, color=GREEN, linestyle="-.", label="sigmoid form: a line")
    ax.axvspan(-2, 2, color=GREY, alpha=0.15, linewidth=0)
    ax.annotate("where most\ninputs fall", (0, -19), color=INK, ha="center")
    ax.set(xlabel="input x", ylabel="log-odds of the gate", ylim=(-24, 24))
    ax.legend(loc="upper left")
    return ax


@styled
def draw_gelu_errors(
    cubics: Sequence[float] = (0.044715, (4 - np.pi) / (6 * np.pi), 0.044383),
    slopes: Sequence[float] = (1.702, 1.773),
) -> np.ndarray:
    """Draw the errors of GELU's two approximations, much magnified.

    Parameters
    ----------
    cubics : sequence of float
        One to four constants c of the tanh form ½x(1 + tanh(√(2/π)(x + c·x³))).
    slopes : sequence of float
        One to four constants k of the sigmoid form x·σ(kx).

    Returns
    -------
    ndarray of Axes
        Shape (2,): the tanh form above, in units of 10⁻⁴; the sigmoid form below, in
        units of 10⁻².

    Examples
    --------
    >>> tanh_form, sigmoid_form = draw_gelu_errors()
    >>> len(sigmoid_form.get_legend().get_texts())
    2
    """
    x = np.linspace(-6, 6, 1201)
    figure, axes = plt.subplots(2, sharex=True, figsize=(_WIDTH, 6.0))
    for c, (colour, line) in zip(cubics, LINES, strict=False):
        error = x * logistic(2 * _ROOT * (x + c * x**3)) - x * ndtr(x)
        axes[0].plot(x, 1e4 * error, color=colour, linestyle=line, label=f"c = {c:.6f}")
    for k, (colour, line) in zip(slopes, LINES, strict=False):
        error = x * logistic(k * x) - x * ndtr(x)
        axes[1].plot(x, 1e2 * error, color=colour, linestyle=line, label=f"k = {k:.4g}")
    axes[0].set(ylabel="tanh form: error in 10⁻⁴", ylim=(-9, 8.5))
    axes[1].set(ylabel="sigmoid form: error in 10⁻²", xlabel="input x", ylim=(-2.4, 2.4))
    for ax in axes:
        ax.axhline(0, color=INK, linewidth=0.8)
        ax.legend(loc="lower center" if ax is axes[0] else "upper right")
    figure.align_ylabels()
    return axes


@styled
def draw_left_tail() -> Axes:
    """Draw how small GELU and its approximations become on the left, on a log scale.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_left_tail().get_yscale()
    'log'
    """
    x = np.linspace(-10, -0.25, 400)
    _, ax = plt.subplots(figsize=(_WIDTH, 4.6))
    curves = (
        ("none", "GELU", BLUE, "-"),
        ("tanh", "tanh form", VERMILLION, "--"),
        ("sigmoid", "sigmoid form", GREEN, "-."),
    )
    for approximate, label, colour, line in curves:
        size = -gelu(x, approximate=approximate)
        ax.plot(x, size, color=colour, linestyle=line, label=label)
    ax.set(yscale="log", ylim=(1e-30, 10), xlabel="input x", ylabel="size of the output")
    ax.legend(loc="lower right")
    return ax


@styled
def draw_exchanges(
    moved: Mapping[str, MedianInterval], flipped: Mapping[str, MedianInterval]
) -> np.ndarray:
    """Draw what changes when a trained network runs with another activation.

    Parameters
    ----------
    moved, flipped : mapping of str to MedianInterval
        By what it runs with, from top to bottom: by which share the outputs change, more than 0,
        and on which share of the examples the answer changes.

    Returns
    -------
    ndarray of Axes
        Shape (2,): outputs on the left, on a logarithmic axis; answers on the right.

    Examples
    --------
    >>> some = {"tanh form": MedianInterval(1e-3, 1e-4, 1e-2, 20)}
    >>> draw_exchanges(some, some)[0].get_xscale()
    'log'
    """
    figure, axes = plt.subplots(1, 2, sharey=True, figsize=(_NARROW, 1.3 + 0.36 * len(moved)))
    figure.get_layout_engine().set(wspace=0.1)  # else the numbers below the panels meet
    for ax, found, colour, marker in (
        (axes[0], moved, BLUE, "o"),
        (axes[1], {name: _times(100, value) for name, value in flipped.items()}, VERMILLION, "s"),
    ):
        for row, interval in enumerate(found.values()):
            ax.plot([interval.low, interval.high], [row, row], "-", color=colour, linewidth=3)
            ax.plot(interval.median, row, marker, color=colour, markersize=7)
        ax.tick_params(axis="y", length=0)
    axes[0].set(xscale="log", xlabel="outputs move by\nthis share")
    axes[0].set_xticks([1e-4, 1e-3, 1e-2, 1e-1], ["0.01 %", "", "1 %", ""])
    axes[0].minorticks_off()
    axes[1].set(xlabel="other answers, %")
    axes[0].set_yticks(range(len(moved)), list(moved))
    axes[0].set_ylim(len(moved) - 0.5, -0.5)
    return axes


@styled
def draw_trained_and_run(errors: Mapping[str, Mapping[str, MedianInterval]]) -> Axes:
    """Draw the errors of networks that were trained with one activation and run with another.

    Parameters
    ----------
    errors : mapping of str to mapping of str to MedianInterval
        By row, from top to bottom, and in each row by case, the same one to four cases in every
        row: the share of wrong answers.

    Returns
    -------
    Axes

    Examples
    --------
    >>> row = {"trained and run with it": MedianInterval(0.03, 0.02, 0.04, 20)}
    >>> draw_trained_and_run({"tanh form": row}).get_xlabel()
    'digits read wrongly, %'
    """
    _, ax = plt.subplots(figsize=(_NARROW, 1.9 + 0.62 * len(errors)))
    looks = ((VERMILLION, "o"), (GREEN, "s"), (BLUE, "D"), (PURPLE, "^"))
    for row, cases in enumerate(errors.values()):
        for place, ((case, value), (colour, marker)) in enumerate(
            zip(cases.items(), looks, strict=False)
        ):
            y = row + 0.22 * (place - (len(cases) - 1) / 2)
            interval = _times(100, value)
            ax.plot([interval.low, interval.high], [y, y], "-", color=colour, linewidth=2)
            label = case if row == 0 else None
            ax.plot(interval.median, y, marker, color=colour, markersize=6, label=label)
    ax.set_yticks(range(len(errors)), list(errors))
    ax.set_ylim(len(errors) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("digits read wrongly, %")
    ax.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0))
    return ax


def _times(factor: float, interval: MedianInterval) -> MedianInterval:
    return MedianInterval(*(factor * value for value in interval[:3]), interval.count)
