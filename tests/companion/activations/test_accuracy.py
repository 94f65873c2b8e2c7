"""Value and derivatives against the textbook definition, evaluated in arbitrary precision."""

import mpmath
import numpy as np
import pytest

from tests.companion.activations.battery import (
    METHODS,
    each_variant,
    exact,
    near_a_root,
    points,
    unit_of_error,
)


@pytest.mark.parametrize("order", [0, 1, 2])
@each_variant
def test_within_the_promised_units_in_the_last_place(activation, order):
    grid = points(activation)
    computed = getattr(activation, METHODS[order])(grid)
    worst, where = 0.0, None
    for x, y in zip(grid, computed, strict=True):
        truth = exact(activation, float(x), order)
        unit = unit_of_error(activation, order, x, float(truth))
        error = float(abs(mpmath.mpf(float(y)) - truth) / unit) / activation.tolerance_ulp(x)
        if error > worst:
            worst, where = error, x
    assert worst <= 1.0, f"{worst:.3g} times the promised error, at x = {where!r}"


@each_variant
def test_single_precision_is_the_double_result_rounded_when_precise(activation):
    x = np.linspace(-20.0, 20.0, 1001, dtype=np.float32)
    for method in METHODS:
        evaluate = getattr(activation, method)
        expected = evaluate(x.astype(np.float64)).astype(np.float32)
        np.testing.assert_array_equal(evaluate(x, precise=True), expected)


@pytest.mark.parametrize("order", [0, 1, 2])
@each_variant
def test_single_precision_is_close_without_being_told(activation, order):
    x = points(activation).astype(np.float32)
    # At the kinks the two precisions may stand on different sides.
    x = np.setdiff1d(x, np.float32(activation.kinks))
    evaluate = getattr(activation, METHODS[order])
    truth = evaluate(x.astype(np.float64))
    unit = np.spacing(np.abs(truth).astype(np.float32)).astype(np.float64)
    for i, t in enumerate(x):
        if near_a_root(activation, order, t):
            unit[i] = max(unit[i], np.spacing(np.float32(1)) * max(1, activation.facts.lipschitz))
    error = np.abs(evaluate(x) - truth) / unit
    allowed = [2.0 + activation.tolerance_ulp(float(t)) for t in x]
    assert np.all(error <= allowed), f"{error.max():.3g} ULP at x = {x[error.argmax()]!r}"


@pytest.mark.parametrize("method", METHODS)
@each_variant
def test_half_precision_is_the_double_result_rounded(activation, method):
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    evaluate = getattr(activation, method)
    with np.errstate(over="ignore"):
        expected = evaluate(every.astype(np.float64)).astype(np.float16)
    np.testing.assert_array_equal(evaluate(every), expected)
