"""Exercises of the lesson `watch_a_membrane_spike`."""

import math

import numpy as np

from companion.biology import LIFNeuron
from companion.exercises._answers import Hint, function, number
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


@exercise("lif-first-spike")
def lif_first_spike(answer):
    """Write the time to the first spike, in ms, as a function of the current, inf for never."""
    wait = function(answer, "your waiting time", finite=False)
    cell = PYRAMIDAL
    silent = np.array([-2.0, 0.0, 0.3, 0.49, cell.rheobase_na])
    never = wait(silent)
    if not np.all(np.isposinf(never)):
        worst = int(np.flatnonzero(~np.isposinf(never))[0])
        raise Hint(
            f"At {silent[worst]:g} nA you say {never[worst]:.4g} ms. Does the membrane ever reach "
            "its threshold with that current? If not, the answer is `np.inf`."
        )
    firing = np.array([0.5001, 0.51, 0.6, 1.0, 3.0, 20.0])
    drive = cell.resistance_mohm * firing
    climb = cell.threshold_mv - cell.rest_mv
    wanted = cell.time_constant_ms * np.log(drive / (drive - climb))
    given = wait(firing)
    if np.allclose(given, wanted, rtol=1e-6):
        if np.shape(wait(np.full((2, 3), 1.0))) != (2, 3):
            raise Hint("It is right in one dimension and not for an array of shape (2, 3).")
        return (
            "It grows like a logarithm on the way down to the rheobase: just above it the cell "
            "takes its time, and at it that time is infinite."
        )
    from_reset = cell.time_constant_ms * np.log(
        (drive + cell.rest_mv - cell.reset_mv) / (drive - climb)
    )
    if np.allclose(given, from_reset, rtol=1e-6):
        raise Hint("You start at the reset. This cell has not fired for long: where is it?")
    if np.allclose(given, wanted + cell.refractory_ms, rtol=1e-6):
        raise Hint("No spike has come before, so there is nothing to rest from: leave out t_ref.")
    if np.allclose(given, wanted / cell.time_constant_ms, rtol=1e-6):
        raise Hint("The logarithm is right, and it is a pure number. Which time does it multiply?")
    at = int(np.argmax(np.abs(given - wanted) / wanted))
    raise Hint(
        f"Where it never fires you are right. At {firing[at]:g} nA you say {given[at]:.4g} ms: put "
        "V = −52 mV into V(t) = V∞ − R·I·exp(−t/τ), and solve for t."
    )


@exercise("gate-logistic")
def gate_logistic(half_mv, slope_mv):
    """Find the middle and the width, in mV, of a gate's logistic curve from its two rates."""
    half = number(half_mv, "the middle")
    slope = number(slope_mv, "the width")
    wanted = 1 / (1 / 25 + 1 / 15)
    if _near(half, 30.0):
        raise Hint("At which voltage are both rates equal? Mind the sign: V + 30 is 0 at …")
    if not _near(half, -30.0):
        raise Hint("The gate is half open where it opens as fast as it shuts. Set the rates equal.")
    if _near(slope, 40.0):
        raise Hint("Exponents add when you divide: 1/25 and 1/15 add up, 25 and 15 do not.")
    if _near(slope, 20.0):
        raise Hint("That is the mean of 25 and 15. What is the exponent of the ratio, per mV?")
    if _near(slope, 1 / wanted):
        raise Hint("That is how much the exponent grows per mV. The width is one over it.")
    if _near(slope, -wanted):
        raise Hint("The size is right. Does this gate open or shut when the voltage rises?")
    if not _near(slope, wanted, 1e-3):
        raise Hint(
            "The middle is right. The ratio of the rates is exp((V + 30)/25 + (V + 30)/15): write "
            "it as exp((V + 30)/s)."
        )
    return (
        "The two rates feel the voltage differently, and yet their steady share is exactly "
        "logistic: only their ratio counts."
    )


@exercise("step-limit")
def step_limit(limit_ms, still_off_ms):
    """Say where a first-order method is heading, from three runs with halved steps."""
    limit = number(limit_ms, "the limit")
    off = number(still_off_ms, "the error of the best run")
    if math.isclose(limit, 143.6, abs_tol=1e-6):
        raise Hint("You counted the next change only. After it come a half of it, a quarter, …")
    if math.isclose(limit, 143.5, abs_tol=1e-6):
        raise Hint(
            "That is the best of the three runs. Would the next one, with half the step, agree?"
        )
    if not math.isclose(limit, 143.7, abs_tol=1e-6):
        raise Hint("The changes are 0.4 and 0.2 ms. Go on with 0.1, 0.05, … and add them up.")
    if not math.isclose(abs(off), 0.2, abs_tol=1e-6):
        raise Hint("The limit is right. How far is 143.50 ms from it?")
    return (
        "What is still to come, 0.1 + 0.05 + …, adds up to the last change: in a first-order "
        "method the last change is a fair estimate of the error that is left."
    )
