"""What a spike costs, what a cortex can pay for, and which codes are cheap.

Energy is counted in molecules of ATP, the cell's small change. The published figures stand in one
table, `ENERGY_FIGURES`, each with its range and its source; `EnergyBudget` does the arithmetic, for
one budget or for thousands of draws at once; the last three functions ask what sparsity buys.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np
import scipy  # it loads its solvers when one is first used, which takes a while
from scipy.constants import Avogadro

from companion.biology._checks import finite_array, positive

_MOST_MESSAGES = 10**9


@dataclass(frozen=True)
class EnergyFigure:
    """A published figure: a number, or the range in which several papers put it.

    Attributes
    ----------
    low, high : float
        The ends of the range; the same number where only one is published.
    unit : str
        Its unit.
    source : str
        Where it comes from: keys of the course's bibliography, and what was derived, if anything.
    """

    low: float
    high: float
    unit: str
    source: str

    def sample(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Draw numbers from the range, each as likely as any other.

        Parameters
        ----------
        count : int
            How many.
        rng : numpy.random.Generator
            What draws them.

        Returns
        -------
        ndarray, shape (count,)
        """
        if not isinstance(rng, np.random.Generator):
            raise TypeError(f"rng must be a numpy.random.Generator, got {rng!r}")
        return rng.uniform(self.low, self.high, count)


#: Published figures by name. Every number was looked up; a source that had to be read at second
#: hand says so.
ENERGY_FIGURES: Mapping[str, EnergyFigure] = MappingProxyType(
    {
        "rat cortex, measured": EnergyFigure(
            33.0, 50.0, "µmol ATP/g/min", "attwell2001, measurements quoted there"
        ),
        "rat cortex, neurons": EnergyFigure(9.2e7, 9.2e7, "1/g", "attwell2001"),
        "housekeeping share": EnergyFigure(0.25, 0.25, "of the total", "attwell2001"),
        "rest, neuron and glia": EnergyFigure(4.44e8, 4.44e8, "ATP/s", "attwell2001"),
        "rat spike": EnergyFigure(
            4.44e8,
            7.1e8,
            "ATP",
            "high end: attwell2001; low end: the shares of howarth2012, at an unchanged cost of "
            "rest and 4 spikes a second",
        ),
        "human cortex, supply": EnergyFigure(3.4e21, 3.4e21, "ATP/min", "lennie2003"),
        "human spike": EnergyFigure(
            1.5e9, 2.4e9, "ATP", "high end: lennie2003; low end: the same correction as for the rat"
        ),
        "human cortex, neurons": EnergyFigure(
            1.02e10, 2.3e10, "", "low end: castrofonseca2023; high end: pakkenberg1997"
        ),
        "human share for spikes": EnergyFigure(
            0.14,
            0.65,
            "of the total",
            "low end: what lennie2003's own numbers leave; high end: attwell2001's, for the rat",
        ),
    }
)


@dataclass(frozen=True)
class EnergyBudget:
    """What one neuron's share of a tissue gets, and what it spends.

    Each parameter is a number or an array; arrays must fit together, and every result has their
    common shape. That is how a budget is computed for many draws at once.

    Parameters
    ----------
    supply_atp_per_s : array_like
        Energy supplied for each neuron, in ATP molecules a second; greater than 0.
    upkeep_atp_per_s : array_like
        What is spent without a single spike, in ATP a second; at least 0.
    spike_atp : array_like
        What one spike costs with all that it causes in the synapses, in ATP; greater than 0.

    Raises
    ------
    TypeError
        If a parameter does not hold real numbers.
    ValueError
        If a number is not finite or out of its range, or the shapes do not fit together.

    References
    ----------
    .. [1] D. Attwell, S. B. Laughlin, An energy budget for signaling in the grey matter of the
       brain, J. Cereb. Blood Flow Metab. 21:1133-1145, 2001.
       doi:10.1097/00004647-200110000-00001
    .. [2] P. Lennie, The cost of cortical computation, Curr. Biol. 13:493-497, 2003.
       doi:10.1016/S0960-9822(03)00135-0

    Examples
    --------
    Rat cortex at 40 µmol ATP a gram and minute, a quarter of it for housekeeping:

    >>> supply = atp_per_neuron(40.0, neurons_per_g=9.2e7)
    >>> budget = EnergyBudget(supply, 0.25 * supply + 4.44e8, spike_atp=7.1e8)
    >>> float(budget.affordable_rate_hz.round(2))
    3.98
    """

    supply_atp_per_s: float | np.ndarray
    upkeep_atp_per_s: float | np.ndarray
    spike_atp: float | np.ndarray

    def __post_init__(self):
        for field in fields(self):
            unit = "ATP" if field.name == "spike_atp" else "ATP/s"
            values = finite_array(getattr(self, field.name), field.name, unit)
            may_be_zero = field.name == "upkeep_atp_per_s"
            if np.any(values < 0 if may_be_zero else values <= 0):
                range_ = "at least 0" if may_be_zero else "greater than 0"
                raise ValueError(f"{field.name} must be {range_} {unit}, got {values.min():g}")
            object.__setattr__(self, field.name, values)
        try:
            np.broadcast_shapes(*(getattr(self, field.name).shape for field in fields(self)))
        except ValueError as error:
            shapes = ", ".join(f"{f.name} {getattr(self, f.name).shape}" for f in fields(self))
            raise ValueError(f"the shapes do not fit together: {shapes}") from error

    @property
    def affordable_rate_hz(self):
        """Spikes a second that each neuron can afford on average; 0 if upkeep takes it all."""
        left = self.supply_atp_per_s - self.upkeep_atp_per_s
        return np.maximum(left, 0.0) / self.spike_atp

    def use_atp_per_s(self, rate_hz):
        """Return what a neuron spends at a firing rate, in ATP a second.

        Parameters
        ----------
        rate_hz : array_like
            Spikes a second, at least 0.

        Returns
        -------
        ndarray
        """
        rate = finite_array(rate_hz, "rate_hz", "Hz")
        if np.any(rate < 0):
            raise ValueError(f"rate_hz must be at least 0 Hz, got {rate.min():g}")
        return self.upkeep_atp_per_s + self.spike_atp * rate

    def active_share(self, active_rate_hz):
        """Return the share of neurons that can be active at once, for a meaning of *active*.

        If the active ones fire at this rate and all others are silent, the mean rate is the share
        times the rate, and the mean is what the energy limits.

        Parameters
        ----------
        active_rate_hz : array_like
            At how many spikes a second a neuron counts as active; greater than 0.

        Returns
        -------
        ndarray
            At most 1.
        """
        rate = finite_array(active_rate_hz, "active_rate_hz", "Hz")
        if np.any(rate <= 0):
            raise ValueError(f"active_rate_hz must be greater than 0 Hz, got {rate.min():g}")
        return np.minimum(self.affordable_rate_hz / rate, 1.0)


def atp_per_neuron(umol_per_g_min, neurons_per_g):
    """Turn a tissue's energy use into that of one neuron's share of it.

    Parameters
    ----------
    umol_per_g_min : array_like
        Energy use of the tissue, in µmol ATP a gram and minute; greater than 0.
    neurons_per_g : array_like
        Neurons in a gram; greater than 0.

    Returns
    -------
    ndarray or float
        ATP molecules a second.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a number is not finite, or not greater than 0.

    Examples
    --------
    >>> f"{atp_per_neuron(30.0, neurons_per_g=9.2e7):.3g}"
    '3.27e+09'
    """
    use = finite_array(umol_per_g_min, "umol_per_g_min", "µmol ATP/g/min")
    density = finite_array(neurons_per_g, "neurons_per_g", "1/g")
    for values, name in ((use, "umol_per_g_min"), (density, "neurons_per_g")):
        if np.any(values <= 0):
            raise ValueError(f"{name} must be greater than 0, got {values.min():g}")
    return (use * 1e-6 * Avogadro / 60.0 / density)[()]


def bits_per_cost(share, cost_ratio):
    """Return the information that a unit of energy buys, if a share of the neurons is active.

    A neuron that is active with probability p, and silent otherwise, says up to
    H(p) = −p log₂ p − (1 − p) log₂(1 − p) bits. It costs 1 when silent and `cost_ratio` when
    active, so on average 1 + p·(cost_ratio − 1).

    Parameters
    ----------
    share : array_like
        The share p of active neurons, from 0 to 1.
    cost_ratio : float
        What an active neuron costs, in units of a silent one; at least 1.

    Returns
    -------
    ndarray or float
        Bits for the cost of one silent neuron.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a number is not finite or out of its range.

    References
    ----------
    .. [1] W. B. Levy, R. A. Baxter, Energy efficient neural codes, Neural Computation 8:531-543,
       1996. doi:10.1162/neco.1996.8.3.531

    Examples
    --------
    >>> float(bits_per_cost(0.5, cost_ratio=1.0))
    1.0
    """
    p = finite_array(share, "share", "1")
    if np.any((p < 0) | (p > 1)):
        worst = p[(p < 0) | (p > 1)].flat[0]
        raise ValueError(f"share must lie from 0 to 1, got {worst:g}")
    ratio = _cost_ratio(cost_ratio)
    # 0·log 0 is 0: the logarithm is taken of 1 there.
    entropy = -p * np.log2(np.where(p > 0, p, 1)) - (1 - p) * np.log2(np.where(p < 1, 1 - p, 1))
    return (entropy / (1 + p * (ratio - 1)))[()]


def efficient_share(cost_ratio: float) -> float:
    """Return the share of active neurons that gets most information for the energy.

    It is where `bits_per_cost` has its maximum: there p = (1 − p)ʳ with r the cost ratio.

    Parameters
    ----------
    cost_ratio : float
        What an active neuron costs, in units of a silent one; at least 1.

    Returns
    -------
    float
        From 0 to ½.

    Raises
    ------
    TypeError
        If the ratio is not a real number.
    ValueError
        If it is not finite or below 1.

    Examples
    --------
    >>> efficient_share(1.0)
    0.5
    >>> round(efficient_share(50.0), 3)
    0.056
    """
    ratio = _cost_ratio(cost_ratio)
    return float(
        scipy.optimize.brentq(
            lambda p: math.log(p) - ratio * math.log1p(-p), 1e-300, 0.5, xtol=1e-15
        )
    )


@dataclass(frozen=True)
class PopulationCode:
    """A code in which each message is a set of so many active neurons among so many.

    Attributes
    ----------
    neurons : int
        How many there are.
    active : int
        How many of them are active at once.
    cost : float
        The energy spent at any moment, in units of a silent neuron.
    """

    neurons: int
    active: int
    cost: float

    @property
    def messages(self) -> int:
        """How many different messages it has."""
        return math.comb(self.neurons, self.active)

    @property
    def share(self) -> float:
        """The share of the neurons that is active."""
        return self.active / self.neurons


def cheapest_code(messages: int, cost_ratio: float, *, active: int | None = None) -> PopulationCode:
    """Find the code for a number of messages that spends least energy.

    With K of N neurons active there are N!/(K! (N − K)!) messages, and they cost
    N + K·(cost_ratio − 1). This is the reckoning of Attwell and Laughlin [1]_.

    Parameters
    ----------
    messages : int
        How many messages are needed, from 2 to 10⁹.
    cost_ratio : float
        What an active neuron costs, in units of a silent one; at least 1.
    active : int, optional
        Use codes with so many active neurons only; 1 is one neuron for each message.

    Returns
    -------
    PopulationCode
        Of equally cheap codes the one with fewest active neurons.

    Raises
    ------
    TypeError
        If a number is not of its kind.
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] D. Attwell, S. B. Laughlin, An energy budget for signaling in the grey matter of the
       brain, J. Cereb. Blood Flow Metab. 21:1133-1145, 2001.
       doi:10.1097/00004647-200110000-00001

    Examples
    --------
    >>> cheapest_code(100, cost_ratio=7.4)
    PopulationCode(neurons=15, active=2, cost=27.8)
    >>> cheapest_code(100, cost_ratio=7.4, active=1).cost
    106.4
    """
    count = _whole(messages, "messages", 2, _MOST_MESSAGES)
    ratio = _cost_ratio(cost_ratio)
    if active is not None:
        return _smallest_code(count, _whole(active, "active", 1, count), ratio)
    best = _smallest_code(count, 1, ratio)
    # More than log₂ of the messages active at once only adds cost: N is then at its least already.
    for active_now in range(2, count.bit_length() + 1):
        code = _smallest_code(count, active_now, ratio)
        if code.cost < best.cost:
            best = code
    return best


def _smallest_code(messages: int, active: int, ratio: float) -> PopulationCode:
    neurons = active
    while math.comb(neurons, active) < messages:
        # With one neuron active there are as many messages as neurons: no need to count there.
        neurons = messages if active == 1 else neurons + 1
    return PopulationCode(neurons, active, round(neurons + active * (ratio - 1), 9))


def _cost_ratio(value) -> float:
    ratio = positive(value, "cost_ratio", "silent neurons")
    if ratio < 1:
        raise ValueError(f"cost_ratio must be at least 1, got {value!r}")
    return ratio


def _whole(value, name: str, low: int, high: int) -> int:
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if not low <= value <= high:
        raise ValueError(f"{name} must lie from {low} to {high}, got {value!r}")
    return int(value)
