"""Hodgkin and Huxley's squid axon: a membrane whose threshold nobody put in.

Four equations: one for the voltage, and one for each kind of gate in the sodium and potassium
channels. Sodium gates (m) open quickly when the voltage rises, which raises it further; others (h)
shut, and potassium gates (n) open, more slowly, which ends the spike.
"""

import warnings
from dataclasses import dataclass, fields

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
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
        return brentq(lambda v: self.ionic_current_ua_cm2(v, *steady_gates(v)), -90, -40)

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
        self, current_ua_cm2, duration_ms, *, start_ms=0.0, stop_ms=None
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

        Returns
        -------
        MembraneRecord
            Voltages every 0.02 ms or finer, and the spikes: the upward crossings of 0 mV.

        Raises
        ------
        TypeError
            If an argument is not a real number.
        ValueError
            If one is not finite, or not 0 ≤ start < stop ≤ duration, or if the pulse is too strong
            for the solver.

        Notes
        -----
        SciPy's LSODA with relative tolerance 1e-8, started anew at each edge of the pulse, since a
        solver that steps across a jump may miss it.
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
        rest = self.resting_mv
        state = np.array([rest, *steady_gates(rest)])
        times, voltages, spikes = [np.zeros(1)], [state[:1]], []
        for begin, end, current in (
            (0.0, start, 0.0),
            (start, stop, pulse),
            (stop, duration, 0.0),
        ):
            if begin == end:
                continue
            grid = np.linspace(begin, end, int(np.ceil((end - begin) / 0.02)) + 1)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the solver's; its answer is looked at below
                solution = solve_ivp(
                    self._derivatives,
                    (begin, end),
                    state,
                    method="LSODA",
                    t_eval=grid,
                    args=(current,),
                    events=_upstroke,
                    rtol=1e-8,
                    atol=1e-9,
                )
            if not (solution.success and np.isfinite(solution.y).all()):
                raise ValueError(
                    f"current_ua_cm2 = {pulse:g} µA/cm² drives the voltage out of the range in "
                    "which the gates can be followed; 200 µA/cm² for 1 ms is still in it"
                )
            state = solution.y[:, -1]
            times.append(solution.t[1:])
            voltages.append(solution.y[0, 1:])
            spikes.append(solution.t_events[0])
        spikes = np.concatenate(spikes)
        return MembraneRecord(
            duration_ms=duration,
            spike_times_ms=spikes,
            spike_counts=np.array(spikes.size),
            time_ms=np.concatenate(times),
            voltage_mv=np.concatenate(voltages),
        )

    def _derivatives(self, _, state, current_ua_cm2):
        voltage, *gates = state
        charge = current_ua_cm2 - self.ionic_current_ua_cm2(voltage, *gates)
        moves = (
            opening * (1 - gate) - closing * gate
            for gate, (opening, closing) in zip(gates, gate_rates(voltage), strict=True)
        )
        return [charge / self.capacitance_uf_cm2, *moves]


def _upstroke(_, state, _current):
    return state[0]


_upstroke.direction = 1


def gate_rates(voltage_mv):
    """Return the opening and closing rates, per ms, of the gates m, h and n at a voltage in mV.

    x/(eˣ − 1), which is 0/0 at x = 0, is written 1/exprel(x).
    """
    v = voltage_mv + 65.0
    return (
        (1.0 / exprel((25.0 - v) / 10.0), 4.0 * np.exp(-v / 18.0)),
        (0.07 * np.exp(-v / 20.0), expit((v - 30.0) / 10.0)),
        (0.1 / exprel((10.0 - v) / 10.0), 0.125 * np.exp(-v / 80.0)),
    )


def steady_gates(voltage_mv):
    """Return the open shares (m, h, n) of the gates after a long time at a voltage in mV."""
    return tuple(opening / (opening + closing) for opening, closing in gate_rates(voltage_mv))
