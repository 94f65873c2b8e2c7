"""Pictures of the inside of a spike: its gates, and how well a solver places it."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.biology import BoltzmannGate, HodgkinHuxley, steady_gates
from companion.figures._style import BLUE, GREEN, GREY, INK, VERMILLION, styled

_WIDTH = 5.6
_GATES = (("m", BLUE, "-"), ("h", VERMILLION, "--"), ("n", GREEN, "-."))


@styled
def draw_steady_gates(fits: Mapping[str, BoltzmannGate], lowest_mv=-120.0, highest_mv=40.0):
    """Draw the squid's steady gates with logistic curves, and what is left between them.

    Parameters
    ----------
    fits : mapping of str to BoltzmannGate
        For the gates "m", "h" and "n", the logistic curve to hold against each.
    lowest_mv, highest_mv : float
        The range of voltages, in mV.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the curves above, formula minus logistic below.

    Examples
    --------
    >>> from companion.biology import BoltzmannGate
    >>> fits = {"m": BoltzmannGate(-40, 9.6), "h": BoltzmannGate(-62, -7.1),
    ...         "n": BoltzmannGate(-51, 17)}
    >>> curves, residuals = draw_steady_gates(fits)
    >>> residuals.get_xlabel()
    'membrane voltage (mV)'
    """
    _, (curves, residuals) = plt.subplots(
        2, sharex=True, figsize=(_WIDTH, 5.6), height_ratios=(3, 2)
    )
    voltage = np.linspace(lowest_mv, highest_mv, 321)
    for (name, colour, line), share in zip(_GATES, steady_gates(voltage), strict=True):
        fitted = fits[name].open_share(voltage)
        curves.plot(voltage, fitted, color=GREY, linestyle="-", linewidth=4, alpha=0.35)
        curves.plot(voltage, share, color=colour, linestyle=line, label=name)
        residuals.plot(voltage, share - fitted, color=colour, linestyle=line, label=name)
    curves.plot([], [], color=GREY, linestyle="-", linewidth=4, alpha=0.35, label="logistic")
    curves.legend(loc="center right")
    curves.set(ylabel="open share", ylim=(-0.03, 1.03))
    residuals.axhline(0, color=GREY, linewidth=0.8)
    residuals.set(
        xlabel="membrane voltage (mV)", ylabel="share − logistic", xlim=(lowest_mv, highest_mv)
    )
    return np.array([curves, residuals])


@styled
def draw_spike_and_gates(axon: HodgkinHuxley, pulse_ua_cm2=14.0, duration_ms=15.0) -> np.ndarray:
    """Draw one spike, and below it what the gates do meanwhile.

    Parameters
    ----------
    axon : HodgkinHuxley
        The patch.
    pulse_ua_cm2 : float
        Strength of a pulse from 1 to 2 ms, in µA/cm².
    duration_ms : float
        How long to watch, in ms.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the voltage above, the open shares of the gates below.

    Examples
    --------
    >>> from companion.biology import HodgkinHuxley
    >>> above, below = draw_spike_and_gates(HodgkinHuxley())
    >>> [line.get_label() for line in below.lines]
    ['m', 'h', 'n']
    """
    _, (above, below) = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.4))
    run = axon.simulate(pulse_ua_cm2, duration_ms, start_ms=1.0, stop_ms=2.0)
    above.axvspan(1.0, 2.0, color=GREY, alpha=0.2, linewidth=0)
    above.plot(run.time_ms, run.voltage_mv, color=INK)
    above.set_ylabel("voltage (mV)")
    for (name, colour, line), share in zip(_GATES, run.gates, strict=True):
        below.plot(run.time_ms, share, color=colour, linestyle=line, label=name)
    below.axvspan(1.0, 2.0, color=GREY, alpha=0.2, linewidth=0)
    below.legend(loc="upper right")
    below.set(xlabel="time (ms)", ylabel="open share", xlim=(0, duration_ms), ylim=(-0.03, 1.03))
    return np.array([above, below])


@styled
def draw_solver_errors(tolerances, errors_ms) -> Axes:
    """Draw how far a spike is misplaced against the tolerance that the solver was given.

    Parameters
    ----------
    tolerances : array_like, shape (n,)
        Relative tolerances, positive.
    errors_ms : array_like, shape (n,)
        The errors of a spike time, in ms, positive.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_solver_errors([1e-3, 1e-5, 1e-7], [0.4, 9e-3, 9e-5])
    >>> ax.get_xscale(), ax.get_yscale()
    ('log', 'log')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.8))
    tolerances, errors = np.asarray(tolerances, float), np.asarray(errors_ms, float)
    ax.plot(tolerances, errors, "o-", color=BLUE, label="error of the last spike")
    guide = errors[0] * tolerances / tolerances[0]
    ax.plot(tolerances, guide, color=GREY, linestyle="--", label="in proportion")
    ax.set(
        xscale="log", yscale="log", xlabel="relative tolerance", ylabel="error of spike time (ms)"
    )
    ax.legend(loc="upper left")
    return ax
