"""Pictures of firing rates as activation functions: noise, likeness, and how firing begins."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.biology import LIFNeuron, NoisyLIFNeuron, RateFit
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

_WIDTH = 5.6
_LOOKS = ((BLUE, "--"), (VERMILLION, "-."), (GREEN, ":"), (PURPLE, (0, (5, 1, 1, 1, 1, 1))))


@styled
def draw_step_errors(steps_ms, relative_errors) -> Axes:
    """Draw the relative error of a simulated rate against the step, on logarithmic axes.

    Parameters
    ----------
    steps_ms : array_like, shape (n,)
        The steps, in ms, positive.
    relative_errors : array_like, shape (n,)
        Relative errors of the rate, positive.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_step_errors([1.0, 0.1, 0.01], [0.03, 0.002, 0.0004])
    >>> ax.get_xlabel()
    'step (ms)'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.6))
    steps, errors = np.asarray(steps_ms, float), np.asarray(relative_errors, float)
    ax.plot(steps, errors, "o", color=BLUE, markersize=4, label="stepping along the tangent")
    bound = np.max(errors / steps)
    ax.plot(steps, bound * steps, color=GREY, linestyle="--", label=f"{bound:.2g} · step")
    ax.set(xscale="log", yscale="log", xlabel="step (ms)", ylabel="relative error of the rate")
    ax.legend(loc="upper left")
    return ax


@styled
def draw_noisy_rates(
    cell: LIFNeuron,
    noises_mv: Sequence[float],
    current_na,
    counted: tuple | None = None,
    counted_mv: float | None = None,
) -> Axes:
    """Draw how noise rounds the corner of a rate curve.

    Parameters
    ----------
    cell : LIFNeuron
        The membrane; its noise-free rate is drawn, too.
    noises_mv : sequence of float
        One to four noise levels, in mV.
    current_na : array_like, shape (n,)
        Mean currents, in nA.
    counted : tuple of two array_like, optional
        Currents in nA and rates in Hz that were counted in a simulation.
    counted_mv : float, optional
        The noise level, in mV, to which the counts belong.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import numpy as np
    >>> from companion.biology import LIFNeuron
    >>> ax = draw_noisy_rates(LIFNeuron(), [1.0, 3.0], np.linspace(0, 4, 101))
    >>> [line.get_label() for line in ax.lines]
    ['no noise', '1 mV', '3 mV']
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.0))
    current = np.asarray(current_na, float)
    ax.plot(current, cell.rate_hz(current), color=INK, label="no noise")
    for noise, (colour, line) in zip(noises_mv, _LOOKS, strict=False):
        rate = NoisyLIFNeuron(noise, cell).rate_hz(current)
        ax.plot(current, rate, color=colour, linestyle=line, label=f"{noise:g} mV")
    if counted is not None:
        label = f"counted, {counted_mv:g} mV"
        ax.plot(*counted, "o", color=INK, markersize=5, markerfacecolor="white", label=label)
    ax.legend(loc="upper left")
    ax.set(
        xlabel="mean input current (nA)",
        ylabel="firing rate (Hz)",
        xlim=(current[0], current[-1]),
        ylim=(-0.02 * ax.get_ylim()[1], None),
    )
    return ax


@styled
def draw_rate_fits(windows: Sequence[tuple[np.ndarray, np.ndarray, Sequence[RateFit]]]):
    """Draw a rate curve with the activation functions fitted to it, one column a window.

    Parameters
    ----------
    windows : sequence of tuple
        For each window its currents in nA, the rates there in Hz, and one to three fits.

    Returns
    -------
    ndarray of Axes
        Shape (2, windows): curves above, fit minus rate below.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.activations import relu
    >>> from companion.biology import LIFNeuron, fit_rate
    >>> current_na = np.linspace(0, 4, 81)
    >>> rate = LIFNeuron().rate_hz(current_na)
    >>> axes = draw_rate_fits([(current_na, rate, [fit_rate(relu, current_na, rate)])])
    >>> axes.shape
    (2, 1)
    """
    _, axes = plt.subplots(
        2,
        len(windows),
        figsize=(_WIDTH, 5.2),
        sharex="col",
        squeeze=False,
        height_ratios=(3, 2),
    )
    for (above, below), (current, rate, fits) in zip(axes.T, windows, strict=True):
        above.plot(current, rate, "-", color=GREY, linewidth=5, alpha=0.4, label="the cell")
        below.axhline(0, color=GREY, linewidth=0.8)
        for fit, (colour, line) in zip(fits, _LOOKS, strict=False):
            fitted, name = fit.rate_hz(current), _PRINTED.get(fit.activation.name)
            above.plot(
                current, fitted, color=colour, linestyle=line, label=name or fit.activation.name
            )
            below.plot(current, fitted - rate, color=colour, linestyle=line)
        below.set(xlabel="current (nA)", xlim=(current[0], current[-1]))
    axes[0, 0].set_ylabel("firing rate (Hz)")
    axes[1, 0].set_ylabel("fit − cell (Hz)")
    axes[0, 0].legend(loc="upper left")
    return axes


_PRINTED = {"relu": "ReLU"}


@styled
def draw_onsets(curves: Mapping[str, tuple]) -> Axes:
    """Draw how several cells begin to fire, each against its own onset current.

    Parameters
    ----------
    curves : mapping of str to tuple
        For each cell its currents over its onset current, and its rates in Hz, arrays of one
        length. The rates at which it is silent must be 0.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_onsets({"LIF": ([0.9, 1.0, 1.1], [0, 0, 41]), "HH": ([0.9, 1.0], [0, 52])})
    >>> ax.get_xlabel()
    'current over onset current'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.8))
    looks = ((BLUE, "-", ""), (GREEN, "--", ""), (VERMILLION, "none", "s"))
    for (name, (ratio, rate)), (colour, line, marker) in zip(curves.items(), looks, strict=False):
        ax.plot(ratio, rate, color=colour, linestyle=line, marker=marker, label=name)
    ax.axvline(1, color=GREY, linewidth=0.8)
    ax.legend(loc="upper left")
    ax.set(xlabel="current over onset current", ylabel="firing rate (Hz)", ylim=(-2, None))
    return ax
