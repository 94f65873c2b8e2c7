"""Pictures of gates: swish, GELU, and what stands in for GELU."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from scipy.special import lambertw, log_ndtr, ndtr

from companion.activations import gelu, logistic, relu, swish
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 5.6
_LOOKS = ((BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (PURPLE, ":"))
# The largest value of t·σ(−t), and one less than the t at which it is taken.
_DIP = float(lambertw(np.exp(-1.0)).real)
_ROOT = np.sqrt(2.0 / np.pi)


@styled
def draw_self_gate(betas: Sequence[float] = (0.0, 1.0, 4.0)) -> np.ndarray:
    """Draw how far the gate σ(βx) stands open, and what it lets through.

    Parameters
    ----------
    betas : sequence of float
        One to four sharpnesses β of the gate, 0 or more.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the gate above, swish below.

    Examples
    --------
    >>> gate, through = draw_self_gate()
    >>> gate.get_ylabel(), through.get_ylabel()
    ('gate, the share let through', 'output')
    """
    x = np.linspace(-5, 5, 501)
    figure, (gate, through) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.6))
    for beta, (colour, line) in zip(betas, _LOOKS, strict=False):
        look = {"color": colour, "linestyle": line, "label": f"β = {beta:g}"}
        gate.plot(x, logistic(beta * x), **look)
        through.plot(x, swish(x, beta=beta), **look)
    for ax, height in ((gate, 0.5), (through, 0.0)):
        ax.axvline(0, color=GREY, linewidth=0.8)
        ax.plot(0, height, "o", color=INK, markersize=6, zorder=4)
    gate.annotate("half open", (0, 0.5), (0.5, 0.33), color=INK)
    gate.set(ylabel="gate, the share let through", ylim=(-0.05, 1.05))
    through.plot(x, 0.5 * x, color=GREY, linewidth=0.8, zorder=1)
    through.annotate("slope ½ for every β", (0, 0), (0.5, -0.9), color=INK)
    through.set(xlabel="input x", ylabel="output", ylim=(-1.5, 4.2))
    gate.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([gate, through])


@styled
def draw_swish_limits(betas: Sequence[float] = (0.5, 1.0, 2.0, 4.0)) -> np.ndarray:
    """Draw swish between a straight line and ReLU, and its distance to ReLU.

    Parameters
    ----------
    betas : sequence of float
        One to four sharpnesses β > 0.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the curves above; below, |swish − ReLU| with its two peaks marked.

    Examples
    --------
    >>> curves, distance = draw_swish_limits((1.0, 2.0))
    >>> [float(t) for t in distance.lines[1].get_ydata().round(4)]  # β = 1
    [0.2785, 0.2785]
    """
    x = np.linspace(-5, 5, 1001)
    figure, (curves, distance) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.8))
    curves.plot(x, x / 2, color=GREY, linewidth=1, linestyle=(0, (6, 3)))
    curves.plot(x, relu(x), color=INK, linewidth=1)
    for beta, (colour, line) in zip(betas, _LOOKS, strict=False):
        look = {"color": colour, "linestyle": line}
        curves.plot(x, swish(x, beta=beta), **look, label=f"β = {beta:g}")
        distance.plot(x, np.abs(swish(x, beta=beta) - relu(x)), **look)
        peaks = np.array([-1.0, 1.0]) * (1 + _DIP) / beta
        distance.plot(peaks, np.full(2, _DIP / beta), "o", color=colour, markersize=5)
    curves.annotate("β = 0: x/2", (-2.4, -1.2), (-2.1, -1.5), color=GREY)
    curves.annotate("ReLU", (3, 3), (2.4, 3.3), color=INK, ha="right")
    curves.set(ylabel="output", ylim=(-1.9, 4.4))
    distance.set(xlabel="input x", ylabel="distance to ReLU", ylim=(0, None))
    curves.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([curves, distance])


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
    for c, (colour, line) in zip(cubics, _LOOKS, strict=False):
        error = x * logistic(2 * _ROOT * (x + c * x**3)) - x * ndtr(x)
        axes[0].plot(x, 1e4 * error, color=colour, linestyle=line, label=f"c = {c:.6f}")
    for k, (colour, line) in zip(slopes, _LOOKS, strict=False):
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
