"""The leaky integrate-and-fire neuron: a capacitor, a leak and a threshold.

Between spikes the membrane obeys a linear equation,

    τ dV/dt = −(V − E) + R·I,

so with a steady current it runs towards V∞ = E + R·I along an exponential, and nothing has to be
integrated numerically. It spikes on reaching V_th, stays at V_r for the refractory time, and starts
again. All that can be said exactly about it follows from these two sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from companion.biology._checks import (
    finite_array,
    not_negative,
    positive,
    real_array,
    real_number,
    whole_steps,
)
from companion.biology._record import MembraneRecord
from companion.biology._run import run_lif


@dataclass(frozen=True)
class LIFNeuron:
    """Leaky integrate-and-fire neuron.

    Parameters
    ----------
    time_constant_ms : float, default 8
        Membrane time constant τ = RC, in ms; greater than 0.
    resistance_mohm : float, default 10
        Membrane resistance R, in MΩ; greater than 0.
    rest_mv : float, default -70
        Resting potential E, in mV, where the membrane settles without input.
    reset_mv : float, default -65
        Reset potential V_r, in mV, where it starts again after a spike.
    threshold_mv : float, default -50
        Threshold V_th, in mV; greater than rest and reset.
    refractory_ms : float, default 2
        Absolute refractory time t_ref, in ms, spent at the reset; at least 0.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite or out of its range.

    Notes
    -----
    The defaults are those of the Python exercises to [1]_ (``neurodynex3``, module
    ``leaky_integrate_and_fire.LIF``). The rate formula is given in [2]_ (section 5.4) and, as an
    activation function, in [3]_ (figure 1).

    References
    ----------
    .. [1] W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, *Neuronal Dynamics*, Cambridge
       University Press, 2014. doi:10.1017/CBO9781107447615
    .. [2] P. Dayan, L. F. Abbott, *Theoretical Neuroscience*, MIT Press, 2001.
    .. [3] X. Glorot, A. Bordes, Y. Bengio, Deep sparse rectifier neural networks, AISTATS 2011,
       PMLR 15, 315-323. https://proceedings.mlr.press/v15/glorot11a.html

    Examples
    --------
    >>> from companion.biology import LIFNeuron
    >>> cell = LIFNeuron()
    >>> cell.rheobase_na
    2.0
    >>> cell.rate_hz([1.0, 2.0, 3.0]).round(2)
    array([  0.  ,   0.  , 107.18])
    >>> int(cell.simulate(3.0, duration_ms=1000).spike_counts)
    107
    """

    time_constant_ms: float = 8.0
    resistance_mohm: float = 10.0
    rest_mv: float = -70.0
    reset_mv: float = -65.0
    threshold_mv: float = -50.0
    refractory_ms: float = 2.0

    def __post_init__(self):
        check = {
            "time_constant_ms": (positive, "ms"),
            "resistance_mohm": (positive, "MΩ"),
            "refractory_ms": (not_negative, "ms"),
        }
        for field in fields(self):
            checked, unit = check.get(field.name, (real_number, "mV"))
            value = checked(getattr(self, field.name), field.name, unit)
            object.__setattr__(self, field.name, value)
        for name in ("rest_mv", "reset_mv"):
            if self.threshold_mv <= getattr(self, name):
                raise ValueError(
                    f"threshold_mv must be greater than {name} = {getattr(self, name):g} mV, "
                    f"got {self.threshold_mv!r}"
                )

    @property
    def rheobase_na(self) -> float:
        """The current, in nA, that leads exactly to the threshold, (V_th − E)/R, and no further."""
        return (self.threshold_mv - self.rest_mv) / self.resistance_mohm

    def steady_voltage_mv(self, current_na):
        """Say where a steady current would take the membrane if it had no threshold: E + R·I.

        Parameters
        ----------
        current_na : array_like
            Input current, in nA, of any shape.

        Returns
        -------
        ndarray or float
            The voltage, in mV, in the same shape.

        Raises
        ------
        TypeError
            If the current is not made of real numbers.
        """
        current = real_array(current_na, "current_na", "nA")
        with np.errstate(over="ignore"):
            return (self.rest_mv + self.resistance_mohm * current)[()]

    def rate_hz(self, current_na):
        """Return the firing rate under a steady current, in closed form.

        Above the rheobase 1/(t_ref + τ ln((R·I + E − V_r)/(R·I + E − V_th))), below it and at it 0.

        Parameters
        ----------
        current_na : array_like
            Input current, in nA, of any shape. NaN gives NaN, +∞ the ceiling 1/t_ref.

        Returns
        -------
        ndarray or float
            Spikes per second, in the same shape.

        Raises
        ------
        TypeError
            If the current is not made of real numbers.

        Notes
        -----
        Numerator and denominator differ by V_th − V_r, so the logarithm is
        log1p((V_th − V_r)/(R·(I − rheobase))). In that form neither end loses digits: just above
        the rheobase the small difference is taken once, of the currents, and far above it the
        logarithm of nearly 1 keeps its relative accuracy.
        """
        current = real_array(current_na, "current_na", "nA")
        with np.errstate(over="ignore", divide="ignore"):
            drive = self._drive_mv(current)
            climb = np.log1p((self.threshold_mv - self.reset_mv) / np.where(drive > 0, drive, 1.0))
            rate = 1e3 / (self.refractory_ms + self.time_constant_ms * climb)
        return np.where(np.isnan(drive), np.nan, np.where(drive > 0, rate, 0.0))[()]

    def simulate(
        self,
        current_na,
        duration_ms,
        dt_ms=0.1,
        *,
        start_mv=None,
        record=True,
    ) -> MembraneRecord:
        """Run one neuron, or an array of them, and note when they spike.

        Parameters
        ----------
        current_na : array_like or callable
            A steady current, in nA: one number for one neuron, an array of any shape for as many
            neurons. Or a function of the time in ms that returns such; it is called once a step, in
            order, at the middle of the step, and its value is held for the step.
        duration_ms : float
            Length of the run, in ms; a whole number of steps.
        dt_ms : float, default 0.1
            The step, in ms: at most the time constant, and shorter than the refractory time where
            there is one.
        start_mv : array_like, optional
            Voltage at time 0, below the threshold; by default the resting potential.
        record : bool, default True
            Keep the voltages. Without them ten thousand neurons take no more memory than their
            spikes.

        Returns
        -------
        MembraneRecord
            Spike times and counts, and with `record` the voltages.

        Raises
        ------
        TypeError
            If a current or a voltage is not made of real numbers.
        ValueError
            If a value is not finite or out of its range.

        See Also
        --------
        held_current : makes a function out of samples.

        Notes
        -----
        Within a step the current is held, so the exponential to the end of the step is exact, and
        a spike inside the step is put where that exponential meets the threshold, not on the grid.
        Spike times under a steady current, or under one that changes on the grid only, therefore
        carry no error of the step, but rounding. Under a smooth current the error is that of
        holding it, of second order in `dt_ms` since it is read at mid-step.

        Examples
        --------
        >>> from companion.biology import LIFNeuron
        >>> LIFNeuron().simulate([1.9, 2.1, 3.0], duration_ms=500).spike_counts
        array([ 0, 20, 53])
        """
        steps, dt = whole_steps(duration_ms, dt_ms)
        self._check_step(dt)
        if isinstance(current_na, Callable):
            drive_at = self._drive_function(current_na)
        else:
            steady = self._drive_mv(finite_array(current_na, "current_na", "nA"))
            drive_at = lambda _: steady  # noqa: E731
        start = self.rest_mv if start_mv is None else finite_array(start_mv, "start_mv", "mV")
        if np.any(start >= self.threshold_mv):
            raise ValueError(
                f"start_mv must lie below threshold_mv = {self.threshold_mv:g} mV, got {start_mv!r}"
            )
        return run_lif(self, drive_at, start, steps, dt, record)

    def _drive_mv(self, current_na):
        """By how many mV the current aims beyond the threshold; its sign decides, everywhere."""
        # From the currents' difference, so that no rounding can disagree with `rheobase_na`.
        return self.resistance_mohm * (current_na - self.rheobase_na)

    def _drive_function(self, current_na):
        def drive_at(time_ms):
            value = finite_array(current_na(time_ms), "the value of current_na", "nA")
            return self._drive_mv(value)

        return drive_at

    def _check_step(self, dt_ms):
        if dt_ms > self.time_constant_ms:
            raise ValueError(
                f"dt_ms must be at most time_constant_ms = {self.time_constant_ms:g} ms, "
                f"got {dt_ms!r}"
            )
        if 0 < self.refractory_ms <= dt_ms:
            raise ValueError(
                f"dt_ms must be less than refractory_ms = {self.refractory_ms:g} ms, got {dt_ms!r}"
            )
