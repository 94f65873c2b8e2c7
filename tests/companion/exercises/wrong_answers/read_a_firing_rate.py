"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import numpy as np


def _interval_ms(current, reset=-60.0, refractory=3.0):
    drive = 40.0 * np.asarray(current, dtype=float) - 20.0
    safe = np.where(drive > 0, drive, 1.0)
    return drive > 0, refractory + 20.0 * np.log1p((-52.0 - reset) / safe)


def _without_refractory(current):
    fires, interval = _interval_ms(current, refractory=0.0)
    return np.where(fires, 1e3 / interval, 0.0)


def _in_kilohertz(current):
    fires, interval = _interval_ms(current)
    return np.where(fires, 1 / interval, 0.0)


def _interval_itself(current):
    fires, interval = _interval_ms(current)
    return np.where(fires, interval, 0.0)


def _from_rest(current):
    fires, interval = _interval_ms(current, reset=-72.0)
    return np.where(fires, 1e3 / interval, 0.0)


def _never_silent(current):
    _, interval = _interval_ms(current)
    return 1e3 / interval


def _warns_below(current):
    drive = 40.0 * np.asarray(current, dtype=float) - 20.0
    return 1e3 / (3.0 + 20.0 * np.log((drive + 8.0) / drive))


def _straight(current):
    return np.maximum(0.0, 100.0 * (np.asarray(current) - 0.5))


# An exercise with two answers has them in a tuple.
WRONG = {
    "lif-rate": [
        (_without_refractory, "without a ceiling"),
        (_in_kilohertz, "1000 times too small"),
        (_interval_itself, "interval between two spikes"),
        (_from_rest, "start again"),
        (_never_silent, "what does the cell do"),
        (_warns_below, "called with"),
        (_straight, "under the logarithm"),
        (lambda current: 0.0, "shape"),
        (92.8, "should be a function"),
    ],
    "lif-axis": [
        ((1.0, "current"), "waits for its rheobase"),
        ((2.0, "current"), "slower ramp climbs"),
        ((12.0, "time"), "slower ramp climbs"),
        ((4.0, "time"), "not the colleague's"),
        ((4.0, "voltage"), "jumps back"),
        ((4.0, "amperes"), "one of"),
        (("four", "current"), "not the text"),
        ((-4.0, "current"), "below 0"),
    ],
    "noise-for-ten": [
        (0.0, "silent at 1.5 nA"),
        (1.0, "too little noise"),
        (9.0, "too much noise"),
        (2.55, "Close"),
        (-3.0, "below 0"),
    ],
    "onset-types": [
        ((["I", "I", "II"], "B"), "Could it fire once a second"),
        ((["II", "II", "I"], "B"), "Cell B fires more and more slowly"),
        ((["II", "I", "II"], "B"), "Cell C fires more and more slowly"),
        ((["II", "I", "I"], "A"), "does not start from zero"),
        ((["II", "I", "I"], "C"), "should a square root fall"),
        ((["II", "I"], "B"), "three types"),
        ((["two", "I", "I"], "B"), "one of"),
    ],
}
