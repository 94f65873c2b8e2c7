from fractions import Fraction
from math import factorial
from types import SimpleNamespace

import mpmath as mp
import numpy as np
import pytest

from companion.taylor import derivative_polynomial, series_at_zero, taylor

from . import oracle

NAMES = ["logistic", "tanh"]
CENTRES = [0.0, 1e-8, 0.5, -0.5, 1.3169578969248166, 5.0, -5.0, 40.0, -300.0, 5e-324]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("centre", CENTRES)
def test_coefficients_are_the_nearest_floats(name, centre):
    # Near 0 the even terms are as small as the centre, and it takes digits to see them.
    with mp.workdps(900 if 0 < abs(centre) < 1e-3 else 400):
        expected = [float(c) for c in oracle.series(name, 24, centre)]
    assert list(taylor(name, 24, centre).coefficients) == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [0, 1, 2, 3, 7, 20, 25])
def test_derivative_polynomial_gives_the_derivative(name, n):
    with mp.workdps(120):
        for x in map(mp.mpf, ["-5", "-0.7", "0", "0.1", "2.25", "5"]):
            y = oracle.value(name, x)
            ours = oracle.horner(derivative_polynomial(name, n), y)
            theirs = oracle.series(name, n, x)[n] * mp.factorial(n)
            assert abs(ours - theirs) <= mp.mpf(10) ** -50 * max(1, abs(theirs))


def test_first_polynomials_by_hand():
    assert derivative_polynomial("logistic", 0) == (0, 1)
    assert derivative_polynomial("logistic", 1) == (0, 1, -1)
    assert derivative_polynomial("logistic", 2) == (0, 1, -3, 2)
    assert derivative_polynomial("tanh", 1) == (1, 0, -1)
    assert derivative_polynomial("tanh", 3) == (-2, 0, 8, 0, -6)
    assert all(type(a) is int for a in derivative_polynomial("logistic", 30))


@pytest.mark.parametrize("name", NAMES)
def test_series_at_zero_is_exact(name):
    exact = series_at_zero(name, 25)
    assert all(type(c) is Fraction for c in exact)
    # Bernoulli's numbers give the same coefficients: tanh x = Σ 2^2k (2^2k − 1) B_2k x^(2k−1)/(2k)!
    for k in range(1, 13):
        n = 2 * k
        tangent = Fraction(2**n * (2**n - 1)) * Fraction(*mp.bernfrac(n)) / factorial(n)
        expected = tangent if name == "tanh" else tangent / 2**n
        assert exact[n - 1] == expected
        assert exact[n] == 0
    assert taylor(name, 25).coefficients == tuple(map(float, exact))


@pytest.mark.parametrize(("alias", "name"), [("sigmoid", "logistic"), ("expit", "logistic")])
def test_aliases_and_instances(alias, name):
    assert taylor(alias, 3) == taylor(name, 3)
    assert taylor(SimpleNamespace(name=name), 3) == taylor(name, 3)
    assert taylor(alias, 3).activation == name


def test_instances_of_the_companion():
    activations = pytest.importorskip("companion.activations")
    for name in NAMES:
        assert taylor(activations.ACTIVATIONS[name], 4, 1.0) == taylor(name, 4, 1.0)


def test_far_out_the_polynomial_is_the_constant():
    for centre in (1e5, 1e300):
        assert taylor("logistic", 3, centre).coefficients == (1.0, 0.0, 0.0, 0.0)
        assert taylor("tanh", 3, -centre).coefficients == (-1.0, 0.0, 0.0, 0.0)
        assert not np.signbit(taylor("logistic", 3, -centre).coefficients).any()


@pytest.mark.parametrize("order", [-1, np.int64(-3)])
def test_negative_order_is_refused(order):
    for call in (derivative_polynomial, series_at_zero, taylor):
        with pytest.raises(ValueError, match=r"must be an integer, 0 or more, got .*-"):
            call("tanh", order)


@pytest.mark.parametrize("order", [1.0, "2", None, True, np.bool_(False), [1], 1j])
def test_orders_of_another_kind_are_refused(order):
    for call in (derivative_polynomial, series_at_zero, taylor):
        with pytest.raises(TypeError, match="must be an integer, 0 or more, got"):
            call("tanh", order)


@pytest.mark.parametrize("centre", [np.nan, np.inf, -np.inf])
def test_infinite_centres_are_refused(centre):
    with pytest.raises(ValueError, match=r"centre must be a finite real number, got (nan|-?inf)"):
        taylor("tanh", 1, centre)


@pytest.mark.parametrize("centre", ["0", 1j, None, [0.0], np.zeros(2), True])
def test_centres_of_another_kind_are_refused(centre):
    with pytest.raises(TypeError, match="centre must be a finite real number"):
        taylor("tanh", 1, centre)


def test_unknown_activations_are_refused():
    with pytest.raises(ValueError, match=r"activation must be one of .*tanh.*, got 'relu'"):
        taylor("relu", 1)
    with pytest.raises(TypeError, match="activation must be a name or an activation"):
        taylor(np.tanh.__call__, 1)
    with pytest.raises(TypeError, match=r"got 3 \(int\)"):
        derivative_polynomial(3, 1)
