"""A leaky integrate-and-fire neuron in noise: its rate by Siegert's formula, and its simulation.

Thousands of synapses deliver their currents at random, and their sum is well described by white
noise around a mean. The membrane then wanders around the voltage that the mean current leads to,

    τ dV = (V∞ − V) dt + s·√(2τ) dW,

and reaches its threshold at random times. `s` is how far it would wander if it never spiked: the
standard deviation of its voltage.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.special import erf, erfcx

from companion.biology._checks import finite_array, positive, real_array, whole_steps
from companion.biology._lif import LIFNeuron
from companion.biology._record import MembraneRecord

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(160)


@dataclass(frozen=True)
class NoisyLIFNeuron:
    """Leaky integrate-and-fire neuron whose input current is white noise around a mean.

    Parameters
    ----------
    noise_mv : float
        Standard deviation, in mV, that the voltage would have without a threshold; greater than 0.
    cell : LIFNeuron, optional
        The membrane; by default `LIFNeuron()`.

    Raises
    ------
    TypeError
        If a parameter is of the wrong type.
    ValueError
        If `noise_mv` is not finite or not greater than 0.

    Notes
    -----
    The rate is the inverse of the mean time from reset to threshold, found by [1]_ for this
    process, as used for neurons in chapter 8 of [2]_:

        1/f = t_ref + τ·√π·∫ exp(u²)·(1 + erf(u)) du,

    from (V_r − V∞)/(√2·s) to (V_th − V∞)/(√2·s), with V∞ = E + R·I.

    References
    ----------
    .. [1] A. J. F. Siegert, On the first passage time probability problem, *Physical Review* 81
       (1951), 617-623. doi:10.1103/PhysRev.81.617
    .. [2] W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, *Neuronal Dynamics*, Cambridge
       University Press, 2014. doi:10.1017/CBO9781107447615

    Examples
    --------
    The noise fires the cell below its rheobase of 2 nA, where without noise it is silent:

    >>> from companion.biology import NoisyLIFNeuron
    >>> cell = NoisyLIFNeuron(noise_mv=3.0)
    >>> cell.rate_hz([1.0, 2.0, 3.0]).round(2)
    array([  0.57,  49.73, 110.31])
    """

    noise_mv: float
    cell: LIFNeuron = field(default_factory=LIFNeuron)

    def __post_init__(self):
        object.__setattr__(self, "noise_mv", positive(self.noise_mv, "noise_mv", "mV"))
        if not isinstance(self.cell, LIFNeuron):
            raise TypeError(f"cell must be a LIFNeuron, got {self.cell!r}")

    def rate_hz(self, current_na):
        """Return the mean firing rate at a mean current, by Siegert's formula.

        Parameters
        ----------
        current_na : array_like
            Mean current, in nA, of any shape. NaN gives NaN, +∞ the ceiling 1/t_ref.

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
        For u < 0 the integrand is erfcx(−u), taken over u = −sinh(x), since it falls only like
        1/|u|. For u > 0 its growth exp(u²) is divided out at the upper end. Each part is integrated
        by Gauss's rule with 160 points; the relative error is below 1e-12 wherever the rate is
        more than 1e-200 Hz.
        """
        current = real_array(current_na, "current_na", "nA")
        cell = self.cell
        with np.errstate(all="ignore"):
            goal = cell.rest_mv + cell.resistance_mohm * current
            scale = np.sqrt(2) * self.noise_mv
            interval = cell.refractory_ms + cell.time_constant_ms * _mean_passage(
                (cell.reset_mv - goal) / scale, (cell.threshold_mv - goal) / scale
            )
            rate = 1e3 / interval
            rate = np.where(goal == np.inf, np.divide(1e3, cell.refractory_ms), rate)
            rate = np.where(goal == -np.inf, 0.0, rate)
        return np.where(np.isnan(current), np.nan, rate)[()]

    def simulate(
        self, current_na, duration_ms, dt_ms=0.1, *, rng, bridge=True, record=False
    ) -> MembraneRecord:
        """Run one neuron, or an array of them, each in noise of its own.

        Parameters
        ----------
        current_na : array_like
            Mean current, in nA: one number for one neuron, an array for as many.
        duration_ms : float
            Length of the run, in ms; a whole number of steps.
        dt_ms : float, default 0.1
            The step, in ms: at most a fifth of the time constant, and shorter than the refractory
            time where there is one.
        rng : numpy.random.Generator
            The source of the noise, such as ``np.random.default_rng(seed)``.
        bridge : bool, default True
            Count the spikes of paths that cross the threshold and come back within a step, too.
            Without them the rate comes out too low, by an error that shrinks only like √dt.
        record : bool, default False
            Keep the voltages.

        Returns
        -------
        MembraneRecord
            Spike times and counts, and with `record` the voltages.

        Raises
        ------
        TypeError
            If an argument is of the wrong type.
        ValueError
            If a value is not finite or out of its range.

        Notes
        -----
        The voltage at the end of a step is drawn from its exact distribution. Given both ends, a
        path below the threshold has crossed it meanwhile with the probability exp(−2ab/(σ²dt)) of a
        Brownian bridge, a and b being the distances to the threshold. A spike is placed in the
        middle of its step. The neurons start at their reset.

        Examples
        --------
        >>> import numpy as np
        >>> from companion.biology import NoisyLIFNeuron
        >>> rng = np.random.default_rng(1)
        >>> run = NoisyLIFNeuron(noise_mv=3.0).simulate([2.0] * 200, 1000, rng=rng)
        >>> bool(abs(run.rate_hz.mean() - 49.73) < 1)
        True
        """
        steps, dt = whole_steps(duration_ms, dt_ms)
        cell = self.cell
        if dt > cell.time_constant_ms / 5:
            raise ValueError(
                f"dt_ms must be at most a fifth of time_constant_ms = {cell.time_constant_ms:g} ms,"
                f" or the noise within a step is not followed, got {dt_ms!r}"
            )
        if 0 < cell.refractory_ms <= dt:
            raise ValueError(
                f"dt_ms must be less than refractory_ms = {cell.refractory_ms:g} ms, got {dt_ms!r}"
            )
        if not isinstance(rng, np.random.Generator):
            raise TypeError(
                f"rng must be a NumPy generator such as np.random.default_rng(seed), got {rng!r}"
            )
        current = finite_array(current_na, "current_na", "nA")
        drive = (cell.resistance_mohm * (current - cell.rheobase_na)).ravel()
        return self._run(drive, current.shape, steps, dt, rng, bridge, record)

    def _run(self, drive, shape, steps, dt, rng, bridge, record):
        """Advance u = V − V_th, whose threshold is 0, towards `drive`."""
        cell, tau, size = self.cell, self.cell.time_constant_ms, drive.size
        reset = cell.reset_mv - cell.threshold_mv
        below = np.full(size, reset)
        free_from = np.zeros(size)
        trace = np.empty((steps + 1, size)) if record else None
        if record:
            trace[0] = below
        keep, spread = np.exp(-dt / tau), self.noise_mv * np.sqrt(-np.expm1(-2 * dt / tau))
        # A bridge crosses with probability exp(−2ab/(σ²dt)), and here σ² = 2s²/τ.
        width = self.noise_mv**2 * dt / tau
        who, when = [], []
        for step in range(steps):
            end = (step + 1) * dt
            after = drive + (below - drive) * keep + spread * rng.standard_normal(size)
            late = np.flatnonzero(free_from > end - dt)  # leaves its refractory time in this step
            if late.size:
                left = np.maximum(end - free_from[late], 0.0)
                decay = np.exp(-left / tau)
                jitter = (after[late] - drive[late] - (below[late] - drive[late]) * keep) / spread
                after[late] = (
                    drive[late]
                    + (below[late] - drive[late]) * decay
                    + self.noise_mv * np.sqrt(-np.expm1(-2 * left / tau)) * jitter
                )
            crossed = after >= 0
            if bridge:
                between = np.exp(-np.maximum(below * after, 0.0) / width)
                crossed |= (rng.random(size) < between) & (free_from <= end - dt)
            over = np.flatnonzero(crossed)
            if over.size:
                spike = np.maximum(free_from[over], end - dt)
                spike = (spike + end) / 2
                who.append(over)
                when.append(spike)
                free_from[over] = spike + cell.refractory_ms
                after[over] = reset
            below = after
            if record:
                trace[step + 1] = below
        return _record(cell, shape, who, when, steps * dt, dt, trace)


def _record(cell, shape, who, when, duration, dt, trace):
    who = np.concatenate(who) if who else np.zeros(0, dtype=np.intp)
    when = np.concatenate(when) if when else np.zeros(0)
    size = int(np.prod(shape))
    counts = np.bincount(who, minlength=size)
    when = when[np.argsort(who, kind="stable")]
    times = tuple(np.split(when, np.cumsum(counts)[:-1]))[:size]
    time = voltage = None
    if trace is not None:
        time = np.arange(trace.shape[0]) * dt
        voltage = (trace.T + cell.threshold_mv).reshape(*shape, time.size)
    return MembraneRecord(
        duration_ms=duration,
        spike_times_ms=times if shape else when,
        spike_counts=counts.reshape(shape),
        time_ms=time,
        voltage_mv=voltage,
    )


def _mean_passage(low, high):
    """Return √π·∫ exp(u²)·(1 + erf(u)) du from `low` to `high`, arrays with low < high."""
    low, high = (np.asarray(end, dtype=float)[..., np.newaxis] for end in (low, high))
    # The negative part, over u = −sinh(x).
    near, far = np.arcsinh(-np.minimum(high, 0.0)), np.arcsinh(-np.minimum(low, 0.0))
    x = (near + far) / 2 + (far - near) / 2 * _NODES
    negative = (far - near)[..., 0] / 2 * ((erfcx(np.sinh(x)) * np.cosh(x)) @ _WEIGHTS)
    # The positive part, with exp(high²) outside; beyond 27 it is infinite, and so is the time.
    begin, end = np.clip(low, 0.0, 27.0), np.clip(high, 0.0, 27.0)
    u = (begin + end) / 2 + (end - begin) / 2 * _NODES
    grown = np.exp((u - end) * (u + end)) * (1 + erf(u))
    positive_part = (end - begin)[..., 0] / 2 * (grown @ _WEIGHTS) * np.exp(end[..., 0] ** 2)
    positive_part = np.where(high[..., 0] > 26.6, np.inf, positive_part)
    return np.sqrt(np.pi) * (negative + positive_part)
