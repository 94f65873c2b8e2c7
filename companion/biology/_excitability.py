"""How a cell begins to fire: from rate 0 on, or with a leap.

The leaky integrate-and-fire neuron and the quadratic one can fire as slowly as you like, just above
their rheobase (type I). The squid's axon cannot: it is silent, or it fires some fifty times a
second (type II).
"""

from dataclasses import dataclass, fields

import numpy as np

from companion.biology._checks import not_negative, positive, real_array, real_number


@dataclass(frozen=True)
class QIFNeuron:
    """Quadratic integrate-and-fire neuron: the simplest cell whose spike takes off by itself.

    Parameters
    ----------
    time_constant_ms : float, default 8
        Time constant τ, in ms; greater than 0.
    resistance_mohm : float, default 10
        Resistance R, in MΩ; greater than 0.
    curvature_per_mv : float, default 0.2
        How sharply the membrane's own current bends, a, per mV; greater than 0.
    rest_mv, critical_mv : float, default -70, -50
        Without input the membrane settles at the first of these voltages, in mV, and from beyond
        the second it spikes; rest must be the lower one.
    reset_mv, peak_mv : float, default -65, 30
        The spike is cut at the peak, in mV, and the membrane starts again at the reset. The
        critical voltage must lie between them, or a cell that has fired once would never stop.
    refractory_ms : float, default 2
        Absolute refractory time t_ref, in ms; at least 0.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite or out of its range.

    Notes
    -----
    The equation is τ dV/dt = a·(V − V_rest)·(V − V_crit) + R·I, section 5.3 of [1]_. The defaults
    give it the rheobase of `LIFNeuron`, 2 nA; they describe no particular cell.

    References
    ----------
    .. [1] W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, *Neuronal Dynamics*, Cambridge
       University Press, 2014. doi:10.1017/CBO9781107447615

    Examples
    --------
    >>> from companion.biology import QIFNeuron
    >>> cell = QIFNeuron()
    >>> round(cell.rheobase_na, 12)
    2.0
    >>> cell.rate_hz([2.0, 2.0001, 2.01, 3.0]).round(2)
    array([ 0.  ,  0.56,  5.84, 71.82])
    """

    time_constant_ms: float = 8.0
    resistance_mohm: float = 10.0
    curvature_per_mv: float = 0.2
    rest_mv: float = -70.0
    critical_mv: float = -50.0
    reset_mv: float = -65.0
    peak_mv: float = 30.0
    refractory_ms: float = 2.0

    def __post_init__(self):
        check = {
            "time_constant_ms": (positive, "ms"),
            "resistance_mohm": (positive, "MΩ"),
            "curvature_per_mv": (positive, "per mV"),
            "refractory_ms": (not_negative, "ms"),
        }
        for field in fields(self):
            checked, unit = check.get(field.name, (real_number, "mV"))
            value = checked(getattr(self, field.name), field.name, unit)
            object.__setattr__(self, field.name, value)
        for lower, upper in (
            ("rest_mv", "critical_mv"),
            ("critical_mv", "peak_mv"),
            ("reset_mv", "critical_mv"),
        ):
            if getattr(self, upper) <= getattr(self, lower):
                raise ValueError(
                    f"{upper} must be greater than {lower} = {getattr(self, lower):g} mV, "
                    f"got {getattr(self, upper)!r}"
                )

    @property
    def rheobase_na(self) -> float:
        """The current, in nA, that lifts the parabola off the axis: a·(V_crit − V_rest)²/(4R)."""
        gap = self.critical_mv - self.rest_mv
        return self.curvature_per_mv * gap**2 / (4 * self.resistance_mohm)

    def rate_hz(self, current_na):
        """Return the firing rate under a steady current, in closed form.

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
        With V_m the middle of rest and critical voltage and k = R·(I − rheobase) > 0, the time from
        reset to peak is τ/√(ak)·(atan(√(a/k)(V_peak − V_m)) − atan(√(a/k)(V_r − V_m))). Near the
        rheobase both arctangents are near ±π/2, if the reset lies below V_m, and the rate grows
        like √(ak)/(πτ): from 0 on, steeply, like a square root.
        """
        current = real_array(current_na, "current_na", "nA")
        a, middle = self.curvature_per_mv, (self.rest_mv + self.critical_mv) / 2
        with np.errstate(all="ignore"):
            drive = self.resistance_mohm * (current - self.rheobase_na)
            safe = np.where(drive > 0, drive, 1.0)
            stretch = np.sqrt(a / safe)
            angle = np.arctan(stretch * (self.peak_mv - middle)) - np.arctan(
                stretch * (self.reset_mv - middle)
            )
            interval = self.refractory_ms + self.time_constant_ms * angle / np.sqrt(a * safe)
            rate = 1e3 / interval
        return np.where(np.isnan(drive), np.nan, np.where(drive > 0, rate, 0.0))[()]
