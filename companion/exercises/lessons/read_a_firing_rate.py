"""Exercises of the lesson `read_a_firing_rate`."""

import numpy as np

from companion.biology import LIFNeuron, NoisyLIFNeuron
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

# Where NoisyLIFNeuron(noise).rate_hz(1.5) is 10; a test looks for it again.
_NOISE_FOR_TEN_MV = 2.5157


def _near(value: float, wanted: float, tolerance: float = 1e-6) -> bool:
    return abs(value - wanted) <= tolerance * max(1.0, abs(wanted))


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


@exercise("noise-for-ten")
def noise_for_ten(noise_mv):
    """Find the noise, in mV, at which the lesson's cell fires at 10 Hz for a mean of 1.5 nA."""
    noise = number(noise_mv, "the noise", low=0)
    if noise == 0:
        raise Hint("Without noise the cell is silent at 1.5 nA. How far is it from its threshold?")
    rate = NoisyLIFNeuron(noise).rate_hz(1.5)
    if abs(noise - _NOISE_FOR_TEN_MV) <= 0.01:
        return (
            "The mean alone would never fire the cell. Here the noise does all of the firing, and "
            "the rate measures the noise as much as the current."
        )
    if abs(rate - 10) < 0.5:
        raise Hint(
            f"Close: this gives {rate:.2f} Hz. A hundredth of a millivolt is asked for, so let a "
            "root finder do the rest."
        )
    direction = "little" if rate < 10 else "much"
    raise Hint(f"With {noise:g} mV the cell fires at {rate:.3g} Hz: too {direction} noise.")


@exercise("onset-types")
def onset_types(types, square_root):
    """Tell type I from type II by the rates near onset, and find the square root among them."""
    if not isinstance(types, list | tuple) or len(types) != 3:
        raise Hint("Give a list of three types, one for each of the cells A, B and C.")
    kinds = [choice(kind, ("I", "II"), "each type") for kind in types]
    root = choice(square_root, ("A", "B", "C"), "the square root")
    if kinds[0] == "I":
        raise Hint(
            "Cell A goes from silence to 31 Hz within 0.01 % of its onset, and then hardly "
            "changes. Could it fire once a second?"
        )
    if "II" in kinds[1:]:
        cell = "BC"[kinds[1:].index("II")]
        raise Hint(
            f"Cell {cell} fires more and more slowly as the current comes down to its onset. Is "
            "there a gap between silence and its slowest firing?"
        )
    if root == "A":
        raise Hint("Cell A is of type II: its rate does not start from zero at all.")
    if root == "C":
        raise Hint(
            "From 1 % down to 0.01 % the current's excess falls a hundredfold. The rate of cell C "
            "falls from 15 to 9 Hz. By how much should a square root fall?"
        )
    return (
        "From 1 % to 0.01 % the rate of cell B falls tenfold, the root of a hundred. Cell C falls "
        "more slowly than any root, as one over a logarithm does: that is the leaky cell's corner."
    )
