"""The engine behind `LIFNeuron.simulate`: exact steps, and spikes placed inside them.

Voltages are kept as u = V − V_th, so that the threshold is 0. With the current held, u runs from u₀
towards the drive D = E + R·I − V_th as u₀ + (D − u₀)·(1 − exp(−t/τ)). It reaches 0 only if D > 0,
after τ·log(1 − u₀/D).
"""

import numpy as np

from companion.biology._record import MembraneRecord


def run_lif(neuron, drive_at, start_mv, steps, dt, record) -> MembraneRecord:
    """Advance all neurons `steps` times by `dt` ms; `drive_at(time_ms)` is D in mV."""
    shape = np.broadcast_shapes(np.shape(start_mv), np.shape(drive_at(dt / 2)))
    below = np.broadcast_to(np.subtract(start_mv, neuron.threshold_mv), shape).flatten()
    free_from = np.zeros(below.size)  # the end of the refractory time
    trace = np.empty((below.size, steps + 1)) if record else None
    if record:
        trace[:, 0] = below
    who, when = [], []
    for step in range(steps):
        begin, end = step * dt, (step + 1) * dt
        drive = np.broadcast_to(drive_at(begin + dt / 2), shape).ravel()
        begin = np.maximum(begin, free_from)
        after = _relaxed(below, drive, end - begin, neuron)
        over = np.flatnonzero((after >= 0) & (drive > 0))
        # Without a refractory time several spikes fit into one step, hence a loop.
        while over.size:
            wait = neuron.time_constant_ms * np.log1p(-below[over] / drive[over])
            spike = np.minimum(begin[over] + wait, end)
            who.append(over)
            when.append(spike)
            below[over] = neuron.reset_mv - neuron.threshold_mv
            begin[over] = free_from[over] = spike + neuron.refractory_ms
            after[over] = _relaxed(below[over], drive[over], end - begin[over], neuron)
            over = over[(after[over] >= 0) & (begin[over] < end)]
        below = after
        if record:
            trace[:, step + 1] = below
    return _record(neuron, shape, who, when, steps * dt, dt, trace)


def _relaxed(below, drive, elapsed, neuron):
    """Return u after `elapsed` ms, or u itself, to the last digit, where that time has not come."""
    covered = -np.expm1(np.minimum(-elapsed / neuron.time_constant_ms, 0.0))
    return below + (drive - below) * covered


def _record(neuron, shape, who, when, duration_ms, dt, trace):
    who = np.concatenate(who) if who else np.zeros(0, dtype=np.intp)
    when = np.concatenate(when) if when else np.zeros(0)
    size = int(np.prod(shape))
    counts = np.bincount(who, minlength=size)
    # Stable, so each neuron's spikes stay in the order of time.
    when = when[np.argsort(who, kind="stable")]
    times = tuple(np.split(when, np.cumsum(counts)[:-1]))[:size]
    time = voltage = None
    if trace is not None:
        time = np.arange(trace.shape[1]) * dt
        voltage = (trace + neuron.threshold_mv).reshape(*shape, time.size)
    return MembraneRecord(
        duration_ms=duration_ms,
        spike_times_ms=times if shape else when,
        spike_counts=counts.reshape(shape),
        time_ms=time,
        voltage_mv=voltage,
    )
