"""Answers that must not pass, and a fragment of the hint that each of them must get."""

import numpy as np


def _wait_ms(current, start=-72.0, extra=0.0, tau=20.0):
    drive = 40.0 * np.asarray(current, dtype=float)
    fires = drive > 20
    safe = np.where(fires, drive, 40.0)
    wait = extra + tau * np.log((safe - 72.0 - start) / (safe - 20.0))
    return np.where(fires, wait, np.inf)


WRONG = {
    "lif-rheobase": [
        (0.2, "climb from the reset"),
        (500.0, "the unit is not"),
        (1.3, "difference of voltages"),
        (-1.3, "difference of voltages"),
        (-0.5, "Which way"),
        (800.0, "multiply"),
        (2.0, "steady voltage"),
        ("0.5", "leave out the quotes"),
        ([0.5], "one real number"),
    ],
    "lif-first-spike": [
        (lambda current: _wait_ms(current, start=-60.0), "has not fired for long"),
        (lambda current: _wait_ms(current, extra=3.0), "leave out t_ref"),
        (lambda current: _wait_ms(current, tau=1.0), "pure number"),
        (lambda current: np.where(np.isinf(_wait_ms(current)), 0.0, 1.0), "the answer is `np.inf`"),
        (lambda current: np.where(np.isinf(_wait_ms(current)), np.inf, 1.0), "solve for t"),
        (13.9, "should be a function"),
    ],
    "gate-logistic": [
        ((30.0, 9.375), "Mind the sign"),
        ((0.0, 9.375), "Set the rates equal"),
        ((-30.0, 40.0), "Exponents add"),
        ((-30.0, 20.0), "mean of 25 and 15"),
        ((-30.0, 8 / 75), "one over it"),
        ((-30.0, -9.375), "open or shut"),
        ((-30.0, 12.0), "write it as"),
    ],
    "step-limit": [
        ((143.6, 0.1), "next change only"),
        ((143.5, 0.0), "best of the three"),
        ((144.3, 0.8), "add them up"),
        ((143.7, 0.1), "How far is"),
    ],
}
