from fractions import Fraction
from math import factorial

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import interpolate

from companion.activations import ACTIVATIONS, gelu, swish, tanh
from companion.approximation import certified_maximum, pade
from companion.taylor import series_at_zero, taylor

RATIONAL = ["logistic", "tanh", "swish", "mish"]


def contact(approximant, series):
    """How many coefficients of numerator − denominator · series vanish, from the first on."""
    for k in range(len(series)):
        product = sum(
            b * series[k - j] for j, b in enumerate(approximant.denominator) if k - j >= 0
        )
        above = approximant.numerator[k] if k < len(approximant.numerator) else 0
        if product != above:
            return k
    return len(series)


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(RATIONAL), m=st.integers(0, 6), n=st.integers(0, 6))
def test_degrees_contact_and_lowest_terms(name, m, n):
    approximant = pade(name, m, n)
    above, below = approximant.numerator, approximant.denominator
    assert len(above) <= m + 1
    assert len(below) <= n + 1
    assert below[0] == 1
    assert all(type(c) is Fraction for c in (*above, *below))
    # Reduced by a common factor of degree d, the contact is at least m + n + 1 − d.
    lost = max(m + 1 - len(above), n + 1 - len(below))
    assert contact(approximant, series_at_zero(name, m + n + 8)) >= m + n + 1 - lost


def test_known_ones():
    assert pade("tanh", 1, 2).denominator == (1, 0, Fraction(1, 3))
    # Gauss's continued fraction x/(1 + x²/(3 + x²/5)) for tanh.
    gauss = pade(tanh, 3, 2)
    assert gauss.numerator == (0, 1, 0, Fraction(1, 15))
    assert gauss.denominator == (1, 0, Fraction(2, 5))
    assert pade("logistic", 5, 0).numerator == series_at_zero("logistic", 5)
    # A block of the table: the odd function has no x² to use.
    assert pade("tanh", 2, 2).numerator == (0, 1)
    assert pade("tanh", 0, 0).numerator == (0,)


@pytest.mark.parametrize("name", ["swish", "mish", "logistic"])
def test_scipy_agrees(name):
    above, below = interpolate.pade([float(c) for c in series_at_zero(name, 5)], 2, 3)
    ours = pade(name, 3, 2)
    x = np.linspace(-2, 2, 9)
    np.testing.assert_allclose(ours(x), above(x) / below(x), rtol=1e-9)


@pytest.mark.parametrize(
    "activation",
    [
        gelu,
        swish,
        ACTIVATIONS["softplus"],
        ACTIVATIONS["elu"],
        gelu.with_parameters(approximate="tanh"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("centre", [0.0, 0.7, -1.5])
def test_mpmath_agrees_where_coefficients_are_not_rational(activation, centre):
    if activation.name == "elu":
        centre -= 1.0
    ours = pade(activation, 3, 2, centre)
    with mp.workdps(60):
        series = mp.taylor(lambda x: activation.definition(x, mp), mp.mpf(centre), 5)
        above, below = mp.pade(series, 3, 2)
        for a, b in ((ours.numerator, above), (ours.denominator, below)):
            for ours_k, theirs_k in zip(a, b, strict=True):
                theirs = theirs_k / below[0]
                difference = abs(mp.mpf(ours_k.numerator) / ours_k.denominator - theirs)
                assert difference <= mp.mpf(10) ** -40 * (1 + abs(theirs))


def test_poles_approach_those_of_the_function():
    for name, where in (("tanh", np.pi / 2), ("logistic", np.pi)):
        nearest = pade(name, 7, 8).poles[:2]
        np.testing.assert_allclose(sorted(nearest.imag), [-where, where], rtol=1e-3)
        np.testing.assert_allclose(nearest.real, 0, atol=1e-9)
    assert pade("tanh", 3, 0).poles.size == 0
    # The poles belong to x, not to x − centre: around 1 they are those at ±iπ/2 still.
    np.testing.assert_allclose(pade("tanh", 7, 8, 1.0).poles[:2].real, 0, atol=1e-3)


def test_beyond_the_radius_it_is_better_than_taylor():
    x = 3.0  # tanh's series converges up to π/2
    assert abs(pade("tanh", 7, 6)(x) - np.tanh(x)) < 1e-5
    assert abs(taylor("tanh", 13)(x) - np.tanh(x)) > 100


def test_a_certified_error():
    found = certified_maximum(tanh, pade("tanh", 3, 2).definition, (-1, 1))
    exact = Fraction(16, 15) / Fraction(7, 5)
    with mp.workdps(40):
        error = mp.mpf(exact.numerator) / exact.denominator - mp.tanh(1)
        assert mp.mpf(found.lower) <= error <= mp.mpf(found.upper)


def test_values_follow_the_fractions():
    approximant = pade("mish", 4, 3)
    for x in map(Fraction, (-3, Fraction(-1, 2), 0, Fraction(1, 3), 1, 50)):
        above, below = (
            sum(c * x**k for k, c in enumerate(side))
            for side in (approximant.numerator, approximant.denominator)
        )
        assert approximant(float(x)) == pytest.approx(float(above / below), rel=1e-12)


def test_arrays_and_special_values():
    approximant = pade("tanh", 3, 2)
    x = np.array([[np.inf, -np.inf, np.nan], [1e300, -1e300, 0.0]])
    result = approximant(x)
    assert result.shape == (2, 3)
    assert result[0, 0] == np.inf
    assert result[0, 1] == -np.inf
    assert np.isnan(result[0, 2])
    assert result[1].tolist() == pytest.approx([1e300 / 6, -1e300 / 6, 0.0])
    assert pade("tanh", 1, 2)(np.inf) == 0
    assert pade("logistic", 2, 2)(-np.inf) == 0.5
    assert isinstance(approximant(0.25), float)
    assert approximant([1, 2]).dtype == np.float64
    for bad in (1j, "1", None):
        with pytest.raises(TypeError, match="x must hold real numbers"):
            approximant(bad)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("relu", 1, 1), ValueError, "centre must not be a kink of relu, got 0.0"),
        (("elu", 1, 1), ValueError, "centre must be a point where elu.* is smooth, got 0.0"),
        (("softsign", 1, 1), ValueError, "centre must be a point where softsign is smooth"),
        (("nonsense", 1, 1), ValueError, "name must be a registered activation"),
        ((3, 1, 1), TypeError, r"activation must be a name or an activation .* got 3 \(int\)"),
        (("tanh", -1, 1), ValueError, "m must be an integer, 0 or more, got -1"),
        (("tanh", 1, 1.5), TypeError, r"n must be an integer, 0 or more, got 1.5"),
        (("tanh", True, 1), TypeError, "m must be an integer"),
        (("tanh", 1, 1, np.inf), ValueError, "centre must be a finite real number, got inf"),
        (("tanh", 1, 1, "0"), TypeError, "centre must be a finite real number, got '0'"),
    ],
)
def test_bad_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        pade(*arguments)


def test_factorials_show_that_the_series_is_exact():
    assert pade("tanh", 9, 0).numerator[9] == series_at_zero("tanh", 9)[9]
    assert factorial(9) * pade("tanh", 9, 0).numerator[9] == 7936  # a tangent number
