"""What is asked of every framework."""

import mpmath
import numpy as np

from companion.activations import VECTOR_ACTIVATIONS
from tests.parity import companion_functions
from tests.parity.companion_functions import FUNCTIONS
from tests.parity.conventions import AGREEMENT, GRID, ROWS, difference, same


def agree(name, framework, theirs):
    """Compare value and gradient on the grid, or on vectors of random numbers."""
    bounds = AGREEMENT[framework][name]
    form = "none" if name == "gelu" else None
    function = theirs.function_of(name, form)
    if name in VECTOR_ACTIVATIONS:
        agree_on_vectors(name, function, theirs, bounds)
        return
    value, slope = theirs.evaluate(function, GRID)
    our_value, our_slope = companion_functions.evaluate(FUNCTIONS[name], GRID)
    assert difference(value, our_value) <= bounds[0]
    assert difference(slope, our_slope, FUNCTIONS[name].turning_points) <= bounds[1]


def agree_on_vectors(name, function, theirs, bounds):
    """Compare value and vector–Jacobian product, relative to the largest number."""
    x = np.random.default_rng(3).uniform(-6.0, 6.0, (40, 12))
    value, _ = theirs.evaluate(function, x)
    weights = np.random.default_rng(4).standard_normal(value.shape)
    there = theirs.evaluate(function, x, "float64", weights)
    here = companion_functions.evaluate(FUNCTIONS[name], x, "float64", weights)
    for a, b, bound in zip(there, here, bounds, strict=True):
        assert np.max(np.abs(a - b)) <= bound * np.max(np.abs(b))


def answers_as_recorded(row, framework, theirs):
    """Ask the question of a row, and of the definition as well, where digits are at stake."""
    function = theirs.function_of(row.activation, row.form)
    answer = row.measure(function, theirs.evaluate)
    recorded = getattr(row, framework)
    assert same(answer, recorded), f"{row}: {framework} now says {answer}, on record is {recorded}"
    if row.section == "digits":
        error = worst_error(row, answer)
        is_wrong = not same(recorded, row.companion)
        # Wrong means that no digit is left; right is within the rounding of a few operations.
        rounding = 1e-6 if row.dtype == "float32" else 1e-14
        assert error >= 0.5 if is_wrong else error <= rounding


def worst_error(row, answer):
    """Return the largest relative error of an answer, by the definition in 60 digits."""
    return max(
        float(abs(mpmath.mpf(y) - t) / abs(t)) for y, t in zip(answer, truth(row), strict=True)
    )


def truth(row):
    """Return what the definition says to a row of section "digits"."""
    activation = companion_functions.function_of(row.activation, row.form)
    with mpmath.workdps(200):
        at = [mpmath.mpf(x) for x in row.at]
        if row.activation in VECTOR_ACTIVATIONS and row.of == "value":
            return activation.definition(at, mpmath)
        if row.of == "value":
            return [activation.definition(x, mpmath) for x in at]
        if row.of == "slope":
            return [mpmath.diff(lambda t: activation.definition(t, mpmath), x) for x in at]

        def last(*x):
            return activation.definition(x, mpmath)[-1]

        unit = range(len(at))
        return [mpmath.diff(last, tuple(at), tuple(int(i == j) for j in unit)) for i in unit]


def nothing_is_left_out(framework, theirs, offered):
    """Each function that a framework offers is compared, and answers the rows about it."""
    names = {name for a in FUNCTIONS.values() for name in (a.name, *a.aliases)}
    missing = {name for name in offered if _plain(name) not in set(map(_plain, names))}
    assert not missing, f"{framework} has {sorted(missing)}, and the companion has not"
    compared = {_plain(n) for f in theirs.FUNCTIONS for n in (f, *FUNCTIONS[f].aliases)}
    left_out = {name for name in offered if _plain(name) not in compared}
    assert not left_out, f"{sorted(left_out)} are not compared"
    assert set(AGREEMENT[framework]) == set(theirs.FUNCTIONS) <= set(FUNCTIONS)
    for row in ROWS:
        assert (getattr(row, framework) is not None) == (row.activation in theirs.FUNCTIONS)


def _plain(name):
    return name.lower().replace("_", "")
