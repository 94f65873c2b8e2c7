"""The bound must never be below the error, however hard one tries, nor far above it."""

import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.taylor import (
    derivative_polynomial,
    largest_derivative,
    radius_of_convergence,
    taylor,
)

from . import oracle

NAMES = ["logistic", "tanh"]


def errors(name, order, centre, x):
    """|f − polynomial| at each x, as mpmath numbers, in exact arithmetic for all that matters."""
    coefficients = oracle.series(name, order, centre)
    return [
        abs(oracle.value(name, mp.mpf(t)) - oracle.horner(coefficients, mp.mpf(t) - mp.mpf(centre)))
        for t in map(float, x)
    ]


def points(centre):
    """Points everywhere: close by, far away, beyond the poles, and on the other side of 0."""
    near = np.geomspace(1e-4, 60, 30)
    return np.concatenate([centre - near, centre + near, np.linspace(-12, 12, 49), [-centre]])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", [0, 1, 2, 3, 4, 8, 21])
@pytest.mark.parametrize("centre", [0.0, 0.3, -1.3169578969248166, 5.0, -5.0, 33.0])
def test_no_error_exceeds_the_bound(name, order, centre):
    x = points(centre)
    bounds = taylor(name, order, centre).remainder_bound(x)
    with mp.workdps(140):
        for t, bound, error in zip(x, bounds, errors(name, order, centre, x), strict=True):
            assert error <= mp.mpf(bound) + mp.mpf(10) ** -125, f"at x = {t}"


@settings(max_examples=100, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    order=st.integers(0, 12),
    centre=st.floats(-50, 50),
    x=st.floats(-60, 60),
)
def test_no_error_exceeds_the_bound_anywhere(name, order, centre, x):
    polynomial = taylor(name, order, centre)
    with mp.workdps(900):
        (error,) = errors(name, order, centre, [x])
        error -= mp.mpf(10) ** -880  # the oracle's own rounding
        assert error <= mp.mpf(float(polynomial.remainder_bound(x)))
        constant, power = polynomial.uniform_bound
        assert error <= mp.mpf(constant) * abs(mp.mpf(x) - mp.mpf(centre)) ** power


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", [1, 2, 9, 20])
@pytest.mark.parametrize("centre", [0.0, 0.4, -5.0, 18.0])
def test_the_bound_is_close_to_lagranges(name, order, centre):
    """Within half of the bound with the true largest derivative between centre and x."""
    polynomial = taylor(name, order, centre)
    power = polynomial.uniform_bound[1]
    derivative = derivative_polynomial(name, power)
    for x in centre + np.array([-30.0, -2.0, 0.25, 1.0, 11.0]):
        with mp.workdps(40):
            between = [centre + (x - centre) * mp.mpf(k) / 200 for k in range(201)]
            largest = max(abs(oracle.horner(derivative, oracle.value(name, t))) for t in between)
            ideal = largest * abs(mp.mpf(x) - mp.mpf(centre)) ** power / mp.factorial(power)
        assert ideal * (1 - mp.mpf(10) ** -15) <= polynomial.remainder_bound(x) <= 1.5 * ideal


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", [1, 3, 9])
def test_close_to_the_centre_the_bound_is_nearly_the_error(name, order):
    """So a bound smaller by one part in a thousand would be caught."""
    x = np.array([0.01])
    with mp.workdps(60):
        (error,) = errors(name, order, 0.0, x)
        assert error > 0.999 * taylor(name, order).remainder_bound(x)[0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [1, 2, 3, 5, 10, 22])
def test_largest_derivative_from_above_and_near(name, n):
    derivative = derivative_polynomial(name, n)
    low = 0 if name == "logistic" else -1
    with mp.workdps(60):
        y = [low + (1 - low) * mp.mpf(k) / 800 for k in range(801)]
        sampled = max(abs(oracle.horner(derivative, t)) for t in y)
        assert sampled <= largest_derivative(name, n) <= sampled * (1 + mp.mpf(10) ** -2)


def test_largest_derivatives_known_in_closed_form():
    root3 = math.sqrt(3)
    for name, n, closed in [
        ("logistic", 1, 1 / 4),
        ("logistic", 2, 1 / (6 * root3)),
        ("logistic", 3, 1 / 8),
        ("tanh", 1, 1),
        ("tanh", 2, 4 / (3 * root3)),
        ("tanh", 3, 2),
    ]:
        assert largest_derivative(name, n) == pytest.approx(closed, rel=1e-11)
        assert largest_derivative(name, n) >= closed * (1 - 1e-15)


def test_the_vanishing_term_makes_the_bound_cubic():
    for name, closed in [("logistic", 1 / 48), ("tanh", 1 / 3)]:
        constant, power = taylor(name, 1).uniform_bound
        assert power == 3
        assert closed <= constant <= closed * (1 + 1e-11)
        assert taylor(name, 1).remainder_bound(0.5) == taylor(name, 2).remainder_bound(0.5)
    assert taylor("tanh", 1, 0.5).uniform_bound[1] == 2


def test_order_zero_derivative_has_no_bound_to_ask_for():
    with pytest.raises(ValueError, match="n must be 1 or more, got 0"):
        largest_derivative("tanh", 0)


def test_radius_of_convergence():
    assert radius_of_convergence("logistic") == math.pi
    assert radius_of_convergence("tanh", 0) == math.pi / 2
    assert radius_of_convergence("logistic", -4) == pytest.approx(math.sqrt(16 + math.pi**2))
    assert taylor("tanh", 3, 2.0).radius == pytest.approx(math.sqrt(4 + math.pi**2 / 4))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("centre", [0.0, 2.0])
def test_coefficients_grow_as_the_radius_says(name, centre):
    """Cauchy and Hadamard: the k-th root of |aₖ| comes near 1/radius for large k."""
    with mp.workdps(120):
        coefficients = oracle.series(name, 120, centre)
        roots = [abs(coefficients[k]) ** (mp.mpf(1) / k) for k in range(100, 121)]
    assert float(max(roots)) == pytest.approx(1 / radius_of_convergence(name, centre), rel=0.02)
