"""What a simulated membrane leaves behind, and a current that was given as a list of samples."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from companion.biology._checks import finite_array, positive


@dataclass(frozen=True, eq=False)
class MembraneRecord:
    """Voltages and spikes of one run.

    Attributes
    ----------
    duration_ms : float
        Length of the run.
    spike_times_ms : ndarray or tuple of ndarray
        Times of the spikes: one array for a single neuron, else one array per neuron, in the C
        order of the neurons' shape.
    spike_counts : ndarray of int
        Number of spikes, in the neurons' shape (0-d for a single neuron).
    time_ms : ndarray, shape (steps + 1,), or None
        The grid of the recording; None where the voltage was not recorded.
    voltage_mv : ndarray, shape (*neurons, steps + 1), or None
        The membrane voltage at those times. A spike is an event, not a voltage: at the first grid
        point after it a `LIFNeuron` is found at its reset voltage.
    gates : ndarray, shape (3, steps + 1), or None
        The open shares of the gates m, h and n at those times; None where there are no gates.
    """

    duration_ms: float
    spike_times_ms: np.ndarray | tuple[np.ndarray, ...]
    spike_counts: np.ndarray
    time_ms: np.ndarray | None = None
    voltage_mv: np.ndarray | None = None
    gates: np.ndarray | None = None

    @property
    def rate_hz(self):
        """Spikes per second, in the neurons' shape: the count over the duration."""
        return self.spike_counts / (self.duration_ms * 1e-3)


def held_current(samples_na, dt_ms) -> Callable[[float], np.ndarray]:
    """Make a current out of samples, each held for one step.

    Parameters
    ----------
    samples_na : array_like, shape (..., samples)
        The current, in nA; the last axis is time, the axes before it are the neurons.
    dt_ms : float
        How long each sample is held, in ms.

    Returns
    -------
    callable
        The current in nA, shape (...), as a function of the time in ms. After the last sample it
        stays where it is.

    Raises
    ------
    TypeError
        If the samples are not real numbers.
    ValueError
        If a sample is not finite, there is none, or dt is not positive.

    Examples
    --------
    >>> from companion.biology import held_current
    >>> current_na = held_current([0.0, 3.0, 1.5], dt_ms=10)
    >>> float(current_na(15.0))
    3.0
    """
    samples = finite_array(samples_na, "samples_na", "nA")
    if samples.ndim == 0 or samples.shape[-1] == 0:
        raise ValueError("samples_na must have a last axis with at least one sample, got none")
    dt = positive(dt_ms, "dt_ms", "ms")
    last = samples.shape[-1] - 1

    def current_na(time_ms):
        return samples[..., min(max(int(time_ms / dt), 0), last)]

    return current_na
