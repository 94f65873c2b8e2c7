"""Hodgkin and Huxley's squid axon: a membrane whose threshold nobody put in.

Four equations: one for the voltage, and one for each kind of gate in the sodium and potassium
channels. Sodium gates (m) open quickly when the voltage rises, which raises it further; others (h)
shut, and potassium gates (n) open, more slowly, which ends the spike.
"""

import math
import warnings
from dataclasses import dataclass, fields

import numpy as np
import scipy
from scipy.special import expit, exprel

from companion.biology._checks import not_negative, positive, real_number
from companion.biology._record import MembraneRecord


@dataclass(frozen=True)
class HodgkinHuxley:
    """A patch of the squid's giant axon at 6.3 °C.

    Parameters
    ----------
    capacitance_uf_cm2 : float, default 1
        Membrane capacitance, in µF/cm²; greater than 0.
    sodium_ms_cm2, potassium_ms_cm2, leak_ms_cm2 : float, default 120, 36, 0.3
        Largest conductances, in mS/cm²; at least 0.
    sodium_mv, potassium_mv, leak_mv : float, default 50, -77, -54.387
        Reversal potentials, in mV.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite or out of its range.

    Notes
    -----
    The numbers are table 3 of [1]_. That paper measures the voltage from rest and counts it
    downwards; here V = −65 mV − V₁₉₅₂, which turns its −115, +12 and −10.613 mV into the reversal
    potentials above and lets a spike point upwards.

    References
    ----------
    .. [1] A. L. Hodgkin, A. F. Huxley, A quantitative description of membrane current and its
       application to conduction and excitation in nerve, *Journal of Physiology* 117 (1952),
       500-544. doi:10.1113/jphysiol.1952.sp004764

    Examples
    --------
    >>> from companion.biology import HodgkinHuxley
    >>> axon = HodgkinHuxley()
    >>> f"{axon.resting_mv:.2f}"
    '-65.00'
    >>> [int(axon.simulate(pulse, 20, stop_ms=1).spike_counts) for pulse in (3.0, 12.0)]
    [0, 1]
    """

    capacitance_uf_cm2: float = 1.0
    sodium_ms_cm2: float = 120.0
    potassium_ms_cm2: float = 36.0
    leak_ms_cm2: float = 0.3
    sodium_mv: float = 50.0
    potassium_mv: float = -77.0
    leak_mv: float = -54.387

    def __post_init__(self):
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "capacitance_uf_cm2":
                value = positive(value, field.name, "µF/cm²")
            elif field.name.endswith("_ms_cm2"):
                value = not_negative(value, field.name, "mS/cm²")
            else:
                value = real_number(value, field.name, "mV")
            object.__setattr__(self, field.name, value)

    @property
    def resting_mv(self) -> float:
        """The voltage, in mV, at which no net current flows with all gates at their steady state.

        Looked for between −90 and −40 mV; a `ValueError` if the balance does not change sign there.
        """
        return scipy.optimize.brentq(
            lambda v: self.ionic_current_ua_cm2(v, *steady_gates(v)), -90, -40
        )

    def ionic_current_ua_cm2(self, voltage_mv, m, h, n):
        """Outward current through the three kinds of channel.

        Parameters
        ----------
        voltage_mv : array_like
            Membrane voltage, in mV.
        m, h, n : array_like
            Open shares of the gates, in [0, 1].

        Returns
        -------
        ndarray or float
            The current, in µA/cm², in their common shape.
        """
        return (
            self.sodium_ms_cm2 * m**3 * h * (voltage_mv - self.sodium_mv)
            + self.potassium_ms_cm2 * n**4 * (voltage_mv - self.potassium_mv)
            + self.leak_ms_cm2 * (voltage_mv - self.leak_mv)
        )

    def simulate(
        self, current_ua_cm2, duration_ms, *, start_ms=0.0, stop_ms=None, rtol=1e-8
    ) -> MembraneRecord:
        """Run the patch from rest through one rectangular pulse.

        Parameters
        ----------
        current_ua_cm2 : float
            The pulse, in µA/cm²; positive raises the voltage.
        duration_ms : float
            Length of the run, in ms.
        start_ms, stop_ms : float, optional
            When the pulse begins and ends, in ms; by default it lasts for the whole run.
        rtol : float, default 1e-8
            Relative tolerance of the solver, between 1e-12 and 0.01.

        Returns
        -------
        MembraneRecord
            As from `simulate_pulses`.

        Raises
        ------
        TypeError
            If an argument is not a real number.
        ValueError
            If one is not finite, or not 0 ≤ start < stop ≤ duration, or if the pulse is too strong
            for the solver.
        """
        pulse = real_number(current_ua_cm2, "current_ua_cm2", "µA/cm²")
        duration = positive(duration_ms, "duration_ms", "ms")
        start = not_negative(start_ms, "start_ms", "ms")
        stop = duration if stop_ms is None else positive(stop_ms, "stop_ms", "ms")
        if not start < stop <= duration:
            raise ValueError(
                "start_ms and stop_ms must satisfy 0 ≤ start_ms < stop_ms ≤ duration_ms = "
                f"{duration:g} ms, got start_ms = {start:g} and stop_ms = {stop:g}"
            )
        return self.simulate_pulses([(start, stop, pulse)], duration, rtol=rtol)

    def simulate_pulses(self, pulses, duration_ms, *, rtol=1e-8) -> MembraneRecord:
        """Run the patch from rest through several rectangular pulses.

        Parameters
        ----------
        pulses : sequence of tuple
            Each a triple (start in ms, stop in ms, current in µA/cm²), in the order of time; they
            may touch and must not overlap.
        duration_ms : float
            Length of the run, in ms.
        rtol : float, default 1e-8
            Relative tolerance of the solver, between 1e-12 and 0.01.

        Returns
        -------
        MembraneRecord
            Voltages and gates every 0.02 ms or finer, and the spikes: the upward crossings of 0 mV.

        Raises
        ------
        TypeError
            If an argument is not made of real numbers.
        ValueError
            If one is not finite or out of its range, the pulses overlap or leave the run, or one of
            them is too strong for the solver.

        Notes
        -----
        SciPy's LSODA, started anew at each edge of a pulse, since a solver that steps across a jump
        may miss it. The absolute tolerance is a tenth of the relative one, in mV and in shares.

        Examples
        --------
        Soon after a spike a pulse that was strong enough before is so no more:

        >>> from companion.biology import HodgkinHuxley
        >>> axon = HodgkinHuxley()
        >>> early = axon.simulate_pulses([(0, 1, 14.0), (8, 9, 14.0)], 30)
        >>> late = axon.simulate_pulses([(0, 1, 14.0), (20, 21, 14.0)], 40)
        >>> int(early.spike_counts), int(late.spike_counts)
        (1, 2)
        """
        duration = positive(duration_ms, "duration_ms", "ms")
        return self._run(pulses, duration, rtol, spacing_ms=0.02)

    def _run(self, pulses, duration, rtol, spacing_ms) -> MembraneRecord:
        """Run through the pulses, and look every `spacing_ms` ms or more often."""
        tolerance = real_number(rtol, "rtol", "relative error")
        if not 1e-12 <= tolerance <= 1e-2:
            raise ValueError(f"rtol must lie between 1e-12 and 0.01, got {rtol!r}")
        rest = self.resting_mv
        state = np.array([rest, *steady_gates(rest)])
        times, states, spikes = [np.zeros(1)], [state[:, np.newaxis]], []
        for begin, end, current in _stretches(pulses, duration):
            grid = np.linspace(begin, end, int(np.ceil((end - begin) / spacing_ms)) + 1)
            solution = self._solve(begin, end, state, grid, current, tolerance)
            state = solution.y[:, -1]
            times.append(solution.t[1:])
            states.append(solution.y[:, 1:])
            spikes.append(solution.t_events[0])
        spikes, states = np.concatenate(spikes), np.concatenate(states, axis=1)
        return MembraneRecord(
            duration_ms=duration,
            spike_times_ms=spikes,
            spike_counts=np.array(spikes.size),
            time_ms=np.concatenate(times),
            voltage_mv=states[0],
            gates=states[1:],
        )

    def _solve(self, begin, end, state, grid, current, rtol):
        """Solve the equations for one stretch of constant current, or say why it cannot be done."""
        refusal = ValueError(
            f"current_ua_cm2 = {current:g} µA/cm² drives the voltage out of the range in which the "
            "gates can be followed; 200 µA/cm² for 1 ms is still in it"
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the solver's; its answer is looked at below
            try:
                solution = scipy.integrate.solve_ivp(
                    self._derivatives,
                    (begin, end),
                    state,
                    method="LSODA",
                    t_eval=grid,
                    args=(current,),
                    events=_upstroke,
                    rtol=rtol,
                    atol=0.1 * rtol,
                )
            except OverflowError:
                raise refusal from None
        if not (solution.success and np.isfinite(solution.y).all()):
            raise refusal
        return solution

    def rate_hz(self, current_ua_cm2, *, settle_ms=200.0, window_ms=150.0) -> float:
        """Return the firing rate that is left after a steady current has been on for a while.

        Parameters
        ----------
        current_ua_cm2 : float
            The current, in µA/cm².
        settle_ms, window_ms : float, default 200, 150
            How long to wait, and how long to listen after that, in ms.

        Returns
        -------
        float
            One over the mean interval of the spikes in the window, in Hz; 0 with fewer than 3.

        Raises
        ------
        TypeError
            If an argument is not a real number.
        ValueError
            If one is not finite or out of its range.

        Notes
        -----
        Just below the onset of firing, some 6.3 µA/cm², a train of spikes takes longer and longer
        to die out, so the onset that is seen depends a little on how long one waits.

        Examples
        --------
        >>> from companion.biology import HodgkinHuxley
        >>> axon = HodgkinHuxley()
        >>> f"{axon.rate_hz(6.0):.0f} Hz, {axon.rate_hz(6.5):.0f} Hz"
        '0 Hz, 55 Hz'
        """
        settle = not_negative(settle_ms, "settle_ms", "ms")
        window = positive(window_ms, "window_ms", "ms")
        current = real_number(current_ua_cm2, "current_ua_cm2", "µA/cm²")
        length = settle + window
        run = self._run([(0.0, length, current)], length, 1e-6, spacing_ms=length)
        late = run.spike_times_ms[run.spike_times_ms > settle]
        return float(1e3 * (late.size - 1) / np.ptp(late)) if late.size >= 3 else 0.0

    def _derivatives(self, _, state, current_ua_cm2):
        """Return the slopes of V, m, h and n, in plain floats: a solver asks thousands of times."""
        voltage, m, h, n = state.tolist()
        v = voltage + 65.0
        charge = current_ua_cm2 - self.ionic_current_ua_cm2(voltage, m, h, n)
        return (
            charge / self.capacitance_uf_cm2,
            _leap((25.0 - v) / 10.0) * (1 - m) - 4.0 * math.exp(-v / 18.0) * m,
            0.07 * math.exp(-v / 20.0) * (1 - h) - h / (1 + math.exp((30.0 - v) / 10.0)),
            0.1 * _leap((10.0 - v) / 10.0) * (1 - n) - 0.125 * math.exp(-v / 80.0) * n,
        )


def _leap(x):
    """Return x/(eˣ − 1), and 1 at x = 0."""
    return x / math.expm1(x) if x else 1.0


def _upstroke(_, state, _current):
    return state[0]


_upstroke.direction = 1


def _stretches(pulses, duration):
    """Yield (begin, end, current) for every stretch of constant current in the run."""
    now = 0.0
    for pulse in pulses:
        if len(pulse) != 3:
            raise ValueError(f"a pulse must be (start_ms, stop_ms, current_ua_cm2), got {pulse!r}")
        start = real_number(pulse[0], "the start of a pulse", "ms")
        stop = real_number(pulse[1], "the stop of a pulse", "ms")
        current = real_number(pulse[2], "the current of a pulse", "µA/cm²")
        if not now <= start < stop <= duration:
            raise ValueError(
                f"pulses must follow one another within 0 and duration_ms = {duration:g} ms, got "
                f"one from {start:g} to {stop:g} ms after {now:g} ms had passed"
            )
        if now < start:
            yield now, start, 0.0
        yield start, stop, current
        now = stop
    if now < duration:
        yield now, duration, 0.0


def gate_rates(voltage_mv):
    """Return how fast the squid's gates open and close at a voltage.

    Parameters
    ----------
    voltage_mv : array_like
        Membrane voltage, in mV, of any shape.

    Returns
    -------
    tuple of three pairs of ndarray or float
        For the gates m, h and n, in this order: (opening rate, closing rate), per ms.

    Notes
    -----
    Equations (12), (13), (20), (21), (23) and (24) of [1]_. x/(eˣ − 1), which is 0/0 at x = 0, is
    written 1/exprel(x).

    References
    ----------
    .. [1] A. L. Hodgkin, A. F. Huxley, A quantitative description of membrane current and its
       application to conduction and excitation in nerve, *Journal of Physiology* 117 (1952),
       500-544. doi:10.1113/jphysiol.1952.sp004764

    Examples
    --------
    >>> from companion.biology import gate_rates
    >>> (opening, closing), _, _ = gate_rates(-40.0)
    >>> f"m opens at {opening:.3g} and closes at {closing:.3g} per ms"
    'm opens at 1 and closes at 0.997 per ms'
    """
    v = np.asarray(voltage_mv, dtype=float)[()] + 65.0
    return (
        (1.0 / exprel((25.0 - v) / 10.0), 4.0 * np.exp(-v / 18.0)),
        (0.07 * np.exp(-v / 20.0), expit((v - 30.0) / 10.0)),
        (0.1 / exprel((10.0 - v) / 10.0), 0.125 * np.exp(-v / 80.0)),
    )


def steady_gates(voltage_mv):
    """Return which shares of the squid's gates are open after a long time at a voltage.

    Parameters
    ----------
    voltage_mv : array_like
        Membrane voltage, in mV, of any shape.

    Returns
    -------
    tuple of three ndarray or float
        The open shares of the gates m, h and n, each opening/(opening + closing), in [0, 1].

    Examples
    --------
    >>> from companion.biology import steady_gates
    >>> [f"{share:.3f}" for share in steady_gates(-65.0)]
    ['0.053', '0.596', '0.318']
    """
    return tuple(opening / (opening + closing) for opening, closing in gate_rates(voltage_mv))
