"""Pictures of the sigmoid family: tangents, bands that cannot be left, and lines for curves."""

from collections.abc import Sequence
from math import pi

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.activations import ACTIVATIONS, hard_logistic, hard_tanh, logistic, tanh
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled
from companion.taylor import taylor

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.8
_LOOKS = ((VERMILLION, "--"), (GREEN, "-."), (PURPLE, ":"), (BLUE, "-"))


@styled
def draw_tangent(at: float = 1.0) -> Axes:
    """Draw the logistic function, its tangent at 0, and where the question is asked.

    Parameters
    ----------
    at : float
        Input at which the reader is to guess how far apart the two are.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_tangent().get_ylabel()
    'output'
    """
    x = np.linspace(-6, 6, 601)
    _, ax = plt.subplots(figsize=(_WIDTH, 3.9))
    ax.axvline(at, color=GREY, linewidth=1, linestyle=(0, (2, 2)))
    ax.plot(x, 0.5 + 0.25 * x, color=VERMILLION, linestyle="--")
    ax.plot(x, logistic(x), color=BLUE)
    ax.plot(0, 0.5, "o", color=INK, markersize=6, zorder=4)
    ax.text(-5.9, 0.09, "σ(x)", color=BLUE, fontsize=12)
    ax.text(3.2, 1.21, "½ + x/4", color=VERMILLION, fontsize=12, va="center")
    ax.text(at + 0.15, 0.05, f"x = {at:g}: how far apart?", color=INK)
    ax.set(xlabel="input x", ylabel="output", ylim=(-0.3, 1.35), xlim=(-6, 6))
    return ax


@styled
def draw_two_classes(
    means: tuple[float, float], spread: float, share: float, draws: int = 4000, seed: int = 0
) -> np.ndarray:
    """Draw two Gaussian classes, and the probability of the second one given a measurement.

    Parameters
    ----------
    means : tuple of float
        Mean of the first and of the second class, in grams.
    spread : float
        Standard deviation of both, in grams.
    share : float
        Share of the second class among all, between 0 and 1.
    draws : int
        How many measurements are drawn to count shares from.
    seed : int
        Seed of the draws.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the two densities above; counted shares and the logistic curve below.

    Examples
    --------
    >>> densities, chances = draw_two_classes((150.0, 180.0), 20.0, 0.3)
    >>> chances.get_xlabel()
    'weight in grams'
    """
    rng = np.random.default_rng(seed)
    second = rng.random(draws) < share
    weight = rng.normal(np.where(second, means[1], means[0]), spread)
    low, high = means[0] - 3 * spread, means[1] + 3 * spread
    x = np.linspace(low, high, 401)
    figure, (above, below) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.0))
    looks = ((BLUE, "-", "first kind"), (VERMILLION, "--", "second kind"))
    for mean, part, (colour, line, label) in zip(means, (1 - share, share), looks, strict=True):
        density = part * np.exp(-(((x - mean) / spread) ** 2) / 2) / (spread * np.sqrt(2 * pi))
        above.plot(x, density, color=colour, linestyle=line, label=label)
        above.fill_between(x, density, color=colour, alpha=0.15, linewidth=0)
    above.set(ylabel="density per gram", ylim=(0, None))
    above.legend(loc="upper right")
    slope = (means[1] - means[0]) / spread**2
    middle = (means[0] + means[1]) / 2 - np.log(share / (1 - share)) / slope
    below.plot(x, logistic(slope * (x - middle)), color=INK, label="σ(wx + b)")
    edges = np.linspace(low, high, 19)
    places = np.digitize(weight, edges) - 1
    bins = [k for k in range(len(edges) - 1) if (places == k).sum() >= 10]
    below.plot(
        [(edges[k] + edges[k + 1]) / 2 for k in bins],
        [second[places == k].mean() for k in bins],
        "o",
        color=GREEN,
        markersize=6,
        label="share of the second kind, counted",
    )
    below.set(xlabel="weight in grams", ylabel="chance of the second kind", ylim=(-0.05, 1.3))
    below.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([above, below])


@styled
def draw_taylor_band(name: str = "logistic", order: int = 1, reach: float = 4.0) -> np.ndarray:
    """Draw a Taylor polynomial around 0 with the band in which the curve is bound to lie.

    Parameters
    ----------
    name : {"logistic", "tanh"}
        The function.
    order : int
        Order of the polynomial.
    reach : float
        How far to draw, on either side of 0.

    Returns
    -------
    ndarray of Axes
        Shape (2,): curve, polynomial and band above; below, the error and its bound, both axes
        logarithmic, for x > 0.

    Examples
    --------
    >>> band, errors = draw_taylor_band("tanh")
    >>> errors.get_yscale()
    'log'
    """
    function, polynomial = ACTIVATIONS[name], taylor(name, order)
    x = np.linspace(-reach, reach, 401)
    figure, (above, below) = plt.subplots(2, figsize=(_WIDTH, 6.0), height_ratios=(3, 2.4))
    middle, bound = polynomial(x), polynomial.remainder_bound(x)
    above.fill_between(
        x,
        middle - bound,
        middle + bound,
        color=VERMILLION,
        alpha=0.18,
        linewidth=0,
        label="guaranteed band",
    )
    above.plot(x, middle, color=VERMILLION, linestyle="--", label=f"polynomial, order {order}")
    above.plot(x, function(x), color=BLUE, label=function.name)
    low, high = (-0.6, 1.6) if name == "logistic" else (-2.2, 2.2)
    above.set(xlabel="input x", ylabel="output", ylim=(low, high), xlim=(-reach, reach))
    above.legend(loc="upper left")
    right = np.geomspace(0.01 * reach, reach, 200)
    below.loglog(
        right, polynomial.remainder_bound(right), color=VERMILLION, linestyle="--", label="bound"
    )
    below.loglog(right, np.abs(function(right) - polynomial(right)), color=BLUE, label="error")
    below.set(xlabel="input x (logarithmic)", ylabel="distance (logarithmic)")
    below.set_xlim(right[0], right[-1])
    below.legend(loc="upper left")
    figure.align_ylabels()
    return np.array([above, below])


@styled
def draw_convergence(inputs: Sequence[float] = (2.0, 3.0, 4.0), highest: int = 25) -> np.ndarray:
    """Draw the error of σ's Taylor polynomial against its order, and the poles that decide it.

    Parameters
    ----------
    inputs : sequence of float
        One to four inputs x > 0.
    highest : int
        Highest order.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the error against the order above, the complex plane below.

    Examples
    --------
    >>> errors, plane = draw_convergence()
    >>> plane.get_xlabel()
    'real part of x'
    """
    orders = np.arange(1, highest + 1, 2)
    _, (above, below) = plt.subplots(2, figsize=(_WIDTH, 7.2), height_ratios=(1, 1.15))
    markers = "osD^"
    for x, (colour, line), marker in zip(inputs, _LOOKS, markers, strict=False):
        errors = [abs(taylor("logistic", int(n))(x) - logistic(x)) for n in orders]
        above.semilogy(orders, errors, marker, color=colour, linestyle=line, markersize=4)
        above.annotate(
            f"x = {x:g}",
            (orders[-1], errors[-1]),
            (6, 0),
            textcoords="offset points",
            color=colour,
            va="center",
        )
        below.plot(x, 0, marker, color=colour, markersize=7, zorder=4)
        below.annotate(
            f"{x:g}", (x, 0), (0, 9), textcoords="offset points", color=colour, ha="center"
        )
    above.set(xlabel="order of the polynomial", ylabel="error (logarithmic)")
    above.set_xlim(0, highest + 4.5)
    angle = np.linspace(0, 2 * pi, 200)
    below.fill(pi * np.cos(angle), pi * np.sin(angle), color=BLUE, alpha=0.12, linewidth=0)
    below.plot(pi * np.cos(angle), pi * np.sin(angle), color=BLUE, linewidth=1)
    below.plot([0, 0], [-pi, pi], "x", color=INK, markersize=10, markeredgewidth=2.5)
    below.annotate("pole at iπ", (0, pi), (12, 5), textcoords="offset points", color=INK)
    below.annotate("pole at −iπ", (0, -pi), (12, -12), textcoords="offset points", color=INK)
    below.plot(0, 0, "o", color=INK, markersize=5)
    below.annotate("centre", (0, 0), (-6, 6), textcoords="offset points", color=INK, ha="right")
    below.text(-1.6, -1.4, "the series\nconverges", color=BLUE, ha="center", va="center")
    below.set(xlabel="real part of x", ylabel="imaginary part of x")
    below.set(xlim=(-5.4, 5.4), ylim=(-4.3, 4.3))
    below.set_aspect("equal")
    return np.array([above, below])


@styled
def draw_hard_errors() -> np.ndarray:
    """Draw hard-logistic and hard-tanh on their curves, and how far off they are.

    Returns
    -------
    ndarray of Axes
        Shape (2, 2): the curves above and the distance below; logistic left, tanh right.

    Examples
    --------
    >>> draw_hard_errors().shape
    (2, 2)
    """
    x = np.linspace(-5, 5, 1001)
    figure, axes = plt.subplots(2, 2, sharex=True, sharey="row", figsize=(_WIDTH, 4.6))
    pairs = ((logistic, hard_logistic, 2.0, "logistic"), (tanh, hard_tanh, 1.0, "tanh"))
    for (above, below), (curve, lines, knee, title) in zip(axes.T, pairs, strict=True):
        above.plot(x, curve(x), color=BLUE)
        above.plot(x, lines(x), color=VERMILLION, linestyle="--")
        above.set_title(title)
        below.plot(x, np.abs(lines(x) - curve(x)), color=INK)
        worst = 1 - curve(knee)
        below.plot([-knee, knee], [worst, worst], "o", color=VERMILLION, markersize=6)
        below.annotate(
            f"{worst:.4f}",
            (0, worst),
            (0, 8),
            textcoords="offset points",
            ha="center",
            color=VERMILLION,
        )
        below.set_xlabel("input x")
        below.set_xticks([-4, -2, 0, 2, 4])
    axes[0, 0].set_ylabel("output")
    axes[1, 0].set(ylabel="distance", ylim=(0, 0.3))
    figure.align_ylabels()
    return axes


@styled
def draw_slopes(best: float) -> np.ndarray:
    """Draw the error of clipped lines against their slope, and the one of least worst error.

    Parameters
    ----------
    best : float
        The slope of least worst error, found by the caller.

    Returns
    -------
    ndarray of Axes
        Shape (2,): signed error for the usual slopes and the best one above, worst error against
        the slope below.

    Examples
    --------
    >>> errors, worst = draw_slopes(0.177)
    >>> worst.get_xlabel()
    'slope of the line'
    """
    x = np.linspace(-6, 6, 2401)
    figure, (above, below) = plt.subplots(2, figsize=(_WIDTH, 6.4))
    known = ((1 / 4, "1/4", *_LOOKS[0]), (1 / 5, "0.2", *_LOOKS[1]), (1 / 6, "1/6", *_LOOKS[2]))
    for slope, label, colour, line in (*known, (best, f"{best:.3f}", *_LOOKS[3])):
        error = np.clip(0.5 + slope * x, 0, 1) - logistic(x)
        heavy = 2.6 if slope == best else 1.6
        above.plot(x, error, color=colour, linestyle=line, linewidth=heavy, label=label)
    least = np.abs(np.clip(0.5 + best * x, 0, 1) - logistic(x)).max()
    above.axhline(least, color=GREY, linewidth=1)
    above.axhline(-least, color=GREY, linewidth=1)
    above.set(xlabel="input x", ylabel="clipped line − σ(x)", ylim=(-0.19, 0.135))
    above.legend(title="slope", ncols=4, loc="lower center")
    slopes = np.linspace(0.13, 0.26, 261)
    knee = 1 - logistic(0.5 / slopes)
    steep = (
        1 + np.sqrt(np.maximum(1 - 4 * slopes, 0))
    ) / 2  # σ where its slope is that of the line
    inside = np.where(slopes < 0.25, steep - 0.5 - slopes * np.log(steep / (1 - steep)), 0.0)
    below.plot(slopes, inside, color=GREY, linewidth=1.2, linestyle=(0, (2, 2)))
    below.plot(slopes, knee, color=GREY, linewidth=1.2, linestyle=(0, (5, 2)))
    below.plot(slopes, np.maximum(inside, knee), color=INK)
    for slope, label, colour, _ in (*known, (best, "best", *_LOOKS[3])):
        height = np.interp(slope, slopes, np.maximum(inside, knee))
        below.plot(slope, height, "o", color=colour, markersize=7, zorder=4)
        side = (-9, 4, "right") if label in ("1/4", "0.2") else (9, 5, "left")
        if label == "best":
            side = (0, -17, "center")
        below.annotate(
            label, (slope, height), side[:2], textcoords="offset points", color=colour, ha=side[2]
        )
    below.text(0.213, 0.022, "error inside", color=GREY)
    below.text(0.133, 0.009, "error at the knee", color=GREY)
    below.set(xlabel="slope of the line", ylabel="worst error", ylim=(0, 0.145), xlim=(0.13, 0.26))
    figure.align_ylabels()
    return np.array([above, below])
