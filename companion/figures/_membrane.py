"""Pictures of membranes: charging, crossing the threshold, and the rate that comes of it."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.biology import HodgkinHuxley, LIFNeuron
from companion.figures._style import BLUE, GREY, INK, LINES, VERMILLION, styled

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 5.6
_SPIKE_MV = 18.0  # a LIF spike has no height; this one is drawn, so that it is seen


@styled
def draw_charging(
    neuron: LIFNeuron,
    currents_na: Sequence[float] = (0.5, 1.0, 1.5),
    duration_ms: float = 50.0,
) -> Axes:
    """Draw a membrane on its way to the voltage that a steady current leads to.

    Parameters
    ----------
    neuron : LIFNeuron
        The cell; its threshold is left out, so the currents should stay below its rheobase.
    currents_na : sequence of float
        One to four currents, in nA.
    duration_ms : float
        How long to watch, in ms.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.biology import LIFNeuron
    >>> ax = draw_charging(LIFNeuron(), [1.0])
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('time (ms)', 'membrane voltage (mV)')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.8))
    run = neuron.simulate(list(currents_na), duration_ms)
    tau = neuron.time_constant_ms
    for current, voltage, (colour, line) in zip(currents_na, run.voltage_mv, LINES, strict=False):
        goal = neuron.steady_voltage_mv(current)
        ax.axhline(goal, color=GREY, linewidth=0.8, linestyle=(0, (4, 4)), zorder=1)
        ax.plot(run.time_ms, voltage, color=colour, linestyle=line)
        at_tau = neuron.rest_mv + (1 - np.exp(-1)) * (goal - neuron.rest_mv)
        ax.plot(tau, at_tau, "o", color=colour, markersize=6, zorder=4)
        ax.annotate(
            f"{current:g} nA",
            (duration_ms, goal),
            (-2, -4),
            textcoords="offset points",
            ha="right",
            va="top",
            color=colour,
            weight="bold",
        )
    ax.axvline(tau, color=GREY, linewidth=0.8)
    ax.annotate(
        f"τ = {tau:g} ms: 63 % of the way",
        (tau, neuron.rest_mv),
        (6, 2),
        textcoords="offset points",
        color=INK,
    )
    ax.set(xlabel="time (ms)", ylabel="membrane voltage (mV)", xlim=(0, duration_ms))
    return ax


@styled
def draw_threshold_test(
    neuron: LIFNeuron,
    currents_na: Sequence[float] = (1.98, 2.02),
    duration_ms: float = 150.0,
) -> np.ndarray:
    """Draw a membrane below and above its rheobase, one panel a current.

    Parameters
    ----------
    neuron : LIFNeuron
        The cell.
    currents_na : sequence of float
        Two or more currents, in nA, from above to below in the picture.
    duration_ms : float
        How long to watch, in ms.

    Returns
    -------
    ndarray of Axes
        One for each current.

    Examples
    --------
    >>> from companion.biology import LIFNeuron
    >>> silent, firing = draw_threshold_test(LIFNeuron())
    >>> silent.get_title(loc="left"), firing.get_title(loc="left")
    ('1.98 nA: 0 spikes', '2.02 nA: 4 spikes')
    """
    figure, axes = plt.subplots(
        len(currents_na), sharex=True, sharey=True, figsize=(_WIDTH, 2.3 * len(currents_na))
    )
    run = neuron.simulate(list(currents_na), duration_ms)
    for ax, current, voltage, spikes, (colour, _) in zip(
        axes, currents_na, run.voltage_mv, run.spike_times_ms, LINES, strict=False
    ):
        ax.axhline(neuron.threshold_mv, color=INK, linewidth=1.2, linestyle="--")
        ax.plot(run.time_ms, voltage, color=colour)
        top = neuron.threshold_mv + _SPIKE_MV
        ax.vlines(spikes, neuron.threshold_mv, top, color=colour, linewidth=2)
        count = "1 spike" if spikes.size == 1 else f"{spikes.size} spikes"
        ax.set_title(f"{current:g} nA: {count}", color=colour, weight="bold")
        ax.set(ylabel="voltage (mV)", xlim=(0, duration_ms))
    axes[0].annotate(
        "threshold",
        (duration_ms, neuron.threshold_mv),
        (-2, 4),
        textcoords="offset points",
        ha="right",
        color=INK,
    )
    axes[-1].set_xlabel("time (ms)")
    figure.align_ylabels()
    return axes


@styled
def draw_rate_curve(neuron: LIFNeuron, currents_na, spikes_per_second) -> Axes:
    """Draw the firing rate against the input current, and counted spikes on top of it.

    Parameters
    ----------
    neuron : LIFNeuron
        The cell; its refractory time must not be 0.
    currents_na : array_like, shape (n,)
        The currents of the counts, in nA, increasing.
    spikes_per_second : array_like, shape (n,)
        What was counted.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.biology import LIFNeuron
    >>> ax = draw_rate_curve(LIFNeuron(), [0.0, 40.0], [0, 433])
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('input current (nA)', 'firing rate (Hz)')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.0))
    last = float(np.max(currents_na))
    current = np.linspace(0, last, 1201)
    ceiling = 1e3 / neuron.refractory_ms
    tireless = LIFNeuron(
        neuron.time_constant_ms,
        neuron.resistance_mohm,
        neuron.rest_mv,
        neuron.reset_mv,
        neuron.threshold_mv,
        refractory_ms=0,
    )
    ax.axhline(ceiling, color=INK, linewidth=1.2, linestyle=":")
    ax.plot(current, tireless.rate_hz(current), color=VERMILLION, linestyle="--")
    ax.plot(current, neuron.rate_hz(current), color=BLUE)
    ax.plot(currents_na, spikes_per_second, "o", color=BLUE, markersize=5, markerfacecolor="white")
    ax.annotate(
        f"ceiling 1/t_ref = {ceiling:g} Hz",
        (last, ceiling),
        (0, 4),
        textcoords="offset points",
        ha="right",
        color=INK,
    )
    dots, line, dashes = ax.lines[3], ax.lines[2], ax.lines[1]
    ax.legend(
        [dots, line, dashes],
        ["spikes counted", f"f(I), t_ref = {neuron.refractory_ms:g} ms", "f(I), t_ref = 0"],
        loc="lower right",
    )
    ax.set(
        xlabel="input current (nA)",
        ylabel="firing rate (Hz)",
        xlim=(0, last),
        ylim=(-0.02 * ceiling, 1.15 * ceiling),
    )
    return ax


@styled
def draw_ramps(neuron: LIFNeuron, ramps: Sequence[tuple]) -> np.ndarray:
    """Draw the rates of several ramps of current, against time and against current.

    Parameters
    ----------
    neuron : LIFNeuron
        The cell whose closed form is drawn with them.
    ramps : sequence of tuple
        One to four ramps, each a label and three arrays of shape (n,): times in s, and the currents
        in nA and rates in Hz at those times.

    Returns
    -------
    ndarray of Axes
        Shape (2,): against time above, against current below.

    Examples
    --------
    >>> from companion.biology import LIFNeuron
    >>> ramp = ("ramp", [1.0, 1.5], [4.0, 6.0], [150.0, 219.0])
    >>> by_time, by_current = draw_ramps(LIFNeuron(), [ramp])
    >>> by_time.get_xlabel(), by_current.get_xlabel()
    ('time (s)', 'input current (nA)')
    """
    _, (by_time, by_current) = plt.subplots(2, sharey=True, figsize=(_WIDTH, 6.0))
    last = max(float(np.max(currents)) for _, _, currents, _ in ramps)
    grid = np.linspace(0, last, 1201)
    by_current.plot(grid, neuron.rate_hz(grid), color=INK, linewidth=1.2, linestyle="-")
    for (label, times, currents, rates), (colour, line), marker, size in zip(
        ramps, LINES, "o.xs", (9, 7, 5, 4), strict=False
    ):
        by_time.plot(times, rates, color=colour, linestyle=line)
        by_time.annotate(
            label,
            (times[len(times) // 3], rates[len(times) // 3]),
            (12, 0),
            textcoords="offset points",
            va="top",
            color=colour,
            weight="bold",
        )
        every = max(1, len(times) // 20)
        by_current.plot(
            currents[::every],
            rates[::every],
            marker,
            color=colour,
            markersize=size,
            markerfacecolor="white" if marker == "o" else colour,
            label=label,
        )
    by_time.set(xlabel="time (s)", ylabel="firing rate (Hz)", xlim=(0, None))
    by_time.set_title("Against time: one curve for each experiment")
    by_current.set(xlabel="input current (nA)", ylabel="firing rate (Hz)", xlim=(0, last))
    by_current.set_title("Against current: one curve, the closed form")
    by_current.legend(loc="upper left")
    return np.array([by_time, by_current])


@styled
def draw_all_or_none(
    axon: HodgkinHuxley,
    pulses_ua_cm2: Sequence[float] = (7.0, 6.9, 6.0, 3.0),
    duration_ms: float = 15.0,
) -> Axes:
    """Draw the answers of a Hodgkin–Huxley patch to pulses of 1 ms.

    Parameters
    ----------
    axon : HodgkinHuxley
        The patch.
    pulses_ua_cm2 : sequence of float
        One to four strengths, in µA/cm².
    duration_ms : float
        How long to watch, in ms.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.biology import HodgkinHuxley
    >>> ax = draw_all_or_none(HodgkinHuxley(), [7.0, 6.9])
    >>> [f"{max(line.get_ydata()):.0f} mV" for line in ax.lines[:2]]
    ['35 mV', '-57 mV']
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.0))
    for pulse, (colour, line) in zip(pulses_ua_cm2, LINES, strict=False):
        run = axon.simulate(pulse, duration_ms, start_ms=1.0, stop_ms=2.0)
        label = f"{pulse:.2f} µA/cm²"
        ax.plot(run.time_ms, run.voltage_mv, color=colour, linestyle=line, label=label)
    ax.axvspan(1.0, 2.0, color=GREY, alpha=0.2, linewidth=0)
    ax.annotate(
        "pulse",
        (2.0, 0.97),
        (4, 0),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="top",
        color=INK,
    )
    ax.legend(loc="upper right")
    ax.set(xlabel="time (ms)", ylabel="membrane voltage (mV)", xlim=(0, duration_ms))
    return ax
