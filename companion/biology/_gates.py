"""A gate with two states, whose open share at rest is a logistic function of the voltage.

Let a gate need the energy E(V) more to be open than to be shut, and let that difference fall in
proportion to the voltage, since opening moves z elementary charges across the membrane. Boltzmann's
factor then gives

    open/shut = exp(z e (V − V½)/(k T)),   open share = 1/(1 + exp(−(V − V½)/s)),   s = k T/(z e),

a logistic function with its middle at V½ and a width of s millivolts.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from scipy.constants import Boltzmann, elementary_charge, zero_Celsius
from scipy.special import expit, logit

from companion.biology._checks import finite_array, positive, real_array, real_number

SQUID_CELSIUS = 6.3  # the temperature of the 1952 experiments


@dataclass(frozen=True)
class BoltzmannGate:
    """A gate that is either open or shut, and hops between the two.

    Parameters
    ----------
    half_mv : float
        Voltage V½, in mV, at which it is open half the time.
    slope_mv : float
        Width s, in mV: a gate with s > 0 opens when the voltage rises, one with s < 0 shuts.
        Not 0.
    rate_per_ms : float, default 1
        How often a second state is tried at V½, per ms; greater than 0.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite or out of its range.

    Notes
    -----
    Its rates share the effect of the voltage evenly, α = r·exp(u/2) and β = r·exp(−u/2) with
    u = (V − V½)/s. Any other sharing α·exp(c·u), β·exp((c − 1)·u) has the same steady state, since
    only α/β counts. See [1]_, section 5.5.

    References
    ----------
    .. [1] P. Dayan, L. F. Abbott, *Theoretical Neuroscience*, MIT Press, 2001.

    Examples
    --------
    >>> from companion.activations import logistic
    >>> from companion.biology import BoltzmannGate
    >>> gate = BoltzmannGate(half_mv=-40.0, slope_mv=10.0)
    >>> bool(gate.open_share(-25.0) == logistic(1.5))
    True
    """

    half_mv: float
    slope_mv: float
    rate_per_ms: float = 1.0

    def __post_init__(self):
        half = real_number(self.half_mv, "half_mv", "mV")
        slope = real_number(self.slope_mv, "slope_mv", "mV")
        if slope == 0:
            raise ValueError("slope_mv must not be 0 mV: such a gate would be a step")
        object.__setattr__(self, "half_mv", half)
        object.__setattr__(self, "slope_mv", slope)
        rate = positive(self.rate_per_ms, "rate_per_ms", "per ms")
        object.__setattr__(self, "rate_per_ms", rate)

    def _reduced(self, voltage_mv):
        return (real_array(voltage_mv, "voltage_mv", "mV") - self.half_mv) / self.slope_mv

    def rates_per_ms(self, voltage_mv):
        """Return how fast the gate opens and how fast it closes.

        Parameters
        ----------
        voltage_mv : array_like
            Voltage, in mV, of any shape.

        Returns
        -------
        pair of ndarray or float
            Opening and closing rate, per ms, in the same shape.
        """
        u = self._reduced(voltage_mv)
        with np.errstate(over="ignore"):
            opening, closing = np.exp(u / 2), np.exp(-u / 2)
            return (self.rate_per_ms * opening)[()], (self.rate_per_ms * closing)[()]

    def open_share(self, voltage_mv):
        """Return the share of time for which the gate is open in the long run.

        Parameters
        ----------
        voltage_mv : array_like
            Voltage, in mV, of any shape.

        Returns
        -------
        ndarray or float
            The share σ((V − V½)/s), in [0, 1], in the same shape.
        """
        return expit(self._reduced(voltage_mv))[()]

    def charges(self, celsius=SQUID_CELSIUS) -> float:
        """Say how many elementary charges cross the membrane when the gate opens.

        Parameters
        ----------
        celsius : float, default 6.3
            Temperature, in °C; above absolute zero. The default is that of the 1952 experiments.

        Returns
        -------
        float
            z = k T/(e s), negative for a gate that shuts when the voltage rises.
        """
        kelvin = real_number(celsius, "celsius", "°C") + zero_Celsius
        if kelvin <= 0:
            raise ValueError(f"celsius must be above −273.15 °C, got {celsius!r}")
        return 1e3 * Boltzmann * kelvin / (elementary_charge * self.slope_mv)

    @classmethod
    def fit(cls, voltage_mv, open_share) -> "BoltzmannGate":
        """Fit a gate to measured open shares by least squares.

        Parameters
        ----------
        voltage_mv : array_like, shape (n,)
            Voltages, in mV; three or more.
        open_share : array_like, shape (n,)
            Open shares at those voltages, in [0, 1], neither all alike.

        Returns
        -------
        BoltzmannGate
            The gate with the least sum of squared errors of the share.

        Raises
        ------
        TypeError
            If an argument is not made of real numbers.
        ValueError
            If the shapes do not fit, or a share lies outside [0, 1], or nothing changes.

        Examples
        --------
        >>> import numpy as np
        >>> from companion.biology import BoltzmannGate, steady_gates
        >>> voltage_mv = np.linspace(-100, 20, 121)
        >>> n_gate = BoltzmannGate.fit(voltage_mv, steady_gates(voltage_mv)[2])
        >>> f"{n_gate.half_mv:.1f} mV, {n_gate.slope_mv:.1f} mV"
        '-51.1 mV, 17.5 mV'
        """
        voltage = finite_array(voltage_mv, "voltage_mv", "mV")
        share = finite_array(open_share, "open_share", "shares of 1")
        if voltage.ndim != 1 or voltage.size < 3 or voltage.shape != share.shape:
            raise ValueError(
                "voltage_mv and open_share must be lists of one length, 3 or more, got shapes "
                f"{voltage.shape} and {share.shape}"
            )
        if share.min() < 0 or share.max() > 1:
            raise ValueError(
                f"open_share must lie in [0, 1], got {share.min():g} to {share.max():g}"
            )
        if np.ptp(share) == 0 or np.ptp(voltage) == 0:
            raise ValueError("open_share must change with voltage_mv, and one of them does not")
        # On the scale of log-odds the gate is a straight line: a start near enough for any data.
        rise, start = np.polyfit(voltage, logit(np.clip(share, 0.01, 0.99)), 1)
        best = scipy.optimize.least_squares(
            lambda p: expit(p[0] * (voltage - voltage.mean()) + p[1]) - share,
            [rise, start + rise * voltage.mean()],
            x_scale=[abs(rise), 1.0],
            xtol=1e-14,
            ftol=1e-14,
            gtol=1e-14,
        ).x
        return cls(half_mv=float(voltage.mean() - best[1] / best[0]), slope_mv=float(1 / best[0]))
