"""Branch and bound by itself, stopped early: even a loose enclosure has to hold."""

import mpmath as mp
import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial import Polynomial

from companion.activations import gelu, softplus, tanh
from companion.approximation import certified_maximum
from companion.approximation._balls import ball_arithmetic
from companion.approximation._maximum import enclosures

numbers = st.floats(-3, 3).map(lambda x: round(x, 2))


def horner(coefficients, x):
    total = 0 * x
    for a in reversed(coefficients):
        total = total * x + a
    return total


@settings(max_examples=300, deadline=None)
@given(
    coefficients=st.lists(numbers, min_size=4, max_size=7),
    low=numbers,
    width=st.floats(0.1, 4).map(lambda x: round(x, 2)),
    tolerance=st.sampled_from([1.0, 0.3, 0.05, 1e-3]),
    signed=st.booleans(),
)
def test_polynomials_whose_maximum_is_known(coefficients, low, width, tolerance, signed):
    coefficients[0] += 8.0 * 3**7  # so that the maximum is not near 0, where nothing is relative
    high = low + width
    polynomial = Polynomial(coefficients) - (coefficients[0] if not signed else 0)
    shifted = polynomial.coef.tolist()
    if not signed:
        shifted[0] = 1.0  # |p| with a p that changes its sign
        polynomial = Polynomial(shifted)
    turns = [r.real for r in polynomial.deriv().roots() if abs(r.imag) < 1e-6]
    places = np.array([low, high, *(x for x in turns if low <= x <= high)])
    values = polynomial(places) if signed else np.abs(polynomial(places))
    found = certified_maximum(
        lambda x, mp: horner(shifted, x), None, (low, high), signed=signed, tolerance=tolerance
    )
    rounding = 1e-9 * (1 + np.abs(values).max())
    assert found.lower <= values.max() + rounding
    assert values.max() <= found.upper + rounding
    assert found.width <= tolerance * found.upper + rounding


@settings(max_examples=100, deadline=None)
@given(
    definition=st.sampled_from([tanh.definition, gelu.definition, softplus.definition]),
    low=numbers,
    width=st.sampled_from([0.125, 0.5, 2.0]),
)
def test_each_of_the_three_bounds_holds_by_itself(definition, low, width):
    with ball_arithmetic() as balls, mp.workdps(60):
        ends = arb(low), arb(low) + width
        whole, _, _, middle = definition(balls.over(*ends), balls).parts
        bounds = enclosures(whole, middle, ends[0].union(ends[1]) - (ends[0] + ends[1]) / 2)
        for share in range(9):
            value = arb(mp.nstr(definition(mp.mpf(low) + mp.mpf(width) * share / 8, mp), 60))
            assert all(bound.overlaps(value) for bound in bounds)
        assert all(bound.is_finite() for bound in bounds)


@pytest.mark.parametrize("tolerance", [1e-3, 1e-12, 1e-30])
def test_the_tolerance_is_kept(tolerance):
    found = certified_maximum(lambda x, mp: mp.exp(-(x**2)) + x, None, (-1, 1), tolerance=tolerance)
    assert found.width <= max(tolerance, 3e-16) * found.upper
