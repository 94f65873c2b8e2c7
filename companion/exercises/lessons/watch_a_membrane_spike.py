"""Exercises of the lesson `watch_a_membrane_spike`."""

import numpy as np

from companion.biology import LIFNeuron
from companion.exercises._answers import Hint, choice, function, largest_difference, number
from companion.exercises._engine import exercise

# A cell unlike the lesson's, so that its numbers cannot be copied over.
PYRAMIDAL = LIFNeuron(
    time_constant_ms=20.0,
    resistance_mohm=40.0,
    rest_mv=-72.0,
    reset_mv=-60.0,
    threshold_mv=-52.0,
    refractory_ms=3.0,
)


def _near(value: float, wanted: float, tolerance: float = 1e-6) -> bool:
    return abs(value - wanted) <= tolerance * max(1.0, abs(wanted))


@exercise("lif-rheobase")
def lif_rheobase(answer):
    """Find the rheobase, in nA, of a cell at −72 mV with its threshold at −52 mV and 40 MΩ."""
    current = number(answer, "the rheobase")
    cell = PYRAMIDAL
    if _near(current, cell.rheobase_na):
        return (
            "20 mV to climb through 40 MΩ: at this current the membrane heads exactly for its "
            "threshold and, on an exponential, never gets there."
        )
    if _near(current, (cell.threshold_mv - cell.reset_mv) / cell.resistance_mohm):
        raise Hint(
            "You climb from the reset. A cell that has never fired starts elsewhere, and it is "
            "the leak, not the last spike, that the current has to outweigh for good."
        )
    if _near(current, 1e3 * cell.rheobase_na):
        raise Hint("The digits are right and the unit is not: mV divided by MΩ gives nA, not pA.")
    if _near(abs(current), abs(cell.threshold_mv) / cell.resistance_mohm):
        raise Hint("Ohm's law needs a difference of voltages: threshold above what?")
    if _near(current, -cell.rheobase_na):
        raise Hint("The size is right. Which way does a positive current move the voltage?")
    if current > 1e2:
        raise Hint("Did you multiply by the resistance? Voltage over resistance gives a current.")
    raise Hint("Set the steady voltage E + R·I equal to the threshold, and solve for I.")


@exercise("lif-rate")
def lif_rate(answer):
    """Write the firing rate of that cell as a function of the current, for arrays of currents."""
    rate = function(answer, "your rate")
    cell = PYRAMIDAL
    silent = np.array([-1.0, 0.0, 0.25, 0.4, cell.rheobase_na])
    below = rate(silent)
    if np.any(below != 0):
        worst = int(np.argmax(np.abs(below)))
        raise Hint(
            f"At {silent[worst]:g} nA your rate is {below[worst]:.4g} Hz. Is that current beyond "
            "the rheobase? If not, what does the cell do?"
        )
    firing = np.array([0.500001, 0.51, 0.6, 1.0, 2.5, 10.0, 1000.0])
    wanted = cell.rate_hz(firing)
    given = rate(firing)
    if np.allclose(given, wanted, rtol=1e-6):
        square = np.full((2, 3), 1.0)
        if not np.allclose(rate(square), cell.rate_hz(square), rtol=1e-6):
            raise Hint("It is right in one dimension and not for an array of shape (2, 3).")
        return (
            "Silent up to the rheobase, steep just above it, and never beyond 1/t_ref = 333 Hz: "
            "the same curve as the companion's."
        )
    for wrong, hint in _wrong_rates(cell, firing, wanted):
        if np.allclose(given, wrong, rtol=1e-6):
            raise Hint(hint)
    ratio = given / wanted
    at, value, side = largest_difference(ratio, np.ones(firing.size), firing, tolerance=1e-6)
    raise Hint(
        f"Below the rheobase it is right. At {at:g} nA it is {side}, {value:.3g} times the rate "
        "that counting gives. Is every voltage in its place under the logarithm?"
    )


def _wrong_rates(cell, firing, wanted):
    """Pair each rate that comes of a common slip with the hint it earns."""
    tireless = 1e3 / (1e3 / wanted - cell.refractory_ms)
    from_rest = LIFNeuron(
        cell.time_constant_ms,
        cell.resistance_mohm,
        cell.rest_mv,
        cell.rest_mv,
        cell.threshold_mv,
        cell.refractory_ms,
    )
    yield (
        tireless,
        "It grows without a ceiling. After each spike the cell rests for t_ref = 3 ms: add that "
        "time to the interval.",
    )
    yield (
        wanted / 1e3,
        "The shape is right and the size is 1000 times too small: one over milliseconds is not "
        "one over seconds.",
    )
    yield (
        1e3 / wanted,
        "That is the interval between two spikes, in ms. How many of them fit into a second?",
    )
    yield (
        from_rest.rate_hz(firing),
        "Your cell climbs from its resting potential after each spike. Where does it start again?",
    )


@exercise("lif-axis")
def lif_axis(wakes_at_s, axis):
    """Say when a cell wakes up on a slower ramp, and what the horizontal axis should have been."""
    time = number(wakes_at_s, "the time", low=0)
    words = ("time", "current", "voltage")
    axis = choice(axis, words, "the axis")
    if _near(time, 1.0, 0.02):
        raise Hint(
            "That would be so if the cell waited for a second. It waits for its rheobase: when "
            "does the slower ramp get there?"
        )
    if abs(time - 4.0) > 0.05:
        raise Hint(
            "The slower ramp climbs from 0 to 6 nA in 12 s. At which second does it pass the "
            "current at which the first ramp, after 1 s of its 3 s, woke the cell?"
        )
    if axis == "time":
        raise Hint(
            "The time is right, and it is not the colleague's. Two experiments, two curves over "
            "time: what do they have in common at the moment the cell wakes up?"
        )
    if axis == "voltage":
        raise Hint(
            "The voltage jumps back with every spike, so a rate cannot be read against it. What "
            "did the colleague turn up?"
        )
    return (
        "On both ramps the cell wakes at 2 nA, its rheobase; the clock shows 1 s on one and 4 s "
        "on the other. Against the current the two experiments draw one curve."
    )
